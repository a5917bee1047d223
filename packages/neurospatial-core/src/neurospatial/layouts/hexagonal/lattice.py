"""The plane cut into regular hexagons: where each lies, and which one holds a point."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeVar, get_args

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.validate import validate_choice, validate_positive
from neurospatial.validate.extreme_coordinates import refuse_extreme

Number = TypeVar("Number", bound=np.generic)

Orientation = Literal["pointy", "flat"]

# Corners of a hexagon about its centre, counter-clockwise, in half bin sizes along a row and
# sixths of the distance to the next row but one across it. Being whole numbers they are the
# same doubles for all three hexagons that share a corner.
_CORNERS = np.array([[1, -1], [1, 1], [0, 2], [-1, 1], [-1, -1], [0, -2]])


_BEYOND = 4.3
"""How far off the cells wanted a point is followed, in half a bin size or a row."""


@dataclass(frozen=True)
class HexagonLattice:
    """Regular hexagons that fill the plane, each named by its cell ``(ix, iy)``.

    "pointy" hexagons have a corner at the top: rows run along x, and odd rows
    are moved half a hexagon to the right. "flat" ones are these with x and y
    exchanged: odd columns are moved half a hexagon up.

    Parameters
    ----------
    origin : tuple of float
        Centre of cell (0, 0).
    bin_size : float
        Width between opposite sides, which is also the distance between the
        centres of neighbours.
    orientation : str
        "pointy" or "flat".

    Raises
    ------
    ValueError
        If the origin is not two finite numbers, `bin_size` is not positive or
        the orientation is unknown.

    Examples
    --------
    >>> lattice = HexagonLattice((0.0, 0.0), 2.0)
    >>> lattice.compute_centers(np.array([[0, 0], [0, 1]])).round(3)
    array([[0.   , 0.   ],
           [1.   , 1.732]])
    """

    origin: tuple[float, float]
    bin_size: float
    orientation: Orientation = "pointy"

    def __post_init__(self) -> None:
        origin = tuple(float(value) for value in self.origin)
        _check_parameters(origin, self.bin_size, self.orientation)
        object.__setattr__(self, "origin", origin)
        object.__setattr__(self, "bin_size", float(self.bin_size))

    @property
    def area(self) -> float:
        """Area of a hexagon."""
        return float(np.sqrt(3) / 2 * self.bin_size**2)

    @property
    def side(self) -> float:
        """Length of a side."""
        return float(self.bin_size / np.sqrt(3))

    @cached_property
    def _units(self) -> NDArray[np.float64]:
        """Length of a whole number along and across a row."""
        return np.array([self.bin_size / 2, self.bin_size / (2 * np.sqrt(3))])

    def exchange_axes(self, pairs: NDArray[Number]) -> NDArray[Number]:
        """Exchange x and y of (…, 2) where rows run along y; it is its own inverse."""
        return pairs if self.orientation == "pointy" else pairs[..., ::-1]

    def compute_centers(self, cells: NDArray[np.intp]) -> NDArray[np.float64]:
        """Compute the centre of each cell, shape (n_cells, 2)."""
        return self._to_coordinates(self._to_whole_numbers(cells))

    def compute_corners(self, cells: NDArray[np.intp]) -> NDArray[np.float64]:
        """Compute the corners of each cell, counter-clockwise, shape (n_cells, 6, 2)."""
        ring = _CORNERS if self.orientation == "pointy" else _CORNERS[::-1]
        return self._to_coordinates(self._to_whole_numbers(cells)[:, np.newaxis] + ring)

    def compute_bounds(
        self, cells: NDArray[np.intp]
    ) -> tuple[tuple[float, float], tuple[float, float]]:
        """Find the lowest and highest coordinate of any corner of the cells, along x and y."""
        whole = self._to_whole_numbers(cells)
        reach = np.array([1, 2])
        ends = np.stack([whole.min(axis=0) - reach, whole.max(axis=0) + reach])
        (x_low, y_low), (x_high, y_high) = self._to_coordinates(ends).tolist()
        return (x_low, x_high), (y_low, y_high)

    def find_neighbours(self, cells: NDArray[np.intp]) -> NDArray[np.intp]:
        """Find the cells that share a side with each cell, shape (n_cells, 6, 2).

        The last three are the first three in the opposite directions.
        """
        along, across = np.moveaxis(self.exchange_axes(cells), -1, 0)
        odd = across & 1
        around = [
            (along + 1, across),
            (along + odd, across + 1),
            (along + odd - 1, across + 1),
            (along - 1, across),
            (along + odd - 1, across - 1),
            (along + odd, across - 1),
        ]
        stacked = np.stack([np.stack(pair, axis=-1) for pair in around], axis=-2)
        return np.asarray(self.exchange_axes(stacked), dtype=np.intp)

    def find_nearest(
        self, points: NDArray[np.float64], shape: tuple[int, ...]
    ) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.bool_]]:
        """Find the cell whose centre is nearest to each point (n_points, 2).

        The centres of two consecutive rows interleave, so that of the nearest
        in the row below and the nearest in the row above one is nearest of all,
        on a side that is a straight line between the two.

        Parameters
        ----------
        points : ndarray, shape (n_points, 2)
            Any values; NaN counts as far away.
        shape : tuple of int
            Cells wanted are 0 … shape - 1; points further off get a cell beyond these.

        Returns
        -------
        ix, iy : ndarray of int, shape (n_points,)
            The cell.
        unsure : ndarray of bool, shape (n_points,)
            Where the point is so near a side that rounding could decide.
        """
        flat = self.orientation == "flat"
        n_along, n_across = shape[::-1] if flat else shape
        starts = self.origin[::-1] if flat else self.origin
        half, sixth = self._units
        u = _scale(points[:, int(flat)], starts[0], 1 / half, 2.0 * n_along)
        v = _scale(points[:, 1 - int(flat)], starts[1], 1 / (3 * sixth), float(n_across))
        below = np.floor(v)
        v -= below
        across = below.astype(np.intp)
        odd = across & 1
        u -= odd
        column = np.rint(u * 0.5)
        u -= 2 * column
        off = np.abs(u)
        margin = 2 - off - 3 * v
        upper = margin < 0
        along = column.astype(np.intp)
        along += upper & (odd == 1)
        along -= upper & (u < 0)
        across += upper
        near = self._compute_tolerance(points, starts)
        # In the row above the distance along the row is 1 - off.
        unsure = (np.abs(margin) < near) | (np.where(upper, off, 1 - off) < near)
        return (across, along, unsure) if flat else (along, across, unsure)

    def _compute_tolerance(self, points: NDArray[np.float64], starts: tuple[float, ...]) -> float:
        largest = max(abs(value) for value in starts) + self.bin_size
        return 1e-9 + 64 * float(np.finfo(float).eps) * largest / self.bin_size

    def _to_whole_numbers(self, cells: NDArray[np.intp]) -> NDArray[np.intp]:
        along, across = np.moveaxis(self.exchange_axes(cells), -1, 0)
        return np.stack([2 * along + (across & 1), 3 * across], axis=-1).astype(np.intp)

    def _to_coordinates(self, whole: NDArray[np.intp]) -> NDArray[np.float64]:
        """Compute the coordinates of whole numbers along and across rows, (…, 2)."""
        origin = self.exchange_axes(np.array(self.origin))
        return np.asarray(self.exchange_axes(origin + whole * self._units), dtype=np.float64)


def _scale(
    values: NDArray[np.float64], start: float, scale: float, size: float
) -> NDArray[np.float64]:
    """Scale to whole numbers from a start, kept within a few of the range 0 … size."""
    with np.errstate(over="ignore"):
        scaled = values - start
        scaled *= scale
    # Not whole numbers, lest points far away seem to lie on a side. NaN becomes the upper one.
    np.fmin(scaled, size + _BEYOND, out=scaled)
    np.fmax(scaled, -_BEYOND, out=scaled)
    return scaled


def _check_parameters(origin: tuple[float, ...], bin_size: float, orientation: str) -> None:
    why = "Hexagons are placed by the centre of one, their width and which way they point."
    if len(origin) != 2 or not np.isfinite(origin).all():
        way = "Pass two finite numbers: origin=(0.0, 0.0)."
        raise ValueError(explain(f"origin is {origin}.", why, [way]))
    how = ["Pass one positive number: bin_size=2.5."]
    validate_positive(bin_size, "bin_size", why=why, how=how)
    refuse_extreme(np.array([*origin, float(bin_size)]), "origin and bin_size")
    validate_choice(orientation, get_args(Orientation), "orientation", why)
