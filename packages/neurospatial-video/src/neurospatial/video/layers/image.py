"""Painting pictures: resampled once for each picture that is shown."""

import cv2
import numpy as np
from numpy.typing import NDArray

from neurospatial.scene import Affine2D, Image, Raster
from neurospatial.video.canvas.blend import multiply_add, resample_to_plane
from neurospatial.video.canvas.canvas import Canvas, Pixels, Plane
from neurospatial.video.layers.picture_placement import PicturePlacement, cover_raster

Box = tuple[slice, slice]


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
        self._canvas = canvas
        self._number = -1
        self._values: list[Pixels] = []
        self._alphas: list[Pixels] | None = None
        to_panel = raster.world_to_px @ layer.px_to_world
        _, height, width, *_ = layer.frames.shape
        inside = cover_raster(to_panel, (width, height), (raster.width, raster.height))
        opacity = np.asarray(cv2.convertScaleAbs(inside, alpha=layer.opacity), dtype=np.uint8)
        self._laid = [_PlacedPicture(plane, opacity) for plane in planes]
        # Both chroma planes have the places, and so the resampling, of one.
        by_step = {plane.step: laid for plane, laid in zip(planes, self._laid, strict=True)}
        self._placements = {
            step: PicturePlacement(
                Affine2D.scaling(1 / step, 1 / step) @ to_panel, (width, height), laid.box
            )
            for step, laid in by_step.items()
        }

    def paint(self, frame: int) -> None:
        """Paint the picture of one frame."""
        index = self._layer.frame_index
        number = int(index[min(frame, len(index) - 1)])
        if number < 0 or not self._laid[0].there:
            return
        if number != self._number:
            self._prepare(self._layer.frames.read(number, number + 1)[0])
            self._number = number
        for place, (laid, values) in enumerate(zip(self._laid, self._values, strict=True)):
            if self._alphas is None:
                laid.lay(values)
            else:
                laid.lay_faint(values, self._alphas[place])

    def _prepare(self, picture: NDArray[np.generic]) -> None:
        """Resample a picture to the pixels of each plane."""
        pixels = np.ascontiguousarray(picture, dtype=np.uint8)
        rgb = np.ascontiguousarray(pixels[..., :3])
        self._values, self._alphas = [], None
        for step, placement in self._placements.items():
            here = placement.resample(self._canvas.prepare_step(rgb, step))
            self._values += self._canvas.finish_step(here, step)
        if pixels.shape[2] == 4:
            alpha = np.ascontiguousarray(pixels[..., 3])
            by_step = {step: place.resample(alpha) for step, place in self._placements.items()}
            self._alphas = [by_step[laid.step] for laid in self._laid]


class _PlacedPicture:
    """Where a picture lies on a plane, and how opaque: evenly but for its edge, if it is upright.

    Parameters
    ----------
    plane : Plane
    opacity : ndarray of uint8, shape (height, width)
        Of each pixel of the panel.
    """

    def __init__(self, plane: Plane, opacity: Pixels) -> None:
        whole = resample_to_plane(opacity, plane)
        flat = whole if whole.ndim == 2 else whole[..., 0]
        self.step = plane.step
        self.box: Box = _find_box(flat > 0)
        self.there = flat[self.box].size > 0
        self._region = plane.pixels[self.box]
        self._opacity = np.ascontiguousarray(whole[self.box])
        self._most = int(flat.max(initial=0))
        self._core, self._edges = _split_core(flat[self.box] == self._most)
        self._edges = [edge for edge in self._edges if self._opacity[edge].size]
        shares = [np.ascontiguousarray(self._opacity[edge]) for edge in self._edges]
        self._shares = [(np.bitwise_not(opaque), opaque) for opaque in shares]

    def lay(self, values: Pixels) -> None:
        """Lay the pixels of a picture over what is there."""
        for edge, (keep, opaque) in zip(self._edges, self._shares, strict=True):
            multiply_add(self._region[edge], keep, _multiply(values[edge], opaque))
        core = self._region[self._core]
        if self._most == 255:
            core[...] = values[self._core]
        elif core.size:
            share = self._most / 255
            core[...] = cv2.addWeighted(values[self._core], share, core, 1 - share, 0)

    def lay_faint(self, values: Pixels, alpha: Pixels) -> None:
        """Lay the pixels of a picture that has an opacity of its own (height, width)."""
        if self._opacity.ndim == 3:
            alpha = np.repeat(alpha[..., None], 3, axis=2)
        opaque = _multiply(self._opacity, alpha)
        multiply_add(self._region, np.bitwise_not(opaque), _multiply(values, opaque))


def _find_box(there: NDArray[np.bool_]) -> Box:
    rows, columns = (np.flatnonzero(there.any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return slice(0, 0), slice(0, 0)
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)


def _split_core(even: NDArray[np.bool_]) -> tuple[Box, list[Box]]:
    """Split a box into what is even, as far as that is a rectangle, and the edges around it."""
    height, width = even.shape
    core = _find_box(even)
    if not even[core].all():
        core = slice(0, 0), slice(0, 0)
        return core, [(slice(0, height), slice(0, width))]
    rows, columns = core
    edges = [
        (slice(0, rows.start), slice(0, width)),
        (slice(rows.stop, height), slice(0, width)),
        (rows, slice(0, columns.start)),
        (rows, slice(columns.stop, width)),
    ]
    return core, edges


def _multiply(first: Pixels, second: Pixels) -> Pixels:
    return np.asarray(cv2.multiply(first, second, scale=1 / 255), dtype=np.uint8)
