"""Painting a panel: its layers, each by a painter of its own."""

from collections.abc import Callable
from dataclasses import replace
from itertools import groupby
from typing import Protocol

import numpy as np

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
from neurospatial.video.canvas.canvas import Canvas, Plane
from neurospatial.video.figure.axes import BACKGROUND
from neurospatial.video.figure.static_layer_cache import StaticLayerCache
from neurospatial.video.layers.curve import CurvePainter
from neurospatial.video.layers.field import FieldPainter
from neurospatial.video.layers.image import ImagePainter
from neurospatial.video.layers.moving_field import MovingFieldPainter
from neurospatial.video.layers.points import PointsPainter
from neurospatial.video.layers.polygons import PolygonsPainter
from neurospatial.video.layers.projection import Projection
from neurospatial.video.layers.segments import SegmentsPainter
from neurospatial.video.layers.text import TextPainter


class _Painter(Protocol):
    def paint(self, frame: int) -> None: ...


_PAINTERS: dict[type[Layer], Callable[..., _Painter]] = {
    Image: ImagePainter,
    Points: PointsPainter,
    Polygons: PolygonsPainter,
    Segments: SegmentsPainter,
    Text: TextPainter,
}


class PanelPainter:
    """Paints a panel; neighbouring layers that stay still are painted once, together.

    Parameters
    ----------
    panel : Panel
    planes : tuple of Plane
        The panel's part of the canvas.
    canvas : Canvas
    px_per_point : float
        Pixels in 1/72 inch.
    stop : int
        The frame before which reading ahead ends.
    """

    def __init__(
        self,
        panel: Panel,
        planes: tuple[Plane, ...],
        canvas: Canvas,
        px_per_point: float,
        stop: int,
    ) -> None:
        background = np.array(BACKGROUND, dtype=np.uint8)
        visible = [x for x in panel.layers if x.visible]
        height, width = planes[0].pixels.shape[:2]
        projection = Projection(panel.view, width, height)
        # A scale bar stays where it is, whatever the view does.
        whole = Projection(replace(panel.view, path=None), width, height)
        placed = [
            *((layer, projection) for layer in visible),
            *((layer, whole) for layer in make_scale_bar_layers(panel)),
        ]
        self._fill = list(zip(planes, canvas.to_components(background), strict=True))
        self._covered = bool(visible) and isinstance(visible[0], Field)

        def make_painter(
            layer: Layer, projection: Projection, planes: tuple[Plane, ...]
        ) -> _Painter:
            if isinstance(layer, Field):
                behind = background if layer is visible[0] else None
                if projection.moves:
                    return MovingFieldPainter(layer, projection, planes, canvas, behind, stop)
                raster = projection.get_raster(0)
                return FieldPainter(layer, raster, planes, canvas, behind, stop)
            if isinstance(layer, Curve):
                return CurvePainter(layer, projection, planes, canvas, px_per_point, stop)
            return _PAINTERS[type(layer)](layer, projection, planes, canvas, px_per_point)

        self._paint: list[Callable[[int], None]] = []
        for still, group in groupby(placed, lambda pair: is_still(*pair)):
            if still:
                self._paint.append(_make_static_painter(list(group), planes, make_painter))
            else:
                self._paint += [make_painter(*pair, planes).paint for pair in group]

    def paint(self, frame: int) -> None:
        """Paint the layers of one frame."""
        if not self._covered:
            for plane, value in self._fill:
                plane.pixels[...] = value
        for paint in self._paint:
            paint(frame)


def is_still(layer: Layer, projection: Projection) -> bool:
    """Whether a layer looks the same in every frame."""
    if projection.moves:
        return False
    match layer:
        case Polygons():
            return True
        case Image(frame_index=index):
            return len(index) == 1
        case Points(xy=xy, opacity=opacity):
            return len(xy) == 1 and (opacity is None or len(opacity) == 1)
        case Segments(start=start, stop=stop):
            return len(start) == len(stop) == 1
        case Text(anchor=anchor, strings=strings):
            return len(anchor) == len(strings) == 1
    return False


def _make_static_painter(
    placed: list[tuple[Layer, Projection]],
    planes: tuple[Plane, ...],
    make_painter: Callable[[Layer, Projection, tuple[Plane, ...]], _Painter],
) -> Callable[[int], None]:
    def paint_into(planes: tuple[Plane, ...]) -> None:
        for layer, projection in placed:
            make_painter(layer, projection, planes).paint(0)

    cache = StaticLayerCache(planes, paint_into)
    return lambda frame: cache.apply()
