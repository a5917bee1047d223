"""The regular grid: rectangular bins, some of them left out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.layouts.adjacency import build_symmetric_matrix
from neurospatial.layouts.arrays import keep_active, make_read_only
from neurospatial.layouts.blocks import locate_by_block
from neurospatial.layouts.caching import cached_property
from neurospatial.layouts.coarsen import Factor, validate_grid_factors
from neurospatial.layouts.grid.axis import Axis
from neurospatial.validate import to_mask

if TYPE_CHECKING:
    from scipy import sparse

Touching = tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64], NDArray[np.float64]]


@dataclass(frozen=True, eq=False)
class RegularGrid:
    """A grid of rectangular bins in any number of dimensions.

    Bins are the active cells, numbered in C order.

    Parameters
    ----------
    edges : tuple of ndarray
        Edges along each dimension, strictly increasing.
    active : ndarray of bool, shape (n_x, n_y, …)
        Which cells are bins, indexed ``[ix, iy, …]``.
    diagonal : bool
        Whether cells that share only a corner are neighbours.

    Raises
    ------
    ValueError
        If edges do not increase, `active` has another shape, or no cell is active.

    Examples
    --------
    >>> grid = RegularGrid((np.arange(4.0), np.arange(3.0)), np.ones((3, 2), bool))
    >>> grid.n_bins
    6
    >>> grid.locate(np.array([[0.5, 1.5], [9.0, 9.0]]))
    array([ 1, -1])
    """

    edges: tuple[NDArray[np.float64], ...]
    active: NDArray[np.bool_]
    diagonal: bool = True

    def __post_init__(self) -> None:
        axes = tuple(Axis(edge) for edge in self.edges)
        active = to_mask(self.active, "active")
        active.setflags(write=False)
        _check_active(active, tuple(axis.size for axis in axes))
        object.__setattr__(self, "edges", tuple(axis.edges for axis in axes))
        object.__setattr__(self, "active", active)
        object.__setattr__(self, "_axes", axes)

    def __reduce__(self) -> tuple[type["RegularGrid"], tuple[object, ...]]:
        # Only the fields travel: derived arrays are made again where they are needed.
        return type(self), (self.edges, self.active, self.diagonal)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, RegularGrid):
            return NotImplemented
        return self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    @cached_property
    def _key(self) -> tuple[object, ...]:
        edges = tuple(edge.tobytes() for edge in self.edges)
        return edges, self.active.shape, np.packbits(self.active).tobytes(), self.diagonal

    @property
    def axes(self) -> tuple[Axis, ...]:
        """The dimensions of the grid."""
        axes: tuple[Axis, ...] = self.__dict__["_axes"]
        return axes

    @property
    def grid_shape(self) -> tuple[int, ...]:
        """Number of cells along each dimension."""
        return self.active.shape

    @cached_property
    def n_bins(self) -> int:
        """Number of bins."""
        return int(np.count_nonzero(self.active))

    @property
    def n_dims(self) -> int:
        """Number of spatial dimensions."""
        return self.active.ndim

    @property
    def bounds(self) -> tuple[tuple[float, float], ...]:
        """Lowest and highest edge along each dimension."""
        return tuple((float(edge[0]), float(edge[-1])) for edge in self.edges)

    @property
    def bin_size(self) -> tuple[float, ...]:
        """Mean width of the cells along each dimension."""
        return tuple(axis.width for axis in self.axes)

    @cached_property
    def cell_of_bin(self) -> NDArray[np.intp]:
        """Cell of each bin, shape (n_bins,): an index into the raveled grid."""
        return make_read_only(np.flatnonzero(self.active))

    @cached_property
    def bin_of_cell(self) -> NDArray[np.intp]:
        """Bin of each cell, shape of the grid; -1 where the cell is not active."""
        bins = np.full(self.grid_shape, -1, dtype=np.intp)
        bins[self.active] = np.arange(self.n_bins)
        return make_read_only(bins)

    @cached_property
    def bin_centers(self) -> NDArray[np.float64]:
        """Centre of each bin, shape (n_bins, n_dims)."""
        cells = np.nonzero(self.active)
        centers = [axis.centers[cell] for axis, cell in zip(self.axes, cells, strict=True)]
        return make_read_only(np.stack(centers, axis=1))

    @cached_property
    def bin_measures(self) -> NDArray[np.float64]:
        """Length, area or volume of each bin, shape (n_bins,)."""
        cells = np.nonzero(self.active)
        widths = [axis.widths[cell] for axis, cell in zip(self.axes, cells, strict=True)]
        return make_read_only(np.prod(widths, axis=0))

    @cached_property
    def bin_polygons(self) -> tuple[NDArray[np.float64], ...]:
        """Corners of each bin, counter-clockwise from the lower left, (4, 2) a bin.

        Raises
        ------
        ValueError
            If the grid does not have two dimensions.
        """
        if self.n_dims != 2:
            raise ValueError(
                explain(
                    f"A grid of {self.n_dims} dimension(s) has no bin polygons.",
                    "Only the bins of a 2-D grid are polygons.",
                    ["Use `edges` and `bin_centers`, which exist in any number of dimensions."],
                )
            )
        ix, iy = np.nonzero(self.active)
        x, y = self.edges
        corners = np.stack(
            [
                np.stack([x[ix], x[ix + 1], x[ix + 1], x[ix]], axis=1),
                np.stack([y[iy], y[iy], y[iy + 1], y[iy + 1]], axis=1),
            ],
            axis=2,
        )
        return tuple(make_read_only(corners))

    def locate(self, points: NDArray[np.float64]) -> NDArray[np.intp]:
        """Find the bin of each point (n_points, n_dims); -1 outside and for NaN.

        A cell holds its lower edges and not its upper ones, except the last
        along each dimension, which holds both (as `numpy.histogram`).
        """
        points = np.asarray(points, dtype=np.float64)
        if points.ndim != 2 or points.shape[1] != self.n_dims:
            raise ValueError(
                explain(
                    f"Points have shape {points.shape}.",
                    f"Each point of this grid has {self.n_dims} coordinate(s).",
                    [f"Pass an array of shape (n_points, {self.n_dims})."],
                )
            )
        return locate_by_block(points, self._locate_block)

    def locate_crossings(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.intp]:
        """Find the bin at each crossing of columns and rows of a plane; -1 for none.

        Each coordinate is located once, not once a crossing.

        Parameters
        ----------
        x : ndarray, shape (n_columns,)
        y : ndarray, shape (n_rows,)

        Returns
        -------
        ndarray of int, shape (n_rows, n_columns)
            What `locate` finds there.

        Examples
        --------
        >>> grid = RegularGrid((np.arange(3.0), np.arange(3.0)), np.array([[1, 1], [0, 1]], bool))
        >>> grid.locate_crossings(np.array([0.5, 1.5, 9.0]), np.array([0.5, 1.5]))
        array([[ 0, -1, -1],
               [ 1,  2, -1]])
        """
        (columns, in_columns), (rows, in_rows) = (
            axis.find_nearest(line) for axis, line in zip(self.axes, (x, y), strict=True)
        )
        bins = np.take(self.bin_of_cell.T[rows], columns, axis=1)
        bins[~in_rows] = -1
        bins[:, ~in_columns] = -1
        return bins

    def subset(self, bins: NDArray[np.intp]) -> "RegularGrid":
        """Keep some bins (n,), ascending, as a grid of the same cells."""
        return replace(self, active=keep_active(self.active, bins))

    def coarsen(self, factor: Factor) -> "RegularGrid":
        """Join cells to blocks; a block is a bin where any of its cells is.

        Parameters
        ----------
        factor : int or sequence of int
            Cells in a block, along each dimension or every one. Cells that are left over
            at the high end of a dimension are cut off.

        Raises
        ------
        ValueError
            If a factor is no whole number above 0, is larger than the grid, or no bin
            would be left.

        Examples
        --------
        >>> grid = RegularGrid((np.arange(5.0),), np.array([False, True, False, False]))
        >>> grid.coarsen(2).bin_centers
        array([[1.]])
        """
        factors = validate_grid_factors(factor, self.grid_shape)
        sides = [
            (size // step, int(step)) for size, step in zip(self.grid_shape, factors, strict=True)
        ]
        whole = tuple(slice(n * step) for n, step in sides)
        edges = tuple(
            edge[: n * step + 1 : step] for edge, (n, step) in zip(self.edges, sides, strict=True)
        )
        blocks = self.active[whole].reshape([n for side in sides for n in side])
        active = np.asarray(blocks.any(axis=tuple(range(1, blocks.ndim, 2))))
        return RegularGrid(edges, active, self.diagonal)

    def _locate_block(self, points: NDArray[np.float64]) -> NDArray[np.intp]:
        cell = np.zeros(len(points), dtype=np.intp)
        inside = np.ones(len(points), dtype=bool)
        for dim, axis in enumerate(self.axes):
            index, on_axis = axis.find_nearest(np.ascontiguousarray(points[:, dim]))
            cell *= axis.size
            cell += index
            inside &= on_axis
        bins = cell if self.n_bins == self.active.size else self.bin_of_cell.ravel()[cell]
        bins[~inside] = -1
        return bins

    @cached_property
    def adjacency(self) -> "sparse.csr_array":
        """Distance between the centres of neighbouring bins, (n_bins, n_bins), symmetric."""
        first, second, distance, _ = self._find_touching_bins(self.diagonal)
        return build_symmetric_matrix(first, second, distance, self.n_bins)

    @cached_property
    def conductances(self) -> "sparse.csr_array":
        """Shared face over centre distance of cells that share a face, symmetric."""
        first, second, distance, face = self._find_touching_bins(diagonal=False)
        return build_symmetric_matrix(first, second, face / distance, self.n_bins)

    def _find_touching_bins(self, diagonal: bool) -> Touching:
        """Pair neighbours, each pair once: both numbers, centre distance, measure of the face."""
        pairs = [self._find_neighbours(step) for step in self._iter_steps(diagonal)]
        first, second, distance, face = map(np.concatenate, zip(*pairs, strict=True))
        return first, second, distance, face

    def _iter_steps(self, diagonal: bool) -> Iterator[tuple[int, ...]]:
        """Iterate over the steps to half of a cell's neighbours; the others are opposite."""
        for step in product((-1, 0, 1), repeat=self.n_dims):
            if step > (0,) * self.n_dims and (diagonal or np.count_nonzero(step) == 1):
                yield step

    def _find_neighbours(self, step: tuple[int, ...]) -> Touching:
        """Find bins one step apart: both numbers, centre distance, measure of the face between."""
        first = self.bin_of_cell[tuple(slice(max(0, -s), -s if s > 0 else None) for s in step)]
        second = self.bin_of_cell[tuple(slice(max(0, s), s if s < 0 else None) for s in step)]
        both = (first >= 0) & (second >= 0)
        one, two = first[both], second[both]
        distance = np.linalg.norm(self.bin_centers[one] - self.bin_centers[two], axis=1)
        cells = np.unravel_index(self.cell_of_bin[one], self.grid_shape)
        face = np.ones(one.size)
        for axis, cell, s in zip(self.axes, cells, step, strict=True):
            if s == 0:
                face *= axis.widths[cell]
        return one, two, distance, face


def _check_active(active: NDArray[np.bool_], shape: tuple[int, ...]) -> None:
    if active.shape != shape or not shape:
        problem = f"`active` has shape {active.shape}, the edges make a grid of shape {shape}."
        way = f"Pass a boolean array of shape {shape}, indexed [ix, iy, …]."
    elif not active.any():
        problem = f"None of the {active.size} cells is active."
        way = "Pass a mask that is True for the cells the animal can visit."
    else:
        return
    raise ValueError(explain(problem, "Every bin is an active cell of the grid.", [way]))
