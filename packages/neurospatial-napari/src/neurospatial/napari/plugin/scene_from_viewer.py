"""The scene as the viewer shows it: which layers, in which colours, how much of the world."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from neurospatial.errors import explain
from neurospatial.napari.layers.color_bar import read_limits, sample_colors
from neurospatial.napari.layers.placement import Placement
from neurospatial.napari.player.animation import ViewerAnimation
from neurospatial.scene import (
    Bounds,
    ColorScale,
    Field,
    Image,
    Layer,
    Panel,
    Points,
    Scene,
    slice_frames,
)

if TYPE_CHECKING:
    import napari
    from napari.layers import Layer as NapariLayer

_LayersByName = Mapping[str, "NapariLayer"]
"""napari's layers of an animation, by name."""


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
    as_seen : bool
        Keep only the part of the world that the viewer's window shows, and the
        panels in it; else everything.

    Returns
    -------
    Scene

    Raises
    ------
    ValueError
        If there are no such frames, or the window shows no panel.
    """
    scene = slice_frames(animation.scene, start, stop)
    by_name = {layer.name: layer for one in animation.layer_views for layer in one.layers}
    prefixed = len(scene.panels) > 1
    panels = []
    for panel, placement in zip(scene.panels, animation.placements, strict=True):
        prefix = f"{panel.title}: " if prefixed else ""
        shown_panel = _update_panel(panel, prefix, by_name, animation.viewer)
        bounds = _intersect_window(animation, placement) if window_only else panel.view.bounds
        if bounds is not None:
            panels.append(replace(shown_panel, view=replace(panel.view, bounds=bounds)))
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
    return replace(scene, panels=tuple(panels), timeline=timeline)


def _intersect_window(animation: ViewerAnimation, placement: Placement) -> Bounds | None:
    """Compute the world rectangle of a panel that lies within the window."""
    left, bottom, right, top = animation.window
    corners = [placement.from_napari(bottom, left), placement.from_napari(top, right)]
    low = np.maximum(np.min(corners, axis=0), placement.bounds[:2])
    high = np.minimum(np.max(corners, axis=0), placement.bounds[2:])
    if not (low < high).all():
        return None
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _update_panel(
    panel: Panel, prefix: str, by_name: _LayersByName, viewer: "napari.Viewer"
) -> Panel:
    layers = tuple(_update_layer(x, f"{prefix}{x.name}", by_name, viewer) for x in panel.layers)
    colorbar = panel.colorbar
    for before, layer in zip(panel.layers, layers, strict=True):
        if isinstance(before, Field) and isinstance(layer, Field) and before.color is colorbar:
            colorbar = layer.color
    return replace(panel, layers=layers, colorbar=colorbar)


def _update_layer(
    layer: Layer, name: str, by_name: _LayersByName, viewer: "napari.Viewer"
) -> Layer:
    shown = by_name.get(name)
    if shown is None:  # a signal, whose dock hides nothing, or renamed by the user
        return layer
    layer = replace(layer, visible=_is_visible(shown, viewer))
    if isinstance(layer, Field):
        return replace(layer, color=_update_scale(layer.color, shown))
    if isinstance(layer, Image):
        return replace(layer, opacity=float(shown.opacity))
    trail = by_name.get(f"{name} trail")
    if isinstance(layer, Points) and trail is not None and not _is_visible(trail, viewer):
        return replace(layer, trail=0)
    return layer


def _is_visible(shown: "NapariLayer", viewer: "napari.Viewer") -> bool:
    return bool(shown.visible and shown in viewer.layers)


def _update_scale(scale: ColorScale, shown: "NapariLayer") -> ColorScale:
    vmin, vmax = read_limits(scale, shown)
    scale = replace(scale, vmin=vmin, vmax=vmax)
    table = sample_colors(shown, len(scale.table))
    # napari numbers a colormap whose colours are not those it knows by that name.
    if np.array_equal(table, scale.table):
        return scale
    return replace(scale, name=str(shown.colormap.name), table=table)
