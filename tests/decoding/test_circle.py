"""Directions decoded: their means and distances go around."""

import numpy as np
import pytest

from neurospatial import Environment, compute_place_fields, decode_positions
from neurospatial.decoding.bin_distances import compute_bin_distances, compute_distances_along
from neurospatial.decoding.mean_position import choose_mean
from neurospatial.fields import detect_fields, running_velocity
from neurospatial.layouts.periodic import shorten_steps
from neurospatial.samples import simulate_head_direction_cells

TURN = 2 * np.pi
ENV = Environment.from_circle(TURN / 60)


def test_a_mean_across_the_seam_lies_at_the_seam() -> None:
    probabilities = np.zeros((2, 60))
    probabilities[0, [58, 59, 0, 1]] = 0.25
    probabilities[1, [29, 30]] = 0.5
    mean = choose_mean(ENV.layout).compute(probabilities)
    np.testing.assert_allclose(np.sin(mean / 2), [[0], [1]], atol=1e-12)


def test_distances_are_the_shorter_arcs() -> None:
    [apart] = compute_bin_distances(ENV.layout, np.array([0]))
    assert apart.max() == pytest.approx(np.pi)
    assert apart[59] == pytest.approx(TURN / 60)
    along = compute_distances_along(ENV.layout, np.array([[0.1]]), np.array([[6.2]]))
    assert along == pytest.approx(0.1 + TURN - 6.2)


def test_a_field_across_the_seam_has_its_centroid_there() -> None:
    field = np.zeros(60)
    field[[57, 58, 59, 0]] = 5.0
    [found] = detect_fields(ENV, field)
    assert found.centroid == pytest.approx(TURN - 1.0 * TURN / 60)
    assert found.size == pytest.approx(4 * TURN / 60)


def test_turning_is_even_across_the_seam() -> None:
    times = np.arange(0, 30, 0.1)
    assert running_velocity(ENV, times, times % TURN) == pytest.approx(1.0)


def test_directions_of_the_head_are_decoded() -> None:
    times = np.arange(0, 300, 0.02)
    angles = np.random.default_rng(0).normal(0, 0.15, times.size).cumsum() % TURN
    cells = simulate_head_direction_cells(times, angles, n_cells=30, seed=1)
    fields = compute_place_fields(ENV, cells.spike_times, times, angles, progress=False)
    decoded = decode_positions(ENV, fields[:, 0], cells.spike_times, time_bins=(0, 300, 0.1))
    true = np.unwrap(angles)
    there = np.interp(decoded.times, times, true)[:, np.newaxis]
    error = np.abs(shorten_steps(ENV.layout, decoded.mean_position - there))
    assert np.median(error) < 0.2
    near = np.abs(shorten_steps(ENV.layout, there))[:, 0] < 0.3
    assert np.median(error[near]) < 1.3 * np.median(error)
