"""Painting a value over distance."""

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from neurospatial.scene import Curve
from neurospatial.video.canvas.blend import blend
from neurospatial.video.canvas.canvas import Canvas, Pixels, Plane
from neurospatial.video.canvas.opencv_coords import FAR, SHIFT, make_scratch, to_fixed_point
from neurospatial.video.layers.prefetch import BlockReader
from neurospatial.video.layers.projection import Projection

_DOT = 2.0
"""Widths of the line: the diameter of a bin between gaps, which would else be hard to find."""


class CurvePainter:
    """Paints one curve layer; it breaks between its runs and where values are NaN.

    Parameters
    ----------
    layer : Curve
    projection : Projection
        Where the world lies on the panel's pixels.
    planes : tuple of Plane
        The panel's part of the canvas.
    canvas : Canvas
    px_per_point : float
        Pixels in 1/72 inch.
    stop : int
        The frame before which reading step ends.
    """

    def __init__(
        self,
        layer: Curve,
        projection: Projection,
        planes: tuple[Plane, ...],
        canvas: Canvas,
        px_per_point: float,
        stop: int,
    ) -> None:
        self._layer = layer
        self._planes = planes
        self._projection = projection
        # OpenCV's smooth edge adds half a pixel to either side.
        self._half = max(0.0, layer.width * px_per_point / 2 - 0.5)
        *rgb, self._opacity = layer.color
        self._color = canvas.to_components(np.rint(255 * np.array(rgb)))
        self._values = BlockReader(
            layer.values, layer.frame_index, stop, lambda read: read.astype(np.float64)
        )

    def paint(self, frame: int) -> None:
        """Paint the line of one frame."""
        values = self._values.read_frame(frame)
        lines = [] if values is None else list(self._iter_lines(values, frame))
        if not lines:
            return
        ends = np.concatenate(lines)
        reach = _DOT * self._half + 2
        corner, coverage = make_scratch(self._planes[0], ends, reach)
        if not coverage.size:
            return
        for line in lines:
            self._draw_line(line - corner, coverage)
        if self._opacity < 1:
            coverage = np.rint(coverage * self._opacity).astype(np.uint8)
        blend(self._planes, coverage, corner, self._color)

    def _draw_line(self, line: NDArray[np.float64], coverage: Pixels) -> None:
        """Draw a bar between each corner and the next, and a round joint at each."""
        step = np.diff(line, axis=0)
        length = np.hypot(step[:, 0], step[:, 1])[:, np.newaxis]
        side = self._half * np.stack([-step[:, 1], step[:, 0]], axis=1) / length
        begin, end = line[:-1], line[1:]
        bars = to_fixed_point(
            np.stack([begin + side, end + side, end - side, begin - side], axis=1)
        )
        for bar in bars:
            cv2.fillConvexPoly(coverage, bar, 255.0, cv2.LINE_AA, SHIFT)
        radius = self._half if len(line) > 1 else _DOT * self._half
        for x, y in to_fixed_point(line).tolist():
            cv2.circle(coverage, (x, y), round(radius * 2**SHIFT), 255.0, -1, cv2.LINE_AA, SHIFT)

    def _iter_lines(
        self, values: NDArray[np.float64], frame: int
    ) -> Iterator[NDArray[np.float64]]:
        """Yield the corners [px] of each stretch without a gap."""
        corners = np.stack([self._layer.x, values], axis=1)
        places = self._projection.project_on(corners, frame)
        for run in self._layer.runs:
            finite = np.isfinite(values[run])
            for line in np.split(run, np.flatnonzero(np.diff(finite)) + 1):
                if len(line) and np.isfinite(values[line[0]]):
                    yield np.clip(places[line], -FAR, FAR)
