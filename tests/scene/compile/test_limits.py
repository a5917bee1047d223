import logging
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from neurospatial.scene import ArraySource, estimate_colormap_range_from_subset, find_limits
from neurospatial.scene.compile.fields.limits import complete_limits
from neurospatial.testing import CountingSource

anything = st.floats(-1e9, 1e9) | st.sampled_from([np.nan, np.inf, -np.inf])


@given(arrays(np.float64, (6, 4), elements=anything))
def test_limits_are_those_of_the_finite_values(values):
    finite = values[np.isfinite(values)]
    expected = (finite.min(), finite.max()) if len(finite) else (np.inf, -np.inf)
    assert find_limits(ArraySource(values)) == expected


@pytest.mark.parametrize("dtype", [np.uint8, np.int32, bool, np.float16])
def test_limits_of_every_type(dtype):
    values = np.array([[0, 1], [1, 0]]).astype(dtype)
    assert find_limits(ArraySource(values)) == (0.0, 1.0)


class Lazy:
    """Fields that are made when they are read, and take no memory before."""

    dtype = np.dtype(np.float64)

    def __init__(self, n_frames, n_bins):
        self.shape = (n_frames, n_bins)
        self.read_frames = 0

    def read(self, start, stop):
        self.read_frames += stop - start
        values = np.ones((stop - start, self.shape[1]))
        values[:, 0] = np.arange(start, stop)
        return values


def test_pass_over_400_mb_takes_little_memory():
    source = Lazy(50_000, 1000)
    tracemalloc.start()
    try:
        assert find_limits(source) == (0.0, 49_999.0)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert source.read_frames == 50_000
    assert peak < 40_000_000


def test_above_512_mb_a_sample_is_taken_and_said(caplog):
    source = Lazy(1_000_000, 1000)
    with caplog.at_level(logging.INFO, "neurospatial"):
        found = find_limits(source)
    assert source.read_frames == 10_000
    assert 0 <= found[0] <= 1
    assert 990_000 < found[1] < 1_000_000
    assert "10000 of 1000000 frames" in caplog.text
    assert "vmin and vmax" in caplog.text
    assert find_limits(Lazy(1_000_000, 1000)) == found


def test_small_fields_are_looked_at_without_a_word(caplog):
    with caplog.at_level(logging.INFO, "neurospatial"):
        find_limits(Lazy(10, 10))
    assert caplog.text == ""


def test_estimate_is_numpys_percentile():
    rng = np.random.default_rng(3)
    fields = rng.gamma(2, 3, (500, 40))
    fields[rng.random(fields.shape) < 0.2] = np.nan
    fields[0, :3] = np.inf
    finite = fields[np.isfinite(fields)]
    for percentile in ((1.0, 99.0), (0, 100), (25, 50)):
        found = estimate_colormap_range_from_subset(fields, percentile=percentile, seed=0)
        np.testing.assert_allclose(found, np.percentile(finite, percentile))


def test_estimate_of_a_sample_is_repeated_by_its_seed():
    fields = np.random.default_rng(0).normal(size=(5000, 10))
    estimate = [
        estimate_colormap_range_from_subset(fields, n_samples=50, seed=seed) for seed in (1, 1, 2)
    ]
    assert estimate[0] == estimate[1] != estimate[2]
    np.testing.assert_allclose(estimate[0], np.percentile(fields, (1, 99)), atol=0.6)


def test_estimate_reads_the_chosen_frames_only():
    source = CountingSource(np.random.default_rng(0).normal(size=(5000, 10)))
    estimate_colormap_range_from_subset(source, n_samples=70, seed=0)
    frames = [frame for start, stop in source.reads for frame in range(start, stop)]
    assert len(frames) == len(set(frames)) == 70


def test_estimate_of_a_list():
    found = estimate_colormap_range_from_subset([np.arange(101)] * 3, seed=0)
    assert found == (1.0, 99.0)


def test_estimate_of_fields_that_are_nearly_all_zero_reaches_their_peaks():
    fields = np.zeros((50, 100))
    fields[3, 4], fields[5] = 12.0, np.nan
    assert estimate_colormap_range_from_subset(fields) == (0.0, 12.0)


@pytest.mark.parametrize("value", [0, 7, -3.5, 5e-324, 1.7e308, -1.7e308, 2**60, True])
@pytest.mark.parametrize("shape", [(1, 1), (4, 2)])
def test_no_estimate_is_empty(value, shape):
    low, high = estimate_colormap_range_from_subset(np.full(shape, value))
    assert np.isfinite([low, high]).all()
    assert low <= value <= high
    assert low < high


@pytest.mark.parametrize("given", [{}, {"vmin": 1.7e308}, {"vmax": -1.7e308}])
def test_a_constant_at_the_end_of_the_numbers_has_a_finite_range(given):
    value = given.get("vmax", 1.7e308)
    found = complete_limits(
        ArraySource(np.full((2, 2), value)), given.get("vmin"), given.get("vmax")
    )
    assert np.isfinite(found).all()
    assert found[0] < found[1]


def test_nothing_finite_is_explained():
    with pytest.raises(ValueError, match=r"(?s)No finite value in 4 frames.*WHY.*HOW.*vmin"):
        estimate_colormap_range_from_subset(np.full((4, 2), np.nan))


@pytest.mark.parametrize(
    "wrong",
    [
        {"n_samples": 0},
        {"percentile": (99, 1)},
        {"percentile": (-1, 50)},
        {"percentile": (5, 101)},
    ],
    ids=str,
)
def test_impossible_estimates_are_refused(wrong):
    with pytest.raises(ValueError, match=r"(?s)n_samples is .* and percentile is .*WHY.*HOW"):
        estimate_colormap_range_from_subset(np.zeros((4, 2)), **wrong)


def test_given_limits_are_kept_and_nothing_is_read():
    source = CountingSource(np.zeros((4, 2)))
    assert complete_limits(source, 1, 2) == (1.0, 2.0)
    assert source.reads == []


@pytest.mark.parametrize(
    ("vmin", "vmax", "expected"), [(None, None, (2, 8)), (0, None, (0, 8)), (None, 9, (2, 9))]
)
def test_missing_ends_are_found(vmin, vmax, expected):
    assert complete_limits(ArraySource(np.array([[2.0, 8.0]])), vmin, vmax) == expected


@given(st.floats(-1e12, 1e12))
def test_constant_field_lies_inside_its_range(value):
    source = ArraySource(np.full((3, 2), value))
    low, high = complete_limits(source, None, None)
    assert low < value < high
    assert complete_limits(source, value, None)[0] == value
    assert complete_limits(source, None, value)[1] == value


def test_nan_only_needs_given_limits():
    with pytest.raises(ValueError, match=r"(?s)No finite value in 3 frames.*vmin and vmax"):
        complete_limits(ArraySource(np.full((3, 2), np.nan)), 0, None)


def test_a_range_needs_frames_of_bins() -> None:
    with pytest.raises(ValueError, match="All fields must have shape"):
        estimate_colormap_range_from_subset(np.arange(5.0))
