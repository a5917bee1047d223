"""Ways from bin to bin, along the graph and so never through a wall.

Places are bins, given as whole numbers, or points (n, n_dims) or (n_dims,), each taken to
the centre of its bin. Ways run from centre to centre of neighbours (Dijkstra,
Numer. Math. 1:269, 1959).
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.environment.topology import Bins, validate_bins
from neurospatial.errors import explain
from neurospatial.layouts import Layout
from neurospatial.validate import to_indices, validate_limit, validate_one_or_more

_VALUES_AT_ONCE = 8_000_000
"""Distances held together: 64 MB."""


def compute_distances(layout: Layout, a: ArrayLike, b: ArrayLike) -> NDArray[np.float64]:
    """Compute the length of the shortest way between places: `Environment.distance_between`."""
    one, two = locate_places(layout, a), locate_places(layout, b)
    _check_pairs(one, two)
    one, two = np.broadcast_arrays(one, two)
    result = np.full(one.shape, np.nan)
    in_bins = (one >= 0) & (two >= 0)
    start, stop = one[in_bins], two[in_bins]
    if np.unique(stop).size < np.unique(start).size:
        start, stop = stop, start
    result[in_bins] = _compute_pairwise(layout, start, stop)
    return result[()]


def find_shortest_path(layout: Layout, a: ArrayLike, b: ArrayLike) -> Bins:
    """Find the bins along the shortest way between two places: `Environment.path_between`."""
    from scipy.sparse import csgraph

    start, stop = locate_one(layout, a), locate_one(layout, b)
    # From the end: the predecessors then lead forward.
    _, [towards] = csgraph.dijkstra(
        layout.adjacency, indices=np.array([stop]), return_predecessors=True
    )
    if start != stop and towards[start] < 0:
        return np.empty(0, dtype=np.intp)
    path = [start]
    while path[-1] != stop:
        path.append(int(towards[path[-1]]))
    return np.array(path, dtype=np.intp)


def find_reachable_bins(
    layout: Layout, bins: ArrayLike, max_distance: float | None, max_steps: int | None
) -> Bins:
    """Find the bins near any of some, along the graph: `Environment.reachable_from`."""
    from scipy.sparse import csgraph

    limit = _validate_limit(max_distance, max_steps)
    start = np.atleast_1d(locate_places(layout, bins))
    start = np.unique(start[start >= 0])
    if not start.size:
        return start
    unweighted = max_steps is not None
    away = csgraph.dijkstra(
        layout.adjacency, indices=start, limit=limit, min_only=True, unweighted=unweighted
    )
    return np.flatnonzero(np.isfinite(away))


def find_rings(layout: Layout, center: ArrayLike, n: int) -> tuple[Bins, ...]:
    """Find the bins 0, 1, … n steps from a bin: `Environment.rings`."""
    from scipy.sparse import csgraph

    start = locate_one(layout, center)
    if n < 0:
        way = "Pass n=1 for the bin and its neighbours."
        raise ValueError(explain(f"n is {n}.", "Rings are counted from 0.", [way]))
    [steps] = csgraph.dijkstra(
        layout.adjacency, indices=np.array([start]), unweighted=True, limit=n
    )
    return tuple(np.flatnonzero(steps == ring) for ring in range(n + 1))


def locate_places(layout: Layout, places: ArrayLike) -> Bins:
    """Find the bin of each place, of the shape given for bins; -1 for points in none.

    Raises
    ------
    ValueError
        If there is no such bin, or a place is neither a bin nor a point.
    """
    array = to_indices(places, "places")
    if array.ndim < 2 and (array.dtype.kind in "iub" or not array.size):
        if array.ndim == 0:
            return validate_bins(array[np.newaxis], layout.n_bins)[0, ...]
        return validate_bins(array, layout.n_bins)
    if array.ndim == 0 and array.dtype.kind == "f":
        # 2.0 is bin 2, as pandas hands numbers out: 2.5 beside it must not be a place.
        what = f"A place is given as the number {array}."
        way = (
            "Pass a point along the axis: [2.5]."
            if layout.n_dims == 1
            else "Pass a point: [x, y]."
        )
        raise ValueError(
            explain(what, "Bins have whole numbers.", [way, "Pass the bin's number."])
        )
    points, is_one = validate_one_or_more(places, layout.n_dims)
    if getattr(getattr(places, "dtype", None), "kind", "f") in "iu" and np.isnan(points).any():
        # Whole numbers, one of them masked: NaN made floats of them, which look like a point.
        raise ValueError(
            explain(
                f"A place is given as {points[0].tolist()}.",
                "It is the number of a bin or a point, and a missing number is neither.",
                ["Leave out what is missing.", "Pass a point of finite numbers: [x, y]."],
            )
        )
    bins = layout.locate(points)
    return bins[0, ...] if is_one else bins


def locate_one(layout: Layout, place: ArrayLike) -> int:
    """Find the bin of one place, given as a number or a point.

    Raises
    ------
    ValueError
        If there is no such bin, the point is in none, or there are several places.
    """
    bins = np.atleast_1d(locate_places(layout, place))
    if bins.size == 1 and bins[0] >= 0:
        return int(bins[0])
    found = "The point lies in no bin" if bins.size == 1 else f"There are {bins.size} places"
    raise ValueError(
        explain(
            f"{found}.",
            "A way starts and ends in one bin.",
            [
                "Pass the number of a bin.",
                "Pass one point in the environment: [1.0, 2.0]; whole numbers are bins.",
            ],
        )
    )


def _validate_limit(max_distance: float | None, max_steps: int | None) -> float:
    """Validate how far to go, in environment units or in steps."""
    why = "Bins farther than this along the graph are left out."
    ways = ["Pass max_distance=10.0, in environment units.", "Pass max_steps=2, a whole number."]
    if max_distance is not None and max_steps is not None:
        problem = f"max_distance is {max_distance} and max_steps is {max_steps}."
        raise TypeError(explain(problem, "A way is limited by one of them.", ways))
    if max_steps is None:
        return (
            np.inf
            if max_distance is None
            else validate_limit(max_distance, "max_distance", why, ways)
        )
    if np.asarray(max_steps).dtype.kind not in "iu":
        raise TypeError(explain(f"max_steps is {max_steps!r}.", why, ways))
    return validate_limit(max_steps, "max_steps", why, ways)


def _check_pairs(one: Bins, two: Bins) -> None:
    if one.size != two.size and 1 not in (one.size, two.size):
        raise ValueError(
            explain(
                f"There are {one.size} places a and {two.size} places b.",
                "Distances are measured pair by pair.",
                ["Pass as many a as b.", "Pass one place, and it goes with each of the others."],
            )
        )


def _compute_pairwise(layout: Layout, start: Bins, stop: Bins) -> NDArray[np.float64]:
    from scipy.sparse import csgraph

    result = np.empty(start.size)
    sources, row = np.unique(start, return_inverse=True)
    at_once = max(1, _VALUES_AT_ONCE // layout.n_bins)
    for first in range(0, sources.size, at_once):
        chosen = sources[first : first + at_once]
        away = csgraph.dijkstra(layout.adjacency, indices=chosen)
        these = (row >= first) & (row < first + at_once)
        result[these] = away[row[these] - first, stop[these]]
    return result
