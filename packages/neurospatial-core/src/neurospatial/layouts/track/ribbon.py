"""The track drawn in the plane: its bins with a width."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.layouts.arrays import make_read_only
from neurospatial.layouts.caching import cached_property
from neurospatial.layouts.coarsen import Factor, validate_factor
from neurospatial.layouts.protocol import Linear
from neurospatial.layouts.track.cells import TrackCells
from neurospatial.layouts.track.edge_voronoi import clip_ring, compute_edge_regions
from neurospatial.layouts.track.path import TrackPath
from neurospatial.validate import validate_positive

if TYPE_CHECKING:
    from scipy import sparse

_ROUNDING = 1e-9
"""Of the width: a point that stands out less than this lies on the rim."""


class EdgeTrack(Linear, Protocol):
    """What a ribbon asks of its track: straight edges, each cut into cells along its length."""

    @property
    def path(self) -> TrackPath:
        """Where the edges lie, in the plane and on the axis."""

    @property
    def precedence(self) -> NDArray[np.intp]:
        """The edges' order where a place is as near to one as to another: lowest first."""

    @property
    def cells(self) -> TrackCells:
        """The cells of the edges, of which some are bins."""

    @property
    def cell_of_bin(self) -> NDArray[np.intp]:
        """Cell of each bin, shape (n_bins,)."""

    @property
    def bin_of_cell(self) -> NDArray[np.intp]:
        """Bin of each cell, shape (n_cells + 1,); -1 where there is none, and at the end."""

    @property
    def edge_of_bin(self) -> NDArray[np.intp]:
        """Edge of each bin, shape (n_bins,)."""

    @property
    def bin_edges(self) -> NDArray[np.float64]:
        """Where each bin begins and ends on the axis, shape (n_bins, 2)."""

    def subset(self, bins: NDArray[np.intp]) -> Self:
        """Keep some bins."""

    def coarsen(self, factor: Factor) -> Self:
        """Cut each edge into fewer bins."""


@dataclass(frozen=True, eq=False)
class TrackRibbon:
    """The bins of a track as a ribbon in the plane, mitred where edges meet.

    Where edges share a node the angle between them is halved. Where ribbons of
    edges without a common node overlap, a place belongs to the nearest.

    Parameters
    ----------
    track : GraphTrack
        Whose bins they are.
    width : float
        Across the track.

    Raises
    ------
    ValueError
        If the width is not positive.

    Examples
    --------
    >>> from neurospatial.layouts.track.from_graph import build_track_from_graph
    >>> track = build_track_from_graph({0: (0, 0), 1: (9, 0)}, [(0, 1)], 0.0, 3.0)
    >>> ribbon = TrackRibbon(track, 2.0)
    >>> ribbon.locate(np.array([[4.0, 0.9], [4.0, 1.1]]))
    array([ 1, -1])
    >>> ribbon.bin_measures
    array([6., 6., 6.])
    """

    track: EdgeTrack
    width: float

    def __post_init__(self) -> None:
        width = validate_positive(
            self.width,
            "The width of a ribbon",
            why="A ribbon is drawn half its width to either side of the track.",
            how=["Pass a positive number in environment units.", "Leave the width out."],
        )
        object.__setattr__(self, "width", width)

    def __reduce__(self) -> tuple[type["TrackRibbon"], tuple[object, ...]]:
        # Only the fields travel: derived arrays are made again where they are needed.
        return type(self), (self.track, self.width)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, TrackRibbon):
            return NotImplemented
        return (self.track, self.width) == (other.track, other.width)

    def __hash__(self) -> int:
        return hash((self.track, self.width))

    @property
    def n_bins(self) -> int:
        """Number of bins."""
        return self.track.n_bins

    @property
    def n_dims(self) -> int:
        """Two: places lie in the plane."""
        return 2

    @property
    def bin_centers(self) -> NDArray[np.float64]:
        """Middle of each bin on the track, shape (n_bins, 2)."""
        return self.track.centers_2d

    @cached_property
    def _regions(self) -> NDArray[np.float64]:
        return compute_edge_regions(self.track.path, self.width / 2)

    @cached_property
    def _frames(self) -> NDArray[np.float64]:
        """Unit vectors along and across each edge, shape (n_edges, 2, 2)."""
        path = self.track.path
        ahead = path.along / path.lengths[:, np.newaxis]
        left = np.stack([-ahead[:, 1], ahead[:, 0]], axis=1)
        return np.stack([ahead, left], axis=1)

    @cached_property
    def bin_polygons(self) -> tuple[NDArray[np.float64], ...]:
        """Corners of each bin, one open counter-clockwise ring (n_corners, 2) a bin."""
        track, half = self.track, self.width / 2
        edge = track.edge_of_bin
        span = track.bin_edges - track.path.starts[edge][:, np.newaxis]
        # The first and the last cell of an edge reach as far as its mitre may.
        span[track.cell_of_bin == track.cells.first[edge], 0] -= half
        span[track.cell_of_bin == track.cells.last[edge], 1] += half
        along = span[:, [0, 1, 1, 0]]
        across = np.array([-half, -half, half, half])
        ahead, left = np.moveaxis(self._frames[edge], 1, 0)
        corners = (
            track.segments[edge, 0][:, np.newaxis]
            + along[..., np.newaxis] * ahead[:, np.newaxis]
            + across[:, np.newaxis] * left[:, np.newaxis]
        )
        planes = self._regions[edge]
        depth = _compute_depths(planes, corners)
        outside = np.asarray(depth < -_ROUNDING * half)
        cut = np.flatnonzero(outside.any(axis=(1, 2)))
        rings = list(corners)
        for number in cut:
            rings[number] = clip_ring(corners[number], planes[number])
        return tuple(make_read_only(ring) for ring in rings)

    @cached_property
    def bin_measures(self) -> NDArray[np.float64]:
        """Area of each bin, shape (n_bins,)."""
        return make_read_only(np.array([_compute_area(ring) for ring in self.bin_polygons]))

    @cached_property
    def bounds(self) -> tuple[tuple[float, float], ...]:
        """Lowest and highest coordinate along each dimension."""
        corners = np.concatenate(self.bin_polygons)
        low, high = corners.min(axis=0), corners.max(axis=0)
        return (float(low[0]), float(high[0])), (float(low[1]), float(high[1]))

    def locate(self, points: NDArray[np.float64]) -> NDArray[np.intp]:
        """Find the bin of each point (n_points, 2); -1 outside the ribbon and for NaN.

        A bin holds the side that it shares with the bin before it. A point
        between two edges belongs to the first of them by the track's precedence.
        """
        points = np.asarray(points, dtype=np.float64)
        if points.ndim != 2 or points.shape[1] != 2:
            raise ValueError(
                explain(
                    f"Points have shape {points.shape}.",
                    "Each point of a ribbon has 2 coordinates.",
                    ["Pass an array of shape (n_points, 2)."],
                )
            )
        bins = np.full(len(points), -1, dtype=np.intp)
        nearest = np.full(len(points), np.inf)
        for edge in np.argsort(self.track.precedence):
            inside = self._find_inside(int(edge), points)
            offset = points[inside] - self.track.segments[edge, 0]
            along, across = self._frames[edge] @ offset.T
            beyond = along - np.clip(along, 0, self.track.path.lengths[edge])
            away = np.hypot(across, beyond)
            closer = away < nearest[inside] * (1 - _ROUNDING)
            chosen = inside[closer]
            nearest[chosen] = away[closer]
            bins[chosen] = self._locate_along(int(edge), along[closer])
        return bins

    def _find_inside(self, edge: int, points: NDArray[np.float64]) -> NDArray[np.intp]:
        """Find the points that lie in the region of an edge, its rim included."""
        reach = 2 * self.width
        (x_low, y_low), (x_high, y_high) = (
            self.track.segments[edge].min(axis=0) - reach,
            self.track.segments[edge].max(axis=0) + reach,
        )
        x, y = points.T
        near = np.flatnonzero((x > x_low) & (x < x_high) & (y > y_low) & (y < y_high))
        depth = _compute_depths(self._regions[edge], points[near])
        # A point on the line that halves an angle is in both regions, not in neither.
        return near[(depth >= -_ROUNDING * self.width).all(axis=1)]

    def _locate_along(self, edge: int, along: NDArray[np.float64]) -> NDArray[np.intp]:
        track, cells = self.track, self.track.cells
        first = int(cells.first[edge])
        inner = cells.spans[first + 1 : cells.last[edge] + 1, 0] - track.path.starts[edge]
        return track.bin_of_cell[first + np.searchsorted(inner, along, side="right")]

    def subset(self, bins: NDArray[np.intp]) -> "TrackRibbon":
        """Keep some bins (n,), ascending; the ribbon ends where they do."""
        return replace(self, track=self.track.subset(bins))

    def coarsen(self, factor: Factor) -> "TrackRibbon":
        """Draw the track cut into longer bins; the ribbon stays as wide."""
        # Asked here already, for a text that names the ribbon.
        validate_factor(factor, type(self).__name__)
        return replace(self, track=self.track.coarsen(factor))

    @property
    def adjacency(self) -> "sparse.csr_array":
        """Distance along the track between neighbouring bins, (n_bins, n_bins), symmetric."""
        return self.track.adjacency

    @cached_property
    def conductances(self) -> "sparse.csr_array":
        """Those of the track, times the width."""
        from scipy import sparse

        return sparse.csr_array(self.track.conductances * self.width)


def _compute_depths(
    planes: NDArray[np.float64], points: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Compute how deep points (…, n, 2) lie within half-planes (…, m, 3): (…, n, m)."""
    return np.asarray(
        points @ np.swapaxes(planes[..., :2], -1, -2) + planes[..., 2][..., np.newaxis, :]
    )


def _compute_area(ring: NDArray[np.float64]) -> float:
    x, y = (ring - ring[0]).T
    return float(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2
