"""Painting pictures: resampled once for each picture, and each view of it, that is shown."""

import cv2
import numpy as np

from neurospatial.scene import Affine2D, Bounds, Image, Raster
from neurospatial.video.canvas.canvas import Canvas, Pixels, Plane
from neurospatial.video.layers.picture_placement import (
    PicturePlacement,
    cover_raster,
    find_window,
)
from neurospatial.video.layers.placed_picture import PlacedPicture
from neurospatial.video.layers.projection import Projection


class ImagePainter:
    """Paints one image layer.

    Parameters
    ----------
    layer : Image
    projection : Projection
        Where the world lies on the panel's pixels.
    planes : tuple of Plane
        The panel's part of the canvas.
    canvas : Canvas
    px_per_point : float
        Pixels in 1/72 inch; a picture has no size in points.
    """

    def __init__(
        self,
        layer: Image,
        projection: Projection,
        planes: tuple[Plane, ...],
        canvas: Canvas,
        px_per_point: float,
    ) -> None:
        self._layer, self._projection = layer, projection
        self._planes, self._canvas = planes, canvas
        self._number, self._picture = -1, np.zeros((0, 0, 3), dtype=np.uint8)
        self._values: list[Pixels] = []
        self._alphas: list[Pixels] | None = None
        self._everywhere: list[PlacedPicture] = []
        self._place(projection.get_raster(0))

    def paint(self, frame: int) -> None:
        """Paint the picture of one frame."""
        index = self._layer.frame_index
        number = int(index[min(frame, len(index) - 1)])
        if number < 0:
            return
        is_elsewhere = self._projection.get_bounds(frame) != self._seen
        if is_elsewhere:
            self._place(self._projection.get_raster(frame))
        if not self._laid or not self._laid[0].there:
            return
        if number != self._number:
            picture = self._layer.frames.read(number, number + 1)[0]
            self._number, self._picture = number, np.ascontiguousarray(picture, dtype=np.uint8)
            self._prepare()
        elif is_elsewhere:
            self._prepare()
        for place, (laid, values) in enumerate(zip(self._laid, self._values, strict=True)):
            if self._alphas is None:
                laid.lay(values)
            else:
                laid.lay_faint(values, self._alphas[place])

    def _place(self, raster: Raster) -> None:
        """Find out where the picture lies on each plane."""
        self._seen: Bounds = raster.bounds
        to_panel = raster.world_to_px @ self._layer.px_to_world
        _, height, width, *_ = self._layer.frames.shape
        size = (raster.width, raster.height)
        self._window, covers = (slice(height), slice(width)), False
        if self._projection.moves:  # Else all of it is resampled at the same places each time.
            self._window, covers = find_window(to_panel, (width, height), size)
            rows, columns = self._window
            to_panel = to_panel @ Affine2D.translation(columns.start, rows.start)
            height, width = rows.stop - rows.start, columns.stop - columns.start
        if not width or not height:
            self._laid = []
            return
        if not covers:
            self._laid = self._lay_out(cover_raster(to_panel, (width, height), size))
        else:
            if not self._everywhere:
                self._everywhere = self._lay_out(np.full(size[::-1], 255, dtype=np.uint8))
            self._laid = self._everywhere
        # Both chroma planes have the places, and so the resampling, of one.
        by_step = {plane.step: laid for plane, laid in zip(self._planes, self._laid, strict=True)}
        self._placements = {
            step: PicturePlacement(
                Affine2D.scaling(1 / step, 1 / step) @ to_panel,
                (width, height),
                laid.box,
                self._projection.moves,
            )
            for step, laid in by_step.items()
        }

    def _lay_out(self, inside: Pixels) -> list[PlacedPicture]:
        """Find out how a picture that covers so much of each pixel lies on each plane."""
        opacity = cv2.convertScaleAbs(inside, alpha=self._layer.opacity)
        return [PlacedPicture(plane, np.asarray(opacity, np.uint8)) for plane in self._planes]

    def _prepare(self) -> None:
        """Resample the picture to the pixels of each plane."""
        pixels = self._picture[self._window]
        rgb = np.ascontiguousarray(pixels[..., :3])
        self._values, self._alphas = [], None
        for step, placement in self._placements.items():
            here = placement.resample(self._canvas.prepare_step(rgb, step))
            self._values += self._canvas.finish_step(here, step)
        if pixels.shape[2] == 4:
            alpha = np.ascontiguousarray(pixels[..., 3])
            by_step = {step: place.resample(alpha) for step, place in self._placements.items()}
            self._alphas = [by_step[laid.step] for laid in self._laid]
