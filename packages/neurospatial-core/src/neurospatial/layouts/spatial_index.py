"""Which triangle holds a point: the plane in buckets that know their triangles."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from neurospatial.layouts.blocks import locate_by_block
from neurospatial.layouts.predicates import compute_orientation

Floats = NDArray[np.float64]
Bins = NDArray[np.intp]

_PER_TRIANGLE = 8
"""Buckets for each triangle: most then lie in one or two."""

_ROUNDING = 2.0**-53
"""Relative: half the distance between doubles about 1."""


@dataclass(frozen=True, eq=False)
class TriangleIndex:
    """An even grid of buckets, each with the triangles that reach into it.

    Parameters
    ----------
    corners : ndarray, shape (n_triangles, 3, 2)
        Corners of each triangle, counter-clockwise.

    Examples
    --------
    >>> buckets = TriangleIndex(np.array([[[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]]))
    >>> buckets.locate(np.array([[0.5, 0.5], [0.6, 0.6]]))
    array([ 0, -1])
    """

    corners: Floats

    @cached_property
    def _low(self) -> Floats:
        return np.asarray(self.corners.min(axis=(0, 1)))

    @cached_property
    def _high(self) -> Floats:
        return np.asarray(self.corners.max(axis=(0, 1)))

    @cached_property
    def _shape(self) -> tuple[int, int]:
        width, height = self._high - self._low
        side = np.sqrt(width * height / (_PER_TRIANGLE * len(self.corners)))
        return max(1, int(np.ceil(width / side))), max(1, int(np.ceil(height / side)))

    @cached_property
    def _per_unit(self) -> Floats:
        return np.array(self._shape) / (self._high - self._low)

    def _find_cells(self, points: Floats) -> tuple[Bins, Bins]:
        """Find the bucket of each point; it grows with the coordinates, so boxes become ranges."""
        found = []
        for dim, size in enumerate(self._shape):
            scaled = points[..., dim] - self._low[dim]
            scaled *= self._per_unit[dim]
            cell = scaled.astype(np.intp)
            found.append(np.minimum(cell, size - 1, out=cell))
        return found[0], found[1]

    @cached_property
    def _rounding_bound(self) -> float:
        """Bound on the rounding of twice the area between a side and a point in its bucket."""
        reach = np.ptp(self.corners, axis=1).max() + (1 / self._per_unit).max()
        return float(64 * _ROUNDING * reach**2)

    @cached_property
    def _table(self) -> Floats:
        """Of each triangle: its first corner, the two sides from it, twice its area."""
        first, second, third = np.moveaxis(self.corners, 1, 0)
        one, two = second - first, third - first
        area = one[:, 0] * two[:, 1] - one[:, 1] * two[:, 0]
        return np.concatenate([first, one, two, area[:, np.newaxis]], axis=1)

    @cached_property
    def _contents(self) -> tuple[Bins, Bins]:
        """Where each bucket's triangles start, and the triangles, ascending in each bucket."""
        bucket, triangle = self._pair_boxes()
        near = np.ones(bucket.size, dtype=bool)
        size = 1 / self._per_unit
        ix, iy = np.divmod(bucket, self._shape[1])
        middle = self._low + size * (np.stack([ix, iy], axis=1) + 0.5)
        for start, stop in ((0, 1), (1, 2), (2, 0)):
            start_at, along = self.corners[triangle, start], self.corners[triangle, stop]
            along = along - start_at
            beside = middle - start_at
            area = along[:, 0] * beside[:, 1] - along[:, 1] * beside[:, 0]
            # The most that any point of the bucket can lie further left than its middle.
            reach = (np.abs(along[:, 0]) * size[1] + np.abs(along[:, 1]) * size[0]) / 2
            near &= area + 1.001 * reach + self._rounding_bound >= 0
        bucket, triangle = bucket[near], triangle[near]
        order = np.argsort(bucket, kind="stable")
        starts = np.zeros(self._shape[0] * self._shape[1] + 1, dtype=np.intp)
        np.cumsum(np.bincount(bucket, minlength=starts.size - 1), out=starts[1:])
        return starts, triangle[order]

    def _pair_boxes(self) -> tuple[Bins, Bins]:
        """Pair each triangle, in order, with the buckets that its bounding box meets."""
        x_low, y_low = self._find_cells(self.corners.min(axis=1))
        x_high, y_high = self._find_cells(self.corners.max(axis=1))
        n_x, n_y = x_high - x_low + 1, y_high - y_low + 1
        count = n_x * n_y
        triangle = np.repeat(np.arange(count.size), count)
        nth = np.arange(triangle.size) - np.repeat(np.cumsum(count) - count, count)
        along, up = np.divmod(nth, n_y[triangle])
        return (x_low[triangle] + along) * self._shape[1] + y_low[triangle] + up, triangle

    def locate(self, points: Floats) -> Bins:
        """Find the lowest triangle that holds each point (n_points, 2), rim included; or -1.

        Decided exactly: where rounding could tell wrong, the sides are asked without rounding.
        """
        return locate_by_block(points, self._locate_block)

    def _locate_block(self, points: Floats) -> Bins:
        found = np.full(len(points), -1, dtype=np.intp)
        inside = np.flatnonzero(((points >= self._low) & (points <= self._high)).all(axis=1))
        found[inside] = self._search_buckets(points[inside])
        return found

    def _search_buckets(self, points: Floats) -> Bins:
        starts, triangles = self._contents
        ix, iy = self._find_cells(points)
        bucket = ix * self._shape[1] + iy
        nth, stop = starts[bucket], starts[bucket + 1]
        found = np.full(len(points), -1, dtype=np.intp)
        open_ = np.flatnonzero(nth < stop)
        while open_.size:
            triangle = triangles[nth[open_]]
            held = self._holds(triangle, points[open_])
            found[open_[held]] = triangle[held]
            open_ = open_[~held]
            nth[open_] += 1
            open_ = open_[nth[open_] < stop[open_]]
        return found

    def _holds(self, triangle: Bins, points: Floats) -> NDArray[np.bool_]:
        x, y, x1, y1, x2, y2, area = self._table[triangle].T
        x, y = points[:, 0] - x, points[:, 1] - y
        third = x1 * y - y1 * x
        second = x * y2 - y * x2
        least = np.minimum(np.minimum(third, second), area - third - second)
        held = least > 0
        unsure = np.flatnonzero(np.abs(least) <= self._rounding_bound)
        if unsure.size:
            ring, these = self.corners[triangle[unsure]], points[unsure]
            sides = [compute_orientation(ring[:, i - 1], ring[:, i], these) >= 0 for i in range(3)]
            held[unsure] = np.logical_and.reduce(sides)
        return np.asarray(held, dtype=bool)
