"""The picture being painted: RGB, or the three planes that encoders take.

Luma and chroma are affine in RGB, so blending a mark into the planes gives the
picture that blending it in RGB and converting gives. Painters therefore know
planes only, and paint both kinds alike.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Plane:
    """One array of pixels.

    Parameters
    ----------
    pixels : ndarray of uint8, shape (height, width) or (height, width, 3)
    step : int
        Picture pixels per pixel of this plane: 1, or 2 for chroma.
    """

    pixels: Pixels
    step: int

    def crop(self, x: int, y: int, width: int, height: int) -> "Plane":
        """Take the pixels over an even rectangle, as a picture of their own."""
        rows = slice(y // self.step, (y + height) // self.step)
        columns = slice(x // self.step, (x + width) // self.step)
        return Plane(self.pixels[rows, columns], self.step)


class Canvas(Protocol):
    """A picture whose planes painters paint into."""

    array: Pixels
    planes: tuple[Plane, ...]

    def to_components(self, rgb: NDArray[np.generic]) -> tuple[NDArray[np.uint8], ...]:
        """Values of sRGB colours (..., 3) in each plane."""

    def to_planes(self, picture: Pixels) -> tuple[Pixels, ...]:
        """Turn a picture (height, width, 3) of even size into the pixels of each plane."""


class RGBCanvas:
    """A picture in RGB, shape (height, width, 3)."""

    def __init__(self, picture: Pixels) -> None:
        self.array: Pixels = np.ascontiguousarray(picture)
        self.planes: tuple[Plane, ...] = (Plane(self.array, 1),)

    def to_components(self, rgb: NDArray[np.generic]) -> tuple[NDArray[np.uint8], ...]:
        """Values of sRGB colours (..., 3) in the one plane."""
        return (np.asarray(rgb, dtype=np.uint8),)

    def to_planes(self, picture: Pixels) -> tuple[Pixels, ...]:
        """Turn a picture (height, width, 3) into the pixels of the one plane."""
        return (picture,)


class YUVCanvas:
    """A picture in YUV 4:2:0, BT.601, limited range; width and height are even."""

    def __init__(self, picture: Pixels) -> None:
        height, width, _ = picture.shape
        luma = height * width
        flat = np.empty(luma * 3 // 2, dtype=np.uint8)
        chroma = (height // 2, width // 2)
        self.array: Pixels = flat.reshape(height * 3 // 2, width)
        self.planes: tuple[Plane, ...] = (
            Plane(flat[:luma].reshape(height, width), 1),
            Plane(flat[luma : luma + luma // 4].reshape(chroma), 2),
            Plane(flat[luma + luma // 4 :].reshape(chroma), 2),
        )
        for plane, values in zip(self.planes, self.to_planes(picture), strict=True):
            plane.pixels[...] = values

    def to_components(self, rgb: NDArray[np.generic]) -> tuple[NDArray[np.uint8], ...]:
        """Values of sRGB colours (..., 3) in each of the three planes."""
        values = np.rint(rgb_to_yuv(np.asarray(rgb))).astype(np.uint8)
        return tuple(np.moveaxis(values, -1, 0))

    def to_planes(self, picture: Pixels) -> tuple[Pixels, ...]:
        """Turn a picture (height, width, 3) of even size into the pixels of the three planes."""
        height, width, _ = picture.shape
        grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)  # the same weights, a tenth of the time
        luma = cv2.convertScaleAbs(grey, alpha=219 / 255, beta=16)
        half = cv2.resize(picture, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
        chroma = cv2.transform(half, _AFFINE[1:])
        return tuple(np.asarray(x, np.uint8) for x in (luma, chroma[..., 0], chroma[..., 1]))


_FROM_RGB = np.array(
    [[65.481, 128.553, 24.966], [-37.797, -74.203, 112.0], [112.0, -93.786, -18.214]]
)
_BLACK = np.array([16.0, 128.0, 128.0])
_AFFINE = np.column_stack([_FROM_RGB / 255, _BLACK]).astype(np.float32)


def rgb_to_yuv(rgb: NDArray[np.generic]) -> NDArray[np.float64]:
    """Convert 8-bit sRGB (..., 3) to Y, Cb, Cr of ITU-R BT.601-7, limited range."""
    return np.asarray(rgb / 255.0 @ _FROM_RGB.T + _BLACK)  # type: ignore[operator]


def blend(planes: tuple[Plane, ...], coverage: Pixels, corner: tuple[int, int],
          colors: tuple[NDArray[np.uint8], ...]) -> None:  # fmt: skip
    """Lay one colour over part of the planes.

    Parameters
    ----------
    planes : tuple of Plane
    coverage : ndarray of uint8, shape (height, width)
        Opacity of each pixel; its size and corner are even.
    corner : tuple of int
        Column and row of its top-left pixel.
    colors : tuple of ndarray
        The colour in each plane.
    """
    if not coverage.size:
        return
    step = 0
    for plane, color in zip(planes, colors, strict=True):
        if plane.step != step:  # Both chroma planes are covered alike.
            step = plane.step
            opaque = resample_to_plane(coverage, plane)
            keep = np.asarray(cv2.bitwise_not(opaque), dtype=np.uint8)
            column, row = corner[0] // step, corner[1] // step
            height, width = keep.shape[:2]
        region = plane.pixels[row : row + height, column : column + width]
        multiply_add(region, keep, _scale_color(opaque, color))


_NEAR = 17
"""Pixels: marks closer than this are stamped together."""

_BOX_PIXELS = 20_000
"""So many pixels take as long to stamp as there being one more box."""


class StaticLayerCache:
    """Marks that stay where they are, folded into one product and one sum a frame.

    Painting is affine in what lies below: what it makes of black is the sum,
    and what it makes of white tells the product.

    Parameters
    ----------
    planes : tuple of Plane
        The planes it will be applied to.
    paint_into : callable
        Paints the marks into planes of the same shapes.
    """

    def __init__(
        self, planes: tuple[Plane, ...], paint_into: Callable[[tuple[Plane, ...]], object]
    ) -> None:
        black, white = (
            tuple(Plane(np.full_like(plane.pixels, value), plane.step) for plane in planes)
            for value in (0, 255)
        )
        paint_into(black)
        paint_into(white)
        self._parts: list[tuple[Pixels, Pixels, Pixels]] = []
        for plane, below, above in zip(planes, black, white, strict=True):
            add, keep = below.pixels, above.pixels - below.pixels
            changed = np.any(np.atleast_3d((add > 0) | (keep < 255)), axis=2)
            for box, here in _find_islands(changed):
                part = [pixels[box].copy() for pixels in (keep, add)]
                part[0][~here], part[1][~here] = 255, 0
                self._parts.append((plane.pixels[box], part[0], part[1]))

    def apply(self) -> None:
        """Lay the marks over what the planes hold."""
        for region, keep, add in self._parts:
            multiply_add(region, keep, add)


def resample_to_plane(coverage: Pixels, plane: Plane) -> Pixels:
    """Coverage at a plane's resolution, with a channel axis where the plane has one."""
    if plane.step == 2 and coverage.size:
        half = (coverage.shape[1] // 2, coverage.shape[0] // 2)
        coverage = cv2.resize(coverage, half, interpolation=cv2.INTER_AREA)  # type: ignore[assignment]
    return coverage if plane.pixels.ndim == 2 else np.repeat(coverage[..., None], 3, axis=2)


def _scale_color(opaque: Pixels, color: NDArray[np.uint8]) -> Pixels:
    """Give what a colour adds where it covers so much."""
    if opaque.ndim == 2:
        return np.asarray(cv2.convertScaleAbs(opaque, alpha=float(color) / 255), dtype=np.uint8)
    return np.rint(opaque * (color / 255.0)).astype(np.uint8)


def multiply_add(region: Pixels, keep: Pixels, add: Pixels) -> None:
    """Keep a share of what is there and add to it; shares are of 255."""
    kept = cv2.multiply(region, keep, scale=1 / 255)
    cv2.add(kept, add, dst=kept)
    region[...] = kept


def _find_islands(
    changed: NDArray[np.bool_],
) -> list[tuple[tuple[slice, slice], NDArray[np.bool_]]]:
    """Boxes around what is changed, and which of their pixels are: many, or one around all.

    Marks far apart leave most of a box around all of them as it is; but each box
    costs the time of some thousands of pixels.
    """
    near = cv2.dilate(changed.astype(np.uint8), np.ones((_NEAR, _NEAR), dtype=np.uint8))
    _, number, found, _ = cv2.connectedComponentsWithStats(near)
    islands = []
    for label in range(1, len(found)):
        here = changed & (number == label)
        islands.append((_find_box(here), here))
    whole = _find_box(changed)
    apart = sum(here[box].size + _BOX_PIXELS for box, here in islands)
    if apart > changed[whole].size + _BOX_PIXELS:
        islands = [(whole, changed)]
    return [(box, here[box]) for box, here in islands]


def _find_box(changed: NDArray[np.bool_]) -> tuple[slice, slice]:
    rows, columns = (np.flatnonzero(changed.any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return slice(0, 0), slice(0, 0)
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)
