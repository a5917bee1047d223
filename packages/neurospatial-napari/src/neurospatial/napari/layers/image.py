"""Camera pictures, decoded when they are shown."""

from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

from neurospatial.napari.data.lazy_array import LazyFrames
from neurospatial.napari.layers.base import DrawContext, LayerView
from neurospatial.scene import Affine2D, Bounds, Image

_SHARP = 1.1
"""Picture pixels to one of the screen up to which a picture is shown as it is."""


class ImageView(LayerView):
    """Pictures in an Image layer, one frame of it decoded at a time.

    Where the screen is coarser than the picture, pixels are averaged in blocks:
    napari would pick single ones. What lies outside of what the panel shows is left out,
    to a pixel of the picture; where a view moves it is invisible instead.

    Parameters
    ----------
    layer : Image
    context : DrawContext
    """

    def __init__(self, layer: Image, context: DrawContext) -> None:
        from napari.layers import Image as ImageLayer

        self._layer, self._context, self._block = layer, context, 1
        self._last: tuple[int, NDArray[np.uint8]] | None = None
        self._px_per_unit = 1.0
        channels = layer.frames.shape[3]
        self._crop, self._mask = self._clip()
        whole = channels == 3 and self._mask is None and not context.place.moves
        self._opaque = whole and bool((layer.frame_index >= 0).all())
        self._picture = ImageLayer(
            self._make_data(),
            rgb=True,
            name=f"{context.prefix}{layer.name}",
            affine=self._compute_affine(),
            opacity=layer.opacity,
            interpolation2d="linear",
            blending="translucent_no_depth",
            visible=layer.visible,
        )
        super().__init__(self._picture)

    def show(self, frame: int) -> None:
        """Follow the view, where it moves."""
        if self._context.place.moves:
            self.zoom(self._px_per_unit)
            self._picture.affine = self._compute_affine()

    def zoom(self, px_per_unit: float) -> None:
        """Choose how many pixels of the picture are averaged into one."""
        self._px_per_unit = px_per_unit
        linear = (self._context.placement.affine @ self._layer.px_to_world).matrix[:2, :2]
        unit = sqrt(abs(float(np.linalg.det(linear))))
        height, width = self._layer.frames.shape[1:3]
        block = max(1, ceil(1 / (unit * px_per_unit) - (_SHARP - 1)))
        block = min(block, height, width)
        if block != self._block:
            self._block, self._last = block, None
            self._crop, self._mask = self._clip()
            self._picture.data = self._make_data()
            self._picture.affine = self._compute_affine()

    def _make_data(self) -> LazyFrames | NDArray[np.uint8]:
        height, width = ((part.stop - part.start) for part in self._crop)
        shape = (height, width, 3 if self._opaque else 4)
        index, path = self._layer.frame_index, self._context.view.path
        if path is not None:
            return LazyFrames(len(path.zoom), self._read_part, shape, np.uint8)
        if len(index) == 1:
            return self._read_picture(int(index[0]))
        return LazyFrames(
            len(index), lambda frame: self._read_picture(int(index[frame])), shape, np.uint8
        )

    def _read_picture(self, number: int) -> NDArray[np.uint8]:
        if self._last is not None and self._last[0] == number:
            return self._last[1]
        picture = _average_blocks(self._decode_picture(number), self._block)[self._crop]
        if self._mask is not None:
            picture = picture.copy()
            picture[..., 3] *= self._mask
        self._last = number, picture
        return picture

    def _read_part(self, frame: int) -> NDArray[np.uint8]:
        """Read the picture of a frame, opaque where the view then reaches."""
        index = self._layer.frame_index
        picture = self._read_picture(int(index[frame if len(index) > 1 else 0])).copy()
        picture[..., 3] *= self._find_inside(self._context.place.find_placement(frame).bounds)
        return picture

    def _decode_picture(self, number: int) -> NDArray[np.uint8]:
        height, width, channels = self._layer.frames.shape[1:]
        if number < 0:
            return np.zeros((height, width, 4), dtype=np.uint8)
        picture = np.asarray(self._layer.frames.read(number, number + 1)[0], dtype=np.uint8)
        if self._opaque or channels == 4:
            return picture
        return np.pad(picture, ((0, 0), (0, 0), (0, 1)), constant_values=255)

    @property
    def _pixel_to_world(self) -> Affine2D:
        """The map from row and column, averaged, to the middle of a pixel in the panel's world."""
        to_px = Affine2D.scaling(self._block, self._block) @ Affine2D.translation(0.5, 0.5)
        return self._layer.px_to_world @ to_px

    def _clip(self) -> tuple[tuple[slice, slice], NDArray[np.bool_] | None]:
        """Find which rows and columns reach into the panel, and which pixels where not all."""
        inside = self._find_inside(self._context.placement.bounds)
        if self._context.place.moves:
            height, width = inside.shape
            return (slice(0, height), slice(0, width)), None
        rows, columns = (_span(np.asarray(inside.any(axis=axis))) for axis in (1, 0))
        part = inside[rows, columns]
        return (rows, columns), None if part.all() else part

    def _find_inside(self, bounds: Bounds) -> NDArray[np.bool_]:
        """Find which pixels, averaged, reach into a rectangle of the world."""
        height, width = (n // self._block for n in self._layer.frames.shape[1:3])
        row, column = np.ogrid[:height, :width]
        inside: NDArray[np.bool_] = np.ones((height, width), dtype=bool)
        for (right, down, start), low, high in zip(
            self._pixel_to_world.matrix[:2], bounds[:2], bounds[2:], strict=True
        ):
            place = right * column + down * row + start
            # Half of a pixel's width or height in the world: one that reaches in is kept whole.
            half = (abs(right) + abs(down)) / 2
            inside &= np.asarray((place > low - half) & (place < high + half))
        return inside

    def _compute_affine(self) -> NDArray[np.float64]:
        """Compute the map to the world; whole rows and columns are the middles of pixels."""
        rows, columns = self._crop
        corner = Affine2D.translation(columns.start, rows.start)
        place = self._context.placement
        matrix = (place.affine @ self._pixel_to_world @ corner).matrix
        turned = matrix[[1, 0, 2]][:, [1, 0, 2]]
        if len(self._layer.frame_index) == 1 and not self._context.place.moves:
            return turned
        whole = np.eye(4)
        whole[1:, 1:] = turned
        return whole


def _span(marked: NDArray[np.bool_]) -> slice:
    """Find the shortest range that holds all marks; the first place where there is none."""
    places = np.flatnonzero(marked)
    return slice(int(places[0]), int(places[-1]) + 1) if len(places) else slice(0, 1)


def _average_blocks(picture: NDArray[np.uint8], block: int) -> NDArray[np.uint8]:
    """Average squares of pixels; what is left over at the right and below is cut off."""
    if block == 1:
        return picture
    height, width = (n // block * block for n in picture.shape[:2])
    total = np.zeros((height // block, width // block, picture.shape[2]), dtype=np.uint32)
    for row in range(block):
        for column in range(block):
            total += picture[row:height:block, column:width:block]
    return ((total + block**2 // 2) // block**2).astype(np.uint8)
