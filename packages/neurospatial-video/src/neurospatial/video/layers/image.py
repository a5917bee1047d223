"""Painting pictures: warped once for each picture that is shown."""

import cv2
import numpy as np
from numpy.typing import NDArray

from neurospatial.scene import Image, Raster
from neurospatial.video.canvas.blend import multiply_add, resample_to_plane
from neurospatial.video.canvas.canvas import Canvas, Pixels, Plane


class ImagePainter:
    """Paints one image layer.

    Parameters
    ----------
    layer : Image
    raster : Raster
        The panel's pixels.
    planes : tuple of Plane
        The panel's part of the canvas.
    canvas : Canvas
    px_per_point : float
        Pixels in 1/72 inch; a picture has no size in points.
    """

    def __init__(
        self,
        layer: Image,
        raster: Raster,
        planes: tuple[Plane, ...],
        canvas: Canvas,
        px_per_point: float,
    ) -> None:
        self._layer = layer
        self._planes = planes
        self._canvas = canvas
        self._warp = _Warp(layer, raster)
        self._number = -1
        self._parts: list[tuple[Pixels, Pixels]] = []
        opacity = cv2.convertScaleAbs(self._warp.inside, alpha=layer.opacity)
        self._opacity: Pixels = np.asarray(opacity, dtype=np.uint8)
        self._opacities = self._split_by_plane(self._opacity)

    def paint(self, frame: int) -> None:
        """Paint the picture of one frame."""
        index = self._layer.frame_index
        number = int(index[min(frame, len(index) - 1)])
        if number < 0:
            return
        if number != self._number:
            self._prepare(self._layer.frames.read(number, number + 1)[0])
            self._number = number
        for plane, (keep, add) in zip(self._planes, self._parts, strict=True):
            multiply_add(plane.pixels, keep, add)

    def _prepare(self, picture: NDArray[np.generic]) -> None:
        """Work out what is kept of the canvas, and what is added to it."""
        pixels = np.ascontiguousarray(picture, dtype=np.uint8)
        opacities = self._opacities
        if pixels.shape[2] == 4:
            alpha = self._warp.apply(np.ascontiguousarray(pixels[..., 3]))
            opacities = self._split_by_plane(_multiply(self._opacity, alpha))
        values = self._canvas.to_planes(self._warp.apply(np.ascontiguousarray(pixels[..., :3])))
        self._parts = [
            (keep, _multiply(value, opacity))
            for value, (keep, opacity) in zip(values, opacities, strict=True)
        ]

    def _split_by_plane(self, opacity: Pixels) -> list[tuple[Pixels, Pixels]]:
        """Compute what each plane keeps of the canvas, and how much of the picture it shows."""
        here = [resample_to_plane(opacity, plane) for plane in self._planes]
        return [(np.bitwise_not(opaque), opaque) for opaque in here]


class _Warp:
    """From a picture's pixels to the panel's, a smaller picture first where many meet in one."""

    def __init__(self, layer: Image, raster: Raster) -> None:
        _, height, width, *_ = layer.frames.shape
        to_panel = raster.world_to_px @ layer.px_to_world
        shrink = 1 / np.sqrt(abs(np.linalg.det(to_panel.matrix[:2, :2])))
        self._reduced = None
        scale = np.ones(2)
        if shrink >= 2:
            size = np.maximum(1, np.round(np.array([width, height]) / shrink)).astype(int)
            self._reduced = (int(size[0]), int(size[1]))
            scale = np.array([width, height]) / size
        # Continuous coordinates have a pixel's centre at 0.5, OpenCV's at 0.
        linear = to_panel.matrix[:2, :2] * scale
        shift = to_panel.matrix[:2, 2] + linear @ (0.5, 0.5) - 0.5
        self._matrix = np.column_stack([linear, shift])
        self._size = (raster.width, raster.height)
        full = np.full((height, width), 255, dtype=np.uint8)
        self.inside: Pixels = self._warp_pixels(self._shrink(full), cv2.BORDER_CONSTANT)

    def apply(self, picture: Pixels) -> Pixels:
        return self._warp_pixels(self._shrink(picture), cv2.BORDER_REPLICATE)

    def _shrink(self, picture: Pixels) -> Pixels:
        if self._reduced is None:
            return picture
        small = cv2.resize(picture, self._reduced, interpolation=cv2.INTER_AREA)
        return np.asarray(small, dtype=np.uint8)

    def _warp_pixels(self, picture: Pixels, border: int) -> Pixels:
        warped = cv2.warpAffine(
            picture, self._matrix, self._size, flags=cv2.INTER_LINEAR, borderMode=border
        )
        return np.asarray(warped, dtype=np.uint8)


def _multiply(first: Pixels, second: Pixels) -> Pixels:
    return np.asarray(cv2.multiply(first, second, scale=1 / 255), dtype=np.uint8)
