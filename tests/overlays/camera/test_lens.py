import pickle

import cv2
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from neurospatial.overlays.camera.lens import Lens
from tests.overlays.camera.cameras import BARREL, explained

MATRIX = np.array([[500.0, 0, 320], [0, 510, 240], [0, 0, 1]])
small = st.floats(-0.01, 0.01)


@st.composite
def coefficients(draw):
    """Of a lens that does not fold inside the picture, in each of the accepted lengths."""
    radial = [draw(st.floats(-0.2, 0.3)), draw(st.floats(-0.02, 0.05))]
    tail = [draw(st.floats(-0.01, 0.01)), *(draw(small) for _ in range(3))]
    prism = [draw(small) for _ in range(4)]
    n = draw(st.sampled_from([4, 5, 8, 12]))
    return [*radial, draw(small), draw(small), *tail, *prism][:n]


def points_in(width=640, height=480, n=15):
    return np.stack(
        np.meshgrid(np.linspace(0, width, n), np.linspace(0, height, n)), axis=-1
    ).reshape(-1, 2)


@given(coefficients())
def test_distortion_is_that_of_opencv(distortion):
    lens = Lens(MATRIX, distortion)
    ours = lens.distorted(points_in())
    ideal = (points_in() - 0.5 - MATRIX[:2, 2]) / np.diag(MATRIX)[:2]
    flat = np.column_stack([ideal, np.ones(len(ideal))])
    theirs = cv2.projectPoints(flat, np.zeros(3), np.zeros(3), MATRIX, np.array(distortion))[0]
    assume(not np.isnan(ours).any())
    np.testing.assert_allclose(ours, theirs[:, 0] + 0.5, atol=1e-6)


@given(coefficients())
def test_round_trip(distortion):
    lens = Lens(MATRIX, distortion)
    distorted_px = lens.distorted(points_in())
    inside = ~np.isnan(distorted_px).any(axis=-1)
    assert inside.mean() > 0.9
    back = lens.undistorted(distorted_px[inside])
    found = ~np.isnan(back).any(axis=-1)
    assert found.mean() > 0.99
    np.testing.assert_allclose(back[found], points_in()[inside][found], atol=1e-4)


def test_undoing_is_that_of_opencv():
    distorted_px = points_in(320, 240)
    matrix = BARREL.camera_matrix
    until = (cv2.TERM_CRITERIA_COUNT | cv2.TERM_CRITERIA_EPS, 200, 1e-12)
    # OpenCV 5 has one function for both.
    undo = getattr(cv2, "undistortPointsIter", cv2.undistortPoints)
    theirs = undo(distorted_px - 0.5, matrix, BARREL.distortion, R=None, P=matrix, criteria=until)
    np.testing.assert_allclose(BARREL.undistorted(distorted_px), theirs[:, 0] + 0.5, atol=1e-4)


def test_points_beyond_the_fold_are_not_shown_a_second_time():
    lens = Lens([[100, 0, 100], [0, 100, 100], [0, 0, 1]], [-0.3, 0, 0, 0])
    # r - 0.3 r³ turns back at r = 1.054, where it is 0.703.
    assert np.isnan(lens.distorted([100.5 + 106, 100.5])).all()
    np.testing.assert_allclose(lens.distorted([100.5 + 104, 100.5])[0], 100.5 + 70.26, atol=0.01)
    assert np.isnan(lens.undistorted([100.5 + 71, 100.5])).all()
    np.testing.assert_allclose(lens.undistorted([100.5 + 70, 100.5])[0], 100.5 + 100, atol=1e-6)


def test_lens_that_does_nothing():
    lens = Lens(MATRIX, np.zeros(4))
    np.testing.assert_allclose(lens.undistorted(points_in()), points_in(), atol=1e-9)
    np.testing.assert_allclose(lens.distorted([[[3.0, 4.0]]]), [[[3.0, 4.0]]], atol=1e-9)


def test_pickles_and_keeps_its_numbers():
    lens = pickle.loads(pickle.dumps(BARREL))
    assert np.array_equal(lens.undistorted([3.0, 4.0]), BARREL.undistorted([3.0, 4.0]))
    with pytest.raises(ValueError, match="read-only"):
        BARREL.distortion[0] = 1


@pytest.mark.parametrize(
    "matrix",
    [
        np.eye(2),
        [[0, 0, 1], [0, 1, 1], [0, 0, 1]],
        [[1, 0.1, 1], [0, 1, 1], [0, 0, 1]],
        [[1, 0, 1], [0, 1, 1], [0, 0, 2]],
        [[1, 0, np.nan], [0, 1, 1], [0, 0, 1]],
    ],
    ids=["2 by 2", "no focal length", "skew", "scaled", "NaN"],
)
def test_matrix_of_no_camera_is_refused(matrix):
    with pytest.raises(ValueError, match=explained(r"camera_matrix is \[\[")):
        Lens(matrix, [0, 0, 0, 0])


@pytest.mark.parametrize(
    ("distortion", "text"),
    [
        ([0.1, 0.2], "2 coefficients, 2 of them finite"),
        (np.zeros(14), "14 coefficients"),
        ([0.1, np.nan, 0, 0], "4 coefficients, 3 of them finite"),
    ],
)
def test_other_coefficients_are_refused(distortion, text):
    with pytest.raises(ValueError, match=explained(text)):
        Lens(MATRIX, distortion)
