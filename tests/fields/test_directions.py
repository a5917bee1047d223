"""Tuning curves, mean vectors and the Rayleigh test, against closed forms and chance."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats

from neurospatial import (
    Environment,
    compute_mean_vector,
    compute_place_fields,
    compute_rayleigh,
    compute_tuning_curves,
)
from neurospatial.layouts.periodic import shorten_steps
from neurospatial.samples import simulate_head_direction_cells

TURN = 2 * np.pi
ENV = Environment.from_circle(TURN / 60)
ANGLES = ENV.bin_centers[:, 0]


def make_heading(seconds: float, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """A head that wanders, and looks east longer than west."""
    rng = np.random.default_rng(seed)
    times = np.arange(0, seconds, 0.02)
    angles = rng.normal(0, 0.2, times.size).cumsum()
    return times, np.angle(np.exp(1j * angles) + 0.4)


def test_the_curves_of_simulated_cells_are_those_they_were_given() -> None:
    times, angles = make_heading(1200)
    cells = simulate_head_direction_cells(times, angles, n_cells=12, seed=3)
    curves = compute_tuning_curves(ENV, cells.spike_times, times, angles)
    true = np.stack([cells.rates(cell, ANGLES) for cell in range(12)])
    assert np.abs(curves - true).max() < 4
    assert np.abs(curves - true).mean() < 0.5
    length, direction = compute_mean_vector(ENV, curves)
    off = shorten_steps(ENV.layout, direction - cells.directions)
    assert np.abs(off).max() < np.deg2rad(5)
    assert (length > 0.7).all()


def test_they_are_place_fields_on_the_circle() -> None:
    times, angles = make_heading(60)
    cells = simulate_head_direction_cells(times, angles, n_cells=3)
    trains = dict(enumerate(cells.spike_times))
    keywords = {"method": "binned", "min_occupancy_seconds": 0.2, "max_gap": 0.5}
    curves = compute_tuning_curves(ENV, trains, times, angles, **keywords)
    fields = compute_place_fields(ENV, trains, times, angles, progress=False, **keywords)
    np.testing.assert_array_equal(curves, fields[:, 0])
    wound = compute_tuning_curves(ENV, trains, times, np.unwrap(angles) - 3 * TURN, **keywords)
    np.testing.assert_allclose(wound, curves)


@pytest.mark.parametrize("direction", [0.0, 3.0, 6.2])
@pytest.mark.parametrize("kappa", [0.5, 4.0])
def test_the_mean_vector_of_a_von_mises_curve(kappa: float, direction: float) -> None:
    curve = np.exp(kappa * np.cos(ANGLES - direction))
    length, found = compute_mean_vector(ENV, 7.5 * curve)
    assert length == pytest.approx(special.i1(kappa) / special.i0(kappa))
    assert found == pytest.approx(direction, abs=1e-9) or found == pytest.approx(TURN)


@given(st.lists(st.integers(0, 9), min_size=60, max_size=60).filter(any))
def test_the_mean_vector_is_that_of_as_many_angles(counts: list[int]) -> None:
    length, direction = compute_mean_vector(ENV, counts)
    angles = np.repeat(ANGLES, counts)
    assert length == pytest.approx(1 - stats.circvar(angles), abs=1e-9)
    if length > 1e-6:
        away = np.angle(np.exp(1j * (direction - stats.circmean(angles))))
        assert away == pytest.approx(0, abs=1e-6)
        assert 0 <= direction < TURN


def test_what_has_no_direction_is_nan() -> None:
    curves = np.stack([np.zeros(60), np.full(60, 3.0), np.full(60, np.nan)])
    length, direction = compute_mean_vector(ENV, curves)
    np.testing.assert_array_equal(length, [np.nan, 0, np.nan])
    assert np.isnan(direction).all()
    z, p_value = compute_rayleigh(ENV, curves[:2], np.ones(60))
    np.testing.assert_allclose(z, [np.nan, 0], atol=1e-12)
    np.testing.assert_allclose(p_value, [np.nan, 1])


def test_even_occupancy_gives_the_test_of_the_angles() -> None:
    counts = np.random.default_rng(0).poisson(1 + np.cos(ANGLES))
    z, p_value = compute_rayleigh(ENV, counts / 0.5, np.full(60, 0.5))
    n = counts.sum()
    resultant = n * (1 - stats.circvar(np.repeat(ANGLES, counts)))
    assert z == pytest.approx(resultant**2 / n)
    # As it stands in the book.
    assert p_value == pytest.approx(
        np.exp(np.sqrt(1 + 4 * n + 4 * (n**2 - resultant**2)) - (1 + 2 * n))
    )


@pytest.mark.parametrize("rate", [1.0, 20.0])
def test_units_without_a_direction_are_told_by_chance_only(rate: float) -> None:
    occupancy = 2.0 * np.exp(np.cos(ANGLES - 1))
    counts = np.random.default_rng(1).poisson(rate * occupancy, (4000, 60))
    _, p_value = compute_rayleigh(ENV, counts / occupancy, occupancy)
    assert stats.kstest(p_value, "uniform").pvalue > 0.001
    assert np.mean(p_value < 0.05) == pytest.approx(0.05, abs=0.012)
    # The spikes' angles alone would tell that the head faced one side.
    angles = np.repeat(ANGLES, counts[0])
    assert angles.size * (1 - stats.circvar(angles)) ** 2 > 10


def test_a_sharp_unit_of_many_spikes_has_a_finite_answer() -> None:
    curve = np.zeros(60)
    curve[0] = 1e9
    z, p_value = compute_rayleigh(ENV, curve, np.full(60, 100.0))
    assert z == pytest.approx(1e11)
    assert p_value == 0


def test_what_makes_no_sense_is_refused() -> None:
    line = Environment.from_mask([True] * 4, [range(5)])
    times, angles = make_heading(10)
    with pytest.raises(ValueError, match="RegularGrid, which has no directions"):
        compute_tuning_curves(line, [[1.0]], times, angles)
    with pytest.raises(ValueError, match="no directions"):
        compute_mean_vector(line, np.ones(4))
    with pytest.raises(ValueError, match=r"angles have shape \(500, 2\)"):
        compute_tuning_curves(ENV, [[1.0]], times, np.stack([angles, angles], axis=1))
    with pytest.raises(ValueError, match="rates down to -1"):
        compute_mean_vector(ENV, -np.ones(60))
    with pytest.raises(ValueError, match="rates down to -1"):
        compute_rayleigh(ENV, -np.ones(60), np.ones(60))
    with pytest.raises(ValueError, match="a rate in a direction where occupancy is 0 s"):
        compute_rayleigh(ENV, np.ones(60), np.arange(60))
    with pytest.raises(ValueError, match="occupancy holds nan"):
        compute_rayleigh(ENV, np.ones(60), np.full(60, np.nan))
    with pytest.warns(UserWarning, match="look like degrees"):
        compute_tuning_curves(ENV, [[1.0]], times, np.rad2deg(angles))
