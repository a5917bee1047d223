"""One dimension of a grid: its edges, and which interval holds a coordinate."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.validate import to_real_array
from neurospatial.validate.extreme_coordinates import refuse_extreme


@dataclass(frozen=True, eq=False)
class Axis:
    """Consecutive intervals along one dimension.

    An interval holds its lower edge and not its upper one, except the last,
    which holds both (the convention of `numpy.histogram`).

    Parameters
    ----------
    edges : ndarray, shape (n_intervals + 1,)
        Strictly increasing, finite.

    Raises
    ------
    ValueError
        If the edges are fewer than two, not finite or not increasing.

    Examples
    --------
    >>> Axis(np.array([0.0, 1.0, 2.0])).locate(np.array([0.5, 1.0, 2.0, 2.1]))
    array([ 0,  1,  1, -1])
    """

    edges: NDArray[np.float64]

    def __post_init__(self) -> None:
        edges = _validate_edges(self.edges)
        edges.setflags(write=False)
        object.__setattr__(self, "edges", edges)

    @property
    def size(self) -> int:
        """Number of intervals."""
        return self.edges.size - 1

    @cached_property
    def widths(self) -> NDArray[np.float64]:
        """Width of each interval, shape (n_intervals,)."""
        return np.diff(self.edges)

    @cached_property
    def centers(self) -> NDArray[np.float64]:
        """Middle of each interval, shape (n_intervals,)."""
        return (self.edges[:-1] + self.edges[1:]) / 2

    @property
    def width(self) -> float:
        """Mean width of the intervals."""
        return float(self.edges[-1] - self.edges[0]) / self.size

    @cached_property
    def is_even(self) -> bool:
        """Whether every edge is where equal widths would put it, to within half a width."""
        even = self.edges[0] + self.width * np.arange(self.size + 1)
        return bool(np.all(np.abs(self.edges - even) < 0.49 * self.width))

    @cached_property
    def _open_edges(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        lower, upper = self.edges[:-1].copy(), self.edges[1:].copy()
        # Nothing compares with NaN: the first and the last interval are open outwards.
        lower[0], upper[-1] = np.nan, np.nan
        return lower, upper

    def locate(self, x: NDArray[np.float64]) -> NDArray[np.intp]:
        """Find the interval of each coordinate, shape of `x`; -1 outside and for NaN."""
        index, inside = self.find_nearest(x)
        index[~inside] = -1
        return index

    def find_nearest(self, x: NDArray[np.float64]) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        """Find the interval of each coordinate, clipped to the axis, and whether it lies on it."""
        inside = (x >= self.edges[0]) & (x <= self.edges[-1])
        if not self.is_even:
            found = np.searchsorted(self.edges[1:-1], x, side="right")
            return found.astype(np.intp, copy=False), inside
        with np.errstate(over="ignore"):
            guess = (x - self.edges[0]) * (1 / self.width)
        np.fmax(guess, 0, out=guess)
        np.fmin(guess, self.size - 1, out=guess)
        index = guess.astype(np.intp)
        # Arithmetic is at most one interval off; comparing with the stored edges makes it exact.
        lower, upper = self._open_edges
        below = x < lower[index]
        above = x >= upper[index]
        index -= below
        index += above
        return index, inside


def _validate_edges(edges: ArrayLike) -> NDArray[np.float64]:
    array = np.array(to_real_array(edges, "edges"))
    if array.ndim != 1 or array.size < 2:
        problem = f"A dimension has edges of shape {array.shape}."
    elif not np.isfinite(array).all():
        problem = f"A dimension has {np.count_nonzero(~np.isfinite(array))} edges not finite."
    elif not (array[1:] > array[:-1]).all():
        where = int(np.argmin(array[1:] > array[:-1]))
        problem = f"Edges do not increase: {array[where]:g} is followed by {array[where + 1]:g}."
    else:
        refuse_extreme(array, "edges")
        return array
    raise ValueError(
        explain(
            problem,
            "Bins are the intervals between consecutive edges.",
            ["Pass one strictly increasing 1-D array per dimension: np.linspace(0, 100, 41)."],
        )
    )
