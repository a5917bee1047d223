"""Numbers of every kind at the doors of an environment: taken as plain ones, or refused."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neurospatial import Environment, compute_place_field, compute_place_fields
from neurospatial.fields import detect_fields
from neurospatial.layouts import GraphTrack, HexagonalGrid, RegularGrid, TriangularMesh
from neurospatial.samples import simulate_place_cells
from tests.environment.kinds import layout_of, seeds, some_kind

NODES = {0: (0, 0), 1: (50, 0), 2: (50, 50)}
EDGES = [[0, 1], [1, 2]]
EDGE_KINDS: dict[str, Callable[[], object]] = {
    "array": lambda: np.array(EDGES),
    "unsigned": lambda: np.array(EDGES, np.uint8),
    "floating": lambda: np.array(EDGES, float),
    "list of arrays": lambda: [np.array(edge) for edge in EDGES],
    "tuple of lists": lambda: tuple(EDGES),
    "iterator": lambda: iter(EDGES),
    "table": lambda: pd.DataFrame(EDGES, index=[7, 3], columns=["from", "to"]),
    "nullable": lambda: pd.DataFrame(EDGES, dtype="Int64"),
}


@pytest.mark.parametrize("kind", EDGE_KINDS)
@pytest.mark.parametrize("key", [int, np.int64, np.uint8, str])
def test_edges_of_a_track_in_any_container(kind: str, key: type) -> None:
    expected = Environment.from_graph(NODES, [(0, 1), (1, 2)], 0, 5)
    nodes, edges = {key(node): place for node, place in NODES.items()}, EDGE_KINDS[kind]()
    if key is str:
        edges = np.array(EDGES).astype(str) if kind == "array" else [list("01"), list("12")]
    assert Environment.from_graph(nodes, edges, 0, 5) == expected


def test_edges_that_are_none() -> None:
    for wrong in (np.array([0, 1]), [0, 1], ["ab"], np.zeros((2, 1))):
        with pytest.raises(ValueError, match="An edge is given as"):
            Environment.from_graph(NODES, wrong, 0, 5)
    with pytest.raises(ValueError, match=r"edge_order names|has no place"):
        Environment.from_graph(NODES, np.array([[1, 2], [2, 3]]), 0, 5)


@pytest.mark.parametrize("shape", [(2, 30_000), (3, 400), (1, 5000)])
def test_positions_by_columns_are_named(shape: tuple[int, ...]) -> None:
    positions = np.random.default_rng(0).uniform(0, 100, shape)
    plane = Environment.from_grid_edges([np.arange(3.0)] * shape[0])
    times = np.arange(shape[1]) / 50
    doors: list[Callable[[], object]] = [
        lambda: Environment.from_samples(positions, 5.0),
        lambda: plane.occupancy(times, positions),
        lambda: plane.bin_at(positions),
        lambda: compute_place_field(plane, [], times, positions),
        lambda: simulate_place_cells(times, positions),
    ]
    for door in doors:
        with pytest.raises(ValueError, match=rf"\({shape[0]}, {shape[1]}\)") as error:
            door()
        assert ".T" in str(error.value)
        assert len(str(error.value)) < 500


GRID = Environment.from_grid_edges([np.arange(4.0), np.arange(4.0)])
WHICH: dict[str, Callable[[Sequence[int]], object]] = {
    "list": list,
    "array": np.array,
    "small": lambda bins: np.array(bins, np.uint8),
    "not masked": lambda bins: np.ma.masked_array(bins, mask=False),
    "series": lambda bins: pd.Series(bins, index=range(9, 9 + len(bins))),
    "nullable": lambda bins: pd.Series(bins, dtype="Int64"),
    "mask": lambda bins: np.isin(np.arange(9), bins),
    "nullable mask": lambda bins: pd.Series(np.isin(np.arange(9), bins), dtype="boolean"),
}


@pytest.mark.parametrize("kind", WHICH)
def test_bins_in_any_container(kind: str) -> None:
    bins = WHICH[kind]([1, 4, 6])
    np.testing.assert_array_equal(GRID.subset(bins).bin_centers, GRID.bin_centers[[1, 4, 6]])
    np.testing.assert_array_equal(GRID.reachable_from(bins, 0), [1, 4, 6])
    if "mask" not in kind or kind == "not masked":
        np.testing.assert_array_equal(GRID.distance_between(bins, [1, 4, 6]), [0, 0, 0])


def test_a_masked_bin_is_no_bin() -> None:
    for bins in (np.ma.masked_array([1, 4], [False, True]), pd.Series([1, None], dtype="Int64")):
        for door in (GRID.subset, GRID.reachable_from):
            with pytest.raises(ValueError, match=r"bins have|a missing number is neither"):
                door(bins)


def test_cells_are_true_or_false() -> None:
    edges, cells = [np.arange(3.0)] * 2, np.array([[True, False], [True, True]])
    expected = Environment.from_mask(cells, edges)
    for one in (
        cells.astype(int),
        cells.astype(float),
        pd.DataFrame(cells, index=[1, 0]),
        pd.DataFrame(cells, dtype="boolean"),
        np.ma.masked_array(cells, mask=False),
    ):
        assert Environment.from_mask(one, edges) == expected
        assert Environment.from_mask(one, np.array(edges)) == expected
    nan, masked = np.where(cells, 1.0, np.nan), np.ma.masked_array(cells, ~cells)
    for wrong in (nan, masked, cells * 2, nan.astype(object)):
        with pytest.raises(ValueError, match="values other than 0 and 1"):
            Environment.from_mask(wrong, edges)
        with pytest.raises(ValueError, match="values other than 0 and 1"):
            RegularGrid(tuple(edges), wrong)
        with pytest.raises(ValueError, match="values other than 0 and 1"):
            HexagonalGrid((0.0, 0.0), 1.0, wrong)


def test_nodes_and_corners_are_whole_numbers() -> None:
    with pytest.raises(TypeError, match="nodes have dtype float64"):
        GraphTrack(np.array([[[0, 0], [1, 0]]]), [[0, 0.7]], [], 1.0, [0])
    with pytest.raises((TypeError, ValueError), match="triangles"):
        TriangularMesh([[0, 0], [1, 0], [0, 1]], [[0, 1, 1.9]])


ONE = (Fraction(3, 2), Decimal("1.5"), np.float32(1.5), np.array(1.5))
TIMES, PLACES = np.arange(30) / 10, np.random.default_rng(1).random((30, 2)) * 3
LIMITS: dict[str, Callable[[object], object]] = {
    "min_speed": lambda one: GRID.occupancy(TIMES, PLACES, min_speed=one),
    "max_gap": lambda one: GRID.occupancy(TIMES, PLACES, max_gap=one),
    "bandwidth": lambda one: compute_place_field(GRID, TIMES[::3], TIMES, PLACES, bandwidth=one),
    "min_occupancy_seconds": lambda one: compute_place_fields(
        GRID,
        [TIMES[::3]],
        TIMES,
        PLACES,
        windows=[(0, 3)],
        min_occupancy_seconds=one,
        method="binned",
    ),
    "smooth": lambda one: GRID.smooth(np.arange(9), one),
    "reachable_from": lambda one: GRID.reachable_from([0], one),
    "max_distance": lambda one: Environment.from_graph(NODES, EDGES, 0, 5).linearize(
        PLACES, max_distance=one
    ),
    "bin_size": lambda one: Environment.from_samples(PLACES, one).bin_centers,
    "field_width": lambda one: simulate_place_cells(TIMES, PLACES, 1, field_width=one).centers,
    "peak_rate": lambda one: simulate_place_cells(TIMES, PLACES, 1, peak_rate=one).spike_times,
    "drift": lambda one: simulate_place_cells(TIMES, PLACES, 1, drift=one).drift,
}


@pytest.mark.parametrize("limit", LIMITS)
def test_one_number_of_any_kind(limit: str) -> None:
    expected = LIMITS[limit](1.5)
    for one in ONE:
        np.testing.assert_array_equal(LIMITS[limit](one), expected)
    for wrong in ("1.5", np.nan, -1, [1.5, 1.5, 1.5], 1j):
        with pytest.raises((TypeError, ValueError), match="HOW"):
            LIMITS[limit](wrong)


def test_a_fraction_of_the_peak_of_any_kind() -> None:
    for half in (0.5, Fraction(1, 2), Decimal("0.5"), np.float16(0.5)):
        assert len(detect_fields(GRID, np.arange(9.0), fraction=half)) == 1
    with pytest.raises(ValueError, match=r"fraction is '0\.5'"):
        detect_fields(GRID, np.arange(9.0), fraction="0.5")


@settings(deadline=None, max_examples=40)
@given(some_kind, seeds, st.integers(0, 10**6), st.sampled_from([np.inf, -np.inf]))
def test_an_infinite_value_does_not_spread(
    kind: str, seed: int, where: int, infinite: float
) -> None:
    env = Environment(layout_of(kind, seed))
    field = np.random.default_rng(seed).random(env.n_bins)
    one = where % env.n_bins
    missing, endless = field.copy(), field.copy()
    missing[one], endless[one] = np.nan, infinite
    for method in ("linear", "nearest"):
        found = env.interpolate(endless, env.bin_centers, method)
        expected = env.interpolate(missing, env.bin_centers, method)
        expected[one] = infinite
        np.testing.assert_array_equal(found, expected)
    with pytest.raises(ValueError, match=f"found 1 samples with Inf values at indices: .{one}"):
        env.smooth(endless, 1.0)


@pytest.mark.parametrize("layout", ["grid", "hexagonal", "triangular"])
@pytest.mark.parametrize(
    ("scale", "origin"), [(1e50, 0.0), (1e-50, 0.0), (1.0, 1e12), (1e-3, 1e9), (1e15, -1e16)]
)
def test_far_and_small_environments_are_right(layout: str, scale: float, origin: float) -> None:
    places = np.random.default_rng(0).random((500, 2)) * scale + origin
    times = np.arange(500) / 10
    env = Environment.from_samples(places, scale / 8, layout=layout)
    occupancy = env.occupancy(times, places)
    assert occupancy.sum() == pytest.approx(49.9)
    rate = compute_place_field(env, times[::7] + 0.01, times, places)
    assert np.isfinite(rate).sum() > 40
    assert 1 < np.nanmean(rate) < 2
    large = 1e300 * (occupancy + 1)
    np.testing.assert_allclose(env.smooth(large, scale) / 1e300, env.smooth(occupancy + 1, scale))


@pytest.mark.parametrize("layout", ["grid", "hexagonal", "triangular"])
@pytest.mark.parametrize(
    ("scale", "origin"),
    [(1.7e308, 0.0), (1.7e308, -0.9e308), (1e-306, 0.0), (1e-320, 0.0), (1.0, 1e15), (99.0, 2e18)],
)
def test_what_numbers_cannot_tell_apart_is_refused(
    layout: str, scale: float, origin: float
) -> None:
    places = np.random.default_rng(0).random((500, 2)) * scale + origin
    with pytest.raises(ValueError, match=r"HOW[\s\S]*(unit|origin)"):
        Environment.from_samples(places, scale / 8, layout=layout)
    with pytest.raises(ValueError, match="HOW"):
        Environment.from_samples(2**62 + np.arange(200).reshape(100, 2), 5.0, layout=layout)
