"""Mean maps of signals, against loops over samples, pynapple and the place fields' own rules."""

import numpy as np
import pynapple as nap
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neurospatial import Environment, compute_place_field, compute_tuning_map
from neurospatial.environment.smoothing_kernels import make_smoother
from neurospatial.samples import open_field
from tests.environment.kinds import layout_of, seeds

METHODS = ["binned", "diffusion_kde", "gaussian_kde"]


def draw_session(seed: int, n: int = 300) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw times with gaps, a path in a square that is lost at times, and three signals."""
    rng = np.random.default_rng(seed)
    times = np.cumsum(rng.uniform(0.05, 0.3, n) + 9 * (rng.uniform(size=n) < 0.02))
    walk = rng.normal(0, 0.5, (n, 2)).cumsum(axis=0) + 4
    positions = np.abs((walk + 8) % 16 - 8)
    positions[rng.uniform(size=n) < 0.05] = np.nan
    values = rng.normal(size=(3, n))
    values[1, rng.uniform(size=n) < 0.2] = np.nan
    return times, positions, values


@settings(deadline=None, max_examples=40)
@given(seeds, st.sampled_from(METHODS), st.sampled_from(["grid", "pointy", "triangles"]))
def test_it_is_the_mean_over_time_of_what_counts(seed: int, method: str, kind: str) -> None:
    env = Environment(layout_of(kind, seed))
    times, _, values = draw_session(seed)
    rng = np.random.default_rng(seed)
    positions = env.bin_centers[rng.integers(0, env.n_bins, times.size)]
    positions[rng.uniform(size=times.size) < 0.1] = np.nan
    bins, steps = env.bin_at(positions), np.diff(times)
    sums, seconds = np.zeros((2, 3, env.n_bins))
    for sample, step in enumerate(steps):
        if step <= 5 * np.median(steps) or step <= 1:
            for row, value in enumerate(values[:, sample]):
                if bins[sample] >= 0 and np.isfinite(value):
                    sums[row, bins[sample]] += value * step
                    seconds[row, bins[sample]] += step
    smooth = make_smoother(env, method, 1.0)
    over = smooth(np.maximum(sums, 0)) - smooth(np.maximum(-sums, 0))
    with np.errstate(invalid="ignore", divide="ignore"):
        expected = np.where(seconds > 0, over / smooth(seconds), np.nan)
    got = compute_tuning_map(env, values, times, positions, method=method, bandwidth=1.0)
    np.testing.assert_allclose(got, expected, atol=1e-9)
    for one, signal in zip(got, values, strict=True):
        alone = compute_tuning_map(env, signal, times, positions, method=method, bandwidth=1.0)
        np.testing.assert_allclose(alone, one, atol=1e-12)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("more", [{}, {"min_speed": 8.0}, {"min_occupancy_seconds": 0.8}])
def test_bins_have_a_mean_where_they_have_a_rate(method: str, more: dict[str, float]) -> None:
    times, positions = open_field()
    env = Environment.from_samples(positions, 5.0)
    rate = compute_place_field(env, [10.0], times, positions, method=method, **more)
    signal = np.full(times.size, 7.0)
    steady = compute_tuning_map(env, signal, times, positions, method=method, **more)
    np.testing.assert_array_equal(np.isnan(steady), np.isnan(rate))
    np.testing.assert_allclose(steady[np.isfinite(rate)], 7)


def test_it_is_that_of_pynapple() -> None:
    """Of even samples, without smoothing, both are the mean of those in a bin."""
    times = np.arange(3000) * 0.02
    rng = np.random.default_rng(0)
    positions = rng.uniform(0, 10, (3000, 2))
    values = rng.normal(size=(3000, 2))
    edges = np.linspace(0, 10, 6)
    env = Environment.from_grid_edges([edges, edges])
    got = compute_tuning_map(env, values[:, :].T, times, positions, method="binned")
    features = nap.TsdFrame(times[:-1], positions[:-1])
    theirs = nap.compute_tuning_curves(
        nap.TsdFrame(times[:-1], values[:-1]), features, bins=[edges, edges]
    )
    np.testing.assert_allclose(got, np.asarray(theirs).reshape(2, -1), atol=1e-6)


@settings(deadline=None, max_examples=20)
@given(seeds, st.floats(1e-150, 1e150))
def test_the_unit_of_the_signal_does_not_matter(seed: int, unit: float) -> None:
    env = Environment.from_grid_edges([np.arange(10.0), np.arange(10.0)])
    times, positions, values = draw_session(seed)
    expected = compute_tuning_map(env, values, times, positions)
    got = compute_tuning_map(env, values * unit, times, positions) / unit
    np.testing.assert_allclose(got, expected, rtol=1e-9, atol=1e-12)


def test_axes_before_the_samples_stay_and_many_are_worked_on_in_parts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    env = Environment.from_grid_edges([np.arange(10.0), np.arange(10.0)])
    times, positions, _ = draw_session(1)
    values = np.random.default_rng(2).normal(size=(2, 5, 300))
    expected = compute_tuning_map(env, values, times, positions)
    assert expected.shape == (2, 5, env.n_bins)
    monkeypatch.setattr("neurospatial.fields.tuning_map._VALUES_AT_ONCE", 700)
    np.testing.assert_allclose(compute_tuning_map(env, values, times, positions), expected)
    assert compute_tuning_map(env, values[:0], times, positions).shape == (0, 5, env.n_bins)


def test_a_signal_without_a_value_has_no_mean() -> None:
    env = Environment.from_grid_edges([np.arange(10.0), np.arange(10.0)])
    times, positions, values = draw_session(3)
    values[0] = np.nan
    values[2] = 0.0
    got = compute_tuning_map(env, values, times, positions)
    assert np.isnan(got[0]).all()
    assert np.nanmax(np.abs(got[2])) == 0


def test_mistakes() -> None:
    env = Environment.from_grid_edges([np.arange(10.0), np.arange(10.0)])
    times, positions, values = draw_session(0)
    for wrong, found in (
        (values.T, r"shape \(300, 3\), and there are 300 samples[\s\S]*values\.T"),
        (values[:, 1:], r"shape \(3, 299\), and there are 300 samples[\s\S]*interp"),
        (1.0, r"shape \(\)"),
        (np.where(np.arange(300) == 4, np.inf, 0), "values hold 1 that are infinite"),
    ):
        with pytest.raises(ValueError, match=rf"{found}[\s\S]*"):
            compute_tuning_map(env, wrong, times, positions)
    with pytest.warns(UserWarning, match="No bin was visited for min_occupancy_seconds=900"):
        compute_tuning_map(env, values, times, positions, min_occupancy_seconds=900)
    with pytest.raises(ValueError, match="min_occupancy_seconds is -1"):
        compute_tuning_map(env, values, times, positions, min_occupancy_seconds=-1)
