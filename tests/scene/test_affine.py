import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from neurospatial.scene import Affine2D

numbers = st.floats(-1e3, 1e3, allow_subnormal=False)
angles = st.floats(-7, 7)
scales = st.floats(0.01, 100).flatmap(lambda s: st.sampled_from([s, -s]))
points = arrays(np.float64, (5, 2), elements=numbers)


@st.composite
def affines(draw):
    turn = Affine2D.rotation(draw(angles))
    scale = Affine2D.scaling(draw(scales), draw(scales))
    return Affine2D.translation(draw(numbers), draw(numbers)) @ turn @ scale


@given(affines(), points)
def test_inverse_undoes(affine, xy):
    np.testing.assert_allclose(affine.inverse(affine(xy)), xy, atol=1e-6)
    np.testing.assert_allclose(affine(affine.inverse(xy)), xy, atol=1e-6)


@given(affines(), affines(), points)
def test_composition_maps_first_by_the_right_one(a, b, xy):
    np.testing.assert_allclose((a @ b)(xy), a(b(xy)), rtol=1e-9, atol=1e-4)


@given(affines(), points)
def test_agrees_with_homogeneous_coordinates(affine, xy):
    homogeneous = np.column_stack([xy, np.ones(len(xy))])
    expected = np.array([affine.matrix @ row for row in homogeneous])
    np.testing.assert_allclose(affine(xy), expected[:, :2], rtol=1e-9, atol=1e-6)


def test_rotation_is_counter_clockwise():
    np.testing.assert_allclose(Affine2D.rotation(np.pi / 2)([1.0, 0.0]), [0, 1], atol=1e-12)


def test_any_leading_axes_are_mapped():
    xy = np.arange(24.0).reshape(3, 4, 2)
    assert np.array_equal(Affine2D.translation(1, -2)(xy), xy + np.array([1, -2]))


@pytest.mark.parametrize(
    "matrix",
    [
        np.eye(2),
        [[1, 0, 0], [0, 1, 0], [0, 1, 1]],
        [[1, 2, 0], [2, 4, 0], [0, 0, 1]],
        [[1, np.nan, 0], [0, 1, 0], [0, 0, 1]],
        [[1, 0, np.inf], [0, 1, 0], [0, 0, 1]],
    ],
)
def test_other_matrices_are_refused(matrix):
    with pytest.raises(ValueError, match="affine"):
        Affine2D(matrix)


def test_matrix_is_its_own_and_cannot_be_changed():
    matrix = np.eye(3)
    affine = Affine2D(matrix)
    matrix[0, 2] = 5
    assert np.array_equal(affine([0.0, 0.0]), [0, 0])
    with pytest.raises(ValueError, match="read-only"):
        affine.matrix[0, 0] = 2
