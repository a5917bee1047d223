"""Maps correlated with maps, against loops over numpy's and scipy's correlation."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from neurospatial import Environment
from neurospatial.fields import (
    FieldSeries,
    compute_place_field,
    compute_stability,
    correlate_fields,
)
from neurospatial.samples import open_field, simulate_place_cells

seeds = st.integers(0, 10_000)


def draw_maps(seed: int, shape: tuple[int, ...], missing: float) -> np.ndarray:
    rng = np.random.default_rng(seed)
    maps = rng.gamma(1, 5, shape)
    maps[rng.uniform(size=shape) < missing] = np.nan
    return maps


def correlate(a: np.ndarray, b: np.ndarray) -> float:
    both = np.isfinite(a) & np.isfinite(b)
    if both.sum() < 2:
        return np.nan
    return stats.pearsonr(a[both], b[both]).statistic


@settings(deadline=None, max_examples=40)
@given(seeds, st.sampled_from([0.0, 0.2, 0.6]))
def test_each_kind_is_pearsons_over_what_it_says(seed: int, missing: float) -> None:
    a, b = draw_maps(seed, (5, 3, 8), missing), draw_maps(seed + 1, (5, 3, 8), missing)
    spatial, population = correlate_fields(a, b), correlate_fields(a, b, "population")
    frames = correlate_fields(a, b[:, :2], "frames")
    assert (spatial.shape, population.shape, frames.shape) == ((5, 3), (3, 8), (3, 2))
    for place in np.ndindex(5, 3):
        assert spatial[place] == pytest.approx(correlate(a[place], b[place]), nan_ok=True)
    vectors = np.full((3, 3, 8), np.nan)
    for i, j, bin in np.ndindex(3, 3, 8):
        vectors[i, j, bin] = correlate(a[:, i, bin], b[:, j, bin])
    for frame in range(3):
        np.testing.assert_allclose(population[frame], vectors[frame, frame], atol=1e-9)
    for i, j in np.ndindex(3, 2):
        known = vectors[i, j][np.isfinite(vectors[i, j])]
        expected = known.mean() if known.size else np.nan
        assert frames[i, j] == pytest.approx(expected, nan_ok=True, abs=1e-9)


@settings(deadline=None, max_examples=20)
@given(seeds, st.floats(1e-150, 1e150))
def test_the_unit_of_the_rate_does_not_matter(seed: int, hz: float) -> None:
    a, b = draw_maps(seed, (5, 3, 8), 0.1), draw_maps(seed + 1, (5, 3, 8), 0.1)
    for kind in ("spatial", "population", "frames"):
        expected = correlate_fields(a, b, kind)
        np.testing.assert_allclose(correlate_fields(a * hz, b / hz, kind), expected, atol=1e-6)


def test_maps_without_frames_go_with_each_frame() -> None:
    a, b = draw_maps(0, (4, 6, 9), 0.0), draw_maps(1, (4, 9), 0.0)
    whole = np.repeat(b[:, np.newaxis], 6, axis=1)
    for kind in ("spatial", "population"):
        np.testing.assert_allclose(correlate_fields(a, b, kind), correlate_fields(a, whole, kind))
        np.testing.assert_allclose(correlate_fields(b, a, kind), correlate_fields(whole, a, kind))
    np.testing.assert_allclose(
        correlate_fields(b, a, "frames"), correlate_fields(whole[:, :1], a, "frames")
    )
    assert correlate_fields(b[0], b[0]) == pytest.approx(1)
    assert correlate_fields(b, b[::-1]).shape == (4,)


def test_many_frames_are_correlated_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    a = draw_maps(2, (4, 6, 50), 0.1)
    expected = correlate_fields(a, a, "frames")
    monkeypatch.setattr("neurospatial.fields.metrics.frame_correlation._VALUES_AT_ONCE", 100)
    np.testing.assert_allclose(correlate_fields(a, a, "frames"), expected)


def test_drift_falls_with_the_lag_and_remapping_is_none() -> None:
    x = np.linspace(0, 100, 50)
    centers = np.linspace(5, 95, 30)[:, np.newaxis, np.newaxis]
    drift = np.arange(10)[:, np.newaxis] * 4.0
    fields = np.exp(-((x - centers - drift) ** 2) / 200)
    matrix = correlate_fields(fields, fields, "frames")
    np.testing.assert_allclose(matrix, matrix.T)
    by_lag = [np.diagonal(matrix, lag).mean() for lag in range(10)]
    assert by_lag[0] == pytest.approx(1)
    assert (np.diff(by_lag) < 0).all()
    other = np.random.default_rng(0).permutation(30)
    assert correlate_fields(fields[:, 0], fields[other, 0], "population").mean() < 0.2


def make_series(names: list[str], values: np.ndarray) -> FieldSeries:
    env = Environment.from_mask([True] * values.shape[-1], [range(values.shape[-1] + 1)])
    return FieldSeries(values, np.arange(values.shape[-2]), env, names)


def test_units_go_together_by_name() -> None:
    values = draw_maps(5, (3, 2, 7), 0.0)
    one, two = (
        make_series(["a", "b", "c"], values),
        make_series(["c", "a", "b"], values[[2, 0, 1]]),
    )
    np.testing.assert_allclose(correlate_fields(one, two), 1)
    np.testing.assert_allclose(correlate_fields(one, {n: two[n] for n in "cab"}), 1)
    by_number = {7: values[0, 0], 3: values[1, 0]}
    np.testing.assert_allclose(correlate_fields(by_number, dict(reversed(by_number.items()))), 1)
    assert not np.allclose(correlate_fields(one, two.values), 1)


def test_a_series_of_one_unit_has_no_population() -> None:
    series = make_series(["a"], draw_maps(5, (4, 7), 0.0))
    assert correlate_fields(series, series).shape == (1, 4)
    with pytest.raises(ValueError, match="There are 1 units"):
        correlate_fields(series, series, "population")


def test_mistakes() -> None:
    maps = np.ones((3, 2, 5))
    named = make_series(["a", "b", "c"], maps)
    for a, b, kind, found in (
        (maps, np.ones((3, 2, 4)), "spatial", r"b has shape \(3, 2, 4\)"),
        (maps, np.ones((2, 5)), "spatial", r"b has shape \(2, 5\)"),
        (maps, np.ones((3, 4, 5)), "population", r"b has shape \(3, 4, 5\)"),
        (np.ones(5), np.ones(5), "population", r"a has shape \(5,\)"),
        (np.ones((5, 5)), np.ones(5), "spatial", r"b has shape \(5,\)"),
        (np.ones((2, 5)), np.ones((2, 5)), "frames", "There are 2 units"),
        (maps, maps, "pearson", "pearson"),
        (maps, maps * np.inf, "spatial", "b holds infinite values"),
        (named, make_series(["a", "b", "d"], maps), "spatial", "not the same: c, d"),
        (named, make_series(["a", "a", "b"], maps), "spatial", "not the same: c"),
        (named, make_series(["a", "b", "c"], np.ones((3, 2, 4))), "spatial", "b on Environment"),
    ):
        with pytest.raises(ValueError, match=rf"{found}[\s\S]*WHY[\s\S]*HOW"):
            correlate_fields(a, b, kind)


def test_stability_correlates_the_maps_of_two_halves() -> None:
    times, positions = open_field()
    env = Environment.from_samples(positions, bin_size=5.0)
    stay = simulate_place_cells(times, positions, n_cells=3, seed=1)
    move = simulate_place_cells(times, positions, n_cells=3, seed=1, drift=60.0)
    trains = (*stay.spike_times, *move.spike_times, np.array([10.0]))
    got = compute_stability(env, trains, times, positions, method="binned", progress=False)
    middle = (times[0] + times[-1]) / 2
    halves = times < middle, times >= middle
    for train, one in zip(trains[:6], got[:6], strict=True):
        first, second = (
            compute_place_field(env, train[keep], times[part], positions[part], method="binned")
            for keep, part in zip((train < middle, train >= middle), halves, strict=True)
        )
        assert one == pytest.approx(correlate(first, second), abs=0.01)
    smooth = compute_stability(env, trains, times, positions, progress=False)
    assert smooth[:3].min() > 0.8 > 0.5 > smooth[3:6].max()
    assert np.isnan(smooth[6])


def test_stability_of_too_little() -> None:
    env = Environment.from_mask([True] * 3, [range(4)])
    with pytest.raises(ValueError, match="WHY"):
        compute_stability(env, [[0.5]], [0.0], [[0.5]])
