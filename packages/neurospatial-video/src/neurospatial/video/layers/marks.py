"""Painting marks of any shape: anti-aliased, at sub-pixel positions."""

from collections.abc import Callable
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from neurospatial.scene import RGBA
from neurospatial.video.canvas.blend import blend
from neurospatial.video.canvas.canvas import Canvas, Pixels, Plane
from neurospatial.video.canvas.opencv_coords import make_scratch

STEPS = (1, 2)
"""Picture pixels per pixel of a plane: marks are prepared for both, luma's and chroma's."""

_BLOCK_MARKS = 5_000
"""Marks placed together: numpy's calls cost next to nothing then, and no frame waits for them."""

_OPACITY_STEPS = 32
"""Levels of fading: marks of one level are painted together, and 3 % of opacity is not seen."""

Color = tuple[float, ...]


class Shapes(Protocol):
    """The marks of a block of frames, in OpenCV's coordinates."""

    visible: NDArray[np.bool_]

    def find_corners(self, frame: int, marks: NDArray[np.intp]) -> NDArray[np.float64]:
        """Find points [px] whose bounding box holds some marks."""

    def draw(
        self, frame: int, mark: int, pixels: Pixels, step: int, color: Color,
        corner: tuple[int, int] = (0, 0),
    ) -> None:  # fmt: skip
        """Draw one mark into pixels whose top-left corner lies at `corner`."""


class MarksPainter:
    """Paints a layer's marks; where they lie is worked out a block of frames at a time.

    Parameters
    ----------
    prepare_shapes : callable
        Makes the shapes of the frames in ``[start, stop)``.
    color : tuple of float, or ndarray of shape (n_marks, 4)
        RGBA in [0, 1].
    shape : tuple of int
        Number of frames, and of marks in each.
    planes : tuple of Plane
        The panel's part of the canvas.
    canvas : Canvas
    strength : ndarray, shape (n_frames or 1, n_marks), or None
        What the opacity of each mark is multiplied by.
    """

    def __init__(
        self,
        prepare_shapes: Callable[[int, int], Shapes],
        color: RGBA | NDArray[np.float64],
        shape: tuple[int, int],
        planes: tuple[Plane, ...],
        canvas: Canvas,
        strength: NDArray[np.float32] | None = None,
    ) -> None:
        self._prepare_shapes = prepare_shapes
        self._n_frames, n_marks = shape
        self._strength = strength
        self._block = max(1, _BLOCK_MARKS // max(1, n_marks))
        self._start = self._stop = 0
        self._shapes: Shapes
        self._planes = planes
        rgba = np.broadcast_to(np.asarray(color, dtype=np.float64), (n_marks, 4))
        distinct, group = np.unique(rgba, axis=0, return_inverse=True)
        self._colors = [canvas.to_components(np.rint(255 * mark[:3])) for mark in distinct]
        self._scalars = [
            [tuple(np.atleast_1d(value).astype(float).tolist()) for value in values]
            for values in self._colors
        ]
        self._opacity: list[float] = distinct[:, 3].tolist()
        self._group = group.ravel()

    @property
    def colors(self) -> list[tuple[float, tuple[NDArray[np.uint8], ...]]]:
        """Opacity of each mark, and its colour in each plane."""
        return [(self._opacity[group], self._colors[group]) for group in self._group]

    def paint(self, frame: int) -> None:
        """Paint the marks of one frame."""
        frame = min(frame, self._n_frames - 1)
        if not self._start <= frame < self._stop:
            self._start, self._stop = frame, min(frame + self._block, self._n_frames)
            self._shapes = self._prepare_shapes(self._start, self._stop)
        at = frame - self._start
        visible = np.flatnonzero(self._shapes.visible[at])
        if self._strength is None:
            self._paint_marks(at, visible, 1.0)
            return
        strength = self._strength[min(frame, len(self._strength) - 1), visible]
        levels = np.rint(strength * _OPACITY_STEPS)
        for level in np.unique(levels):
            self._paint_marks(at, visible[levels == level], float(level) / _OPACITY_STEPS)

    def _paint_marks(self, at: int, marks: NDArray[np.intp], strength: float) -> None:
        """Paint marks that are faded alike."""
        if len(self._colors) == 1 or not len(marks):
            self._paint_group(at, 0, marks, self._opacity[0] * strength)
            return
        groups = self._group[marks]
        if min(self._opacity) * strength >= 1:
            for mark, group in zip(marks.tolist(), groups.tolist(), strict=True):
                self._draw_mark(at, mark, group)
            return
        for group in np.unique(groups):
            opacity = self._opacity[group] * strength
            self._paint_group(at, int(group), marks[groups == group], opacity)

    def _paint_group(self, at: int, group: int, marks: NDArray[np.intp], opacity: float) -> None:
        """Paint marks of one colour; faint ones do not darken one another."""
        if opacity >= 1:
            for mark in marks.tolist():
                self._draw_mark(at, mark, group)
        elif opacity > 0 and len(marks):
            corner, coverage = make_scratch(self._planes[0], self._shapes.find_corners(at, marks))
            if not coverage.size:
                return
            for mark in marks.tolist():
                self._shapes.draw(at, mark, coverage, 1, (255.0,), corner)
            faint = cv2.convertScaleAbs(coverage, alpha=opacity)
            blend(self._planes, faint, corner, self._colors[group])  # type: ignore[arg-type]

    def _draw_mark(self, at: int, mark: int, group: int) -> None:
        """Draw a mark that lets nothing through."""
        for plane, color in zip(self._planes, self._scalars[group], strict=True):
            self._shapes.draw(at, mark, plane.pixels, plane.step, color)
