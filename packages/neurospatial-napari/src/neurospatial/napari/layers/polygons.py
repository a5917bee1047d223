"""Areas that stay where they are."""

import numpy as np
from numpy.typing import NDArray

from neurospatial.napari.layers.base import DrawContext, LayerView
from neurospatial.scene import Polygons, Rings


class PolygonsView(LayerView):
    """Areas in a Shapes layer, holes left open.

    Parameters
    ----------
    layer : Polygons
    context : DrawContext
    """

    def __init__(self, layer: Polygons, context: DrawContext) -> None:
        from napari.layers import Shapes

        self.is_static: bool = True
        self._px = layer.width * context.options.px_per_point
        self._shapes = Shapes(
            [context.placement.to_napari(_join_rings(rings)) for rings in layer.polygons],
            shape_type="polygon",
            name=f"{context.prefix}{layer.name}",
            edge_width=1.0,
            edge_color=[layer.edge] * len(layer.polygons),
            face_color=[layer.fill] * len(layer.polygons),
            opacity=1.0,
            blending="translucent_no_depth",
            visible=layer.visible,
        )
        super().__init__(self._shapes)

    def zoom(self, px_per_unit: float) -> None:
        """Keep the width of the edges."""
        width = self._px / px_per_unit
        if any(old != width for old in self._shapes.edge_width):
            self._shapes.edge_width = [width] * len(self._shapes.edge_width)


def _join_rings(rings: Rings) -> NDArray[np.float64]:
    """Walk the outer ring and from its start to each hole and back, as napari marks holes."""
    outer, *holes = rings
    if not holes:
        return outer
    parts = [outer, outer[:1]]
    for hole in holes:
        parts += [hole, hole[:1], outer[:1]]
    return np.concatenate(parts)
