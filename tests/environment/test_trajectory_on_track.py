"""Environments on tracks: made, led to the plane and back, and used."""

import pickle
from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
from numpy.typing import NDArray

from neurospatial import Environment, compute_place_field, compute_place_fields
from neurospatial.layouts import GraphTrack

NODES = {"home": (0.0, 0.0), "fork": (0.0, 60.0), "left": (-50.0, 60.0), "right": (50.0, 60.0)}
ARMS = [("home", "fork"), ("fork", "left"), ("fork", "right")]


@pytest.fixture
def env() -> Environment:
    return Environment.from_graph(NODES, ARMS, 20.0, 5.0, units="cm", name="Y")


def laps(n: int, step: float = 0.8) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Times [s] and places of runs between home and the tips, at 40 cm/s."""
    tour = [NODES[node] for _ in range(n) for node in ("home", "fork", "left", "fork")]
    tour += [NODES[node] for _ in range(n) for node in ("home", "fork", "right", "fork")]
    legs = []
    for begin, end in pairwise(tour):
        count = round(float(np.hypot(*np.subtract(begin, end))) / step)
        legs.append(np.linspace(begin, end, count, endpoint=False))
    places = np.concatenate(legs)
    return np.arange(len(places)) * step / 40, places


def test_it_is_an_environment_of_one_dimension(env: Environment) -> None:
    assert isinstance(env.layout, GraphTrack)
    assert (env.n_bins, env.n_dims, env.units, env.name) == (12 + 10 + 10, 1, "cm", "Y")
    assert env.dimension_ranges == ((0.0, 200.0),)
    assert env.bin_size == (5.0,)
    assert repr(env) == "Environment('Y', 32 bins of 5 cm, 1-D, ranges 0…200 cm)"
    assert pickle.loads(pickle.dumps(env)) == env


def test_a_networkx_graph_makes_it_too(env: Environment) -> None:
    graph = nx.Graph()
    for node, place in NODES.items():
        graph.add_node(node, pos=place)
    graph.add_edges_from(ARMS)
    assert Environment.from_graph(graph, ARMS, 20.0, 5.0).layout == env.layout


def test_positions_are_led_to_the_track_and_back(env: Environment) -> None:
    positions = [[3.0, 30.0], [-20.0, 55.0], [20.0, 66.0], [np.nan, 0.0]]
    linear = env.linearize(positions)
    np.testing.assert_array_equal(linear, [30, 100, 170, np.nan])
    np.testing.assert_array_equal(env.to_2d(linear[:3]), [[0, 30], [-20, 60], [20, 60]])
    np.testing.assert_array_equal(env.to_2d(linear[:3, None]), env.to_2d(linear[:3]))
    assert env.bin_at(linear).tolist() == [6, 16, 26, -1]
    assert np.isnan(env.linearize(positions, max_distance=4.0)).tolist() == [
        False,
        True,
        True,
        True,
    ]


def test_a_place_in_a_gap_is_in_no_bin(env: Environment) -> None:
    assert env.bin_at([60.0, 60.1, 79.9, 80.0, 130.0, 200.0]).tolist() == [11, -1, -1, 12, 21, 31]


def test_occupancy_counts_every_second(env: Environment) -> None:
    times, places = laps(3)
    held = env.occupancy(times, env.linearize(places))
    assert held.sum() == pytest.approx(times[-1])
    assert (held[12:22] > 0).all()
    np.testing.assert_allclose(held[13:21], held[23:31], rtol=0.2)


def test_spikes_between_two_arms_are_placed_between_them(env: Environment) -> None:
    """Numbers between distances on two edges belong to neither."""
    times = np.array([0.0, 0.1, 0.2])
    linear = env.linearize([[0.0, 56.0], [20.0, 60.0], [24.0, 60.0]])
    spikes = [0.01, 0.09]
    rate = compute_place_field(env, spikes, times, linear, method="binned")
    seconds = env.occupancy(times, linear)
    assert np.flatnonzero(seconds).tolist() == [11, 26]
    np.testing.assert_allclose(rate[11], 1 / seconds[11])
    counts = compute_place_fields(env, [spikes], times, linear, method="binned")[0, 0] * seconds
    assert np.nansum(counts) == pytest.approx(1.0)


def test_fields_are_where_the_unit_fired(env: Environment) -> None:
    times, places = laps(40)
    times_of = np.random.default_rng(0).uniform(times[0], times[-1], 200_000)
    x, y = (np.interp(times_of, times, column) for column in places.T)
    rate = 30 * np.exp(-((x + 20) ** 2 + (y - 60) ** 2) / 2 / 8**2)
    most = len(times_of) / times[-1]
    kept = times_of[np.random.default_rng(1).random(len(x)) < rate / most]
    field = compute_place_field(env, kept, times, env.linearize(places), bandwidth=2.0)
    expected = 30 * np.exp(-((env.to_2d(env.bin_centers) - [-20, 60]) ** 2).sum(axis=1) / 2 / 8**2)
    np.testing.assert_allclose(field, expected, atol=2.5)
    assert abs(env.to_2d(env.bin_centers)[np.argmax(field)] - [-20, 60]).max() <= 5


def test_speed_is_that_in_the_plane(env: Environment) -> None:
    """At 40 cm/s all is faster than 39 but turns, and nothing faster than 41."""
    times, places = laps(4)
    linear = env.linearize(places)
    all_of_it = env.occupancy(times, linear).sum()
    straight = env.occupancy(times, linear, min_speed=39.0).sum()
    assert straight > 0.95 * all_of_it
    with pytest.raises(ValueError, match=r"No sample is as fast as min_speed=41; .* 40\.3"):
        env.occupancy(times, linear, min_speed=41.0)
    assert np.abs(np.diff(linear)).max() > 20


def test_smoothing_keeps_to_the_track(env: Environment) -> None:
    """Mass crosses the fork into both arms alike, and no gap on the axis."""
    from neurospatial.environment.diffusion import HeatKernel

    mass = np.zeros((1, env.n_bins))
    mass[0, 11] = 1.0
    spread = HeatKernel(env.layout, 10.0).apply(mass)[0]
    assert spread.sum() == pytest.approx(1.0)
    np.testing.assert_allclose(spread[12:22], spread[22:32])
    assert spread[12] > spread[21] * 100


def test_pieces_that_are_not_joined_are_apart() -> None:
    nodes = {0: (0, 0), 1: (10, 0), 2: (0, 5), 3: (10, 5)}
    env = Environment.from_graph(nodes, [(0, 1), (2, 3)], 0.0, 5.0)
    assert env.components.tolist() == [0, 0, 1, 1]
    assert env.distance_between(1, 2) == np.inf
    assert env.path_between(1, 2).size == 0
    assert env.reachable_from([0]).tolist() == [0, 1]
    spread = env.smooth([1.0, 0, 0, 0], 100.0)
    np.testing.assert_allclose(spread, [0.5, 0.5, 0, 0])


def test_a_field_is_plotted_as_a_line_that_breaks(env: Environment) -> None:
    field = np.arange(32.0)
    field[[4, 6]] = np.nan
    axes = env.plot_field(field, vmin=0, vmax=40)
    line, dots = axes.lines
    x, y = np.asarray(line.get_xdata()), np.asarray(line.get_ydata())
    known = ~np.isnan(y)
    np.testing.assert_array_equal(x[known], np.delete(env.bin_centers[:, 0], [4, 6]))
    np.testing.assert_array_equal(y[known], np.delete(field, [4, 6]))
    runs = np.split(y, np.flatnonzero(np.isnan(y)))
    lengths = [count for run in runs if (count := int(np.isfinite(run).sum()))]
    assert lengths == [4, 1, 5, 10, 10]
    assert np.asarray(dots.get_ydata()).tolist() == [5.0]
    assert axes.get_xlabel() == "Distance [cm]"
    assert axes.get_ylim() == (0, 40)


def test_what_needs_a_track_refuses_another_environment() -> None:
    grid = Environment.from_mask([True, True], [[0, 1, 2]])
    for use in (grid.linearize, grid.to_2d):
        with pytest.raises(ValueError, match="not on a track"):
            use(np.zeros((3, 2)) if use == grid.linearize else np.zeros(3))
    with pytest.raises(RuntimeError, match="Environment must be fitted"):
        Environment().linearize([[0.0, 0.0]])


@pytest.mark.parametrize(
    ("positions", "options", "found"),
    [
        ([[1.0, 2.0, 3.0]], {}, r"\(1, 3\)"),
        ([1.0, 2.0, 3.0], {}, r"\(3,\)"),
        ([[np.inf, 0.0]], {}, "found 1 samples with Inf"),
        ([[0.0, 0.0]], {"max_distance": -1.0}, "max_distance is -1"),
        ([[0.0, 0.0]], {"max_distance": np.nan}, "max_distance is nan"),
    ],
)
def test_positions_that_cannot_be_led_to_the_track_are_refused(
    env: Environment, positions: object, options: dict[str, float], found: str
) -> None:
    with pytest.raises(ValueError, match=found):
        env.linearize(positions, **options)  # type: ignore[arg-type]


def test_places_in_the_plane_are_no_distances(env: Environment) -> None:
    with pytest.raises(ValueError, match="Expected"):
        env.to_2d([[0.0, 1.0]])
