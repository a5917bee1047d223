"""Transitions, values and successor representations, against sums over steps and closed forms."""

from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from neurospatial import (
    Environment,
    compute_successor_representation,
    compute_transition_matrix,
    compute_value_function,
)
from tests.environment.kinds import layout_of, seeds, some_kind

gammas = st.floats(0.05, 0.97)


def make_line(n: int) -> Environment:
    return Environment.from_mask([True] * n, [range(n + 1)])


@settings(deadline=None, max_examples=60)
@given(some_kind, seeds)
def test_a_random_walk_spreads_as_heat(kind: str, seed: int) -> None:
    """Rows sum to 1, bins go where they touch, and the walk is reversible."""
    env = Environment(layout_of(kind, seed))
    chances = compute_transition_matrix(env)
    np.testing.assert_allclose(chances.sum(axis=1), 1)
    links = sparse.csr_array(env.layout.conductances)
    outflow = np.asarray(links.sum(axis=1)).ravel()
    alone = outflow == 0
    np.testing.assert_array_equal(chances.diagonal(), alone)
    flow = (sparse.diags_array(outflow) @ chances).toarray()
    np.testing.assert_allclose(flow, links.toarray(), atol=1e-12)


@settings(deadline=None, max_examples=30)
@given(seeds)
def test_of_a_path_it_is_the_share_of_its_moves(seed: int) -> None:
    rng = np.random.default_rng(seed)
    env = make_line(6)
    bins = rng.integers(0, 5, 80)
    chances = compute_transition_matrix(env, np.arange(80.0), bins[:, np.newaxis] + 0.5).toarray()
    counts = np.zeros((6, 6))
    for before, after in pairwise(bins):
        counts[before, after] += before != after
    for row, count in zip(chances, counts, strict=True):
        if count.sum():
            np.testing.assert_allclose(row, count / count.sum())
    assert chances[5, 5] == 1
    np.testing.assert_allclose(chances.sum(axis=1), 1)


@settings(deadline=None, max_examples=40)
@given(some_kind, seeds, gammas)
@pytest.mark.filterwarnings("ignore:.* bins are in a piece")
def test_a_value_is_the_sum_of_rewards_over_steps(kind: str, seed: int, gamma: float) -> None:
    env = Environment(layout_of(kind, seed))
    rng = np.random.default_rng(seed)
    reward = rng.normal(size=(2, env.n_bins))
    chances = compute_transition_matrix(env).toarray()
    expected, term = np.zeros((env.n_bins, 2)), reward.T
    for _ in range(int(30 / -np.log10(gamma))):
        expected += term
        term = gamma * chances @ term
    got = compute_value_function(env, reward, gamma)
    np.testing.assert_allclose(got, expected.T, atol=1e-9)
    np.testing.assert_allclose(compute_value_function(env, reward[0], gamma), got[0], atol=1e-12)
    successors = compute_successor_representation(env, gamma)
    np.testing.assert_allclose(successors @ reward[0], got[0], atol=1e-9)
    np.testing.assert_allclose(successors.sum(axis=1), 1 / (1 - gamma))


@pytest.mark.parametrize("gamma", [0.3, 0.8, 0.95])
def test_on_a_long_line_it_falls_exponentially(gamma: float) -> None:
    """V(x) = λ^|x| / √(1 - γ²), λ = (1 - √(1 - γ²)) / γ, where no end is near."""
    env = make_line(401)
    reward = np.zeros(401)
    reward[200] = 1
    root = np.sqrt(1 - gamma**2)
    fall = (1 - root) / gamma
    steps = np.abs(np.arange(401) - 200)
    np.testing.assert_allclose(
        compute_value_function(env, reward, gamma), fall**steps / root, atol=1e-12
    )


def test_walls_hold_values_back() -> None:
    mask = np.ones((9, 9), bool)
    mask[4, :8] = False
    env = Environment.from_mask(mask, [range(10), range(10)])
    reward = np.zeros(env.n_bins)
    reward[env.bin_at([3.5, 0.5])] = 1
    value = compute_value_function(env, reward, 0.9)
    beyond, same_side = env.bin_at([[5.5, 0.5], [1.5, 0.5]])
    assert value[beyond] < 0.01 * value[same_side]
    assert env.distance_to([3.5, 0.5])[beyond] > 12


def test_a_walk_may_end_at_the_goal() -> None:
    """A row of zeros ends it: the value of the goal is its reward."""
    env = make_line(5)
    chances = compute_transition_matrix(env).toarray()
    chances[4] = 0
    value = compute_value_function(env, [0, 0, 0, 0, 1.0], 0.9, transitions=chances)
    assert value[4] == 1
    assert (np.diff(value) > 0).all()
    for same in (sparse.csc_array(chances), sparse.csr_matrix(chances), chances.tolist()):
        np.testing.assert_allclose(
            compute_value_function(env, [0, 0, 0, 0, 1.0], 0.9, transitions=same), value
        )


def test_a_piece_without_a_reward_is_said() -> None:
    env = Environment.from_mask([True, True, False, True], [range(5)])
    with pytest.warns(UserWarning, match=r"^1 of 3 bins are in a piece of the environment"):
        value = compute_value_function(env, [1.0, 0.0, 0.0], 0.5)
    np.testing.assert_allclose(value, [4 / 3, 2 / 3, 0])
    with pytest.warns(UserWarning, match=r"^3 of 3 bins"):
        compute_value_function(env, np.zeros(3), 0.5)


@pytest.mark.parametrize("gamma", [0, 1, 1.5, -0.1, np.nan, "0.9", np.inf])
def test_gamma_lies_between_0_and_1(gamma: object) -> None:
    env = make_line(3)
    for compute in (
        lambda: compute_value_function(env, [1.0, 0, 0], gamma),
        lambda: compute_successor_representation(env, gamma),
    ):
        with pytest.raises(ValueError, match=r"gamma is .*[\s\S]*WHY[\s\S]*HOW"):
            compute()


def test_mistakes() -> None:
    env = make_line(3)
    chances = compute_transition_matrix(env).toarray()
    turned = chances.T
    for wrong, found in (
        ({"reward": [1.0, 2.0]}, r"reward: found shape \(2,\), expected \(…, 3\)"),
        ({"reward": [1.0, np.nan, np.inf]}, "reward holds 2 values that are NaN"),
        ({"transitions": chances[:2]}, r"shape \(2, 3\), expected \(3, 3\)"),
        ({"transitions": [1.0, 0.0, 0.0]}, r"shape \(1, 3\), expected \(3, 3\)"),
        ({"transitions": 4 * chances}, "Row 0 of transitions sums to 4"),
        ({"transitions": turned}, r"Row 1 of transitions sums to 2[\s\S]*transitions\.T"),
        ({"transitions": -chances}, "transitions hold -1"),
        ({"transitions": chances * np.nan}, "transitions hold nan"),
    ):
        with pytest.raises(ValueError, match=rf"{found}[\s\S]*"):
            compute_value_function(env, **{"reward": [1.0, 0, 0], "gamma": 0.9, **wrong})
    for path, found in (
        (([0.0, 1.0],), "positions are missing"),
        ((None, [[0.5], [1.5]]), "times are missing"),
        (([0.0, 1.0], [[0.5], [0.6]]), "never moved"),
    ):
        with pytest.raises(ValueError, match=rf"{found}[\s\S]*WHY[\s\S]*HOW"):
            compute_transition_matrix(env, *path)


@settings(deadline=None, max_examples=60)
@given(some_kind, seeds)
def test_distances_are_those_of_networkx(kind: str, seed: int) -> None:
    env = Environment(layout_of(kind, seed))
    rng = np.random.default_rng(seed)
    goals = rng.integers(0, env.n_bins, 3)
    graph = nx.from_scipy_sparse_array(env.connectivity)
    found = nx.multi_source_dijkstra_path_length(graph, set(goals.tolist()))
    expected = [found.get(bin, np.inf) for bin in range(env.n_bins)]
    got = env.distance_to(goals)
    np.testing.assert_allclose(got, expected)
    np.testing.assert_allclose(env.distance_to(np.isin(np.arange(env.n_bins), goals)), got)
    np.testing.assert_allclose(env.distance_to(env.bin_centers[goals]), got)
    np.testing.assert_allclose(
        env.distance_to(int(goals[0])), env.distance_between(goals[0], np.arange(env.n_bins))
    )


def test_distances_to_a_region_and_to_points_of_which_some_are_outside() -> None:
    env = Environment.from_mask(np.ones((5, 5), bool), [range(6), range(6)])
    env.regions.add("edge", polygon=[(0, 0), (5, 0), (5, 1), (0, 1)])
    env.regions.add("nothing", polygon=[(0.1, 0.1), (0.2, 0.1), (0.2, 0.2)])
    np.testing.assert_allclose(env.distance_to("edge"), env.bin_centers[:, 1] - 0.5)
    point = env.distance_to([0.5, 0.5])
    np.testing.assert_allclose(env.distance_to([[0.5, 0.5], [99.0, 0.5]]), point)
    np.testing.assert_allclose(env.distance_to(0), point)
    for places, found in (
        ("nothing", "Region 'nothing' holds the centre of no bin"),
        ([99.0, 0.5], "The places lie in no bin"),
        ([], "There are no places"),
        (25, "There is no bin 25"),
    ):
        with pytest.raises(ValueError, match=rf"{found}[\s\S]*WHY[\s\S]*HOW"):
            env.distance_to(places)
    with pytest.raises(KeyError, match="home"):
        env.distance_to("home")


def test_where_no_way_leads_it_is_infinite() -> None:
    env = Environment.from_mask([True, False, True], [range(4)])
    np.testing.assert_array_equal(env.distance_to(0), [0, np.inf])
