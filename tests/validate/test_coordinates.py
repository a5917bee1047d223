"""Points and positions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from neurospatial.validate import validate_points, validate_positions

ANY = hnp.arrays(
    np.float64,
    st.tuples(st.integers(0, 6), st.integers(1, 3)),
    elements=st.floats(allow_nan=True, allow_infinity=True),
)


@given(ANY)
def test_points_may_lie_anywhere_and_positions_nowhere_infinite(points):
    n_dims = points.shape[1]
    np.testing.assert_array_equal(validate_points(points, n_dims), points)
    if not np.isinf(points).any():
        np.testing.assert_array_equal(validate_positions(points, n_dims), points)
        return
    wrong = np.flatnonzero(np.isinf(points).any(axis=1))
    text = rf"^Path: found {len(wrong)} samples with Inf .*\n  First invalid .* {wrong[0]}: "
    with pytest.raises(ValueError, match=text):
        validate_positions(points, n_dims, "Path")


@given(ANY, st.integers(1, 4))
def test_another_number_of_dimensions_is_refused(points, n_dims):
    if n_dims == points.shape[1]:
        return
    text = (
        rf"(?s)^Path has incorrect shape\.\n  Expected: \(n_samples, {n_dims}\) for {n_dims}D "
        rf"environment\n  Got: \({len(points)}, {points.shape[1]}\).*WHY.*HOW"
    )
    with pytest.raises(ValueError, match=text):
        validate_points(points, n_dims, "Path")


def test_one_axis_is_one_dimension():
    assert validate_points([1, 2, 3]).shape == (3, 1)
    assert validate_points([1, 2, 3], 1).shape == (3, 1)
    with pytest.raises(ValueError, match=r"Got: \(3,\)"):
        validate_points([1, 2, 3], 2)


def test_as_many_as_are_needed():
    with pytest.raises(ValueError, match=r"Got: \(0, 2\)"):
        validate_positions(np.zeros((0, 2)), 2, least=1)
    assert len(validate_positions(np.zeros((0, 2)), 2)) == 0
