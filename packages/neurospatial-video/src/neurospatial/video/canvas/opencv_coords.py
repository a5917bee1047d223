"""How coordinates are handed to OpenCV."""

import numpy as np
from numpy.typing import NDArray

from neurospatial.video.canvas.canvas import Pixels, Plane

SHIFT = 4
"""Binary digits after the point in OpenCV's coordinates."""

FAR = 1e6
"""Pixels beyond which a mark is drawn as if it stood here: fixed point ends somewhere."""

EDGE = 0.67
"""Pixels that OpenCV's smooth edge adds to each side of a filled convex shape, as measured."""


def to_line_thickness(width: float) -> int:
    """Convert a width [px] to the thickness that OpenCV draws so wide with smooth edges.

    Measured, it draws 1.3 px for 1 and two more for every second step from there.
    """
    return max(1, 2 * round((width - 1.3) / 2))


def to_fixed_point(px: NDArray[np.float64], step: int = 1) -> NDArray[np.int32]:
    """Convert continuous picture coordinates to OpenCV's: centres are whole numbers."""
    return np.asarray(np.rint(px * (2**SHIFT / step) - 2 ** (SHIFT - 1)), dtype=np.int32)


def make_scratch(
    plane: Plane, points: NDArray[np.float64], reach: float = 0.0
) -> tuple[tuple[int, int], Pixels]:
    """Make empty coverage for the box around some points [px] and `reach` pixels beyond them.

    Its even corner, and the pixels.
    """
    height, width = plane.pixels.shape[:2]
    (least_x, least_y), (most_x, most_y) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    left = min(max(int(least_x - reach), 0), width) // 2 * 2
    top = min(max(int(least_y - reach), 0), height) // 2 * 2
    right = min(max(int(most_x + reach + 1), 0), width)
    bottom = min(max(int(most_y + reach + 1), 0), height)
    size = (max(0, (bottom - top + 1) // 2 * 2), max(0, (right - left + 1) // 2 * 2))
    return (left, top), np.zeros(size, dtype=np.uint8)
