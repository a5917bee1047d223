"""The cells of a track: every edge cut into equal pieces along its length."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from neurospatial.layouts.track.path import TrackPath


@dataclass(frozen=True, eq=False)
class TrackCells:
    """Equal pieces of each edge, numbered along the axis.

    Parameters
    ----------
    path : TrackPath
        The edges.
    longest : float
        The longest a piece may be.

    Examples
    --------
    >>> segments = np.array([[[0.0, 0.0], [4.0, 0.0]]])
    >>> path = TrackPath(segments, np.array([[0, 1]]), np.empty(0), np.arange(1))
    >>> cells = TrackCells(path, 2.5)
    >>> cells.spans
    array([[0., 2.],
           [2., 4.]])
    >>> cells.locate(np.array([2.0, 4.0, 4.1]))
    array([ 1,  1, -1])
    """

    path: TrackPath
    longest: float

    @cached_property
    def count(self) -> NDArray[np.intp]:
        """Number of cells of each edge, shape (n_edges,)."""
        # A length that is a whole number of cells up to rounding gets no cell more.
        whole = np.ceil(self.path.lengths / self.longest - 1e-9)
        return np.maximum(whole, 1).astype(np.intp)

    @property
    def size(self) -> int:
        """Number of cells."""
        return int(self.count.sum())

    @cached_property
    def first(self) -> NDArray[np.intp]:
        """First cell of each edge, shape (n_edges,)."""
        return np.asarray(np.cumsum(self.count) - self.count)

    @cached_property
    def last(self) -> NDArray[np.intp]:
        """Last cell of each edge, shape (n_edges,)."""
        return np.asarray(np.cumsum(self.count) - 1)

    @cached_property
    def edge(self) -> NDArray[np.intp]:
        """Edge of each cell, shape (n_cells,)."""
        return np.repeat(np.arange(self.count.size), self.count)

    @cached_property
    def lengths(self) -> NDArray[np.float64]:
        """Length of each cell, shape (n_cells,)."""
        return np.asarray((self.path.lengths / self.count)[self.edge])

    @cached_property
    def spans(self) -> NDArray[np.float64]:
        """Where each cell begins and ends on the axis, shape (n_cells, 2)."""
        rank = np.arange(self.size) - self.first[self.edge]
        begin = self.path.starts[self.edge] + rank * self.lengths
        end = np.append(begin[1:], 0.0)
        end[self.last] = self.path.stops
        return np.stack([begin, end], axis=1)

    @cached_property
    def _closed(self) -> NDArray[np.bool_]:
        begin, end = self.spans.T
        return np.append(begin[1:] > end[:-1], True)

    def locate(self, x: NDArray[np.float64]) -> NDArray[np.intp]:
        """Find the cell of each place on the axis (n_points,); -1 in gaps, outside and for NaN.

        A cell holds its begin and not its end, except where a gap or nothing
        follows: there it holds both.
        """
        begin, end = self.spans.T
        cells = np.searchsorted(begin, x, side="right") - 1
        np.maximum(cells, 0, out=cells)
        inside = (x >= 0) & ((x < end[cells]) | (self._closed[cells] & (x == end[cells])))
        cells[~inside] = -1
        return cells
