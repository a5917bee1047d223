"""The track: bins along the edges of a graph, unrolled onto one axis."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.layouts.adjacency import build_symmetric_matrix
from neurospatial.layouts.arrays import keep_active, make_read_only
from neurospatial.layouts.caching import cached_property
from neurospatial.layouts.coarsen import Factor, validate_factor
from neurospatial.layouts.linear import linearize_positions
from neurospatial.layouts.track.adjacency import TouchingBins, find_touching_bins
from neurospatial.layouts.track.cells import TrackCells
from neurospatial.layouts.track.checks import validate_active, validate_track
from neurospatial.layouts.track.path import TrackPath
from neurospatial.layouts.track.ribbon import TrackRibbon

if TYPE_CHECKING:
    from scipy import sparse

_EXTENT_PER_WIDTH = 20
"""The larger extent of a track over the width of its ribbon, where no width is given."""


@dataclass(frozen=True, eq=False)
class GraphTrack:
    """A track of straight edges, cut into bins along its length.

    The edges lie one after another on one axis, in order, with gaps between
    them: the convention of the `track_linearization` package (Denovellis,
    https://github.com/LorenFrankLab/track_linearization). Each edge is cut
    into equal bins no longer than `bin_size`. Bins of different edges are
    neighbours where the edges share a node, whatever the gap between them.

    Parameters
    ----------
    segments : ndarray, shape (n_edges, 2, 2)
        Begin and end ``(x, y)`` of each edge, in the order and direction of the axis.
    nodes : ndarray of int, shape (n_edges, 2)
        Number of the node at either end.
    spacing : ndarray, shape (n_edges - 1,)
        Gap on the axis after each edge but the last.
    bin_size : float
        The longest a bin may be.
    precedence : ndarray of int, shape (n_edges,)
        The edges' order where a place is as near to one as to another: lowest first.
    active : ndarray of bool, shape (n_cells,), optional
        Which pieces of the edges, in order along the axis, are bins; left out,
        all. The others stay part of the axis, which nothing can pass.

    Raises
    ------
    ValueError
        If shapes differ, an edge has no length, a gap is negative,
        `bin_size` is not positive or makes an absurd number of bins, or no
        piece is active.

    Examples
    --------
    >>> corner = np.array([[[0, 0], [4, 0]], [[4, 0], [4, 2]]], dtype=float)
    >>> nodes = np.array([[0, 1], [1, 2]])
    >>> track = GraphTrack(corner, nodes, np.array([1.0]), 2.0, np.arange(2))
    >>> track.bin_centers.ravel()
    array([1., 3., 6.])
    >>> track.locate(np.array([[2.0], [4.5], [5.0]]))
    array([ 1, -1,  2])
    """

    segments: NDArray[np.float64]
    nodes: NDArray[np.intp]
    spacing: NDArray[np.float64]
    bin_size: float
    precedence: NDArray[np.intp]
    active: NDArray[np.bool_] | None = None

    def __post_init__(self) -> None:
        given = (self.segments, self.nodes, self.spacing, self.bin_size, self.precedence)
        segments, nodes, spacing, bin_size, precedence = validate_track(*given)
        object.__setattr__(self, "segments", make_read_only(segments))
        object.__setattr__(self, "nodes", make_read_only(nodes))
        object.__setattr__(self, "spacing", make_read_only(spacing))
        object.__setattr__(self, "bin_size", bin_size)
        object.__setattr__(self, "precedence", make_read_only(precedence))
        active = validate_active(self.active, self.cells.size)
        object.__setattr__(self, "active", active)

    def __reduce__(self) -> tuple[type["GraphTrack"], tuple[object, ...]]:
        # Only the fields travel: derived arrays are made again where they are needed.
        made_of = (self.segments, self.nodes, self.spacing, self.bin_size, self.precedence)
        return type(self), (*made_of, self.active)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, GraphTrack):
            return NotImplemented
        return self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    @cached_property
    def _key(self) -> tuple[object, ...]:
        arrays = (self.segments, self.nodes, self.spacing, self.precedence)
        parts = None if self.active is None else self.active.tobytes()
        return tuple(array.tobytes() for array in arrays), self.bin_size, parts

    @property
    def n_edges(self) -> int:
        """Number of edges."""
        return len(self.segments)

    @property
    def n_dims(self) -> int:
        """One: a place is its distance along the axis."""
        return 1

    @cached_property
    def path(self) -> TrackPath:
        """Where the edges lie, in the plane and on the axis."""
        return TrackPath(self.segments, self.nodes, self.spacing, self.precedence)

    @cached_property
    def segment_spans(self) -> NDArray[np.float64]:
        """Where each edge begins and ends on the axis, shape (n_edges, 2)."""
        return make_read_only(np.stack([self.path.starts, self.path.stops], axis=1))

    @cached_property
    def cells(self) -> TrackCells:
        """The pieces of the edges, of which the active ones are the bins."""
        return TrackCells(self.path, self.bin_size)

    @cached_property
    def cell_of_bin(self) -> NDArray[np.intp]:
        """Cell of each bin, shape (n_bins,)."""
        active, n_cells = self.active, self.cells.size
        return make_read_only(np.arange(n_cells) if active is None else np.flatnonzero(active))

    @cached_property
    def bin_of_cell(self) -> NDArray[np.intp]:
        """Bin of each cell, shape (n_cells + 1,); -1 where there is none, and at the end."""
        bins = np.full(self.cells.size + 1, -1, dtype=np.intp)
        bins[self.cell_of_bin] = np.arange(self.cell_of_bin.size)
        return make_read_only(bins)

    @property
    def n_bins(self) -> int:
        """Number of bins."""
        return self.cell_of_bin.size

    @cached_property
    def edge_of_bin(self) -> NDArray[np.intp]:
        """Edge of each bin, shape (n_bins,)."""
        return make_read_only(self.cells.edge[self.cell_of_bin])

    @cached_property
    def bin_edges(self) -> NDArray[np.float64]:
        """Where each bin begins and ends on the axis, shape (n_bins, 2)."""
        return make_read_only(self.cells.spans[self.cell_of_bin])

    @cached_property
    def bin_centers(self) -> NDArray[np.float64]:
        """Middle of each bin on the axis, shape (n_bins, 1)."""
        return make_read_only(self.bin_edges.mean(axis=1, keepdims=True))

    @cached_property
    def bin_measures(self) -> NDArray[np.float64]:
        """Length of each bin, shape (n_bins,)."""
        return make_read_only(self.cells.lengths[self.cell_of_bin])

    @cached_property
    def centers_2d(self) -> NDArray[np.float64]:
        """Middle of each bin in the plane, shape (n_bins, 2)."""
        return make_read_only(self.to_2d(self.bin_centers[:, 0]))

    @property
    def bounds(self) -> tuple[tuple[float, float], ...]:
        """Begin and end of the axis."""
        return ((0.0, float(self.path.stops[-1])),)

    @property
    def bin_polygons(self) -> tuple[NDArray[np.float64], ...]:
        """Refused: a bin of a track is an interval.

        Raises
        ------
        ValueError
            Always.
        """
        raise ValueError(
            explain(
                "A track has no bin polygons: its bins are intervals of one axis.",
                "Only the bins of a 2-D layout are polygons.",
                ["Use track.ribbon().bin_polygons: the track drawn in the plane with a width."],
            )
        )

    def locate(self, points: NDArray[np.float64]) -> NDArray[np.intp]:
        """Find the bin of each place on the axis (n_points, 1); -1 in gaps, outside and for NaN.

        A bin holds its begin and not its end, except where a gap or nothing
        follows: there it holds both.
        """
        points = np.asarray(points, dtype=np.float64)
        if points.ndim != 2 or points.shape[1] != 1:
            raise ValueError(
                explain(
                    f"Points have shape {points.shape}.",
                    "A place on a track is one number, its distance along the axis.",
                    [
                        "Pass an array of shape (n_points, 1).",
                        "Positions in the plane: linearize(positions) gives their distances.",
                    ],
                )
            )
        # Cell -1, which is none, is the last entry.
        return self.bin_of_cell[self.cells.locate(np.ascontiguousarray(points[:, 0]))]

    @cached_property
    def _touching_bins(self) -> TouchingBins:
        cells, active = self.cells, self.bin_of_cell[:-1] >= 0
        linked = find_touching_bins(self.nodes, cells.first, cells.count, cells.lengths, active)
        bins = self.bin_of_cell
        return replace(linked, first=bins[linked.first], second=bins[linked.second])

    @cached_property
    def adjacency(self) -> "sparse.csr_array":
        """Distance along the track between neighbouring bins, (n_bins, n_bins), symmetric."""
        links = self._touching_bins
        return build_symmetric_matrix(links.first, links.second, links.distance, self.n_bins)

    @cached_property
    def conductances(self) -> "sparse.csr_array":
        """Weights of diffusion between touching bins, symmetric.

        Within an edge one over the distance; where several edges meet, the
        weights that remain when the node between them, which holds nothing,
        is eliminated (the star-mesh transform).
        """
        links = self._touching_bins
        return build_symmetric_matrix(links.first, links.second, links.conductance, self.n_bins)

    def linearize(
        self, positions: NDArray[np.float64], max_distance: float | None = None
    ) -> NDArray[np.float64]:
        """Compute the distance along the axis of the nearest place on the track.

        Parameters
        ----------
        positions : ndarray, shape (n_samples, 2)
            In the plane; NaN stays NaN.
        max_distance : float, optional
            Positions farther than this from the track become NaN.

        Returns
        -------
        ndarray, shape (n_samples,)
        """
        return linearize_positions(self, positions, max_distance)

    def project(
        self, points: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Find the distance of the place nearest to each point (n_points, 2), and its offset."""
        return self.path.project(points)

    def to_2d(self, linear: NDArray[np.float64]) -> NDArray[np.float64]:
        """Compute the place in the plane of each distance (n_samples,), shape (n_samples, 2).

        A distance in a gap is taken to the end of the edge before it, one
        beyond the axis to its end; NaN stays NaN.
        """
        return self.path.to_2d(linear)

    def locate_edge(self, linear: NDArray[np.float64]) -> NDArray[np.intp]:
        """Find the edge at each distance (n_samples,), before it in a gap; the first for NaN."""
        return self.path.locate_edge(linear)

    def subset(self, bins: NDArray[np.intp]) -> "GraphTrack":
        """Keep some bins (n,), ascending; the axis stays whole."""
        return replace(self, active=keep_active(self.bin_of_cell[:-1] >= 0, bins))

    def coarsen(self, factor: Factor) -> "GraphTrack":
        """Cut each edge into fewer bins; those that hold the middle of a bin are bins.

        Of n equal pieces there are n / factor, rounded up, again equal.

        Parameters
        ----------
        factor : int
            How many times as long a bin may be; with 1 nothing changes.

        Raises
        ------
        ValueError
            If it is no whole number above 0.

        Examples
        --------
        >>> from neurospatial.layouts.track.from_graph import build_track_from_graph
        >>> track = build_track_from_graph({0: (0, 0), 1: (9, 0)}, [(0, 1)], 0.0, 3.0)
        >>> track.coarsen(2).bin_edges
        array([[0. , 4.5],
               [4.5, 9. ]])
        """
        times = validate_factor(factor, type(self).__name__)
        if times == 1:
            return self
        whole = replace(self, bin_size=times * self.bin_size, active=None)
        active = np.zeros(whole.n_bins, dtype=bool)
        active[whole.locate(self.bin_centers)] = True
        return replace(whole, active=active)

    def ribbon(self, width: float | None = None) -> TrackRibbon:
        """Draw the track with a width, as a 2-D layout of the same bins.

        Parameters
        ----------
        width : float, optional
            Across the track; left out, a twentieth of its larger extent.
        """
        if width is None:
            places = self.segments.reshape(-1, 2)
            width = float((places.max(axis=0) - places.min(axis=0)).max()) / _EXTENT_PER_WIDTH
        return TrackRibbon(self, width)
