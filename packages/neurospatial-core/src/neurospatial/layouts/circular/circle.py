"""The circle: intervals of angle, of which the last touches the first."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.layouts.adjacency import build_symmetric_matrix
from neurospatial.layouts.arrays import keep_active, make_read_only
from neurospatial.layouts.caching import cached_property
from neurospatial.layouts.coarsen import Factor, validate_grid_factors
from neurospatial.layouts.grid.axis import Axis
from neurospatial.validate import to_mask

if TYPE_CHECKING:
    from scipy import sparse

FEWEST = 3
"""Cells: of two, each would touch the other twice."""

_TURN = 2 * np.pi


@dataclass(frozen=True, eq=False)
class Circle:
    """The directions of a plane, cut into equal intervals of angle [rad].

    Bins are the active cells, in order from angle 0. Angles are taken modulo 2π.

    Parameters
    ----------
    active : ndarray of bool, shape (n_cells,)
        Which cells are bins; there are at least three cells.

    Raises
    ------
    ValueError
        If there are fewer cells, or none is active.

    Examples
    --------
    >>> circle = Circle(np.ones(4, bool))
    >>> circle.locate(np.array([[0.1], [-0.1], [2 * np.pi + 0.1], [np.nan]]))
    array([ 0,  3,  0, -1])
    >>> circle.adjacency.toarray()[0].round(3)
    array([0.   , 1.571, 0.   , 1.571])
    """

    active: NDArray[np.bool_]

    def __post_init__(self) -> None:
        active = to_mask(self.active, "active")
        if active.ndim != 1 or active.size < FEWEST or not active.any():
            raise ValueError(
                explain(
                    f"active has shape {active.shape}, {np.count_nonzero(active)} are True.",
                    f"A circle is cut into {FEWEST} or more cells, some of which are bins.",
                    ["Pass np.ones(n_cells, bool).", "Use Environment.from_circle(bin_size)."],
                )
            )
        object.__setattr__(self, "active", make_read_only(active))

    def __reduce__(self) -> tuple[type["Circle"], tuple[object, ...]]:
        # Only the field travels: derived arrays are made again where they are needed.
        return type(self), (self.active,)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Circle):
            return NotImplemented
        return np.array_equal(self.active, other.active)

    def __hash__(self) -> int:
        return hash(self.active.tobytes())

    @property
    def period(self) -> float:
        """Angle after which the directions are the same again: 2π."""
        return _TURN

    @property
    def n_dims(self) -> int:
        """One: the angle."""
        return 1

    @cached_property
    def n_bins(self) -> int:
        """Number of bins."""
        return int(np.count_nonzero(self.active))

    @property
    def grid_shape(self) -> tuple[int, ...]:
        """Number of cells, in a tuple."""
        return self.active.shape

    @cached_property
    def _axis(self) -> Axis:
        return Axis(np.linspace(0, _TURN, self.active.size + 1))

    @property
    def edges(self) -> tuple[NDArray[np.float64], ...]:
        """Edges of the cells from 0 to 2π, in a tuple."""
        return (self._axis.edges,)

    @property
    def bounds(self) -> tuple[tuple[float, float], ...]:
        """From 0 to 2π, in a tuple."""
        return ((0.0, _TURN),)

    @property
    def bin_size(self) -> float:
        """Angle that each bin spans [rad]."""
        return _TURN / self.active.size

    @cached_property
    def bin_centers(self) -> NDArray[np.float64]:
        """Middle of each bin, from 0 to 2π, shape (n_bins, 1)."""
        return make_read_only(self._axis.centers[self.active][:, np.newaxis])

    @cached_property
    def bin_measures(self) -> NDArray[np.float64]:
        """Angle that each bin spans [rad], shape (n_bins,)."""
        return make_read_only(np.full(self.n_bins, self.bin_size))

    @property
    def bin_polygons(self) -> tuple[NDArray[np.float64], ...]:
        """There are none.

        Raises
        ------
        ValueError
            Always: bins of one dimension have no corners.
        """
        raise ValueError(
            explain(
                "A circle has no bin polygons.",
                "Its bins are intervals of angle.",
                ["Use `edges` and `bin_centers`."],
            )
        )

    def locate(self, points: NDArray[np.float64]) -> NDArray[np.intp]:
        """Find the bin of each angle (n_points, 1), however often it winds; -1 for NaN.

        A cell holds its lower edge and not its upper one.
        """
        points = np.asarray(points, dtype=np.float64)
        if points.ndim != 2 or points.shape[1] != 1:
            raise ValueError(
                explain(
                    f"Points have shape {points.shape}.",
                    "Each point of a circle has 1 coordinate, its angle.",
                    ["Pass an array of shape (n_points, 1)."],
                )
            )
        with np.errstate(invalid="ignore"):
            angles = np.mod(points[:, 0], _TURN)
        return self._bin_of_cell[self._axis.locate(angles)]

    @cached_property
    def _bin_of_cell(self) -> NDArray[np.intp]:
        """Bin of each cell, shape (n_cells + 1,); -1 where there is none, and at the end."""
        bins = np.full(self.active.size + 1, -1, dtype=np.intp)
        bins[:-1][self.active] = np.arange(self.n_bins)
        return bins

    @cached_property
    def adjacency(self) -> "sparse.csr_array":
        """Angle between the centres of neighbouring bins, (n_bins, n_bins), symmetric."""
        return self._link_neighbours(self.bin_size)

    @cached_property
    def conductances(self) -> "sparse.csr_array":
        """One over the angle between touching bins, symmetric."""
        return self._link_neighbours(1 / self.bin_size)

    def _link_neighbours(self, weight: float) -> "sparse.csr_array":
        first = self._bin_of_cell[:-1]
        second = np.roll(first, -1)
        both = (first >= 0) & (second >= 0)
        weights = np.full(np.count_nonzero(both), weight)
        return build_symmetric_matrix(first[both], second[both], weights, self.n_bins)

    def subset(self, bins: NDArray[np.intp]) -> "Circle":
        """Keep some bins (n,), ascending, as a circle of the same cells."""
        return replace(self, active=keep_active(self.active, bins))

    def coarsen(self, factor: Factor) -> "Circle":
        """Join cells from angle 0 on; a joined cell is a bin where any of its cells is.

        Raises
        ------
        ValueError
            If the factor is no whole number above 0, does not divide the number of
            cells, or leaves fewer than three.

        Examples
        --------
        >>> Circle(np.ones(12, bool)).coarsen(3).n_bins
        4
        """
        [step] = validate_grid_factors(factor, self.grid_shape)
        size = self.active.size
        if size % step or size // step < FEWEST:
            fits = [n for n in range(2, size // FEWEST + 1) if size % n == 0]
            raise ValueError(
                explain(
                    f"factor is {factor!r}, and the circle has {size} cells.",
                    f"They are joined all around to {FEWEST} or more of the same size.",
                    [f"Pass one of {', '.join(map(str, fits))}."] * bool(fits)
                    + ["Make it again: Environment.from_circle(bin_size)."],
                )
            )
        return Circle(np.asarray(self.active.reshape(-1, int(step)).any(axis=1)))
