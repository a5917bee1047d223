"""Painting points and segments: anti-aliased, at sub-pixel positions."""

from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from neurospatial.scene import Points, Raster, Segments
from neurospatial.video.canvas import Canvas, Pixels, Plane, blend
from neurospatial.video.opencv_coords import EDGE, FAR, SHIFT, fixed_point, scratch
from neurospatial.video.trail import TrailPainter

_BLOCK_MARKS = 20_000
_HEAD_LENGTH, _HEAD_WIDTH = 4.5, 3.6
_STEPS = (1, 2)
_OPACITY_STEPS = 32

Color = tuple[float, ...]


class _Shapes(Protocol):
    """The marks of a block of frames, in OpenCV's coordinates."""

    seen: NDArray[np.bool_]

    def corners(self, frame: int, marks: NDArray[np.intp]) -> NDArray[np.float64]:
        """Points [px] whose bounding box holds some marks."""

    def draw(
        self, frame: int, mark: int, pixels: Pixels, step: int, color: Color,
        corner: tuple[int, int] = (0, 0),
    ) -> None:  # fmt: skip
        """Draw one mark into pixels whose top-left corner lies at `corner`."""


class _MarksPainter:
    """Paints a layer of marks; where they lie is worked out a block of frames at a time."""

    def __init__(
        self,
        color: object,
        shape: tuple[int, ...],
        planes: tuple[Plane, ...],
        canvas: Canvas,
        strength: NDArray[np.float32] | None = None,
    ) -> None:
        self._n_frames, n_marks = shape[:2]
        self._strength = strength
        self._block = max(1, _BLOCK_MARKS // max(1, n_marks))
        self._start = self._stop = 0
        self._shapes: _Shapes
        self._planes = planes
        rgba = np.broadcast_to(np.asarray(color, dtype=np.float64), (n_marks, 4))
        distinct, group = np.unique(rgba, axis=0, return_inverse=True)
        self._colors = [canvas.components(np.rint(255 * mark[:3])) for mark in distinct]
        self._scalars = [
            [tuple(np.atleast_1d(value).astype(float).tolist()) for value in values]
            for values in self._colors
        ]
        self._opacity: list[float] = distinct[:, 3].tolist()
        self._group = group.ravel()

    def _prepared(self, start: int, stop: int) -> _Shapes:
        raise NotImplementedError

    def paint(self, frame: int) -> None:
        """Paint the marks of one frame."""
        frame = min(frame, self._n_frames - 1)
        if not self._start <= frame < self._stop:
            self._start, self._stop = frame, min(frame + self._block, self._n_frames)
            self._shapes = self._prepared(self._start, self._stop)
        at = frame - self._start
        seen = np.flatnonzero(self._shapes.seen[at])
        if self._strength is None:
            self._paint_marks(at, seen, 1.0)
            return
        strength = self._strength[min(frame, len(self._strength) - 1), seen]
        levels = np.rint(strength * _OPACITY_STEPS)
        for level in np.unique(levels):
            self._paint_marks(at, seen[levels == level], float(level) / _OPACITY_STEPS)

    def _paint_marks(self, at: int, seen: NDArray[np.intp], strength: float) -> None:
        """Paint marks that are faded alike."""
        if len(self._colors) == 1 or not len(seen):
            self._paint_group(at, 0, seen, self._opacity[0] * strength)
            return
        groups = self._group[seen]
        if min(self._opacity) * strength >= 1:
            for mark, group in zip(seen.tolist(), groups.tolist(), strict=True):
                self._draw(at, mark, group)
            return
        for group in np.unique(groups):
            opacity = self._opacity[group] * strength
            self._paint_group(at, int(group), seen[groups == group], opacity)

    def _paint_group(self, at: int, group: int, marks: NDArray[np.intp], opacity: float) -> None:
        """Paint marks of one colour; faint ones do not darken one another."""
        if opacity >= 1:
            for mark in marks.tolist():
                self._draw(at, mark, group)
        elif opacity > 0 and len(marks):
            corner, coverage = scratch(self._planes[0], self._shapes.corners(at, marks))
            if not coverage.size:
                return
            for mark in marks.tolist():
                self._shapes.draw(at, mark, coverage, 1, (255.0,), corner)
            faint = cv2.convertScaleAbs(coverage, alpha=opacity)
            blend(self._planes, faint, corner, self._colors[group])  # type: ignore[arg-type]

    def _draw(self, at: int, mark: int, group: int) -> None:
        for plane, color in zip(self._planes, self._scalars[group], strict=True):
            self._shapes.draw(at, mark, plane.pixels, plane.step, color)


class PointsPainter(_MarksPainter):
    """Paints one points layer, trails first.

    Parameters
    ----------
    layer : Points
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
        layer: Points,
        raster: Raster,
        planes: tuple[Plane, ...],
        canvas: Canvas,
        px_per_point: float,
    ) -> None:
        n_frames = max(len(layer.xy), 1 if layer.opacity is None else len(layer.opacity))
        shape = (n_frames, layer.xy.shape[1])
        super().__init__(layer.color, shape, planes, canvas, layer.opacity)
        self._xy = np.broadcast_to(layer.xy, (n_frames, *layer.xy.shape[1:]))
        self._radius = layer.size * px_per_point / 2
        self._to_px = raster.world_to_px
        self._edge = np.array([raster.width, raster.height]) + self._radius
        self._trail = None
        if layer.trail and len(layer.xy) > 1:
            colors = [(self._opacity[g], self._colors[g]) for g in self._group]
            self._trail = TrailPainter(layer, raster, planes, colors, self._radius)

    def paint(self, frame: int) -> None:
        """Paint the trails and points of one frame."""
        if self._trail is not None:
            self._trail.paint(frame)
        super().paint(frame)

    def _prepared(self, start: int, stop: int) -> _Shapes:
        centers = self._to_px(self._xy[start:stop])
        seen = np.all((centers > -self._radius) & (centers < self._edge), axis=-1)
        return _Dots(np.where(seen[..., None], centers, 0), seen, self._radius)


class _Dots:
    def __init__(
        self, centers: NDArray[np.float64], seen: NDArray[np.bool_], radius: float
    ) -> None:
        self.seen = seen
        self._centers, self._reach = centers, radius + 2
        self._fixed = [fixed_point(centers, step).tolist() for step in _STEPS]
        # OpenCV's smooth edge adds half a pixel to a circle.
        self._radii = [round(max(0.0, radius / step - 0.5) * 2**SHIFT) for step in _STEPS]

    def corners(self, frame: int, marks: NDArray[np.intp]) -> NDArray[np.float64]:
        centers = self._centers[frame, marks]
        return np.concatenate([centers - self._reach, centers + self._reach])

    def draw(
        self, frame: int, mark: int, pixels: Pixels, step: int, color: Color,
        corner: tuple[int, int] = (0, 0),
    ) -> None:  # fmt: skip
        x, y = self._fixed[step - 1][frame][mark]
        center = (x - (corner[0] << SHIFT), y - (corner[1] << SHIFT))
        cv2.circle(pixels, center, self._radii[step - 1], color, -1, cv2.LINE_AA, SHIFT)


class SegmentsPainter(_MarksPainter):
    """Paints one segments layer; the parameters are those of `PointsPainter`."""

    def __init__(
        self,
        layer: Segments,
        raster: Raster,
        planes: tuple[Plane, ...],
        canvas: Canvas,
        px_per_point: float,
    ) -> None:
        n_frames = max(len(layer.start), len(layer.stop))
        super().__init__(layer.color, (n_frames, layer.start.shape[1]), planes, canvas)
        self._ends = [
            np.broadcast_to(xy, (n_frames, *xy.shape[1:])) for xy in (layer.start, layer.stop)
        ]
        self._width = layer.width * px_per_point
        self._head = layer.arrowhead
        self._to_px = raster.world_to_px

    def _prepared(self, start: int, stop: int) -> _Shapes:
        ends = np.stack([self._to_px(xy[start:stop]) for xy in self._ends], axis=2)
        length = np.hypot(*np.moveaxis(ends[:, :, 1] - ends[:, :, 0], -1, 0))
        seen = length > 0
        ends = np.clip(np.where(seen[..., None, None], ends, 0), -FAR, FAR)
        along = (ends[:, :, 1] - ends[:, :, 0]) / np.where(seen, length, 1)[..., None]
        length = np.where(seen, length, 0)
        head = np.minimum(_HEAD_LENGTH * self._width, length) if self._head else None
        return _Bars(ends, along, head, seen, self._width)


class _Bars:
    """Shafts, with heads where there are any; (n_frames, n_marks) of each."""

    def __init__(
        self,
        ends: NDArray[np.float64],
        along: NDArray[np.float64],
        head: NDArray[np.float64] | None,
        seen: NDArray[np.bool_],
        width: float,
    ) -> None:
        self.seen = seen
        self._ends, self._reach = ends, _HEAD_WIDTH * width + 2
        self._fixed = [_bars(ends, along, head, width, step) for step in _STEPS]

    def corners(self, frame: int, marks: NDArray[np.intp]) -> NDArray[np.float64]:
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


def _bars(
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
        tips = [fixed_point(np.stack([stop, base + wing, base - wing], axis=2), step)]
        stop = stop - along * (0.8 * head)[..., None]
    corners = [start + side, stop + side, stop - side, start - side]
    return [fixed_point(np.stack(corners, axis=2), step), *tips]
