"""Drawing a panel: its layers, from back to front."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from neurospatial.figure.layers.curve import draw_curve
from neurospatial.figure.layers.field import draw_field
from neurospatial.figure.layers.image import draw_image
from neurospatial.figure.layers.points import draw_points
from neurospatial.figure.layers.polygons import draw_polygons
from neurospatial.figure.layers.segments import draw_segments
from neurospatial.figure.layers.text import draw_text
from neurospatial.scene import (
    Curve,
    Field,
    Image,
    Layer,
    Panel,
    Points,
    Polygons,
    Segments,
    Text,
)
from neurospatial.scene.scale_bar_layers import make_scale_bar_layers

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_DRAW: "dict[type[Layer], Callable[[Axes, Any, int, float], None]]" = {
    Curve: draw_curve,
    Field: draw_field,
    Image: draw_image,
    Points: draw_points,
    Polygons: draw_polygons,
    Segments: draw_segments,
    Text: draw_text,
}

_LOWEST, _HIGHEST = 1.0, 2.0
"""Of matplotlib's order: over the background of the axes, under their ticks."""


def draw_layers(axes: "Axes", panel: Panel, frame: int) -> None:
    """Draw the layers of a panel that are shown at the start, in one frame."""
    visible = [layer for layer in panel.layers if layer.visible]
    for number, layer in enumerate(visible):
        _DRAW[type(layer)](axes, layer, frame, _LOWEST + number / len(visible))
    if panel.scale_bar is not None:
        _draw_scale_bar(axes, panel, frame)


def _draw_scale_bar(axes: "Axes", panel: Panel, frame: int) -> None:
    """Draw the scale bar where it is in the whole view, whatever a view that moves shows."""
    whole = axes.inset_axes((0, 0, 1, 1), zorder=_HIGHEST)
    whole.set_axis_off()
    x_min, y_min, x_max, y_max = panel.view.bounds
    whole.set_xlim(x_min, x_max)
    whole.set_ylim(*((y_max, y_min) if panel.view.y_down else (y_min, y_max)))
    for layer in make_scale_bar_layers(panel):
        _DRAW[type(layer)](whole, layer, frame, _HIGHEST)
