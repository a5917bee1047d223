"""Where a picture lies on a picture, worked out pixel by pixel."""

from dataclasses import dataclass
from itertools import product

import numpy as np

from neurospatial.scene import Image
from neurospatial.testing.marks import Floats, Mask, PixelGrid

_SAMPLES = 6
"""Along each edge of a pixel, 36 in it, whose mean is taken."""


@dataclass(frozen=True, eq=False)
class PlacedImage:
    """A picture as it lies on another.

    Parameters
    ----------
    rgba : ndarray, shape (height, width, 4)
        Its colour at the centre of each pixel, in [0, 1]; transparent outside.
    certain : ndarray of bool, shape (height, width)
        Pixels around which it has one colour, however it is resampled.
    near : ndarray of bool, shape (height, width)
        Pixels that it may touch.
    """

    rgba: Floats
    certain: Mask
    near: Mask


def place_image(layer: Image, frame: int, grid: PixelGrid) -> PlacedImage | None:
    """Lay the picture of a frame; None where it has none."""
    picture = _read_picture(layer, frame)
    if picture is None:
        return None
    middle = _sample_picture(picture, layer, grid)
    certain = np.ones(middle.shape[:2], dtype=bool)
    near = middle[..., 3] > 0
    for way in product((-1.0, 0.0, 1.0), repeat=2):
        for shift, step in ((1.5, 0.0), (0.0, 1.0)):
            beside = _sample_picture(
                picture, layer, grid, shift * np.array(way), step * np.array(way)
            )
            certain &= (beside == middle).all(axis=-1)
            near |= beside[..., 3] > 0
    return PlacedImage(middle * (1, 1, 1, layer.opacity), certain, near)


def average_image(layer: Image, frame: int, grid: PixelGrid) -> Floats | None:
    """Average the picture over each pixel, shape (height, width, 4); None without a picture."""
    picture = _read_picture(layer, frame)
    if picture is None:
        return None
    total = np.zeros((*grid.centers.shape[:2], 4))
    within = (np.arange(_SAMPLES) + 0.5) / _SAMPLES - 0.5
    for shift in product(within, repeat=2):
        sampled = _sample_picture(picture, layer, grid, np.array(shift))
        total += np.concatenate([sampled[..., :3] * sampled[..., 3:], sampled[..., 3:]], axis=-1)
    opaque = np.maximum(total[..., 3:], 1e-12)
    faint = layer.opacity / _SAMPLES**2
    return np.concatenate([total[..., :3] / opaque, total[..., 3:] * faint], axis=-1)


def _read_picture(layer: Image, frame: int) -> Floats | None:
    number = int(layer.frame_index[frame if len(layer.frame_index) > 1 else 0])
    if number < 0:
        return None
    picture = layer.frames.read(number, number + 1)[0].astype(np.float64) / 255
    if picture.shape[2] == 3:
        picture = np.pad(picture, ((0, 0), (0, 0), (0, 1)), constant_values=1.0)
    return np.asarray(picture)


def _sample_picture(
    picture: Floats,
    layer: Image,
    grid: PixelGrid,
    shift: Floats | float = 0.0,
    step: Floats | float = 0.0,
) -> Floats:
    """Colour at each pixel's centre: `shift` pixels and `step` of the picture's beside it."""
    x_min, y_min, x_max, y_max = grid.raster.bounds
    share = (grid.centers + shift) / (grid.raster.width, grid.raster.height)
    down = share[..., 1] * (y_max - y_min)
    y = y_min + down if grid.y_down else y_max - down
    world = np.stack([x_min + share[..., 0] * (x_max - x_min), y], axis=-1)
    place = layer.px_to_world.inverse(world) + step
    column, row = np.moveaxis(np.floor(place).astype(int), -1, 0)
    height, width = picture.shape[:2]
    inside = (column >= 0) & (column < width) & (row >= 0) & (row < height)
    sampled = picture[np.clip(row, 0, height - 1), np.clip(column, 0, width - 1)]
    return np.where(inside[..., None], sampled, 0.0)
