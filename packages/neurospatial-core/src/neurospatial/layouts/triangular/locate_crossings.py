"""Which triangle holds each crossing of rows and columns: spans of a row, not single points."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bins = NDArray[np.intp]

_FLAT = 1e6
"""Times as long along x as along y: where such a side meets a row is not computed."""

_ROUNDING = 2.0**-47
"""Relative to the largest coordinate: 64 times half the distance between doubles about 1."""


def locate_crossings(
    corners: Floats, x: Floats, y: Floats, locate: Callable[[Floats], Bins]
) -> Bins:
    """Find the triangle at each crossing of columns and rows.

    A row meets a triangle in a span, from its one side to its other; two numbers a triangle
    and row take the place of a search for each crossing in between. The few crossings so near
    a side that rounding could tell wrong are located one by one.

    Parameters
    ----------
    corners : ndarray, shape (n_triangles, 3, 2)
        Counter-clockwise.
    x : ndarray, shape (n_columns,)
        Increasing, finite.
    y : ndarray, shape (n_rows,)
        Increasing, finite.
    locate : callable
        Finds the triangle of each point (n, 2) exactly; -1 for none.

    Returns
    -------
    ndarray of int, shape (n_rows, n_columns)
        What `locate` finds.
    """
    triangle, row = _pair_rows(corners, y)
    left, right, margin = _find_span(corners[triangle], y[row])
    first, last = np.searchsorted(x, left - margin), np.searchsorted(x, right + margin)
    start = np.searchsorted(x, left + margin, side="right")
    stop = np.maximum(np.searchsorted(x, right - margin), start)
    filled = _fill_spans(row * x.size + start, stop - start, triangle, x.size * y.size)
    if filled is None:
        columns, rows = np.meshgrid(x, y)
        return locate(np.stack([columns.ravel(), rows.ravel()], axis=1)).reshape(y.size, x.size)
    inside = start < stop
    unsure = np.concatenate(
        [
            _list_ranges(row[inside] * x.size + first[inside], (start - first)[inside]),
            _list_ranges(row[inside] * x.size + stop[inside], (last - stop)[inside]),
            _list_ranges(row[~inside] * x.size + first[~inside], (last - first)[~inside]),
        ]
    )
    if unsure.size:
        rows, columns = np.divmod(np.unique(unsure), x.size)
        filled[rows * x.size + columns] = locate(np.stack([x[columns], y[rows]], axis=1))
    return filled.reshape(y.size, x.size)


def _pair_rows(corners: Floats, y: Floats) -> tuple[Bins, Bins]:
    """Pair each triangle with the rows that it meets, its ends included."""
    low = np.searchsorted(y, corners[:, :, 1].min(axis=1), side="left")
    high = np.searchsorted(y, corners[:, :, 1].max(axis=1), side="right")
    return np.repeat(np.arange(len(corners)), high - low), _list_ranges(low, high - low)


def _find_span(corners: Floats, y: Floats) -> tuple[Floats, Floats, Floats]:
    """Find where a row enters and leaves its triangle, and how far off that may be.

    Where a corner or a flat side lies on the row, all that could be inside is left unsure.
    """
    largest = float(np.abs(corners).max(initial=0.0))
    near = _ROUNDING * largest
    left, right = np.full(y.size, -np.inf), np.full(y.size, np.inf)
    margin = np.full(y.size, near)
    is_flat = np.zeros(y.size, dtype=bool)
    for one, two in ((0, 1), (1, 2), (2, 0)):
        (x1, y1), (x2, y2) = corners[:, one].T, corners[:, two].T
        along, up = x2 - x1, y2 - y1
        reached = (np.minimum(y1, y2) - near <= y) & (y <= np.maximum(y1, y2) + near)
        flat = np.abs(along) >= _FLAT * np.abs(up)
        is_flat |= flat & reached
        slope = np.divide(along, up, out=np.zeros_like(along), where=~flat)
        meets = x1 + slope * (y - y1)
        goes_up, goes_down = (reached & ~flat & side for side in (up > 0, up < 0))
        np.minimum(right, meets, out=right, where=goes_up)
        np.maximum(left, meets, out=left, where=goes_down)
        np.maximum(margin, near * (1 + np.abs(slope)), out=margin, where=reached & ~flat)
    outer = corners[:, :, 0].min(axis=1), corners[:, :, 0].max(axis=1)
    lacking = is_flat | ~np.isfinite(left) | ~np.isfinite(right)
    middle = (outer[0] + outer[1]) / 2
    reach = outer[1] - outer[0] + near
    return (
        np.where(lacking, middle, left),
        np.where(lacking, middle, right),
        np.where(lacking, reach, margin),
    )


def _fill_spans(start: Bins, length: Bins, value: Bins, n: int) -> Bins | None:
    """Fill spans of a row of `n` that holds -1; None where two of them overlap."""
    kept = np.flatnonzero(length > 0)
    order = kept[np.argsort(start[kept], kind="stable")]
    start, stop, value = start[order], (start + length)[order], value[order]
    if np.any(stop[:-1] > start[1:]):
        return None
    ends = np.stack([start, stop], axis=1).ravel()
    lengths = np.diff(ends, prepend=0, append=n)
    values = np.full(lengths.size, -1, dtype=np.intp)
    values[1::2] = value
    return np.repeat(values, lengths)


def _list_ranges(start: Bins, length: Bins) -> Bins:
    """List the numbers of several ranges one after another."""
    length = np.maximum(length, 0)
    before = np.cumsum(length) - length
    return np.repeat(start - before, length) + np.arange(int(length.sum()))
