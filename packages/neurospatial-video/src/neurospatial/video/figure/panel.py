"""Painting a panel: its layers, each by a painter of its own."""

from collections.abc import Callable
from itertools import groupby
from typing import Protocol

import numpy as np

from neurospatial.scene import (
    Curve,
    Field,
    Image,
    Layer,
    Points,
    Polygons,
    Raster,
    Segments,
    Text,
)
from neurospatial.video.canvas.canvas import Canvas, Plane
from neurospatial.video.figure.axes import BACKGROUND
from neurospatial.video.figure.static_layer_cache import StaticLayerCache
from neurospatial.video.layers.curve import CurvePainter
from neurospatial.video.layers.field import FieldPainter
from neurospatial.video.layers.image import ImagePainter
from neurospatial.video.layers.points import PointsPainter
from neurospatial.video.layers.polygons import PolygonsPainter
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
    layers : tuple of Layer
        From the lowest to the highest.
    raster : Raster
        The panel's pixels.
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
        layers: tuple[Layer, ...],
        raster: Raster,
        planes: tuple[Plane, ...],
        canvas: Canvas,
        px_per_point: float,
        stop: int,
    ) -> None:
        background = np.array(BACKGROUND, dtype=np.uint8)
        visible = [x for x in layers if x.visible]
        self._fill = list(zip(planes, canvas.to_components(background), strict=True))
        self._covered = bool(visible) and isinstance(visible[0], Field)

        def make_painter(layer: Layer, planes: tuple[Plane, ...]) -> _Painter:
            if isinstance(layer, Field):
                behind = background if layer is visible[0] else None
                return FieldPainter(layer, raster, planes, canvas, behind, stop)
            if isinstance(layer, Curve):
                return CurvePainter(layer, raster, planes, canvas, px_per_point, stop)
            return _PAINTERS[type(layer)](layer, raster, planes, canvas, px_per_point)

        self._paint: list[Callable[[int], None]] = []
        for still, group in groupby(visible, is_still):
            if still:
                self._paint.append(_make_static_painter(list(group), planes, make_painter))
            else:
                self._paint += [make_painter(layer, planes).paint for layer in group]

    def paint(self, frame: int) -> None:
        """Paint the layers of one frame."""
        if not self._covered:
            for plane, value in self._fill:
                plane.pixels[...] = value
        for paint in self._paint:
            paint(frame)


def is_still(layer: Layer) -> bool:
    """Whether a layer looks the same in every frame."""
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
    layers: list[Layer],
    planes: tuple[Plane, ...],
    make_painter: Callable[[Layer, tuple[Plane, ...]], _Painter],
) -> Callable[[int], None]:
    def paint_into(planes: tuple[Plane, ...]) -> None:
        for layer in layers:
            make_painter(layer, planes).paint(0)

    cache = StaticLayerCache(planes, paint_into)
    return lambda frame: cache.apply()
