"""Painting a signal that scrolls past in its strip."""

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from neurospatial.scene import Trace
from neurospatial.video.canvas.blend import blend
from neurospatial.video.canvas.canvas import Canvas, Plane
from neurospatial.video.canvas.opencv_coords import FAR, SHIFT, to_fixed_point, to_line_thickness


class TracePainter:
    """Paints one trace, over what the chrome has in its box.

    Parameters
    ----------
    layer : Trace
    clock : ndarray, shape (n_frames,)
        When each frame was recorded [s].
    planes : tuple of Plane
        The strip's part of the canvas.
    canvas : Canvas
    px_per_point : float
        Pixels in 1/72 inch.
    """

    def __init__(
        self,
        layer: Trace,
        clock: NDArray[np.float64],
        planes: tuple[Plane, ...],
        canvas: Canvas,
        px_per_point: float,
    ) -> None:
        self._layer = layer
        self._clock = clock
        self._planes = planes
        self._empty = [plane.pixels.copy() for plane in planes]
        *rgb, self._opacity = layer.color
        self._color = canvas.to_components(np.rint(255 * np.array(rgb)))
        self._width = to_line_thickness(layer.width * px_per_point)

    def paint(self, frame: int) -> None:
        """Paint the seconds around one frame."""
        for plane, empty in zip(self._planes, self._empty, strict=True):
            plane.pixels[...] = empty
        coverage = np.zeros(self._planes[0].pixels.shape[:2], dtype=np.uint8)
        for line in self._iter_lines(self._clock[frame], coverage.shape):
            cv2.polylines(
                coverage, [to_fixed_point(line)], False, 255.0, self._width, cv2.LINE_AA, SHIFT
            )
        if self._opacity < 1:
            coverage = np.asarray(cv2.convertScaleAbs(coverage, alpha=self._opacity), np.uint8)
        blend(self._planes, coverage, (0, 0), self._color)

    def _iter_lines(self, now: float, size: tuple[int, ...]) -> Iterator[NDArray[np.float64]]:
        """Yield the corners [px] of each stretch without a gap that is in sight."""
        layer, (height, width) = self._layer, size
        half = layer.window / 2
        first, last = np.searchsorted(layer.times, [now - half, now + half], side="left")
        # A sample beyond either end, so that the line runs out of the strip.
        visible = slice(max(0, int(first) - 1), int(last) + 1)
        low, high = layer.limits
        x = (layer.times[visible] - now + half) / layer.window * width
        y = (high - layer.values[visible]) / (high - low) * height
        finite = np.isfinite(y)
        for run in np.split(np.arange(len(x)), np.flatnonzero(np.diff(finite)) + 1):
            if len(run) and finite[run[0]]:
                yield np.clip(_decimate(np.stack([x[run], y[run]], axis=1)), -FAR, FAR)


def _decimate(line: NDArray[np.float64]) -> NDArray[np.float64]:
    """Keep the first, lowest, highest and last corner over each column of pixels."""
    column = np.floor(line[:, 0])
    starts = np.flatnonzero(np.diff(column, prepend=-np.inf))
    if 4 * len(starts) >= len(line):
        return line
    ends = np.append(starts[1:], len(line)) - 1
    low = np.minimum.reduceat(line[:, 1], starts)
    high = np.maximum.reduceat(line[:, 1], starts)
    middle = (line[starts, 0] + line[ends, 0]) / 2
    corners = [line[starts], np.stack([middle, low], 1), np.stack([middle, high], 1), line[ends]]
    return np.stack(corners, axis=1).reshape(-1, 2)
