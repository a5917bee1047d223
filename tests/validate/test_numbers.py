"""Arrays of real numbers, and single ones that are positive."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from neurospatial.validate import to_real_array, validate_positive

REAL = st.one_of(
    hnp.floating_dtypes(), hnp.integer_dtypes(), hnp.unsigned_integer_dtypes(), st.just(bool)
)


@given(hnp.arrays(REAL, hnp.array_shapes(min_dims=0, max_dims=3)))
def test_every_real_type_is_taken_whole(array):
    taken = to_real_array(array, "values")
    assert taken.dtype == np.float64
    np.testing.assert_array_equal(taken, array.astype(np.float64))


def test_an_array_of_floats_is_not_copied():
    array = np.zeros(3)
    assert to_real_array(array, "values") is array


@pytest.mark.parametrize(
    ("values", "found"),
    [
        (np.zeros(2, complex), "speed: dtype complex128"),
        (["a", "b"], "speed: dtype <U1"),
        ([None, 1], "speed: dtype object"),
        ([[1, 2], [3]], "speed: rows of unequal length"),
        (np.array(["2020-01-01"], "M8[s]"), r"speed: dtype datetime64\[s\]"),
    ],
)
def test_what_is_no_real_number_is_refused(values, found):
    with pytest.raises(TypeError, match=rf"(?s)^{found}, expected real numbers\..*WHY.*HOW"):
        to_real_array(values, "speed")


@pytest.mark.parametrize("value", [1, 0.5, np.float32(2), np.int64(3), np.array(4.0)])
def test_a_positive_number_comes_back(value):
    assert validate_positive(value, "size") == float(value)


@pytest.mark.parametrize("value", [0, -1, np.nan, np.inf, "1", None, [1], 1j, np.float64(0)])
def test_what_is_not_positive_is_refused(value):
    with pytest.raises(
        ValueError, match=r"(?s)^Mark: size is .* points\..*WHY.*a number of points"
    ):
        validate_positive(value, "size", unit="points", owner="Mark")


def test_the_least_is_not_enough():
    with pytest.raises(ValueError, match=r"(?s)^downsample is 1\..*above 1"):
        validate_positive(1, "downsample", least=1)


def test_a_number_of_numpy_is_shown_as_a_number():
    with pytest.raises(ValueError, match=r"(?s)^size is 0\.0\."):
        validate_positive(np.float64(0), "size")
