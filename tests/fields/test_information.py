"""Spatial information and sparsity, against scipy and by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special

from neurospatial.fields.information import sparsity, spatial_information

seeds = st.integers(0, 10_000)


def draw_fields(seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    n_bins = int(rng.integers(2, 60))
    fields = rng.gamma(0.5, 5, (4, n_bins)) * (rng.uniform(size=(4, n_bins)) < 0.7)
    fields[:, 0] += 0.1
    return fields, rng.gamma(1, 2, n_bins)


@settings(deadline=None, max_examples=100)
@given(seeds)
def test_information_is_the_divergence_of_spikes_from_time(seed: int) -> None:
    """Bits a spike are the Kullback-Leibler divergence of where spikes are from where time is."""
    fields, times = draw_fields(seed)
    share = times / times.sum()
    spikes = fields * times / (fields * times).sum(axis=1, keepdims=True)
    expected = special.rel_entr(spikes, share).sum(axis=1) / np.log(2)
    np.testing.assert_allclose(spatial_information(fields, times), expected, atol=1e-12)
    for field, one in zip(fields, expected, strict=True):
        np.testing.assert_allclose(spatial_information(field, times), one, atol=1e-12)


@settings(deadline=None, max_examples=100)
@given(seeds)
def test_sparsity_is_mean_squared_over_mean_square(seed: int) -> None:
    fields, times = draw_fields(seed)
    mean = np.average(fields, axis=1, weights=times)
    square = np.average(fields**2, axis=1, weights=times)
    got = sparsity(fields, times)
    np.testing.assert_allclose(got, mean**2 / square)
    assert ((got > 0) & (got <= 1 + 1e-12)).all()


@settings(deadline=None, max_examples=50)
@given(seeds, st.floats(1e-150, 1e150), st.floats(1e-9, 1e9))
def test_units_of_rate_and_time_do_not_matter(seed: int, hz: float, seconds: float) -> None:
    fields, times = draw_fields(seed)
    for measure in (spatial_information, sparsity):
        expected = measure(fields, times)
        np.testing.assert_allclose(measure(fields * hz, times * seconds), expected, atol=1e-9)


def test_known_values() -> None:
    even = np.ones(8)
    assert spatial_information(even, even) == 0
    assert sparsity(even, even) == 1
    assert spatial_information(np.eye(8)[2], even) == 3
    assert sparsity(np.eye(8)[2], even) == 1 / 8


def test_bins_without_a_rate_count_for_nothing() -> None:
    fields, times = draw_fields(3)
    fields[0, ::3] = np.nan
    valid = ~np.isnan(fields[0])
    for measure in (spatial_information, sparsity):
        expected = measure(fields[0, valid], times[valid])
        np.testing.assert_allclose(measure(fields, times)[0], expected)


@pytest.mark.parametrize("field", [np.zeros(3), np.full(3, np.nan), np.array([0, 0, 5.0])])
def test_a_unit_that_never_fired_says_nothing(field: np.ndarray) -> None:
    times = np.array([1.0, 2.0, 0.0])
    assert np.isnan(spatial_information(field, times))
    assert np.isnan(sparsity(field, times))


@pytest.mark.parametrize(
    ("field", "times", "found"),
    [
        (np.ones(3), np.ones(4), r"shape \(3,\), occupancy has shape \(4,\)"),
        (np.ones((2, 2, 3)), np.ones(3), r"shape \(2, 2, 3\)"),
        (np.ones(3), np.ones((1, 3)), r"occupancy has shape \(1, 3\)"),
        ([1, -2, 3], np.ones(3), "from -2 to 3"),
        ([1, np.inf, 3], np.ones(3), "to inf"),
        (np.ones(3), [1, -1, 1], "occupancy holds -1"),
        (np.ones(3), [1, np.nan, 1], "occupancy holds nan"),
    ],
)
def test_mistakes(field: object, times: object, found: str) -> None:
    for measure in (spatial_information, sparsity):
        with pytest.raises(ValueError, match=rf"{found}[\s\S]*WHY[\s\S]*HOW"):
            measure(field, times)  # type: ignore[arg-type]
