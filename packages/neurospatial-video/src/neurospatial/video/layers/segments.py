"""Painting straight lines and arrows: anti-aliased, at sub-pixel positions."""

import cv2
import numpy as np
from numpy.typing import NDArray

from neurospatial.scene import Segments
from neurospatial.video.canvas.canvas import Canvas, Pixels, Plane
from neurospatial.video.canvas.opencv_coords import EDGE, FAR, SHIFT, to_fixed_point
from neurospatial.video.layers.marks import STEPS, Color, MarksPainter, Shapes
from neurospatial.video.layers.projection import Projection

_HEAD_LENGTH, _HEAD_WIDTH = 4.5, 3.6
"""Widths of the shaft: a head that is still seen as one where the shaft is a pixel wide."""

_HEAD_OVERLAP = 0.8
"""Share of the head that the shaft ends before the tip: nothing of it shows beside the head."""


class SegmentsPainter:
    """Paints one segments layer; the parameters are those of `PointsPainter`."""

    def __init__(
        self,
        layer: Segments,
        projection: Projection,
        planes: tuple[Plane, ...],
        canvas: Canvas,
        px_per_point: float,
    ) -> None:
        n_frames = max(len(layer.start), len(layer.stop), projection.n_frames)
        shape = (n_frames, layer.start.shape[1])
        self._marks = MarksPainter(self._prepare_shapes, layer.color, shape, planes, canvas)
        self._ends = [
            np.broadcast_to(xy, (n_frames, *xy.shape[1:])) for xy in (layer.start, layer.stop)
        ]
        self._width = layer.width * px_per_point
        self._head = layer.arrowhead
        self._projection = projection

    def paint(self, frame: int) -> None:
        """Paint the lines of one frame."""
        self._marks.paint(frame)

    def _prepare_shapes(self, start: int, stop: int) -> Shapes:
        project = self._projection.project
        ends = np.stack([project(xy[start:stop], start) for xy in self._ends], axis=2)
        length = np.hypot(*np.moveaxis(ends[:, :, 1] - ends[:, :, 0], -1, 0))
        visible = length > 0
        ends = np.clip(np.where(visible[..., None, None], ends, 0), -FAR, FAR)
        along = (ends[:, :, 1] - ends[:, :, 0]) / np.where(visible, length, 1)[..., None]
        length = np.where(visible, length, 0)
        head = np.minimum(_HEAD_LENGTH * self._width, length) if self._head else None
        return _Bars(ends, along, head, visible, self._width)


class _Bars:
    """Shafts, with heads where there are any; (n_frames, n_marks) of each."""

    def __init__(
        self,
        ends: NDArray[np.float64],
        along: NDArray[np.float64],
        head: NDArray[np.float64] | None,
        visible: NDArray[np.bool_],
        width: float,
    ) -> None:
        self.visible = visible
        self._ends, self._reach = ends, _HEAD_WIDTH * width + 2
        self._fixed = [_make_bars(ends, along, head, width, step) for step in STEPS]

    def find_corners(self, frame: int, marks: NDArray[np.intp]) -> NDArray[np.float64]:
        ends = self._ends[frame, marks].reshape(-1, 2)
        return np.concatenate([ends - self._reach, ends + self._reach])

    def draw(
        self, frame: int, mark: int, pixels: Pixels, step: int, color: Color,
        corner: tuple[int, int] = (0, 0),
    ) -> None:  # fmt: skip
        for shapes in self._fixed[step - 1]:
            shape = shapes[frame, mark]
            if corner != (0, 0):
                shape = shape - np.array(corner, dtype=np.int32) * 2**SHIFT
            cv2.fillConvexPoly(pixels, shape, color, cv2.LINE_AA, SHIFT)


def _make_bars(
    ends: NDArray[np.float64],
    along: NDArray[np.float64],
    head: NDArray[np.float64] | None,
    width: float,
    step: int,
) -> list[NDArray[np.int32]]:
    """Corners of shafts and heads."""
    start, stop = ends[:, :, 0], ends[:, :, 1]
    across = np.stack([-along[..., 1], along[..., 0]], axis=-1)
    side = across * max(0.0, width / 2 - EDGE * step)
    tips = []
    if head is not None:
        base = stop - along * head[..., None]
        wing = across * (head * (_HEAD_WIDTH / _HEAD_LENGTH / 2))[..., None]
        tips = [to_fixed_point(np.stack([stop, base + wing, base - wing], axis=2), step)]
        stop = stop - along * (_HEAD_OVERLAP * head)[..., None]
    corners = [start + side, stop + side, stop - side, start - side]
    return [to_fixed_point(np.stack(corners, axis=2), step), *tips]
