"""Means, radii and entropies are those of their definitions, in the plane and on tracks."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neurospatial import Environment, decode_positions
from neurospatial.decoding.estimates import Estimates, Estimator
from neurospatial.decoding.mean_position import TrackMean
from neurospatial.layouts import is_linear
from tests.decoding.worlds import Floats, make_box, make_maze, measure_apart

LINE = Environment.from_graph({0: (0, 0), 1: (30, 0)}, [(0, 1)], 0.0, 1.5)
MAZE = make_maze()
ENVIRONMENTS = {"box": make_box(), "line": LINE, "maze": MAZE}


def draw_posteriors(env: Environment, n: int = 30) -> Floats:
    rng = np.random.default_rng(2)
    weights = rng.dirichlet(np.full(env.n_bins, 0.1), n)
    return weights / weights.sum(axis=1, keepdims=True)


def estimate(env: Environment, posterior: Floats) -> Estimates:
    into = Estimates.allocate(len(posterior), env.n_dims)
    with np.errstate(divide="ignore"):
        Estimator(env.layout).normalize(np.log(posterior), into, 0)
    return into


@pytest.mark.parametrize("name", sorted(ENVIRONMENTS))
def test_the_radius_is_the_least_that_holds_enough(name: str) -> None:
    env = ENVIRONMENTS[name]
    posterior = draw_posteriors(env)
    found = estimate(env, posterior)
    half = env.layout.bin_measures ** (1 / env.n_dims) / 2
    for row, place, radius in zip(
        posterior, found.map_position, found.credible_radius, strict=True
    ):
        np.testing.assert_array_equal(place, env.bin_centers[np.argmax(row)])
        reach = measure_apart(env, env.bin_centers, np.tile(place, (env.n_bins, 1))) + half
        assert row[reach <= radius + 1e-9].sum() >= 0.95 - 1e-9
        assert row[reach < radius - 1e-9].sum() < 0.95


@pytest.mark.parametrize("name", sorted(ENVIRONMENTS))
def test_the_entropy_is_that_of_the_formula(name: str) -> None:
    posterior = draw_posteriors(ENVIRONMENTS[name])
    with np.errstate(divide="ignore", invalid="ignore"):
        bits = -np.nansum(posterior * np.log2(posterior), axis=1)
    np.testing.assert_allclose(estimate(ENVIRONMENTS[name], posterior).entropy, bits, atol=1e-9)


def test_one_bin_has_no_entropy_and_all_have_the_most() -> None:
    env = ENVIRONMENTS["box"]
    posterior = np.stack([np.eye(env.n_bins)[5], np.full(env.n_bins, 1 / env.n_bins)])
    found = estimate(env, posterior)
    np.testing.assert_allclose(found.entropy, [0, np.log2(env.n_bins)], atol=1e-12)
    assert found.credible_radius[0] == 2.5
    np.testing.assert_allclose(found.mean_position[0], env.bin_centers[5])


def test_in_the_plane_and_along_an_edge_the_mean_is_the_mean() -> None:
    for env in (ENVIRONMENTS["box"], LINE):
        posterior = draw_posteriors(env)
        found = estimate(env, posterior).mean_position
        np.testing.assert_allclose(found, posterior @ env.bin_centers, rtol=1e-9)


@settings(max_examples=30)
@given(st.integers(0, 10_000))
def test_no_place_of_a_maze_is_nearer_to_all_than_the_mean(seed: int) -> None:
    assert is_linear(MAZE.layout)
    row = np.random.default_rng(seed).dirichlet(np.full(MAZE.n_bins, 0.2))
    [[mean]] = TrackMean(MAZE.layout).compute(row[np.newaxis])
    assert MAZE.bin_at([[mean]]) >= 0

    def cost(places: Floats) -> Floats:
        """Measure squared ways to each centre, through (20, 0) where the three arms meet."""
        arms = MAZE.layout.locate_edge(places)
        apart = np.abs(places[:, np.newaxis] - MAZE.bin_centers[:, 0])
        to_middle = np.linalg.norm(MAZE.to_2d(places) - [20, 0], axis=1)
        others = np.linalg.norm(MAZE.to_2d(MAZE.bin_centers[:, 0]) - [20, 0], axis=1)
        other_arm = arms[:, np.newaxis] != MAZE.layout.locate_edge(MAZE.bin_centers[:, 0])
        ways = np.where(other_arm, to_middle[:, np.newaxis] + others, apart)
        return np.asarray((row * ways**2).sum(axis=1))

    fine = np.concatenate([np.linspace(low, low + 20, 401) for low in (0, 25, 50)])
    best, [found] = cost(fine).min(), cost(np.array([mean]))
    # Ways of the graph go from centre to centre, round the corner within one bin of 2.
    assert np.sqrt(found) <= np.sqrt(best) + 0.5


def test_a_mean_between_two_arms_is_where_they_meet() -> None:
    ends = MAZE.bin_at(MAZE.linearize([[1.0, 0.0], [39.0, 0.0], [20.0, 19.0]])[:, np.newaxis])
    row = np.zeros(MAZE.n_bins)
    row[ends] = 1 / 3
    place = MAZE.to_2d(estimate(MAZE, row[np.newaxis]).mean_position[:, 0])
    np.testing.assert_allclose(place, [[20, 0]], atol=1.01)
    # The mean of the coordinates is a place on one arm, and far from the others.
    wrong = MAZE.to_2d((row @ MAZE.bin_centers)[:1])
    assert np.linalg.norm(wrong - [20, 0]) > 5


def test_a_track_in_two_pieces_has_its_mean_on_one() -> None:
    nodes = {0: (0, 0), 1: (10, 0), 2: (0, 50), 3: (10, 50)}
    env = Environment.from_graph(nodes, [(0, 1), (2, 3)], 5.0, 1.0)
    row = np.where(np.arange(20) < 10, 0.07, 0.03)
    found = estimate(env, row[np.newaxis])
    assert 0 < found.mean_position[0, 0] < 10
    assert np.isinf(found.credible_radius[0])


def test_the_error_on_a_track_is_that_along_it() -> None:
    fields = np.eye(MAZE.n_bins) * 100
    at = MAZE.bin_at([[1.0], [69.0], [11.0]])
    spikes = [np.full(5, 0.5 + i) if n in at else [] for n, i in
              ((n, list(at).index(n) if n in at else 0) for n in range(MAZE.n_bins))]  # fmt: skip
    truth = MAZE.linearize([[39.0, 0.0], [20.0, 15.0], [14.0, 0.0]])
    times = np.array([0.4, 0.6, 1.4, 1.6, 2.4, 2.6])
    decoded = decode_positions(
        MAZE, fields, spikes, time_bins=(0, 3, 1), times=times, positions=np.repeat(truth, 2)
    )
    np.testing.assert_allclose(decoded.map_position[:, 0], [1, 69, 11])
    np.testing.assert_allclose(decoded.error, [38, 4, 3], atol=1)
