"""Ways from bin to bin, along the graph and so never through a wall."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csgraph

from neurospatial.environment.base import BaseEnvironment
from neurospatial.environment.topology import Bins, validate_bins
from neurospatial.errors import explain
from neurospatial.validate import validate_points

_VALUES_AT_ONCE = 8_000_000  # distances held together: 64 MB


class Paths(BaseEnvironment):
    """Distances and ways within an environment.

    Places are bins, given as whole numbers, or points (n, n_dims), each taken
    to the centre of its bin. Ways run from centre to centre of neighbours
    (Dijkstra, Numer. Math. 1:269, 1959).
    """

    def distance_between(self, a: ArrayLike, b: ArrayLike) -> NDArray[np.float64]:
        """Give the length of the shortest way between places, in environment units.

        Parameters
        ----------
        a, b : int, array-like of int (n,), or array-like of points (n, n_dims)
            Pair by pair; one place goes with each of the others.

        Returns
        -------
        ndarray of float64, shape (n,), or () for one bin and one bin
            Infinite where no way leads; NaN for points in no bin.

        Raises
        ------
        ValueError
            If a bin does not exist, or the numbers of places do not match.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> env = Environment.from_mask([[True] * 3], [[0, 1], [0, 1, 2, 3]])
        >>> env.distance_between(0, [1, 2])
        array([1., 2.])
        >>> env.distance_between([[0.5, 0.1]], [[0.5, 9.0]])
        array([nan])
        """
        one, two = _locate_places(self, a), _locate_places(self, b)
        _check_pairs(one, two)
        one, two = np.broadcast_arrays(one, two)
        result = np.full(one.shape, np.nan)
        in_bins = (one >= 0) & (two >= 0)
        start, stop = one[in_bins], two[in_bins]
        if np.unique(stop).size < np.unique(start).size:
            start, stop = stop, start
        result[in_bins] = _compute_distances(self, start, stop)
        return result

    def path_between(self, a: ArrayLike, b: ArrayLike) -> Bins:
        """Give the bins along the shortest way between two places, both ends included.

        Parameters
        ----------
        a, b : int or array-like (1, n_dims)
            A bin or a point.

        Returns
        -------
        ndarray of int, shape (n_steps + 1,)
            Nothing where no way leads.

        Raises
        ------
        ValueError
            If a bin does not exist, a point is in none, or there are several.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> env = Environment.from_mask([[True] * 3], [[0, 1], [0, 1, 2, 3]])
        >>> env.path_between(2, 0)
        array([2, 1, 0])
        """
        start, stop = _locate_one(self, a), _locate_one(self, b)
        # From the end: the predecessors then lead forward.
        _, [towards] = csgraph.dijkstra(
            self.connectivity, indices=np.array([stop]), return_predecessors=True
        )
        if start != stop and towards[start] < 0:
            return np.empty(0, dtype=np.intp)
        path = [start]
        while path[-1] != stop:
            path.append(int(towards[path[-1]]))
        return np.array(path, dtype=np.intp)

    def reachable_from(
        self,
        bins: ArrayLike,
        max_distance: float | None = None,
        *,
        max_steps: int | None = None,
    ) -> Bins:
        """Give the bins no farther than a distance or a number of steps from any of some.

        Parameters
        ----------
        bins : int, array-like of int (n,), mask (n_bins,) or points (n, n_dims)
            Where to start; points in no bin lead nowhere.
        max_distance : float, optional
            Along the graph, in environment units, itself included.
        max_steps : int, optional
            Instead: how many times to go on from a bin to a neighbour.

        Returns
        -------
        ndarray of int
            Ascending; with neither limit, every bin that a way leads to.

        Raises
        ------
        TypeError
            If both limits are given, or `max_steps` is not a whole number.
        ValueError
            If a bin does not exist, or a limit is negative.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> env = Environment.from_mask([[True] * 4], [[0, 1], [0, 2, 4, 6, 8]])
        >>> env.reachable_from([0], 4.0), env.reachable_from([0], max_steps=1)
        (array([0, 1, 2]), array([0, 1]))
        """
        limit = _validate_limit(max_distance, max_steps)
        start = np.atleast_1d(_locate_places(self, bins))
        start = np.unique(start[start >= 0])
        if not start.size:
            return start
        unweighted = max_steps is not None
        away = csgraph.dijkstra(
            self.connectivity, indices=start, limit=limit, min_only=True, unweighted=unweighted
        )
        return np.flatnonzero(np.isfinite(away))

    def rings(self, center: ArrayLike, n: int) -> tuple[Bins, ...]:
        """Give the bins 0, 1, … n steps from a bin, each ring ascending.

        Parameters
        ----------
        center : int or array-like (1, n_dims)
            A bin or a point.
        n : int
            The last ring; rings past the farthest bin are empty.

        Raises
        ------
        ValueError
            If the bin does not exist, the point is in none, or n is negative.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> env = Environment.from_mask([[True] * 4], [[0, 1], [0, 1, 2, 3, 4]])
        >>> env.rings(1, 2)
        (array([1]), array([0, 2]), array([3]))
        """
        start = _locate_one(self, center)
        if n < 0:
            way = "Pass n=1 for the bin and its neighbours."
            raise ValueError(explain(f"n is {n}.", "Rings are counted from 0.", [way]))
        [steps] = csgraph.dijkstra(
            self.connectivity, indices=np.array([start]), unweighted=True, limit=n
        )
        return tuple(np.flatnonzero(steps == ring) for ring in range(n + 1))


def _locate_places(space: BaseEnvironment, places: ArrayLike) -> Bins:
    """Bin of each place, of the shape given for bins; -1 for points in none."""
    array = np.asarray(places)
    if array.ndim < 2 and (array.dtype.kind in "iub" or not array.size):
        if array.ndim == 0:
            return validate_bins(array[np.newaxis], space.n_bins)[0, ...]
        return validate_bins(array, space.n_bins)
    return space.layout.locate(validate_points(places, space.n_dims))


def _locate_one(space: BaseEnvironment, place: ArrayLike) -> int:
    bins = np.atleast_1d(_locate_places(space, place))
    if bins.size == 1 and bins[0] >= 0:
        return int(bins[0])
    found = "The point lies in no bin" if bins.size == 1 else f"There are {bins.size} places"
    raise ValueError(
        explain(
            f"{found}.",
            "A way starts and ends in one bin.",
            ["Pass the number of a bin.", "Pass one point in the environment: [[x, y]]."],
        )
    )


def _validate_limit(max_distance: float | None, max_steps: int | None) -> float:
    """How far to go, in environment units or in steps."""
    why = "Bins farther than this along the graph are left out."
    ways = ["Pass max_distance=10.0, in environment units.", "Pass max_steps=2, a whole number."]
    if max_distance is not None and max_steps is not None:
        problem = f"max_distance is {max_distance} and max_steps is {max_steps}."
        raise TypeError(explain(problem, "A way is limited by one of them.", ways))
    if max_steps is None:
        limit = np.inf if max_distance is None else max_distance
        problem = f"max_distance is {limit}."
    else:
        limit, problem = max_steps, f"max_steps is {max_steps!r}."
        if np.asarray(max_steps).dtype.kind not in "iu":
            raise TypeError(explain(problem, why, ways))
    if not limit >= 0:
        raise ValueError(explain(problem, why, ways))
    return float(limit)


def _check_pairs(one: Bins, two: Bins) -> None:
    if one.size != two.size and 1 not in (one.size, two.size):
        raise ValueError(
            explain(
                f"There are {one.size} places a and {two.size} places b.",
                "Distances are measured pair by pair.",
                ["Pass as many a as b.", "Pass one place, and it goes with each of the others."],
            )
        )


def _compute_distances(space: BaseEnvironment, start: Bins, stop: Bins) -> NDArray[np.float64]:
    result = np.empty(start.size)
    sources, row = np.unique(start, return_inverse=True)
    at_once = max(1, _VALUES_AT_ONCE // space.n_bins)
    for first in range(0, sources.size, at_once):
        chosen = sources[first : first + at_once]
        away = csgraph.dijkstra(space.connectivity, indices=chosen)
        these = (row >= first) & (row < first + at_once)
        result[these] = away[row[these] - first, stop[these]]
    return result
