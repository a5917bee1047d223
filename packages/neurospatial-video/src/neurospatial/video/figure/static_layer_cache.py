"""Layers that stay as they are, painted once."""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from neurospatial.video.canvas.blend import multiply_add
from neurospatial.video.canvas.canvas import Pixels, Plane

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


def _find_islands(
    changed: NDArray[np.bool_],
) -> list[tuple[tuple[slice, slice], NDArray[np.bool_]]]:
    """Find boxes around what is changed, and which of their pixels are: many, or one around all.

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
