"""The hexagonal grid: regular hexagons, some of them left out."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.layouts.adjacency import build_symmetric_matrix
from neurospatial.layouts.arrays import keep_active, make_read_only
from neurospatial.layouts.blocks import locate_by_block
from neurospatial.layouts.caching import cached_property
from neurospatial.layouts.coarsen import Factor, validate_factor
from neurospatial.layouts.hexagonal.lattice import HexagonLattice, Orientation
from neurospatial.layouts.predicates import compute_orientation
from neurospatial.validate import to_mask

if TYPE_CHECKING:
    from scipy import sparse


@dataclass(frozen=True, eq=False)
class HexagonalGrid:
    """A grid of regular hexagons in the plane.

    Bins are the active cells, numbered in C order. "pointy" hexagons have a
    corner at the top and odd rows moved half a hexagon right; "flat" ones have
    a side at the top and odd columns moved half a hexagon up.

    Parameters
    ----------
    origin : tuple of float
        Centre of cell (0, 0), whether active or not.
    bin_size : float
        Width between opposite sides, which is also the distance between the
        centres of neighbours.
    active : ndarray of bool, shape (n_x, n_y)
        Which cells are bins, indexed ``[ix, iy]``.
    orientation : str
        "pointy" or "flat".

    Raises
    ------
    ValueError
        If `bin_size` is not positive, the orientation is unknown, `active` is
        not two-dimensional or no cell is active.

    Examples
    --------
    >>> grid = HexagonalGrid((0.0, 0.0), 2.0, np.ones((3, 2), bool))
    >>> grid.n_bins
    6
    >>> grid.locate(np.array([[0.2, 0.1], [9.0, 9.0]]))
    array([ 0, -1])
    """

    origin: tuple[float, float]
    bin_size: float
    active: NDArray[np.bool_]
    orientation: Orientation = "pointy"

    def __post_init__(self) -> None:
        lattice = HexagonLattice(self.origin, self.bin_size, self.orientation)
        active = to_mask(self.active, "active")
        active.setflags(write=False)
        _check_active(active)
        object.__setattr__(self, "origin", lattice.origin)
        object.__setattr__(self, "bin_size", lattice.bin_size)
        object.__setattr__(self, "active", active)
        object.__setattr__(self, "_lattice", lattice)

    def __reduce__(self) -> tuple[type["HexagonalGrid"], tuple[object, ...]]:
        # Only the fields travel: derived arrays are made again where they are needed.
        return type(self), (self.origin, self.bin_size, self.active, self.orientation)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, HexagonalGrid):
            return NotImplemented
        return self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    @cached_property
    def _key(self) -> tuple[object, ...]:
        return self.lattice, self.active.shape, np.packbits(self.active).tobytes()

    @property
    def lattice(self) -> HexagonLattice:
        """The hexagons of the whole plane, of which these are some."""
        lattice: HexagonLattice = self.__dict__["_lattice"]
        return lattice

    @cached_property
    def n_bins(self) -> int:
        """Number of bins."""
        return int(np.count_nonzero(self.active))

    @property
    def n_dims(self) -> int:
        """Number of spatial dimensions: two."""
        return 2

    @cached_property
    def bounds(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Lowest and highest coordinate of any bin along each dimension."""
        return self.lattice.compute_bounds(self.cell_of_bin)

    @cached_property
    def cell_of_bin(self) -> NDArray[np.intp]:
        """Cell of each bin, shape (n_bins, 2)."""
        return make_read_only(np.argwhere(self.active))

    @cached_property
    def bin_of_cell(self) -> NDArray[np.intp]:
        """Bin of each cell, shape of `active`; -1 where the cell is not active."""
        bins = np.full(self.active.shape, -1, dtype=np.intp)
        bins[self.active] = np.arange(self.n_bins)
        return make_read_only(bins)

    @cached_property
    def bin_centers(self) -> NDArray[np.float64]:
        """Centre of each bin, shape (n_bins, 2)."""
        return make_read_only(np.ascontiguousarray(self.lattice.compute_centers(self.cell_of_bin)))

    @cached_property
    def bin_measures(self) -> NDArray[np.float64]:
        """Area of each bin, shape (n_bins,)."""
        return make_read_only(np.full(self.n_bins, self.lattice.area))

    @cached_property
    def bin_polygons(self) -> tuple[NDArray[np.float64], ...]:
        """Corners of each bin, counter-clockwise, (6, 2) a bin.

        Bins that share a corner have the very same numbers for it.
        """
        corners = np.ascontiguousarray(self.lattice.compute_corners(self.cell_of_bin))
        return tuple(make_read_only(corners))

    def locate(self, points: NDArray[np.float64]) -> NDArray[np.intp]:
        """Find the bin of each point (n_points, 2); -1 outside and for NaN.

        A bin holds its sides and corners, except those it shares with a bin of
        a lower number. This is decided exactly for the corners of `bin_polygons`.
        """
        points = np.asarray(points, dtype=np.float64)
        _check_points(points)
        return locate_by_block(points, self._locate_block)

    def subset(self, bins: NDArray[np.intp]) -> "HexagonalGrid":
        """Keep some bins (n,), ascending, as a grid of the same cells."""
        return replace(self, active=keep_active(self.active, bins))

    def coarsen(self, factor: Factor) -> "HexagonalGrid":
        """Lay larger hexagons from the same origin; those that hold a bin's centre are bins.

        Parameters
        ----------
        factor : int
            How many times as wide; with 1 nothing changes.

        Raises
        ------
        ValueError
            If it is no whole number above 0.

        Examples
        --------
        >>> HexagonalGrid((0.0, 0.0), 1.0, np.ones((4, 4), bool)).coarsen(2).n_bins
        7
        """
        times = validate_factor(factor, type(self).__name__)
        if times == 1:
            return self
        size = times * self.bin_size
        reach = self.lattice.exchange_axes(self.bin_centers.max(axis=0) - self.origin)
        # A centre may be nearest to the next hexagon: one more along and across.
        counts = (reach / [size, size * np.sqrt(3) / 2]).astype(np.intp) + 2
        shape = tuple(self.lattice.exchange_axes(counts).tolist())
        whole = replace(self, bin_size=size, active=np.ones(shape, dtype=bool))
        active = np.zeros(shape, dtype=bool)
        active.flat[whole.locate(self.bin_centers)] = True
        return replace(whole, active=active)

    def _locate_block(self, points: NDArray[np.float64]) -> NDArray[np.intp]:
        ix, iy, unsure = self.lattice.find_nearest(points, self.active.shape)
        bins = self._find_bins(ix, iy)
        if unsure.any():
            where = np.flatnonzero(unsure)
            (x_low, x_high), (y_low, y_high) = self.bounds
            x, y = points[where].T
            within = (x >= x_low) & (x <= x_high) & (y >= y_low) & (y <= y_high)
            bins[where[~within]] = -1
            where = where[within]
            cells = np.stack([ix[where], iy[where]], axis=1)
            bins[where] = self._find_lowest_holding(points[where], cells)
        return bins

    def _find_bins(self, ix: NDArray[np.intp], iy: NDArray[np.intp]) -> NDArray[np.intp]:
        n_x, n_y = self.active.shape
        # As unsigned numbers, negative ones are too large: one comparison for both ends.
        inside = (ix.view(np.uintp) < n_x) & (iy.view(np.uintp) < n_y)
        cell = ix * n_y
        cell += iy
        cell *= inside
        full = self.n_bins == self.active.size
        bins: NDArray[np.intp] = cell if full else self.bin_of_cell.ravel()[cell]
        bins[~inside] = -1
        return bins

    def _find_lowest_holding(
        self, points: NDArray[np.float64], cells: NDArray[np.intp]
    ) -> NDArray[np.intp]:
        """Find the lowest of the bins about each point whose closed hexagon holds it, or -1."""
        around = np.concatenate(
            [cells[:, np.newaxis], self.lattice.find_neighbours(cells)], axis=1
        )
        lowest = np.full(len(points), self.n_bins, dtype=np.intp)
        for cell in np.moveaxis(around, 1, 0):
            bins = self._find_bins(*np.ascontiguousarray(cell.T))
            held = bins >= 0
            ring = self.lattice.compute_corners(cell)
            for start, stop in zip(range(-1, 5), range(6), strict=True):
                held[held] = (
                    compute_orientation(ring[held, start], ring[held, stop], points[held]) >= 0
                )
            lowest[held] = np.minimum(lowest[held], bins[held])
        lowest[lowest == self.n_bins] = -1
        return lowest

    @cached_property
    def _touching_bins(self) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]:
        """Pairs of neighbours, each once, and the distance of their centres."""
        forward = self.lattice.find_neighbours(self.cell_of_bin)[:, :3]
        second = self._find_bins(*(np.ascontiguousarray(forward[..., dim]) for dim in (0, 1)))
        first, direction = np.nonzero(second >= 0)
        second = second[first, direction]
        between = self.bin_centers[first] - self.bin_centers[second]
        return first, second, np.asarray(np.linalg.norm(between, axis=1))

    @cached_property
    def adjacency(self) -> "sparse.csr_array":
        """Distance between the centres of neighbouring bins, (n_bins, n_bins), symmetric."""
        return build_symmetric_matrix(*self._touching_bins, self.n_bins)

    @cached_property
    def conductances(self) -> "sparse.csr_array":
        """Shared side over centre distance of neighbouring bins, symmetric."""
        first, second, distance = self._touching_bins
        return build_symmetric_matrix(first, second, self.lattice.side / distance, self.n_bins)


def _check_active(active: NDArray[np.bool_]) -> None:
    if active.ndim != 2:
        problem = f"`active` has shape {active.shape}."
    elif not active.any():
        problem = f"None of the {active.size} cells is active."
    else:
        return
    why = "Every bin is an active cell of the hexagonal grid, indexed [ix, iy]."
    way = "Pass a boolean array (n_x, n_y) that is True for the cells the animal can visit."
    raise ValueError(explain(problem, why, [way]))


def _check_points(points: NDArray[np.float64]) -> None:
    if points.ndim != 2 or points.shape[1] != 2:
        raise ValueError(
            explain(
                f"Points have shape {points.shape}.",
                "Each point of a hexagonal grid has 2 coordinates.",
                ["Pass an array of shape (n_points, 2)."],
            )
        )
