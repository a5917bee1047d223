"""From what the user said to a scene."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Unpack, cast

import numpy as np

from neurospatial.errors import explain
from neurospatial.layouts import Layout
from neurospatial.scene.color import ColorScale
from neurospatial.scene.compile.clock import make_timeline, resample_timeline
from neurospatial.scene.compile.context import Overlay, OverlayContext
from neurospatial.scene.compile.display_layout import display_layout
from neurospatial.scene.compile.limits import complete_limits
from neurospatial.scene.compile.line import PanelBuilder1D
from neurospatial.scene.compile.panel_builder import PanelBuilder2D
from neurospatial.scene.compile.precision import convert_coordinates
from neurospatial.scene.compile.scene_options import (
    SceneKeywords,
    SceneOptions,
    list_scene_keywords,
    make_scene_options,
)
from neurospatial.scene.compile.validate_fields import check_fields
from neurospatial.scene.compile.validate_layer import check_layer
from neurospatial.scene.compile.xarray_input import (
    get_axis_names,
    move_frames_first,
    select_bins,
)
from neurospatial.scene.layers import FIELD_NAME, Layer, Trace
from neurospatial.scene.raster import Bounds
from neurospatial.scene.scene import Panel, Scene
from neurospatial.scene.source import (
    FieldsLike,
    FramesLike,
    SelectedSource,
    Source,
    as_source,
    is_field_series,
)
from neurospatial.validate import to_number, to_text, validate_positive
from neurospatial.validate.numbers import Scalar

if TYPE_CHECKING:
    from neurospatial.environment.base import BaseEnvironment


_LONGEST_BAR = 0.95
"""Share of the width of a view: a bar stands 1/20 from its right edge."""


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
    sources = _open_sources(named, env)
    timeline, zero = make_timeline(named, next(iter(sources.values())).shape[0], asked)
    given = timeline
    if asked.speed is not None:
        timeline, shown = resample_timeline(timeline, float(asked.speed))
        sources = {name: SelectedSource(source, shown) for name, source in sources.items()}

    scale = _make_shared_scale(sources.values(), asked)
    builder = _make_builder(env, layout, scale)
    context = OverlayContext(
        timeline.clock + zero if zero else timeline.clock,
        given.clock + zero if zero else given.clock,
        builder.bounds,
        layout,
        env.units or "",
        _validate_overlays(asked.overlays),
        is_recorded=given.times is not None,
        y_down=builder.view.y_down,
    )
    shared = [
        *builder.make_regions(env.regions, asked.show_regions, asked.region_alpha),
        *_lower_overlays(context, zero),
    ]
    if asked.overlay_trajectory is not None:
        shared += builder.make_trajectory(asked.overlay_trajectory, context)
    shared = _number_names([convert_coordinates(layer, context.dtype) for layer in shared])
    bar = _choose_scale_bar(asked.scale_bar, builder.view.bounds, env.units or "")
    panels = []
    for name, source in sources.items():
        ordered = sorted([builder.make_field(source), *shared], key=lambda layer: layer.z)
        panels.append(Panel(builder.view, tuple(ordered), name, builder.colorbar, bar))
    return Scene(tuple(panels), timeline, asked.title or "")


def _make_builder(
    env: "BaseEnvironment", layout: Layout, scale: ColorScale
) -> PanelBuilder1D | PanelBuilder2D:
    """Make what draws the panels of a layout; the ribbon of a track has x and y of the plane."""
    units, names = env.units or "", env.axis_names
    if layout.n_dims == 1:
        return PanelBuilder1D(layout, units, scale, names[0])
    plane = (names[0], names[1]) if len(names) == layout.n_dims else ("x", "y")
    return PanelBuilder2D(layout, units, scale, plane, env.y_down)


def name_panels(fields: FieldsLike) -> dict[str, FramesLike]:
    """Name the fields of each panel: a mapping does, and several sequences are numbered.

    A `FieldSeries` of several units has a panel for each, of its name.

    Examples
    --------
    >>> list(name_panels([np.zeros((5, 6)), np.zeros((5, 6))]))
    ['1', '2']
    """
    if is_field_series(fields):
        return _name_units(fields)
    if isinstance(fields, Mapping):
        return _pair_panels(list(fields), list(fields.values()))
    if isinstance(fields, (list, tuple)) and fields and all(map(_has_frames, fields)):
        return {str(number): one for number, one in enumerate(fields, 1)}
    return {"": cast(FramesLike, fields)}


def _name_units(series: Any) -> dict[str, FramesLike]:
    names = tuple(series.names)
    if series.ndim == 3:
        return _pair_panels(names, [series[number] for number in range(len(names))])
    return {to_text(names[0], "the name of a panel") if len(names) == 1 else "": series}


def _pair_panels(names: Sequence[Any], fields: Sequence[FramesLike]) -> dict[str, FramesLike]:
    """Pair names, of whatever makes a key of a mapping, with fields."""
    texts = [x.decode(errors="replace") if isinstance(x, bytes) else str(x) for x in names]
    twice = [text for text, n in Counter(texts).items() if n > 1]
    if twice:
        raise ValueError(
            explain(
                f"Two panels are called {twice[0]!r}.",
                "A panel's name stands over its picture and tells it from the others.",
                ["Give each panel a name of its own.", "Pass a list: panels are then numbered."],
            )
        )
    return dict(zip(texts, fields, strict=True))


def _has_frames(field: object) -> bool:
    return len(getattr(field, "shape", ())) > 1


def _open_sources(named: Mapping[str, FramesLike], env: "BaseEnvironment") -> dict[str, Source]:
    """Open one source per panel."""
    layout, axes = env.layout, get_axis_names(env)
    ordered = {name: move_frames_first(value, axes) for name, value in named.items()}
    sources = {
        name: select_bins(as_source(value), value, layout, axes) for name, value in ordered.items()
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


def _validate_overlays(overlays: Overlay | Iterable[Overlay] | None) -> tuple[Overlay, ...]:
    if overlays is None:
        return ()
    given: tuple[object, ...]
    if isinstance(overlays, Overlay) or not hasattr(overlays, "__iter__"):
        given = (overlays,)
    else:
        given = tuple(overlays)
    for overlay in given:
        if not isinstance(overlay, Overlay):
            raise TypeError(
                explain(
                    f"overlays holds a {type(overlay).__name__}, which has no layers(context).",
                    "An overlay says what to draw by lowering itself to layers.",
                    ["Pass overlay objects, such as PositionOverlay(positions, times)."],
                )
            )
    return cast("tuple[Overlay, ...]", given)


def _lower_overlays(context: OverlayContext, zero: float) -> tuple[Layer, ...]:
    layers = (
        check_layer(layer, context.n_frames, type(overlay).__name__)
        for overlay in context.overlays
        for layer in overlay.layers(context)
    )
    # Overlays count dates as frame_times do, from 1970; a scene counts from its own zero.
    return tuple(
        replace(layer, times=layer.times - zero) if isinstance(layer, Trace) and zero else layer
        for layer in layers
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


def _choose_scale_bar(wanted: bool | Scalar, bounds: Bounds, units: str) -> float | None:
    """Choose the length of the bar: as given, or a round number near a fifth of the width."""
    width, given = bounds[2] - bounds[0], to_number(wanted)
    if given is False:
        return None
    if given is not True:
        why = "It is the length of the bar, in environment units."
        how = ["Pass a positive length.", "Pass True for a round one, False for none."]
        length = validate_positive(wanted, "scale_bar", why=why, how=how)
        if length <= _LONGEST_BAR * width:
            return length
        raise ValueError(
            explain(
                f"scale_bar is {f'{length:g} {units}'.strip()}, and the picture is "
                f"{f'{width:g} {units}'.strip()} wide, its margin included.",
                "A bar that does not fit into the picture would be drawn shorter than it says.",
                ["Pass a shorter one, in environment units.", "Pass True for a round one."],
            )
        )
    fifth = width / 5
    power = 10.0 ** np.floor(np.log10(fifth))
    return float(max(step * power for step in (1, 2, 5) if step * power <= fifth))
