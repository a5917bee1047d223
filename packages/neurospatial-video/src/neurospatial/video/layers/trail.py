"""Painting fading trails."""

import cv2
import numpy as np
from numpy.typing import NDArray

from neurospatial.scene import Points
from neurospatial.video.canvas.blend import blend
from neurospatial.video.canvas.canvas import Plane
from neurospatial.video.canvas.opencv_coords import (
    FAR,
    SHIFT,
    make_scratch,
    to_fixed_point,
    to_line_thickness,
)
from neurospatial.video.layers.projection import Projection

_STEPS = 8
"""Levels of fading along a trail: few calls a frame, and no step between them is seen."""

_WIDTH = 0.35
"""Of a trail, as a share of its point's diameter."""

_BLOCK_POINTS = 5_000
"""Points placed together: numpy's calls cost next to nothing then, and no frame waits for them."""


class TrailPainter:
    """Paints where the points of a layer have been, older places fainter.

    Parameters
    ----------
    layer : Points
        Its `trail` is above zero.
    projection : Projection
        Where the world lies on the panel's pixels.
    planes : tuple of Plane
        The panel's part of the canvas.
    colors : list of (float, tuple of ndarray)
        Opacity of each point, and its colour in each plane.
    radius : float
        Of the points [px].
    """

    def __init__(
        self,
        layer: Points,
        projection: Projection,
        planes: tuple[Plane, ...],
        colors: list[tuple[float, tuple[NDArray[np.uint8], ...]]],
        radius: float,
    ) -> None:
        self._xy = layer.xy
        self._trail = layer.trail
        self._projection = projection
        self._planes = planes
        self._colors = colors
        self._width = to_line_thickness(2 * radius * _WIDTH)
        self._begin = self._end = 0
        self._px: NDArray[np.float64]
        self._finite: NDArray[np.bool_]

    def paint(self, frame: int) -> None:
        """Paint the trails that end in one frame."""
        begin = max(0, frame - self._trail)
        if self._projection.moves:
            self._place_past(begin, frame)
        elif not self._begin <= begin <= frame < self._end:
            self._place_block(begin, frame)
        past = slice(begin - self._begin, frame + 1 - self._begin)
        places, there = self._px[past], self._finite[past]
        for number, (opacity, color) in enumerate(self._colors):
            finite = there[:, number]
            if (finite[1:] & finite[:-1]).any():
                self._paint_trail(places[:, number], finite, opacity, color)

    def _place_block(self, begin: int, frame: int) -> None:
        """Work out where the points lie in the past of a frame, and in some of the next."""
        n_frames, n_points = self._xy.shape[:2]
        end = min(n_frames, frame + 1 + max(1, _BLOCK_POINTS // n_points))
        self._keep(begin, end, self._projection.project_on(self._xy[begin:end], frame))

    def _place_past(self, begin: int, frame: int) -> None:
        """Work out where the past of a frame lies in its own view."""
        past = self._xy[begin : frame + 1]
        self._keep(begin, frame + 1, self._projection.project_on(past, frame))

    def _keep(self, begin: int, end: int, px: NDArray[np.float64]) -> None:
        self._begin, self._end = begin, end
        self._px = np.clip(px, -FAR, FAR)
        self._finite = np.isfinite(self._px[..., 0] + self._px[..., 1])

    def _paint_trail(
        self,
        path: NDArray[np.float64],
        finite: NDArray[np.bool_],
        opacity: float,
        color: tuple[NDArray[np.uint8], ...],
    ) -> None:
        whole = bool(finite.all())
        there = path if whole else path[finite]
        corner, coverage = make_scratch(self._planes[0], there, self._width + 2)
        if not coverage.size:
            return
        fixed = to_fixed_point((path if whole else np.where(finite[:, None], path, 0)) - corner)
        n_steps = len(path) - 1
        n_parts = min(_STEPS, n_steps)
        for part in range(n_parts):
            begin, end = part * n_steps // n_parts, (part + 1) * n_steps // n_parts
            age = n_steps - (begin + end) / 2
            shade = 255 * opacity * (1 - age / (self._trail + 1))
            runs = [fixed[begin : end + 1]] if whole else _find_runs(fixed, finite, begin, end)
            cv2.polylines(coverage, runs, False, shade, self._width, cv2.LINE_AA, SHIFT)
        blend(self._planes, coverage, corner, color)


def _find_runs(
    path: NDArray[np.int32], finite: NDArray[np.bool_], begin: int, end: int
) -> list[NDArray[np.int32]]:
    """Find the contiguous stretches of a path between two of its points."""
    part, there = path[begin : end + 1], finite[begin : end + 1]
    edges = np.flatnonzero(np.diff(np.concatenate([[False], there, [False]]).astype(np.int8)))
    return [part[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a > 1]
