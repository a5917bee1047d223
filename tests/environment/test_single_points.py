"""One point without a row of its own, at every query of an environment."""

import inspect
from collections.abc import Callable

import numpy as np
import pytest

from neurospatial import Environment

PLANE = Environment.from_mask(
    [[True, True, False], [True, True, True]], [np.arange(3.0), np.arange(4.0)]
)
PLANE.regions.add("end", polygon=[(0, 1), (2, 1), (2, 3), (0, 3)])
PLANE.regions.add("goal", point=(1.5, 0.5))
CUBE = Environment.from_grid_edges([np.arange(3.0)] * 3)
AXIS = Environment.from_grid_edges([np.arange(5.0)])
AXIS.regions.add("goal", point=(0.5,))
TRACK = Environment.from_graph({0: (0, 0), 1: (4, 0), 2: (4, 3)}, [(0, 1), (1, 2)], 1.0, 1.0)

FIELD = np.arange(5.0) ** 2
QUERIES: dict[str, tuple[Callable, list]] = {
    "bin_at": (PLANE.bin_at, [1.5, 0.5]),
    "contains": (PLANE.contains, [1.5, 0.5]),
    "interpolate": (lambda p: PLANE.interpolate(FIELD, p), [1.6, 0.7]),
    "region_membership": (PLANE.region_membership, [1.5, 0.5]),
    "distance_between": (lambda p: PLANE.distance_between(p, 0), [1.5, 2.5]),
    "linearize": (TRACK.linearize, [4.2, 1.3]),
    "to_2d": (TRACK.to_2d, 6.3),
    "bin_at in a cube": (CUBE.bin_at, [1.5, 0.5, 1.5]),
    "bin_at of an axis": (AXIS.bin_at, 2.5),
    "interpolate of an axis": (lambda p: AXIS.interpolate([0.0, 1, 4, 9], p), 2.7),
    "region_membership of an axis": (AXIS.region_membership, 0.7),
}


@pytest.mark.parametrize("query", QUERIES)
def test_one_point_is_the_row_of_one_point(query: str) -> None:
    ask, point = QUERIES[query]
    (row,) = ask([point])
    for given in (point, np.array(point), np.float32(point)):
        answer = ask(given)
        assert np.shape(answer) == np.shape(row)
        np.testing.assert_allclose(answer, row, rtol=1e-6)
    assert np.shape(ask([point, point])) == (2, *np.shape(row))


@pytest.mark.parametrize("query", [name for name in QUERIES if name != "contains"])
def test_one_point_in_no_bin(query: str) -> None:
    ask, point = QUERIES[query]
    lost = np.full_like(point, np.nan, dtype=float)
    np.testing.assert_array_equal(ask(lost), ask([lost])[0])


PLACES: dict[str, Callable] = {
    "neighbors": PLANE.neighbors,
    "rings": lambda place: PLANE.rings(place, 2),
    "path_between": lambda place: PLANE.path_between(place, 0),
    "path_between, reversed": lambda place: PLANE.path_between(0, place),
    "reachable_from": lambda place: PLANE.reachable_from(place, 1.0),
}


@pytest.mark.parametrize("query", PLACES)
def test_a_place_is_a_bin_or_a_point(query: str) -> None:
    ask = PLACES[query]
    expected = ask(4)
    for place in ([1.5, 2.5], [[1.5, 2.5]], np.array([1.5, 2.5]), PLANE.bin_at([1.5, 2.5])):
        for found, right in zip(ask(place), expected, strict=True):
            np.testing.assert_array_equal(found, right)


def test_whole_numbers_are_bins() -> None:
    assert PLANE.distance_between([0, 1], [1, 0]).tolist() == [1.0, 1.0]
    with pytest.raises(ValueError, match=r"(?s)There are 2 places.*HOW.*whole numbers are bins"):
        PLANE.neighbors([1, 2])


@pytest.mark.parametrize("env", [AXIS, PLANE])
def test_a_lone_fraction_is_neither_bin_nor_point(env: Environment) -> None:
    with pytest.raises(ValueError, match=r"(?s)given as the number 2\.5.*WHY.*HOW.*Pass a point"):
        env.distance_between(2.5, 0)
    assert env.distance_between(2.0, 2) == 0


def test_every_query_that_takes_places_is_asked() -> None:
    places = {"points", "positions", "a", "center", "linear", "bin"}
    methods = {
        name
        for name, method in inspect.getmembers(Environment, inspect.isfunction)
        if not name.startswith("_")
        and places & set(inspect.signature(method).parameters)
        and not {"times", "bin_size"} & set(inspect.signature(method).parameters)
    }
    asked = {name.split(" ")[0].strip(",") for name in [*QUERIES, *PLACES]}
    assert methods <= asked
