"""An environment of directions: nothing is lost, and nothing ends, at its seam."""

import warnings
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from neurospatial import Environment, compute_place_field
from neurospatial.environment.smoothing_kernels import Method
from neurospatial.environment.trajectory import bin_trajectory
from neurospatial.layouts import RegularGrid

TURN = 2 * np.pi
ENV = Environment.from_circle(TURN / 60)


def turning(n_turns: float = 20.0, rate: float = 50.0) -> tuple[NDArray[np.float64], ...]:
    """A head that turns evenly, ten seconds a turn: times, and angles from -π to π."""
    times = np.arange(0, 10 * n_turns, 1 / rate)
    return times, np.angle(np.exp(1j * TURN * times / 10))


def line() -> Environment:
    """The same bins as people had to cut them: an axis that ends."""
    edges = (np.linspace(-np.pi, np.pi, 61),)
    return Environment(RegularGrid(edges, np.ones(60, bool)))


@pytest.mark.parametrize("method", ["diffusion_kde", "gaussian_kde", "binned"])
def test_a_unit_that_fires_evenly_has_the_same_rate_everywhere(method: Method) -> None:
    times, angles = turning(rate=300.0)
    spikes = np.arange(0.05, times[-1], np.sqrt(5) / 50)
    rates = compute_place_field(ENV, spikes, times, angles[:, np.newaxis], method=method)
    np.testing.assert_allclose(rates, 50 / np.sqrt(5), rtol=0.06 if method == "binned" else 0.02)


def test_no_spike_is_lost_where_a_line_loses_those_at_its_seam() -> None:
    times, angles = turning(rate=5.0)
    # Between the two samples at the seam, seen from either side of it.
    after = np.flatnonzero(np.diff(angles) < 0)
    spikes = times[after] + 0.1
    kept = {}
    for name, env in (("circle", ENV), ("line", line())):
        rates = compute_place_field(env, spikes, times, angles[:, np.newaxis], method="binned")
        held = bin_trajectory(env.layout, times, angles[:, np.newaxis]).compute_occupancy()
        kept[name] = np.where(held > 0, rates * held, 0)
    assert kept["circle"].sum() == pytest.approx(spikes.size)
    seam = ENV.bin_at([[np.pi - 1e-3], [np.pi + 1e-3]])
    assert kept["circle"][seam].sum() == pytest.approx(spikes.size)
    assert kept["line"][[0, 59]].sum() < 0.1 * spikes.size


@pytest.mark.parametrize("method", ["diffusion_kde", "gaussian_kde"])
def test_smoothing_is_the_same_wherever_it_starts(method: Method) -> None:
    field = np.random.default_rng(0).uniform(0, 9, 60)
    smooth = ENV.smooth(field, 0.3, method=method)
    for shift in (1, 17, 59):
        moved = ENV.smooth(np.roll(field, shift), 0.3, method=method)
        np.testing.assert_allclose(moved, np.roll(smooth, shift), rtol=1e-9)
    assert smooth.mean() == pytest.approx(field.mean())
    if method == "diffusion_kde":
        # Of a cosine, diffusion leaves a cosine, lower by its closed form on the bins.
        angles = ENV.bin_centers[:, 0]
        step = TURN / 60
        fall = np.exp(-(0.3**2) / 2 * (2 - 2 * np.cos(step)) / step**2)
        np.testing.assert_allclose(ENV.smooth(np.cos(angles), 0.3), fall * np.cos(angles))


def test_distances_go_the_shorter_way_round() -> None:
    assert ENV.distance_between([0.05], [TURN - 0.05]) == pytest.approx(TURN / 60)
    assert ENV.distance_to([[0.01]]).max() == pytest.approx(np.pi)
    assert ENV.path_between([0.15], [-0.15]).tolist() == [1, 0, 59, 58]
    assert ENV.boundary_bins.size == 0


def test_values_between_centres_go_across_the_seam() -> None:
    field = np.abs(np.arange(60) - 29.5)
    field[[0, 59]] = 7.0, 9.0
    halfway = ENV.interpolate(field, [[-0.0], [TURN], [-TURN]], "linear")
    # Beside the 7 of bin 0 stand 28.5 above and, across the seam, 9 below.
    assert halfway == pytest.approx(7.0 - (28.5 - 9) / 2 * 0.5)
    assert ENV.interpolate(field, [[-0.01]], "nearest") == [9.0]


def test_a_slow_turn_across_the_seam_is_slow() -> None:
    times, angles = turning()
    slow = bin_trajectory(ENV.layout, times, angles[:, np.newaxis], min_speed=0.5)
    assert slow.compute_occupancy().sum() == pytest.approx(times[-1])
    angles[100:120] = np.nan
    with_lost = bin_trajectory(ENV.layout, times, angles[:, np.newaxis], min_speed=0.5)
    assert with_lost.compute_occupancy().sum() == pytest.approx(times[-1] - 22 / 50)


def test_angles_of_any_turn_are_inside_even_where_most_are_lost() -> None:
    times, angles = turning()
    angles[: 6 * times.size // 10] = np.nan
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        bin_trajectory(ENV.layout, times, np.abs(angles)[:, np.newaxis] - 7)


def test_degrees_are_said() -> None:
    times, angles = turning()
    with pytest.warns(UserWarning, match=r"^angles run from -180 to .* look like degrees"):
        compute_place_field(ENV, [1.0], times, np.degrees(angles)[:, np.newaxis])
    with pytest.raises(ValueError, match=r"np\.deg2rad\(6\)"):
        Environment.from_circle(6)
    with pytest.raises(ValueError, match="a turn has"):
        Environment.from_circle(700.0)
    with pytest.raises(ValueError, match="would make"):
        Environment.from_circle(1e-9)


def test_it_is_saved_and_cut_and_joined(tmp_path: Path) -> None:
    path = tmp_path / "circle.npz"
    ENV.save(path)
    assert Environment.load(path) == ENV
    assert ENV.rebin(5) == Environment.from_circle(TURN / 12)
    half = ENV.subset(ENV.bin_centers[:, 0] < np.pi)
    half.save(path)
    assert Environment.load(path) == half
    assert half.boundary_bins.tolist() == [0, 29]


def test_its_axis_says_angle() -> None:
    axes = ENV.plot_field(np.arange(60.0))
    assert axes.get_xlabel() == "Angle [rad]"
    [drawn] = axes.get_lines()[:1]
    assert np.isfinite(drawn.get_xdata()).sum() == 60
