"""Place fields against scipy and against themselves."""

import logging

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import ndimage, stats

from neurospatial import Environment, compute_place_field
from neurospatial.environment.smoothing_kernels import Method
from neurospatial.layouts import RegularGrid
from neurospatial.samples import open_field

Session = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]
METHODS: tuple[Method, ...] = ("diffusion_kde", "gaussian_kde", "binned")


@pytest.fixture(scope="module")
def session() -> Session:
    """A rat's path, and spikes thrown over it at random."""
    times, positions = open_field()
    spikes = np.random.default_rng(1).uniform(times[0] - 5, times[-1] + 5, 4000)
    return times, positions, spikes


@pytest.fixture(scope="module")
def env(session: Session) -> Environment:
    return Environment.from_samples(session[1], 5.0, units="cm")


def binned(
    env: Environment, session: Session, max_gap: float = 0.5
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Spike counts and seconds on the whole grid, by scipy."""
    times, positions, spikes = session
    assert isinstance(env.layout, RegularGrid)
    steps = np.diff(times)
    keep = steps <= max_gap
    seconds = stats.binned_statistic_2d(
        *positions[:-1][keep].T, steps[keep], "sum", bins=env.layout.edges
    ).statistic
    spikes = spikes[(spikes >= times[0]) & (spikes < times[-1])]
    before = times[np.searchsorted(times, spikes, side="right") - 1]
    after = times[np.searchsorted(times, spikes, side="right")]
    spikes = spikes[after - before <= max_gap]
    where = [np.interp(spikes, times, x) for x in positions.T]
    counts = stats.binned_statistic_2d(*where, None, "count", bins=env.layout.edges).statistic
    return counts, seconds


@pytest.mark.parametrize("max_gap", [0.5, 0.03])
def test_binned_is_scipy_s_ratio(env: Environment, session: Session, max_gap: float) -> None:
    times, positions, spikes = session
    assert isinstance(env.layout, RegularGrid)
    counts, seconds = binned(env, session, max_gap)
    with np.errstate(invalid="ignore", divide="ignore"):
        expected = np.where(seconds > 0, counts / seconds, np.nan)[env.layout.active]
    field = compute_place_field(env, spikes, times, positions, method="binned", max_gap=max_gap)
    np.testing.assert_allclose(field, expected)


def test_gaussian_is_scipy_s_filter_of_both(env: Environment, session: Session) -> None:
    times, positions, spikes = session
    assert isinstance(env.layout, RegularGrid)
    counts, seconds = (
        ndimage.gaussian_filter(grid, 7.0 / 5.0, mode="constant")[env.layout.active]
        for grid in binned(env, session)
    )
    field = compute_place_field(
        env, spikes, times, positions, method="gaussian_kde", bandwidth=7.0
    )
    np.testing.assert_allclose(field, counts / seconds)


def test_spikes_in_are_rate_times_occupancy_out(env: Environment, session: Session) -> None:
    times, positions, spikes = session
    rate = compute_place_field(env, spikes, times, positions, method="binned")
    n_inside = np.count_nonzero((spikes >= times[0]) & (spikes < times[-1]))
    seconds = env.occupancy(times, positions)
    assert np.nansum(rate * seconds) == pytest.approx(n_inside)


@pytest.mark.parametrize("method", METHODS)
def test_a_constant_rate_stays_constant(env: Environment, method: Method) -> None:
    """One spike in every visit of 0.2 s, wherever it is."""
    rng = np.random.default_rng(0)
    times = np.arange(60_000) * 0.1
    positions = rng.uniform(0, 100, (60_000, 2)).repeat(2, axis=0)[:60_000]
    positions = positions.clip(*np.array(env.dimension_ranges).T)
    spikes = times[:-1][np.arange(59_999) % 2 == 0] + 0.05
    rate = compute_place_field(env, spikes, times, positions, method=method, bandwidth=4)
    np.testing.assert_allclose(rate, 5.0, rtol=0.02)


@pytest.mark.parametrize("method", METHODS)
def test_no_rate_where_the_animal_never_was(env: Environment, method: Method) -> None:
    assert isinstance(env.layout, RegularGrid)
    whole = Environment(RegularGrid(env.layout.edges, np.ones_like(env.layout.active)))
    times = np.arange(500) * 0.1
    positions = np.column_stack([np.linspace(10, 60, 500), np.full(500, 42.0)])
    rate = compute_place_field(whole, [1.0, 2.0, 30.0], times, positions, method=method)
    visited = whole.occupancy(times, positions) > 0
    assert 5 < visited.sum() < 20
    assert (np.isfinite(rate) == visited).all()


def test_min_occupancy_leaves_out_short_visits(env: Environment, session: Session) -> None:
    times, positions, spikes = session
    seconds = env.occupancy(times, positions)
    limit = float(np.median(seconds))
    rate = compute_place_field(
        env, spikes, times, positions, min_occupancy_seconds=limit, bandwidth=5
    )
    assert (np.isnan(rate) == (seconds < limit)).all()


def test_slow_samples_and_their_spikes_count_for_nothing(
    env: Environment, session: Session
) -> None:
    times, positions, spikes = session
    speed = np.linalg.norm(np.gradient(positions, times, axis=0), axis=1)
    by_speed = compute_place_field(
        env, spikes, times, positions, speed=speed, min_speed=10.0, method="binned"
    )
    by_itself = compute_place_field(env, spikes, times, positions, min_speed=10.0, method="binned")
    np.testing.assert_array_equal(by_speed, by_itself)

    seconds = env.occupancy(times, positions, min_speed=10.0)
    inside = spikes[(spikes >= times[0]) & (spikes < times[-1])]
    fast = speed[np.searchsorted(times, inside, side="right") - 1] >= 10
    bins = env.bin_at(np.column_stack([np.interp(inside[fast], times, x) for x in positions.T]))
    expected = np.count_nonzero(seconds[bins] > 0)
    assert np.nansum(by_speed * seconds) == pytest.approx(expected)


def test_a_place_cell_is_found_where_it_is(env: Environment, session: Session) -> None:
    times, positions, _ = session
    rng = np.random.default_rng(3)
    candidates = np.sort(rng.uniform(times[0], times[-1], 12_000))  # 20 Hz
    where = np.column_stack([np.interp(candidates, times, x) for x in positions.T])
    true = np.exp(-((where - [60, 30]) ** 2).sum(axis=1) / (2 * 12**2))
    spikes = candidates[rng.uniform(size=12_000) < true]
    rate = compute_place_field(env, spikes, times, positions, bandwidth=5)
    peak = env.bin_centers[np.nanargmax(rate)]
    assert np.linalg.norm(peak - [60, 30]) < 8
    expected = 20 * np.exp(-((env.bin_centers - [60, 30]) ** 2).sum(axis=1) / (2 * 12**2))
    assert np.corrcoef(rate, expected)[0, 1] > 0.95


def test_dropped_spikes_are_counted_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    env = Environment.from_mask([True, True], [[0, 1, 2]])
    times, positions = [0.0, 0.1, 5.0, 5.1, 5.2], [0.5, 0.5, 1.5, 9.0, 9.0]
    with caplog.at_level(logging.INFO, "neurospatial"):
        rate = compute_place_field(
            env, [-1, 0.05, 0.06, 2.0, 5.15, 99.0], times, positions, method="binned"
        )
    np.testing.assert_allclose(rate, [20.0, 0.0])
    assert (
        "unit: 2 spikes outside the session, 1 in gaps or below min_speed and 1 outside the bins"
        " were dropped; 2 are left." in caplog.messages
    )


def test_a_spike_at_the_time_of_a_sample_belongs_to_the_step_that_follows() -> None:
    env = Environment.from_mask([True, True, True], [[0, 1, 2, 3]])
    times, positions = [0.0, 0.1, 5.0, 5.1], [0.5, 1.5, 2.5, 2.5]
    rate = compute_place_field(env, times, times, positions, method="binned")
    np.testing.assert_allclose(rate, [10, np.nan, 10])  # those at 0 s and 5 s, after the gap


def test_order_of_spikes_and_their_type_do_not_matter(env: Environment, session: Session) -> None:
    times, positions, spikes = session
    expected = compute_place_field(env, spikes, times, positions)
    for given_as in (np.sort(spikes), spikes[::-1].tolist()):
        np.testing.assert_array_equal(
            compute_place_field(env, given_as, times, positions), expected
        )


def test_no_spikes_is_a_rate_of_zero(env: Environment, session: Session) -> None:
    times, positions, _ = session
    rate = compute_place_field(env, [], times, positions)
    assert (rate[np.isfinite(rate)] == 0).all()


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({"method": "gausian_kde"}, "There is no method 'gausian_kde'. Did you mean 'gaussian_kd"),
        ({"bandwidth": 0}, "bandwidth is 0"),
        ({"bandwidth": np.nan}, "bandwidth is nan"),
        ({"min_occupancy_seconds": -1}, "min_occupancy_seconds is -1"),
        ({"min_occupancy_seconds": np.nan}, "min_occupancy_seconds is nan"),
        ({"spike_times": [[1.0, 2.0]]}, r"shape \(1, 2\)"),
        ({"spike_times": [1.0, np.nan]}, "1 are not finite"),
        ({"times": [0.0, 0.1]}, r"times have shape \(2,\)"),
        ({"positions": np.zeros((3, 3))}, r"Expected: \(n_samples, 1\)"),
    ],
)
def test_bad_input(options: dict[str, object], found: str) -> None:
    good: dict[str, object] = {
        "spike_times": [0.05],
        "times": [0.0, 0.1, 0.2],
        "positions": [0.5, 0.5, 1.5],
    }
    env = Environment.from_mask([True, True], [[0, 1, 2]])
    with pytest.raises(ValueError, match=found):
        compute_place_field(env, **{**good, **options})


def test_an_unfitted_environment_is_refused() -> None:
    with pytest.raises(RuntimeError, match=r"^Environment must be fitted before calling"):
        compute_place_field(Environment(), [], [0.0], [0.5])
