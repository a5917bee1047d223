"""Areas that stay where they are."""

import numpy as np
from numpy.typing import NDArray

from neurospatial.napari.layers.base import DrawContext, LayerView
from neurospatial.napari.layers.carry import carry_layer, clip_layer
from neurospatial.scene import Bounds, Polygons, Rings


class PolygonsView(LayerView):
    """Areas in a Shapes layer, holes left open, cut off where the panel ends.

    Parameters
    ----------
    layer : Polygons
    context : DrawContext
    """

    def __init__(self, layer: Polygons, context: DrawContext) -> None:
        from napari.layers import Shapes

        self._place, self._px_per_unit = context.place, 1.0
        self.is_static: bool = not context.place.moves
        self._px = layer.width * context.options.px_per_point
        corners = [context.placement.to_napari(_join_rings(rings)) for rings in layer.polygons]
        self._shapes = Shapes(
            corners,
            shape_type="polygon",
            name=f"{context.prefix}{layer.name}",
            edge_width=1.0,
            edge_color=[layer.edge] * len(layer.polygons),
            face_color=[layer.fill] * len(layer.polygons),
            opacity=1.0,
            blending="translucent_no_depth",
            visible=layer.visible,
        )
        box = context.placement.box
        if context.place.moves or any(_is_beyond(polygon, box) for polygon in corners):
            clip_layer(self._shapes, box)
        super().__init__(self._shapes)

    def show(self, frame: int) -> None:
        """Follow the view, where it moves."""
        if self._place.moves:
            carry_layer(self._shapes, self._place)
            self.zoom(self._px_per_unit)

    def zoom(self, px_per_unit: float) -> None:
        """Keep the width of the edges."""
        self._px_per_unit = px_per_unit
        width = self._px / px_per_unit * self._place.home.scale / self._place.now.scale
        if any(old != width for old in self._shapes.edge_width):
            self._shapes.edge_width = [width] * len(self._shapes.edge_width)


def _is_beyond(corners: NDArray[np.float64], box: Bounds) -> bool:
    left, bottom, right, top = box
    return bool((corners < (bottom, left)).any() or (corners > (top, right)).any())


def _join_rings(rings: Rings) -> NDArray[np.float64]:
    """Walk the outer ring and from its start to each hole and back, as napari marks holes."""
    outer, *holes = rings
    if not holes:
        return outer
    parts = [outer, outer[:1]]
    for hole in holes:
        parts += [hole, hole[:1], outer[:1]]
    return np.concatenate(parts)
