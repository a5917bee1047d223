"""The picture being painted: RGB, or the three planes that encoders take.

Luma and chroma are affine in RGB, so blending a mark into the planes gives the
picture that blending it in RGB and converting gives. Painters therefore know
planes only, and paint both kinds alike.
"""

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
    alpha: Plane | None

    def to_components(self, rgb: NDArray[np.generic]) -> tuple[NDArray[np.uint8], ...]:
        """Convert sRGB colours (..., 3) to their values in each plane."""

    def to_planes(self, picture: Pixels) -> tuple[Pixels, ...]:
        """Turn a picture (height, width, 3) of even size into the pixels of each plane."""

    def prepare_step(self, picture: Pixels, step: int) -> Pixels:
        """Take of a picture (height, width, 3) what is resampled for the planes of a step."""

    def finish_step(self, resampled: Pixels, step: int) -> tuple[Pixels, ...]:
        """Turn what was prepared and resampled into the pixels of each plane of a step."""


class RGBCanvas:
    """A picture in RGB, shape (height, width, 3)."""

    def __init__(self, picture: Pixels) -> None:
        self.array: Pixels = np.ascontiguousarray(picture)
        self.planes: tuple[Plane, ...] = (Plane(self.array, 1),)
        self.alpha: Plane | None = None

    def to_components(self, rgb: NDArray[np.generic]) -> tuple[NDArray[np.uint8], ...]:
        """Convert sRGB colours (..., 3) to their values in the one plane."""
        return (np.asarray(rgb, dtype=np.uint8),)

    def to_planes(self, picture: Pixels) -> tuple[Pixels, ...]:
        """Turn a picture (height, width, 3) into the pixels of the one plane."""
        return (picture,)

    def prepare_step(self, picture: Pixels, step: int) -> Pixels:
        """Take a picture (height, width, 3) as it is."""
        return picture

    def finish_step(self, resampled: Pixels, step: int) -> tuple[Pixels, ...]:
        """Take a picture (height, width, 3) as it is."""
        return (resampled,)


class YUVCanvas:
    """A picture in YUV 4:2:0, BT.601, limited range; width and height are even.

    Parameters
    ----------
    picture : ndarray of uint8, shape (height, width, 3)
        sRGB; where it is transparent, what is to be painted there.
    alpha : ndarray of uint8, shape (height, width), or None
        How opaque each pixel is; None for a picture that is everywhere.
    """

    def __init__(self, picture: Pixels, alpha: Pixels | None = None) -> None:
        height, width, _ = picture.shape
        luma = height * width
        flat = np.empty(luma * 3 // 2 + (0 if alpha is None else luma), dtype=np.uint8)
        chroma = (height // 2, width // 2)
        self.array: Pixels = flat.reshape(-1, width)
        self.planes: tuple[Plane, ...] = (
            Plane(flat[:luma].reshape(height, width), 1),
            Plane(flat[luma : luma + luma // 4].reshape(chroma), 2),
            Plane(flat[luma + luma // 4 : luma * 3 // 2].reshape(chroma), 2),
        )
        self.alpha: Plane | None = None
        if alpha is not None:
            self.alpha = Plane(flat[luma * 3 // 2 :].reshape(height, width), 1)
            self.alpha.pixels[...] = alpha
        for plane, values in zip(self.planes, self.to_planes(picture), strict=True):
            plane.pixels[...] = values

    def to_components(self, rgb: NDArray[np.generic]) -> tuple[NDArray[np.uint8], ...]:
        """Convert sRGB colours (..., 3) to their values in each of the three planes."""
        values = np.rint(rgb_to_yuv(np.asarray(rgb))).astype(np.uint8)
        return tuple(np.moveaxis(values, -1, 0))

    def to_planes(self, picture: Pixels) -> tuple[Pixels, ...]:
        """Turn a picture (height, width, 3) of even size into the pixels of the three planes."""
        height, width, _ = picture.shape
        [luma] = self.finish_step(self.prepare_step(picture, 1), 1)
        half = cv2.resize(picture, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
        chroma = cv2.transform(half, _AFFINE[1:])
        return tuple(np.asarray(x, np.uint8) for x in (luma, chroma[..., 0], chroma[..., 1]))

    def prepare_step(self, picture: Pixels, step: int) -> Pixels:
        """Take grey for luma: one channel is resampled sooner than three."""
        if step == 2:
            return picture
        # The same weights as luma has, a tenth of the time.
        return np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), dtype=np.uint8)

    def finish_step(self, resampled: Pixels, step: int) -> tuple[Pixels, ...]:
        """Turn grey into luma, or a picture (height, width, 3) into both chroma."""
        if step == 1:
            luma = cv2.convertScaleAbs(resampled, alpha=219 / 255, beta=16)
            return (np.asarray(luma, dtype=np.uint8),)
        # Full range first, for which OpenCV is quick; both end within one step of 255.
        _, red, blue = cv2.split(cv2.cvtColor(resampled, cv2.COLOR_RGB2YCrCb))
        scale = 224 / 255
        return tuple(
            np.asarray(cv2.convertScaleAbs(x, alpha=scale, beta=128 * (1 - scale)), np.uint8)
            for x in (blue, red)
        )


_FROM_RGB = np.array(
    [[65.481, 128.553, 24.966], [-37.797, -74.203, 112.0], [112.0, -93.786, -18.214]]
)
_BLACK = np.array([16.0, 128.0, 128.0])
_AFFINE = np.column_stack([_FROM_RGB / 255, _BLACK]).astype(np.float32)


def rgb_to_yuv(rgb: NDArray[np.generic]) -> NDArray[np.float64]:
    """Convert 8-bit sRGB (..., 3) to Y, Cb, Cr of ITU-R BT.601-7, limited range."""
    return np.asarray(rgb / 255.0 @ _FROM_RGB.T + _BLACK)  # type: ignore[operator]
