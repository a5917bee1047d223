"""A picture resampled to where it lies: by resizing where it stands upright, else by a warp."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from neurospatial.scene import Affine2D
from neurospatial.video.canvas.canvas import Pixels

_UPRIGHT = 0.02
"""Pixels that an edge may be askew from end to end for the picture to be resized: not seen."""

_OFF = 0.2
"""Pixels by which an edge may move to a whole pixel: a picture lies where its calibration says."""

_SPARE = 24
"""Pixels of a picture beyond a box among which one is looked for whose edge falls on a pixel: one
of the first twelve does wherever they are spread evenly, and so many cost a twentieth more."""


def cover_raster(to_px: Affine2D, picture_size: tuple[int, int], size: tuple[int, int]) -> Pixels:
    """Compute how much of each pixel a picture covers, shape (height, width), 255 for all of it.

    Parameters
    ----------
    to_px : Affine2D
        From the picture's pixels to the raster's.
    picture_size, size : tuple of int
        Width and height of the picture, and of the raster [px].
    """
    matrix, small = _plan_warp(to_px, picture_size)
    full = np.full((small[1], small[0]), 255, dtype=np.uint8)
    warped = cv2.warpAffine(full, matrix, size, flags=cv2.INTER_LINEAR)
    return np.asarray(warped, dtype=np.uint8)


def find_window(
    to_px: Affine2D, picture_size: tuple[int, int], size: tuple[int, int]
) -> tuple[tuple[slice, slice], bool]:
    """Find the rows and columns of a picture that a raster shows, and whether they cover it.

    Parameters
    ----------
    to_px : Affine2D
        From the picture's pixels to the raster's.
    picture_size, size : tuple of int
        Width and height of the picture, and of the raster [px].

    Examples
    --------
    >>> find_window(Affine2D.scaling(4, 4), (100, 80), (40, 20))
    ((slice(0, 8, None), slice(0, 13, None)), False)
    """
    corners = np.array([[0, 0], [size[0], 0], [0, size[1]], size])
    seen = to_px.inverse(corners)
    # A pixel between two of the raster's may be averaged from as many as lie in both.
    margin = 2 * max(1.0, float(np.ptp(seen, axis=0).max() / min(size))) + 1
    begin = np.floor(seen.min(axis=0) - margin).astype(int)
    end = np.ceil(seen.max(axis=0) + margin).astype(int)
    covers = bool((begin >= 0).all() and (end <= picture_size).all())
    columns, rows = (
        slice(int(min(max(0, first), n)), int(min(max(0, last), n)))
        for first, last, n in zip(begin, end, picture_size, strict=True)
    )
    return (rows, columns), covers


class PicturePlacement:
    """Where the pixels of a picture lie in a box of a plane.

    Parameters
    ----------
    to_px : Affine2D
        From the picture's pixels to the plane's, continuous coordinates.
    picture_size : tuple of int
        Width and height of the picture [px].
    box : tuple of slice
        Rows and columns of the plane that it is wanted for.
    moves : bool
        Whether it lies elsewhere in the next frame: it would tremble if it went to whole pixels.

    Examples
    --------
    >>> twice = Affine2D.scaling(2, 2)
    >>> place = PicturePlacement(twice, (2, 1), (slice(0, 2), slice(0, 4)))
    >>> place.resample(np.array([[0, 100]], dtype=np.uint8))
    array([[  0,  25,  75, 100],
           [  0,  25,  75, 100]], dtype=uint8)
    """

    def __init__(
        self,
        to_px: Affine2D,
        picture_size: tuple[int, int],
        box: tuple[slice, slice],
        moves: bool = False,
    ) -> None:
        rows, columns = box
        self._corner = np.array([columns.start, rows.start])
        self._size = (columns.stop - columns.start, rows.stop - rows.start)
        linear = to_px.matrix[:2, :2]
        askew = max(abs(linear[0, 1]) * picture_size[1], abs(linear[1, 0]) * picture_size[0])
        self._resize = None
        if not moves and askew <= _UPRIGHT and min(self._size) > 0:
            scale, shift = np.diag(linear), to_px.matrix[:2, 2]
            plans = tuple(
                _plan_axis(scale[axis], shift[axis], picture_size[axis], box[1 - axis])
                for axis in (0, 1)
            )
            self._resize = plans if max(plan.off for plan in plans) <= _OFF else None
        self._matrix, self._reduced = _plan_warp(to_px, picture_size)
        self._matrix[:, 2] -= self._corner

    def resample(self, picture: Pixels) -> Pixels:
        """Resample a picture (height, width) or (height, width, 3) to the pixels of the box."""
        if self._resize is not None:
            return self._resize_picture(picture)
        if (picture.shape[1], picture.shape[0]) != self._reduced:
            picture = _resize(picture, self._reduced, cv2.INTER_AREA)
        warped = cv2.warpAffine(
            picture, self._matrix, self._size,
            flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE,
        )  # fmt: skip
        return np.asarray(warped, dtype=np.uint8)

    def _resize_picture(self, picture: Pixels) -> Pixels:
        assert self._resize is not None
        x, y = self._resize
        part = picture[y.part, x.part][:: y.way, :: x.way]
        while part.shape[1] >= 2 * x.length and part.shape[0] >= 2 * y.length:
            # Two by two are averaged far faster than any other number.
            half = (part.shape[1] // 2, part.shape[0] // 2)
            part = _resize(part, half, cv2.INTER_AREA)
        part = _resize(part, (x.length, y.length), cv2.INTER_LINEAR)
        part = part[y.wanted, x.wanted]
        if any((*x.beyond, *y.beyond)):
            edges = (*y.beyond, *x.beyond)
            part = np.asarray(cv2.copyMakeBorder(part, *edges, cv2.BORDER_REPLICATE), np.uint8)
        return part


@dataclass(frozen=True)
class _Axis:
    """How a picture is resized along one axis.

    `part` of it, every pixel the given `way`, becomes `length` pixels, of which `wanted` lie in
    the box; so many more of the box lie `beyond` either end. An end is `off` by so many pixels.
    """

    part: slice
    way: int
    length: int
    wanted: slice
    beyond: tuple[int, int]
    off: float


def _plan_axis(scale: float, shift: float, n_pixels: int, box: slice) -> _Axis:
    """Plan for the pixels of a picture that lie in a box; its ends fall on whole pixels."""
    ends = np.sort((np.array([box.start, box.stop]) - shift) / scale)
    first = int(np.clip(np.floor(ends[0]) - 1, 0, n_pixels - 1))
    last = int(np.clip(np.ceil(ends[1]) + 1, first + 1, n_pixels))
    first = _choose_edge(np.arange(first, max(-1, first - _SPARE), -1), scale, shift)
    last = _choose_edge(np.arange(last, min(n_pixels + 1, last + _SPARE)), scale, shift)
    exact = sorted(shift + scale * place for place in (first, last))
    begin = round(exact[0])
    end = max(round(exact[1]), begin + 1)
    off = max(abs(begin - exact[0]), abs(end - exact[1]))
    beyond = max(0, begin - box.start), max(0, box.stop - end)
    wanted = slice(max(0, box.start - begin), min(end, box.stop) - begin)
    return _Axis(slice(first, last), 1 if scale > 0 else -1, end - begin, wanted, beyond, off)


def _choose_edge(edges: NDArray[np.intp], scale: float, shift: float) -> int:
    """Choose the first edge between a picture's pixels that falls near one of the plane's."""
    places = shift + scale * edges
    off = np.abs(places - np.rint(places))
    near = np.flatnonzero(off <= _OFF)
    return int(edges[near[0] if len(near) else np.argmin(off)])


def _plan_warp(
    to_px: Affine2D, picture_size: tuple[int, int]
) -> tuple[NDArray[np.float64], tuple[int, int]]:
    """Plan a warp as OpenCV wants it, of a smaller picture where many pixels meet in one."""
    linear, shift = to_px.matrix[:2, :2], to_px.matrix[:2, 2]
    shrink = 1 / np.sqrt(abs(np.linalg.det(linear)))
    size = np.array(picture_size)
    if shrink >= 2:
        size = np.maximum(1, np.round(size / shrink)).astype(int)
        linear = linear * (picture_size / size)
    # Continuous coordinates have a pixel's centre at 0.5, OpenCV's at 0.
    shift = shift + linear @ (0.5, 0.5) - 0.5
    return np.column_stack([linear, shift]), (int(size[0]), int(size[1]))


def _resize(picture: Pixels, size: tuple[int, int], how: int) -> Pixels:
    return np.asarray(cv2.resize(picture, size, interpolation=how), dtype=np.uint8)
