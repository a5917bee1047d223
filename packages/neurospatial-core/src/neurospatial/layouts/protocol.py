"""What every way of cutting a space into bins offers, and what some offer beyond it.

`Layout` is what an environment needs. The other protocols are optional powers: a
layout that has the members of one of them, ours or another's, can do what it is for.
"""

from collections.abc import Sequence
from inspect import getattr_static
from typing import TYPE_CHECKING, Protocol, TypeGuard, runtime_checkable

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy import sparse


@runtime_checkable
class Layout(Protocol):
    """A space cut into bins: frozen data, picklable, no environment inside.

    Coordinates are in environment units, y up. Bins are numbered 0 … n_bins - 1.
    """

    @property
    def n_bins(self) -> int:
        """Number of bins."""

    @property
    def n_dims(self) -> int:
        """Number of spatial dimensions."""

    @property
    def bin_centers(self) -> NDArray[np.float64]:
        """Centre of each bin, shape (n_bins, n_dims)."""

    @property
    def bin_polygons(self) -> tuple[NDArray[np.float64], ...]:
        """Corners of each bin, one open counter-clockwise ring (n_corners, 2) a bin."""

    @property
    def bin_measures(self) -> NDArray[np.float64]:
        """Length, area or volume of each bin, shape (n_bins,)."""

    @property
    def bounds(self) -> tuple[tuple[float, float], ...]:
        """Lowest and highest coordinate along each dimension."""

    def locate(self, points: NDArray[np.float64]) -> NDArray[np.intp]:
        """Find the bin of each point (n_points, n_dims); -1 where there is none."""

    @property
    def adjacency(self) -> "sparse.csr_array":
        """Distance between the centres of neighbouring bins, (n_bins, n_bins), symmetric."""

    @property
    def conductances(self) -> "sparse.csr_array":
        """Shared boundary over centre distance of touching bins, symmetric.

        The finite-volume weights of diffusion between bins.
        """


class SupportsSubset(Layout, Protocol):
    """A layout some of whose bins make a layout of the same kind (`Environment.subset`)."""

    def subset(self, bins: NDArray[np.intp]) -> Layout:
        """Keep some bins, numbered anew in their old order.

        Parameters
        ----------
        bins : ndarray of int, shape (n,)
            Ascending, each once, at least one.
        """


class SupportsCoarsen(Layout, Protocol):
    """A layout of which one with larger bins can be made (`Environment.rebin`)."""

    def coarsen(self, factor: int | Sequence[int]) -> Layout:
        """Cut the same space into bins `factor` times as long and wide.

        The new bins hold the centre of every old one, but of those at the high ends that
        make no whole new bin.

        Raises
        ------
        ValueError
            If there are no such bins.
        """


class SupportsCrossings(Layout, Protocol):
    """A layout that locates the pixels of a picture faster than as many points."""

    def locate_crossings(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.intp]:
        """Find the bin at each crossing of columns and rows; -1 for none.

        Parameters
        ----------
        x : ndarray, shape (n_columns,)
            Increasing, finite.
        y : ndarray, shape (n_rows,)
            Increasing, finite.

        Returns
        -------
        ndarray of int, shape (n_rows, n_columns)
            What `locate` finds there.
        """


class Gridded(Layout, Protocol):
    """A layout whose bins are cells of a rectangular grid, in C order."""

    @property
    def edges(self) -> tuple[NDArray[np.float64], ...]:
        """Edges along each dimension, one more than cells, strictly increasing."""

    @property
    def active(self) -> NDArray[np.bool_]:
        """Which cells are bins, indexed ``[ix, iy, …]``."""

    @property
    def grid_shape(self) -> tuple[int, ...]:
        """Number of cells along each dimension."""


class Linear(Layout, Protocol):
    """A track: one axis of distance, each place of which lies somewhere in the plane."""

    @property
    def centers_2d(self) -> NDArray[np.float64]:
        """Middle of each bin in the plane, shape (n_bins, 2)."""

    @property
    def segments(self) -> NDArray[np.float64]:
        """Begin and end ``(x, y)`` of straight pieces that trace the track, (n_segments, 2, 2)."""

    @property
    def segment_spans(self) -> NDArray[np.float64]:
        """Distance at which each of these pieces begins and ends, shape (n_segments, 2)."""

    def locate_edge(self, linear: NDArray[np.float64]) -> NDArray[np.intp]:
        """Find the edge on which each distance (n_samples,) lies, or before it in a gap.

        Along an edge, distance and place change together; from one edge to
        another either may jump. A line is one edge, 0; a track that closes on
        itself has two or more.
        """

    def to_2d(self, linear: NDArray[np.float64]) -> NDArray[np.float64]:
        """Compute the place of each distance (n_samples,), shape (n_samples, 2); NaN stays NaN."""

    def project(
        self, points: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Find the distance of the nearest place on the track, and how far away it is.

        Parameters
        ----------
        points : ndarray, shape (n_points, 2)

        Returns
        -------
        linear, away : ndarray, shape (n_points,)
            NaN where a point is not finite.
        """

    def ribbon(self, width: float | None = None) -> "Ribbon":
        """Draw the track in the plane with a width, as a 2-D layout of the same bins."""


class Periodic(Layout, Protocol):
    """One axis that begins again where it ends, as the angles of a circle do."""

    @property
    def period(self) -> float:
        """Coordinate after which every place comes again; the length of the bounds."""


class Ribbon(Layout, Protocol):
    """A track drawn in the plane with a width."""

    @property
    def track(self) -> Linear:
        """The track."""


def supports_subset(layout: Layout) -> TypeGuard[SupportsSubset]:
    """Tell whether some bins of a layout make a layout of the same kind."""
    return _has_members(layout, SupportsSubset)


def supports_coarsen(layout: Layout) -> TypeGuard[SupportsCoarsen]:
    """Tell whether a layout can be made again with larger bins."""
    return _has_members(layout, SupportsCoarsen)


def supports_crossings(layout: Layout) -> TypeGuard[SupportsCrossings]:
    """Tell whether a layout locates whole pictures."""
    return _has_members(layout, SupportsCrossings)


def is_gridded(layout: Layout) -> TypeGuard[Gridded]:
    """Tell whether the bins of a layout are cells of a rectangular grid.

    Examples
    --------
    >>> from neurospatial.layouts import HexagonalGrid, RegularGrid
    >>> is_gridded(RegularGrid((np.arange(3.0),), np.ones(2, bool)))
    True
    >>> is_gridded(HexagonalGrid((0.0, 0.0), 2.0, np.ones((2, 2), bool)))
    False
    """
    return _has_members(layout, Gridded)


def is_linear(layout: Layout) -> TypeGuard[Linear]:
    """Tell whether a layout is a track whose places lie in the plane."""
    return _has_members(layout, Linear)


def is_periodic(layout: Layout) -> TypeGuard[Periodic]:
    """Tell whether the axis of a layout begins again where it ends."""
    return _has_members(layout, Periodic)


def is_ribbon(layout: Layout) -> TypeGuard[Ribbon]:
    """Tell whether a layout is a track drawn in the plane with a width."""
    return _has_members(layout, Ribbon)


def get_track(layout: Layout) -> Linear | None:
    """Return the track that a layout is or draws; None where it is neither."""
    if is_linear(layout):
        return layout
    return layout.track if is_ribbon(layout) else None


def _has_members(layout: object, protocol: type) -> bool:
    # Not isinstance: it would compute properties, which may take long, or raise.
    members = [name for name in vars(protocol) if not name.startswith("_")]
    return all(getattr_static(layout, name, None) is not None for name in members)
