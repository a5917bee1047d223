"""From what the user said to a scene."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Unpack, cast

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.layouts import Layout
from neurospatial.scene.color import ColorScale
from neurospatial.scene.compile.context import Overlay, OverlayContext
from neurospatial.scene.compile.display_layout import display_layout
from neurospatial.scene.compile.limits import complete_limits
from neurospatial.scene.compile.line import PanelBuilder1D
from neurospatial.scene.compile.panel_builder import PanelBuilder2D
from neurospatial.scene.compile.scene_options import (
    SceneKeywords,
    SceneOptions,
    list_scene_keywords,
    make_scene_options,
)
from neurospatial.scene.compile.validate_fields import check_fields
from neurospatial.scene.compile.validate_layer import check_layer
from neurospatial.scene.compile.xarray_input import get_shared_times, move_time_first, select_bins
from neurospatial.scene.layers import FIELD_NAME, Layer
from neurospatial.scene.raster import Bounds
from neurospatial.scene.scene import Panel, Scene
from neurospatial.scene.source import FieldsLike, FramesLike, SelectedSource, Source, as_source
from neurospatial.scene.timeline import Timeline, find_nearest_index
from neurospatial.validate import validate_length, validate_positive, validate_times

if TYPE_CHECKING:
    from neurospatial.environment.base import BaseEnvironment


@list_scene_keywords()
def compile_scene(
    env: "BaseEnvironment",
    fields: FieldsLike,
    options: SceneOptions | None = None,
    **keywords: Unpack[SceneKeywords],
) -> Scene:
    """Check and align everything the user gave, and say it as one immutable scene.

    Parameters
    ----------
    env : BaseEnvironment
        A fitted environment of two dimensions, or of one.
    fields : FieldsLike
        As for `neurospatial.animate_fields`.
    options : SceneOptions or None
        None for those of a scene by default.
    **keywords
        Those of `SceneOptions`, to be changed.

    Returns
    -------
    Scene
        Holds neither the environment nor the overlays.

    Raises
    ------
    TypeError, ValueError
        For whatever cannot be shown: all validation happens here.
    RuntimeError
        If the environment is not fitted.
    """
    asked = make_scene_options(options, keywords)
    layout = display_layout(env.layout, asked.track)
    named = name_panels(fields)
    sources = _open_sources(named, env.layout)
    given = timeline = _make_timeline(named, next(iter(sources.values())).shape[0], asked)
    if asked.speed is not None:
        timeline, shown = _resample_timeline(timeline, float(asked.speed))
        sources = {name: SelectedSource(source, shown) for name, source in sources.items()}

    scale = _make_shared_scale(sources.values(), asked)
    kind = PanelBuilder1D if layout.n_dims == 1 else PanelBuilder2D
    builder = kind(layout, env.units or "", scale)
    context = OverlayContext(
        timeline.clock,
        given.clock,
        builder.bounds,
        layout,
        env.units or "",
        _validate_overlays(asked.overlays),
    )
    shared = [
        *builder.make_regions(env.regions, asked.show_regions, asked.region_alpha),
        *_lower_overlays(context),
    ]
    if asked.overlay_trajectory is not None:
        shared += builder.make_trajectory(asked.overlay_trajectory, context)
    shared = _number_names(shared)
    bar = _choose_scale_bar(asked.scale_bar, builder.view.bounds)
    panels = []
    for name, source in sources.items():
        ordered = sorted([builder.make_field(source), *shared], key=lambda layer: layer.z)
        panels.append(Panel(builder.view, tuple(ordered), name, builder.colorbar, bar))
    return Scene(tuple(panels), timeline, asked.title or "")


def name_panels(fields: FieldsLike) -> dict[str, FramesLike]:
    """Name the fields of each panel: a mapping does, and several sequences are numbered.

    Examples
    --------
    >>> list(name_panels([np.zeros((5, 6)), np.zeros((5, 6))]))
    ['1', '2']
    """
    if isinstance(fields, Mapping):
        return {str(name): value for name, value in fields.items()}
    if isinstance(fields, (list, tuple)) and fields and all(map(_has_frames, fields)):
        return {str(number): one for number, one in enumerate(fields, 1)}
    return {"": cast(FramesLike, fields)}


def _has_frames(field: object) -> bool:
    return len(getattr(field, "shape", ())) > 1


def _open_sources(named: Mapping[str, FramesLike], layout: Layout) -> dict[str, Source]:
    """Open one source per panel."""
    sources = {
        name: select_bins(as_source(move_time_first(value)), value, layout)
        for name, value in named.items()
    }
    if not sources:
        as_source([])
    for source in sources.values():
        check_fields(source, layout.n_bins)
    lengths = {name: source.shape[0] for name, source in sources.items()}
    if len(set(lengths.values())) > 1:
        raise ValueError(
            explain(
                f"The panels have different numbers of frames: {lengths}.",
                "Panels side by side share one timeline.",
                ["Pass sequences of the same length.", "Animate them one by one."],
            )
        )
    return sources


def _make_timeline(
    named: Mapping[str, FramesLike], n_fields: int, options: SceneOptions
) -> Timeline:
    """Make the timeline of the fields as they were given."""
    labels, times = options.frame_labels, options.frame_times
    if labels is not None:
        validate_length(labels, "frame_labels", n_fields, "frames", kind="labels")
    if times is None:
        times = get_shared_times(named)
    if times is not None:
        times = validate_times(times, n_fields, "frame_times", of="frames")
    return Timeline(n_fields, float(options.fps), times, labels)


def _resample_timeline(timeline: Timeline, speed: float) -> tuple[Timeline, NDArray[np.intp]]:
    """Resample the timeline so that recorded time passes at `speed` times its own pace."""
    times = timeline.times
    if times is None:
        raise ValueError(
            explain(
                f"speed is {speed:g}, but frame_times is not given.",
                "Speed compares the recording's clock with the player's.",
                ["Pass frame_times [s].", "Leave speed out and set fps."],
            )
        )
    step = speed / timeline.fps
    shown = times[0] + step * np.arange(int(np.floor((times[-1] - times[0]) / step)) + 1)
    nearest = find_nearest_index(times, shown)
    labels = timeline.labels
    named = None if labels is None else tuple(str(labels[i]) for i in nearest)
    return Timeline(len(shown), timeline.fps, shown, named), nearest


def _validate_overlays(overlays: Overlay | Iterable[Overlay] | None) -> tuple[Overlay, ...]:
    if overlays is None:
        return ()
    given = (overlays,) if isinstance(overlays, Overlay) else tuple(overlays)
    for overlay in given:
        if not isinstance(overlay, Overlay):
            raise TypeError(
                explain(
                    f"overlays holds a {type(overlay).__name__}, which has no layers(context).",
                    "An overlay says what to draw by lowering itself to layers.",
                    ["Pass overlay objects, such as PositionOverlay(positions, times)."],
                )
            )
    return given


def _lower_overlays(context: OverlayContext) -> tuple[Layer, ...]:
    return tuple(
        check_layer(layer, context.n_frames, type(overlay).__name__)
        for overlay in context.overlays
        for layer in overlay.layers(context)
    )


def _make_shared_scale(sources: Iterable[Source], options: SceneOptions) -> ColorScale:
    """Find one range for all panels, so that their colours can be compared."""
    ranges = [complete_limits(source, options.vmin, options.vmax) for source in sources]
    lows, highs = zip(*ranges, strict=True)
    return ColorScale.from_cmap(options.cmap, min(lows), max(highs), options.colorbar_label)


def _number_names(layers: list[Layer]) -> list[Layer]:
    """Append numbers to the names that layers share: "Position 1", "Position 2"."""
    total = Counter([FIELD_NAME, *(layer.name for layer in layers)])
    counted = Counter([FIELD_NAME])
    named = []
    for layer in layers:
        if total[layer.name] > 1:
            counted[layer.name] += 1
            layer = replace(layer, name=f"{layer.name} {counted[layer.name]}")
        named.append(layer)
    return named


def _choose_scale_bar(wanted: bool | float, bounds: Bounds) -> float | None:
    """Choose the length of the bar: as given, or a round number near a fifth of the width."""
    if wanted is False:
        return None
    if wanted is not True:
        why = "It is the length of the bar, in environment units."
        how = ["Pass a positive length.", "Pass True for a round one, False for none."]
        return validate_positive(wanted, "scale_bar", why=why, how=how)
    fifth = (bounds[2] - bounds[0]) / 5
    power = 10.0 ** np.floor(np.log10(fifth))
    return float(max(step * power for step in (1, 2, 5) if step * power <= fifth))
