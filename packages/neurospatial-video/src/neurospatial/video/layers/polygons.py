"""Painting areas, holes left open."""

import cv2
import numpy as np
from numpy.typing import NDArray

from neurospatial.scene import RGBA, Polygons, Raster, Rings
from neurospatial.video.canvas.blend import blend
from neurospatial.video.canvas.canvas import Canvas, Pixels, Plane
from neurospatial.video.canvas.opencv_coords import SHIFT, to_fixed_point, to_line_thickness

_SAMPLES = 4
"""Samples along each side of a pixel: its coverage is exact to a sixteenth."""


class PolygonsPainter:
    """Paints one polygons layer.

    Parameters
    ----------
    layer : Polygons
    raster : Raster
        The panel's pixels.
    planes : tuple of Plane
        The panel's part of the canvas.
    canvas : Canvas
    px_per_point : float
        Pixels in 1/72 inch.
    """

    def __init__(
        self,
        layer: Polygons,
        raster: Raster,
        planes: tuple[Plane, ...],
        canvas: Canvas,
        px_per_point: float,
    ) -> None:
        size = (raster.height, raster.width)
        to_px = raster.world_to_px
        polygons = [tuple(to_px(ring) for ring in rings) for rings in layer.polygons]
        inside, outline = np.zeros(size, np.uint8), np.zeros(size, np.uint8)
        width = to_line_thickness(layer.width * px_per_point)
        for rings in polygons:
            np.maximum(inside, _fill_rings(rings, size), out=inside)
            for ring in rings:
                cv2.polylines(
                    outline, [to_fixed_point(ring)], True, 255.0, width, cv2.LINE_AA, SHIFT
                )
        self._planes = planes
        self._passes = [
            _apply_color(coverage, color, canvas)
            for coverage, color in ((inside, layer.fill), (outline, layer.edge))
        ]

    def paint(self, frame: int) -> None:
        """Paint the areas."""
        for coverage, color in self._passes:
            blend(self._planes, coverage, (0, 0), color)


def _fill_rings(rings: Rings, size: tuple[int, int]) -> Pixels:
    """Compute the covered share of each pixel, from a finer drawing averaged down."""
    height, width = size
    fine = np.zeros((height * _SAMPLES, width * _SAMPLES), dtype=np.uint8)
    corners = [to_fixed_point(ring * _SAMPLES) for ring in rings]
    cv2.fillPoly(fine, corners, 255.0, cv2.LINE_8, SHIFT)
    return cv2.resize(fine, (width, height), interpolation=cv2.INTER_AREA)  # type: ignore[return-value]


def _apply_color(
    coverage: Pixels, color: RGBA, canvas: Canvas
) -> tuple[Pixels, tuple[NDArray[np.uint8], ...]]:
    *rgb, opacity = color
    faint = np.rint(coverage * opacity).astype(np.uint8)
    return faint, canvas.to_components(np.rint(np.array(rgb) * 255))
