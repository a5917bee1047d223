"""Laying colours over the planes of a picture."""

import cv2
import numpy as np
from numpy.typing import NDArray

from neurospatial.video.canvas.canvas import Pixels, Plane


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


def multiply_add(region: Pixels, keep: Pixels, add: Pixels) -> None:
    """Keep a share of what is there and add to it; shares are of 255."""
    cv2.multiply(region, keep, dst=region, scale=1 / 255)
    cv2.add(region, add, dst=region)


def resample_to_plane(coverage: Pixels, plane: Plane) -> Pixels:
    """Average coverage down to a plane's resolution; a channel axis where the plane has one."""
    if plane.step == 2 and coverage.size:
        half = (coverage.shape[1] // 2, coverage.shape[0] // 2)
        coverage = cv2.resize(coverage, half, interpolation=cv2.INTER_AREA)  # type: ignore[assignment]
    return coverage if plane.pixels.ndim == 2 else np.repeat(coverage[..., None], 3, axis=2)


def _scale_color(opaque: Pixels, color: NDArray[np.uint8]) -> Pixels:
    """Compute what a colour adds where it covers so much."""
    if opaque.ndim == 2:
        return np.asarray(cv2.convertScaleAbs(opaque, alpha=float(color) / 255), dtype=np.uint8)
    return np.rint(opaque * (color / 255.0)).astype(np.uint8)
