"""The path of a track: straight edges, in the plane and on one axis."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from neurospatial.layouts.blocks import iter_blocks

_TIE = 1e-12
"""Of a squared distance: edges that share a node are equally near, rounding must not choose."""


@dataclass(frozen=True, eq=False)
class TrackPath:
    """Edges one after another on an axis, with gaps between them.

    Parameters
    ----------
    segments : ndarray, shape (n_edges, 2, 2)
        Begin and end ``(x, y)`` of each edge.
    nodes : ndarray of int, shape (n_edges, 2)
        Number of the node at either end.
    spacing : ndarray, shape (n_edges - 1,)
        Gap after each edge but the last.
    precedence : ndarray of int, shape (n_edges,)
        The edges' order where distances are equal: lowest first.

    Examples
    --------
    >>> segments = np.array([[[0, 0], [4, 0]], [[4, 0], [4, 2]]], dtype=float)
    >>> path = TrackPath(segments, np.array([[0, 1], [1, 2]]), np.array([1.0]), np.arange(2))
    >>> linear, away = path.project(np.array([[3.0, -1.0], [5.0, 1.5]]))
    >>> linear, away
    (array([3. , 6.5]), array([1., 1.]))
    >>> path.to_2d(linear)
    array([[3. , 0. ],
           [4. , 1.5]])
    """

    segments: NDArray[np.float64]
    nodes: NDArray[np.intp]
    spacing: NDArray[np.float64]
    precedence: NDArray[np.intp]

    @cached_property
    def along(self) -> NDArray[np.float64]:
        """From the begin to the end of each edge, shape (n_edges, 2)."""
        return np.asarray(self.segments[:, 1] - self.segments[:, 0])

    @cached_property
    def lengths(self) -> NDArray[np.float64]:
        """Length of each edge, shape (n_edges,)."""
        return np.hypot(self.along[:, 0], self.along[:, 1])

    @cached_property
    def _marks(self) -> NDArray[np.float64]:
        """Where each edge begins and ends on the axis: (n_edges, 2)."""
        steps = np.stack([np.insert(self.spacing, 0, 0.0), self.lengths], axis=1)
        # One running sum, so that an edge begins exactly where the one before it ends.
        return np.cumsum(steps).reshape(-1, 2)

    @property
    def starts(self) -> NDArray[np.float64]:
        """Where each edge begins on the axis, shape (n_edges,)."""
        return np.asarray(self._marks[:, 0])

    @property
    def stops(self) -> NDArray[np.float64]:
        """Where each edge ends on the axis, shape (n_edges,)."""
        return np.asarray(self._marks[:, 1])

    @cached_property
    def _reach(self) -> NDArray[np.float64]:
        """The last number that belongs to each edge.

        Where another edge that is not its continuation begins at the same
        number, that number is the other's.
        """
        reach = self.stops.copy()
        elsewhere = (self.spacing == 0) & (self.nodes[:-1, 1] != self.nodes[1:, 0])
        reach[:-1][elsewhere] = np.nextafter(reach[:-1][elsewhere], -np.inf)
        return reach

    def locate_edge(self, linear: NDArray[np.float64]) -> NDArray[np.intp]:
        """Find the edge at each distance (n_samples,), before it in a gap; the first for NaN."""
        edge = np.searchsorted(self.starts, linear, side="right") - 1
        edge[~np.isfinite(linear)] = 0
        return np.clip(edge, 0, len(self.segments) - 1)

    def to_2d(self, linear: NDArray[np.float64]) -> NDArray[np.float64]:
        """Compute the place of each distance (n_samples,), shape (n_samples, 2); NaN stays NaN."""
        linear = np.asarray(linear, dtype=np.float64)
        edge = self.locate_edge(linear)
        fraction = np.clip((linear - self.starts[edge]) / self.lengths[edge], 0, 1)[:, np.newaxis]
        begin, end = self.segments[edge, 0], self.segments[edge, 1]
        places = (1 - fraction) * begin + fraction * end
        places[~np.isfinite(linear)] = np.nan
        return np.asarray(places)

    def project(
        self, points: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Find the distance along the axis of the nearest place, and how far away it is.

        Parameters
        ----------
        points : ndarray, shape (n_points, 2)

        Returns
        -------
        linear, away : ndarray, shape (n_points,)
            NaN where a point is not finite.
        """
        linear, away = np.empty(len(points)), np.empty(len(points))
        for block in iter_blocks(len(points)):
            linear[block], away[block] = self._project_block(points[block])
        return linear, away

    def _project_block(
        self, points: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        x, y = (np.ascontiguousarray(column) for column in points.T)
        nearest = np.full(len(points), np.inf)
        linear = np.full(len(points), np.nan)
        scale = float(np.ptp(self.segments.reshape(-1, 2), axis=0).max()) ** 2
        for edge in np.argsort(self.precedence):
            # At a shared node both edges are equally near: rounding must not choose.
            limit = nearest * (1 - _TIE) - _TIE * scale
            along, away = self._project_on_edge(int(edge), x, y)
            closer = away < limit
            nearest[closer] = away[closer]
            place = self.starts[edge] + along[closer] * self.lengths[edge]
            linear[closer] = np.minimum(place, self._reach[edge])
        lost = ~np.isfinite(nearest)
        nearest[lost], linear[lost] = np.nan, np.nan
        return linear, np.sqrt(nearest)

    def _project_on_edge(
        self, edge: int, x: NDArray[np.float64], y: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Find the fraction of the edge nearest to each point, and the squared distance."""
        (x0, y0), (dx, dy) = self.segments[edge, 0], self.along[edge]
        right, up = x - x0, y - y0
        fraction = np.clip((right * dx + up * dy) / self.lengths[edge] ** 2, 0, 1)
        right -= fraction * dx
        up -= fraction * dy
        return fraction, right * right + up * up
