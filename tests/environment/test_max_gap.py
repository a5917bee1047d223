"""Which steps between samples count follows how often the animal was sampled."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurospatial import Environment, compute_place_field, compute_place_fields
from neurospatial.environment.trajectory import bin_trajectory
from neurospatial.samples import simulate_place_cells
from neurospatial.validate import choose_max_gap, compute_usual_interval

LINE = Environment.from_mask([True] * 4, [range(5)])
LINE.regions.add("begin", point=[0.5])

DOORS: dict[str, Callable[..., object]] = {
    "occupancy": LINE.occupancy,
    "bin_sequence": LINE.bin_sequence,
    "transitions": LINE.transitions,
    "region_visits": LINE.region_visits,
    "compute_place_field": lambda times, places, **gap: compute_place_field(
        LINE, times, times, places, **gap
    ),
    "compute_place_fields": lambda times, places, **gap: compute_place_fields(
        LINE, [times], times, places, **gap
    ),
    "simulate_place_cells": simulate_place_cells,
}


@given(st.floats(0.001, 4), st.integers(3, 60))
def test_even_sampling_has_no_gap_however_slow(interval: float, n: int) -> None:
    times = interval * np.arange(n)
    occupancy = LINE.occupancy(times, np.full(n, 0.5))
    np.testing.assert_allclose(occupancy, [times[-1], 0, 0, 0])


@given(st.floats(0.01, 4), st.lists(st.integers(0, 80), max_size=3))
def test_a_gap_is_longer_than_a_second_and_five_usual_intervals(
    interval: float, longer: list[int]
) -> None:
    steps = interval * np.append(np.ones(9), longer).clip(0.01)
    times = np.append(0, steps.cumsum())
    limit = max(1.0, 5 * float(np.median(np.diff(times))))
    assert choose_max_gap(times) == limit
    assert compute_usual_interval(times) == pytest.approx(interval)
    counted = np.diff(times)[np.diff(times) <= limit].sum()
    assert LINE.occupancy(times, np.full(times.size, 0.5)).sum() == pytest.approx(counted)


@given(st.integers(0, 99), st.integers(2, 50))
def test_the_interval_of_a_long_recording_is_that_of_its_parts(seed: int, slower: int) -> None:
    rng = np.random.default_rng(seed)
    # A camera that ticks slower for a fifth of the time, and is off now and then.
    steps = 0.02 * rng.uniform(0.9, 1.1, 200_000)
    steps[60_000:100_000] *= slower
    steps[rng.integers(0, steps.size, 30)] += 100.0
    times = np.append(0, steps.cumsum())
    assert compute_usual_interval(times) == pytest.approx(float(np.median(steps)), rel=0.01)


def test_a_map_of_one_sample_a_second_is_not_empty() -> None:
    times = np.arange(600.0)
    places = 2 + 1.9 * np.sin(times / 7)
    assert np.isfinite(compute_place_field(LINE, times[::3], times, places)).all()


@pytest.mark.parametrize("door", DOORS)
def test_the_limit_means_the_same_everywhere(door: str) -> None:
    times = np.array([0.0, 0.4, 0.8, 1.7, 1.8, 9.0, 9.1])
    places = np.array([0.5, 1.5, 2.5, 3.5, 0.5, 1.5, 2.5])
    same = repr(DOORS[door](times, places))
    assert repr(DOORS[door](times, places, max_gap="auto")) == same
    assert repr(DOORS[door](times, places, max_gap=2.0)) == same
    assert repr(DOORS[door](times, places, max_gap=None)) == repr(
        DOORS[door](times, places, max_gap=np.inf)
    )
    for wrong in (0, -1, np.nan, "long"):
        with pytest.raises(ValueError, match=r"max_gap is .* s\.[\s\S]*follows the sampling"):
            DOORS[door](times, places, max_gap=wrong)


def test_no_samples_have_no_gap() -> None:
    for times in ([], [3.0]):
        trajectory = bin_trajectory(LINE.layout, times, np.full((len(times), 1), 0.5))
        assert trajectory.compute_occupancy().sum() == 0
