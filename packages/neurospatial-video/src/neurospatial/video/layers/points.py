"""Painting points: anti-aliased, at sub-pixel positions."""

import cv2
import numpy as np
from numpy.typing import NDArray

from neurospatial.scene import Points
from neurospatial.video.canvas.canvas import Canvas, Pixels, Plane
from neurospatial.video.canvas.opencv_coords import SHIFT, to_fixed_point
from neurospatial.video.layers.marks import STEPS, Color, MarksPainter, Shapes
from neurospatial.video.layers.projection import Projection
from neurospatial.video.layers.trail import TrailPainter


class PointsPainter:
    """Paints one points layer, trails first.

    Parameters
    ----------
    layer : Points
    projection : Projection
        Where the world lies on the panel's pixels.
    planes : tuple of Plane
        The panel's part of the canvas.
    canvas : Canvas
    px_per_point : float
        Pixels in 1/72 inch.
    """

    def __init__(
        self,
        layer: Points,
        projection: Projection,
        planes: tuple[Plane, ...],
        canvas: Canvas,
        px_per_point: float,
    ) -> None:
        n_faded = 1 if layer.opacity is None else len(layer.opacity)
        n_frames = max(len(layer.xy), n_faded, projection.n_frames)
        shape = (n_frames, layer.xy.shape[1])
        self._marks = MarksPainter(
            self._prepare_shapes, layer.color, shape, planes, canvas, layer.opacity
        )
        self._xy = np.broadcast_to(layer.xy, (n_frames, *layer.xy.shape[1:]))
        self._radius = layer.size * px_per_point / 2
        self._projection = projection
        self._edge = np.array([projection.width, projection.height]) + self._radius
        self._trail = None
        if layer.trail and len(layer.xy) > 1:
            self._trail = TrailPainter(layer, projection, planes, self._marks.colors, self._radius)

    def paint(self, frame: int) -> None:
        """Paint the trails and points of one frame."""
        if self._trail is not None:
            self._trail.paint(frame)
        self._marks.paint(frame)

    def _prepare_shapes(self, start: int, stop: int) -> Shapes:
        centers = self._projection.project(self._xy[start:stop], start)
        visible = np.all((centers > -self._radius) & (centers < self._edge), axis=-1)
        return _Dots(np.where(visible[..., None], centers, 0), visible, self._radius)


class _Dots:
    """Filled circles, all of one radius."""

    def __init__(
        self, centers: NDArray[np.float64], visible: NDArray[np.bool_], radius: float
    ) -> None:
        self.visible = visible
        self._centers, self._reach = centers, radius + 2
        # Arrays: lists of a block's marks would set off the garbage collector again and again.
        self._fixed = [to_fixed_point(centers, step) for step in STEPS]
        self._listed, self._places = -1, [[[0, 0]]]
        # OpenCV's smooth edge adds half a pixel to a circle.
        self._radii = [round(max(0.0, radius / step - 0.5) * 2**SHIFT) for step in STEPS]

    def find_corners(self, frame: int, marks: NDArray[np.intp]) -> NDArray[np.float64]:
        centers = self._centers[frame, marks]
        return np.concatenate([centers - self._reach, centers + self._reach])

    def draw(
        self, frame: int, mark: int, pixels: Pixels, step: int, color: Color,
        corner: tuple[int, int] = (0, 0),
    ) -> None:  # fmt: skip
        if frame != self._listed:
            self._listed, self._places = frame, [fixed[frame].tolist() for fixed in self._fixed]
        x, y = self._places[step - 1][mark]
        center = (x - (corner[0] << SHIFT), y - (corner[1] << SHIFT))
        cv2.circle(pixels, center, self._radii[step - 1], color, -1, cv2.LINE_AA, SHIFT)
