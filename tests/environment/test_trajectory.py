"""Time spent in each bin."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats

from neurospatial import Environment
from neurospatial.environment.trajectory import bin_trajectory
from neurospatial.layouts import RegularGrid


def line(n: int = 4) -> Environment:
    return Environment(RegularGrid((np.arange(n + 1.0),), np.ones(n, bool)))


def walk(n: int, seed: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    rng = np.random.default_rng(seed)
    times = np.cumsum(rng.choice([0.02, 0.04, 0.9], n, p=[0.8, 0.15, 0.05]))
    positions = np.cumsum(rng.normal(0, 1.5, (n, 2)), axis=0)
    positions[rng.uniform(size=n) < 0.05] = np.nan
    return times, positions


@settings(deadline=None)
@given(st.integers(0, 1000), st.sampled_from([None, 0.03, 0.5]))
def test_occupancy_is_a_weighted_histogram(seed: int, max_gap: float | None) -> None:
    times, positions = walk(300, seed)
    env = Environment.from_samples(positions, 3)
    assert isinstance(env.layout, RegularGrid)
    steps = np.append(np.diff(times), 0)
    keep = ~np.isnan(positions[:, 0]) & ((steps <= max_gap) if max_gap else True)
    expected = stats.binned_statistic_2d(
        *positions[keep].T, steps[keep], "sum", bins=env.layout.edges
    ).statistic
    found = env.occupancy(times, positions, max_gap=max_gap)
    np.testing.assert_allclose(found, expected[env.layout.active], atol=1e-12)


def test_a_sample_holds_until_the_next_and_the_last_for_no_time() -> None:
    occupancy = line().occupancy([0.0, 0.1, 0.3, 0.6], [0.5, 1.5, 2.5, 3.5])
    np.testing.assert_allclose(occupancy, [0.1, 0.2, 0.3, 0])


def test_long_steps_count_for_nothing() -> None:
    times, positions = [0.0, 0.1, 5.0, 5.1], [0.5, 1.5, 2.5, 3.5]
    np.testing.assert_allclose(line().occupancy(times, positions), [0.1, 0, 0.1, 0])
    np.testing.assert_allclose(
        line().occupancy(times, positions, max_gap=None), [0.1, 4.9, 0.1, 0]
    )


def test_positions_outside_count_nowhere() -> None:
    assert line().occupancy([0.0, 0.1, 0.2, 0.3], [-3.0, np.nan, 0.5, 0.5]).sum() == 0.3 - 0.2


def test_a_given_speed_decides_sample_by_sample() -> None:
    times, positions = np.arange(4) / 10, np.array([0.5, 1.5, 2.5, 3.5])
    speed = [5, 1, np.nan, 5]
    occupancy = line().occupancy(times, positions, speed=speed, min_speed=2.0)
    np.testing.assert_allclose(occupancy, [0.1, 0, 0, 0])


def test_speed_is_taken_from_the_positions() -> None:
    times = np.arange(101) / 10
    positions = np.concatenate([np.linspace(0, 3.5, 51), np.full(50, 3.5)])  # 0.7 units/s, rest
    running = line().occupancy(times, positions, min_speed=0.5)
    assert running.sum() == pytest.approx(5.0)
    assert line().occupancy(times, positions).sum() == pytest.approx(10.0)


@settings(deadline=None)
@given(
    st.integers(0, 100),
    st.lists(st.floats(-1, 25), min_size=1, max_size=6, unique=True),
)
def test_windows_that_partition_the_session_add_up(seed: int, cuts: list[float]) -> None:
    times, positions = walk(200, seed)
    env = Environment.from_samples(positions, 3)
    track = bin_trajectory(env.layout, times, positions, min_speed=2.0)
    edges = [-np.inf, *sorted(cuts), np.inf]
    parts = [track.compute_occupancy(*pair) for pair in pairwise(edges)]
    np.testing.assert_allclose(np.sum(parts, axis=0), track.compute_occupancy(), atol=1e-12)
    assert min(part.min() for part in parts) >= 0


def test_a_window_within_one_sample() -> None:
    track = bin_trajectory(line().layout, [0.0, 0.4], [[1.5], [2.5]])
    np.testing.assert_allclose(track.compute_occupancy(0.1, 0.15), [0, 0.05, 0, 0])
    assert track.compute_occupancy(-5, -1).sum() == 0
    assert track.compute_occupancy(2, 3).sum() == 0


def test_one_sample_and_none() -> None:
    assert line().occupancy([0.0], [[0.5]]).tolist() == [0, 0, 0, 0]
    assert line().occupancy([], np.empty((0, 1))).tolist() == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("times", "options", "found"),
    [
        ([0, 1], {}, r"times have shape \(2,\), and there are 3 samples"),
        ([[0, 1, 2]], {}, r"times have shape \(1, 3\)"),
        ([0, 2, 1], {}, r"times\[1\] = 2 >= times\[2\] = 1"),
        ([0, 1, 1], {}, r"times\[1\] = 1 >= times\[2\] = 1"),
        ([0, np.nan, 2], {}, r"times: found 1 NaN/Inf values at indices: \[1\]"),
        ([0, 1, np.inf], {}, r"found 1 NaN/Inf values at indices: \[2\]"),
        ([-np.inf, 1, 2], {}, r"found 1 NaN/Inf values at indices: \[0\]"),
        ([0, 1, 2], {"min_speed": -1}, "min_speed is -1"),
        ([0, 1, 2], {"min_speed": np.nan}, "min_speed is nan"),
        ([0, 1, 2], {"speed": [1, 2, 3]}, "speed is given without min_speed"),
        ([0, 1, 2], {"speed": [1, 2], "min_speed": 1}, r"speed has shape \(2,\)"),
        ([0, 1, 2], {"max_gap": 0}, "max_gap is 0 s"),
    ],
)
def test_bad_input(times: object, options: dict[str, object], found: str) -> None:
    with pytest.raises(ValueError, match=found):
        line().occupancy(times, [0.5, 1.5, 2.5], **options)


def test_a_single_time_that_is_not_one_is_refused() -> None:
    with pytest.raises(ValueError, match="found 1 NaN/Inf values"):
        line().occupancy([np.nan], [[0.5]])


def test_positions_of_another_dimension_are_refused() -> None:
    env = Environment.from_mask([[True]], [[0, 1], [0, 1]])
    with pytest.raises(ValueError, match=r"(?s)Expected: \(n_samples, 2\).*Got: \(2, 3\)"):
        env.occupancy([0, 1], np.zeros((2, 3)))
