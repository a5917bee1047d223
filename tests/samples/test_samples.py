"""The trajectory that ships, and cells simulated along it."""

from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from neurospatial import Environment
from neurospatial.fields import compute_place_fields
from neurospatial.samples import open_field, simulate_place_cells


def test_the_trajectory_is_the_recording(shared_data: Path) -> None:
    times, positions = open_field()
    recorded = np.load(shared_data / "rat_trajectory" / "sargolini.npz")
    np.testing.assert_allclose(times, recorded["t"], atol=1e-9)
    assert np.abs(positions - 100 * recorded["pos"]).max() < 0.0008  # [cm]


def test_the_trajectory_is_what_it_says() -> None:
    times, positions = open_field()
    assert times.shape == (29_800,)
    assert positions.shape == (29_800, 2)
    steps = np.diff(times)
    assert np.median(steps) == pytest.approx(0.02)
    assert 0.35 < steps.max() < 0.37
    assert positions.min() > 0
    assert positions.max() < 100
    speed = np.linalg.norm(np.diff(positions, axis=0), axis=1) / steps
    assert 5 < np.median(speed) < 40  # [cm/s], a rat's


def test_it_is_small_and_carries_its_licence() -> None:
    data = files("neurospatial.samples") / "data"
    assert len((data / "open_field.npz").read_bytes()) < 400_000
    assert "MIT License" in (data / "LICENSE").read_text()
    assert "Science 312:758" in (data / "CITATION.txt").read_text()


def test_the_same_seed_gives_the_same_spikes() -> None:
    one, two = (simulate_place_cells(*open_field(), n_cells=4, seed=7) for _ in range(2))
    for first, second in zip(one.spike_times, two.spike_times, strict=True):
        np.testing.assert_array_equal(first, second)
    other = simulate_place_cells(*open_field(), n_cells=4, seed=8)
    assert not np.array_equal(other.spike_times[0], one.spike_times[0])
    assert not np.array_equal(other.centers, one.centers)


@pytest.mark.parametrize("drift", [0.0, 25.0])
def test_counts_are_poisson_about_the_integral_of_the_rate(drift: float) -> None:
    times, positions = open_field()
    cells = simulate_place_cells(times, positions, n_cells=60, seed=2, drift=drift)
    fine = np.arange(times[0], times[-1], 0.01)
    where = np.column_stack([np.interp(fine, times, x) for x in positions.T])
    expected = np.array([cells.rates(cell, fine, where).sum() * 0.01 for cell in range(60)])
    counts = np.array([train.size for train in cells.spike_times])
    z = (counts - expected) / np.sqrt(expected)
    assert stats.kstest(z, "norm").pvalue > 0.01
    assert abs(z).max() < 4


def test_spikes_in_time_follow_the_rate() -> None:
    """Time rescaling: between spikes, the integral of the rate is exponential."""
    times, positions = open_field()
    cells = simulate_place_cells(times, positions, n_cells=1, seed=5, background_rate=1.0)
    fine = np.arange(times[0], times[-1], 0.005)
    where = np.column_stack([np.interp(fine, times, x) for x in positions.T])
    integral = np.cumsum(cells.rates(0, fine, where)) * 0.005
    waits = np.diff(np.interp(cells.spike_times[0], fine, integral))
    assert waits.size > 300
    assert stats.kstest(waits, "expon").pvalue > 0.01


def test_spikes_lie_about_the_centres() -> None:
    times, positions = open_field()
    cells = simulate_place_cells(
        times, positions, n_cells=10, field_width=8.0, background_rate=0.0
    )
    for center, train in zip(cells.centers, cells.spike_times, strict=True):
        where = np.column_stack([np.interp(train, times, x) for x in positions.T])
        away = np.linalg.norm(where - center, axis=1)
        assert np.median(away) == pytest.approx(8 * np.sqrt(2 * np.log(2)), rel=0.5)
        assert away.max() < 6 * 8


def test_rates_at_the_centre_and_far_away() -> None:
    cells = simulate_place_cells(*open_field(), n_cells=2, peak_rate=20, background_rate=0.5)
    at = np.array([cells.centers[1], cells.centers[1] + [10, 0], [1e4, 1e4]])
    np.testing.assert_allclose(
        cells.rates(1, np.zeros(3), at), [20, 0.5 + 19.5 * np.exp(-0.5), 0.5]
    )


def test_drifting_centres_move_as_far_as_told_and_stay_in_the_box() -> None:
    times, positions = open_field()
    cells = simulate_place_cells(times, positions, n_cells=40, drift=30.0)
    first, last = cells.centers_at(times[0]), cells.centers_at(times[-1])
    np.testing.assert_array_equal(first, cells.centers)
    np.testing.assert_allclose(np.linalg.norm(last - first, axis=1), 30)
    assert (last > positions.min(axis=0)).all()
    assert (last < positions.max(axis=0)).all()


def test_drift_shows_in_maps_of_the_two_halves() -> None:
    times, positions = open_field()
    env = Environment.from_samples(positions, 5.0)
    half = (times[0] + times[-1]) / 2
    windows = [(times[0], half), (half, times[-1])]
    similar = {}
    for drift in (0.0, 40.0):
        cells = simulate_place_cells(times, positions, n_cells=20, drift=drift)
        maps = compute_place_fields(env, cells.spike_times, times, positions, windows=windows)
        visited = np.isfinite(maps).all(axis=(0, 1))
        similar[drift] = np.mean([np.corrcoef(a[visited], b[visited])[0, 1] for a, b in maps])
    assert similar[0.0] > 0.85
    assert similar[40.0] < similar[0.0] - 0.2


def test_no_spikes_in_gaps_or_where_the_animal_is_lost() -> None:
    times = np.array([0, 0.1, 0.2, 100.0, 100.1, 100.2, 100.3])
    positions = np.array([[0, 0], [1, 1], [0, 0], [0, 0], [np.nan, 0], [0, 0], [0, 0]])
    cells = simulate_place_cells(
        times, positions, n_cells=3, field_width=1e3, peak_rate=500, background_rate=500
    )
    for train in cells.spike_times:
        assert train.size > 20
        assert not ((train > 0.2) & (train < 100.0)).any()
        assert not ((train > 100.0) & (train < 100.2)).any()
        assert (np.diff(train) >= 0).all()


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({"n_cells": 0}, "n_cells is 0"),
        ({"field_width": 0}, "field_width is 0"),
        ({"peak_rate": 1.0, "background_rate": 2.0}, "peak_rate is 1.0 Hz, background_rate 2.0"),
        ({"peak_rate": 0.0, "background_rate": 0.0}, "peak_rate is 0.0 Hz"),
        ({"drift": -1}, "drift is -1"),
        ({"drift": np.nan}, "drift is nan"),
        ({"times": [0.0]}, r"times have shape \(1,\)"),
        ({"times": [0.0], "positions": [[0, 0]]}, "There are 1 samples"),
    ],
)
def test_bad_input(options: dict[str, object], found: str) -> None:
    good: dict[str, object] = {"times": [0.0, 0.1], "positions": [[0, 0], [1, 1]]}
    with pytest.raises(ValueError, match=found):
        simulate_place_cells(**{**good, **options})
