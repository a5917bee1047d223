"""The scene as the viewer shows it: which layers, in which colours, how much of the world."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from neurospatial.errors import explain
from neurospatial.napari.layers.base import LayerView
from neurospatial.napari.layers.color_bar import read_limits, sample_colors
from neurospatial.napari.layers.field import FieldView
from neurospatial.napari.layers.placement import Placement
from neurospatial.napari.player.animation import ViewerAnimation
from neurospatial.napari.player.follow_camera import read_window
from neurospatial.scene import (
    Bounds,
    ColorScale,
    Field,
    Image,
    Layer,
    Panel,
    Points,
    Scene,
    View,
    slice_frames,
)

if TYPE_CHECKING:
    import napari
    from napari.layers import Layer as NapariLayer

_Scales = dict[tuple[int, int], ColorScale]
"""The colour scale of each field, by the number of its panel and its place among the layers."""


def scene_from_viewer(
    animation: ViewerAnimation, start: int, stop: int, *, window_only: bool
) -> Scene:
    """Make a scene of what the viewer shows of some frames, to be presented by any backend.

    Layers that are hidden or were removed are hidden; colormaps, their limits
    and gamma, the opacity of pictures and the frames per second are those of the
    viewer.

    Parameters
    ----------
    animation : ViewerAnimation
    start, stop : int
        Frames in ``[start, stop)``.
    window_only : bool
        Keep only the part of the world that the viewer's window shows, and the
        panels in it; else everything. What a view that moves shows is kept whole.

    Returns
    -------
    Scene

    Raises
    ------
    ValueError
        If there are no such frames, or the window shows no panel.
    """
    scene = slice_frames(animation.scene, start, stop)
    scales = _read_scales(animation)
    panels = []
    for number, panel in enumerate(scene.panels):
        view = _update_view(animation, number, panel.view)
        part = _intersect_window(animation, animation.placements[number])
        if window_only and part is None:
            continue
        if window_only and part is not None and view.path is None:
            view = replace(view, bounds=part)
        shown = _update_panel(panel, animation, number, scales)
        panels.append((number, replace(shown, view=view)))
    if not panels:
        raise ValueError(
            explain(
                "The window shows no part of the animation.",
                "What the window shows is what would be written.",
                ["Click the house below the layer list, which shows all.", "Choose the whole."],
            )
        )
    timeline = scene.timeline
    if animation.fps != timeline.fps:
        timeline = replace(timeline, fps=animation.fps)
    cells = [scene.cells[number] for number, _ in panels]
    kept = tuple(panel for _, panel in panels)
    if len(kept) < len(scene.panels):
        kept = _close_ranks(kept, cells)
    shared = _find_shared_scale(animation, scales)
    return replace(scene, panels=kept, timeline=timeline, colorbar=shared)


def _close_ranks(panels: tuple[Panel, ...], cells: Sequence[tuple[int, int]]) -> tuple[Panel, ...]:
    """Keep where panels stand to one another, without rows and columns that are blank now."""
    rows, columns = (sorted(set(places)) for places in zip(*cells, strict=True))
    return tuple(
        replace(panel, cell=(rows.index(row), columns.index(column)))
        for panel, (row, column) in zip(panels, cells, strict=True)
    )


def _update_view(animation: ViewerAnimation, number: int, view: View) -> View:
    """Have a view stay where it does not follow in the viewer."""
    return view if animation.places[number].following else replace(view, path=None)


def _intersect_window(animation: ViewerAnimation, placement: Placement) -> Bounds | None:
    """Compute the world rectangle of a panel that lies within the window."""
    left, bottom, right, top = read_window(animation.viewer)
    corners = [placement.from_napari(bottom, left), placement.from_napari(top, right)]
    low = np.maximum(np.min(corners, axis=0), placement.bounds[:2])
    high = np.minimum(np.max(corners, axis=0), placement.bounds[2:])
    if not (low < high).all():
        return None
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _update_panel(panel: Panel, animation: ViewerAnimation, number: int, scales: _Scales) -> Panel:
    before, views = animation.scene.panels[number], animation.panel_views[number]
    layers = tuple(
        _update_layer(layer, view, animation.viewer)
        for layer, view in zip(panel.layers, views, strict=True)
    )
    layers = tuple(
        replace(layer, color=scales[number, place]) if isinstance(layer, Field) else layer
        for place, layer in enumerate(layers)
    )
    colorbar = before.colorbar
    if colorbar is None and _find_shared_scale(animation, scales) is None:
        # The user has unlinked what one bar explained: each has its own then.
        colorbar = animation.scene.colorbar
    for place, layer in enumerate(before.layers):
        if isinstance(layer, Field) and layer.color is colorbar:
            return replace(panel, layers=layers, colorbar=scales[number, place])
    return replace(panel, layers=layers, colorbar=before.colorbar)


def _update_layer(layer: Layer, view: LayerView, viewer: "napari.Viewer") -> Layer:
    # A curve's line, and a mark, are what is drawn last; the trail is before it.
    *others, shown = view.layers
    layer = replace(layer, visible=_is_visible(shown, viewer))
    if isinstance(layer, Image):
        return replace(layer, opacity=float(shown.opacity))
    if isinstance(layer, Points) and others and not _is_visible(others[0], viewer):
        return replace(layer, trail=0)
    return layer


def _is_visible(shown: "NapariLayer", viewer: "napari.Viewer") -> bool:
    return bool(shown.visible and shown in viewer.layers)


def _read_scales(animation: ViewerAnimation) -> _Scales:
    """Read the colour scale that every field now has; what is alike stays one scale."""
    found: _Scales = {}
    alike: dict[tuple[object, ...], ColorScale] = {}
    for number, views in enumerate(animation.panel_views):
        for place, view in enumerate(views):
            if not isinstance(view, FieldView):
                continue
            scale = _update_scale(view.layer.color, view.layers[0])
            key = id(view.layer.color), scale.vmin, scale.vmax, scale.table.tobytes()
            found[number, place] = alike.setdefault(key, scale)
    return found


def _find_shared_scale(animation: ViewerAnimation, scales: _Scales) -> ColorScale | None:
    """Find the scale that panels still share; None where they share none, or no longer."""
    shared = animation.scene.colorbar
    now = {
        id(scale): scale
        for (number, place), scale in scales.items()
        if shared is not None and _get_field(animation, number, place).color is shared
    }
    return next(iter(now.values())) if len(now) == 1 else None


def _get_field(animation: ViewerAnimation, number: int, place: int) -> Field:
    layer = animation.scene.panels[number].layers[place]
    if not isinstance(layer, Field):
        raise TypeError(f"layer {place} of panel {number} is a {type(layer).__name__}")
    return layer


def _update_scale(scale: ColorScale, shown: "NapariLayer") -> ColorScale:
    vmin, vmax = read_limits(scale, shown)
    scale = replace(scale, vmin=vmin, vmax=vmax)
    table = sample_colors(shown, len(scale.table))
    # napari numbers a colormap whose colours are not those it knows by that name.
    if np.array_equal(table, scale.table):
        return scale
    return replace(scale, name=str(shown.colormap.name), table=table)
