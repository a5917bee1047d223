"""A picture laid over what is on a plane: as opaque as it is, and as far as it reaches."""

import cv2
import numpy as np
from numpy.typing import NDArray

from neurospatial.video.canvas.blend import multiply_add, resample_to_plane
from neurospatial.video.canvas.canvas import Pixels, Plane

Box = tuple[slice, slice]


class PlacedPicture:
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
        self.step: int = plane.step
        self.box: Box = _find_box(flat > 0)
        self.there: bool = flat[self.box].size > 0
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
