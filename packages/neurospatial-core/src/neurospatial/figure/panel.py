"""Drawing a panel: its layers, from back to front."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from neurospatial.figure.layers.field import draw_field
from neurospatial.scene import Field, Layer, Panel

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_DRAW: "dict[type[Layer], Callable[[Axes, Any, int, float], None]]" = {
    Field: draw_field,
}

_LOWEST = 1.0
"""Of matplotlib's order: over the background of the axes, under their ticks."""


def draw_layers(axes: "Axes", panel: Panel, frame: int) -> None:
    """Draw the layers of a panel that are shown at the start, in one frame."""
    visible = [layer for layer in panel.layers if layer.visible]
    for number, layer in enumerate(visible):
        _DRAW[type(layer)](axes, layer, frame, _LOWEST + number / len(visible))
