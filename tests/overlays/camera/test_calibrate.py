import logging
import re

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurospatial import Environment
from neurospatial.overlays.camera.calibrate import calibrate_video
from neurospatial.overlays.camera.lens import Lens
from neurospatial.scene import Affine2D, as_source
from tests.overlays.camera.cameras import (
    BARREL,
    BOUNDS,
    CORNERS_ENV,
    SIZE,
    arena,
    explained,
    tilted,
)
from tests.overlays.video_reader.clips import make_clip

PICTURES = np.zeros((2, SIZE[1], SIZE[0], 3), dtype=np.uint8)
INNER = arena((40.0, 30.0, 60.0, 50.0))
"""An arena small enough to lie in the picture of every camera here."""


def landmarks(n=12, seed=0):
    return np.random.default_rng(seed).uniform((5, 60), (315, 235), (n, 2))


def calibrated(px, env, source=PICTURES, arena=INNER, **options):
    return calibrate_video(source, arena, landmarks_px=px, landmarks_env=env, **options)


@st.composite
def floors(draw):
    """Unmirrored similarity: pixels y down, the floor y up."""
    scale = draw(st.floats(0.6, 3))
    turn = Affine2D.rotation(draw(st.floats(-3.1, 3.1)))
    flip = Affine2D.scaling(scale, -scale)
    there = Affine2D.translation(50, 40)
    return there @ turn @ flip @ Affine2D.translation(-160, -120)


stretches = st.builds(Affine2D.scaling, st.floats(1, 2), st.floats(1, 2))


@given(floors(), st.integers(2, 8))
def test_similarity_is_found_exactly(floor, n):
    found = calibrated(landmarks(n), floor(landmarks(n)), method="similarity")
    np.testing.assert_allclose(found.transform_px_to_cm.matrix, floor.matrix, atol=1e-8)


@given(floors(), stretches, st.integers(3, 8))
def test_affine_is_found_exactly(floor, stretch, n):
    px_to_cm = Affine2D.translation(50, 40) @ stretch @ Affine2D.translation(-50, -40) @ floor
    found = calibrated(landmarks(n), px_to_cm(landmarks(n)))
    np.testing.assert_allclose(found.transform_px_to_cm.matrix, px_to_cm.matrix, atol=1e-8)
    assert found.residuals_cm.max() < 1e-9


@given(st.floats(0, 0.9), st.floats(-3, 3), st.integers(4, 8))
def test_projective_is_found_exactly(tilt, turn, n):
    camera = tilted(tilt, turn)
    found = calibrated(landmarks(n), camera(landmarks(n)), method="projective")
    px = landmarks(30, seed=1)
    np.testing.assert_allclose(found.apply(px), camera(px), rtol=1e-4, atol=1e-3)


def test_camera_upside_down_sees_the_same_side_of_the_horizon():
    over = Affine2D.translation(*SIZE) @ Affine2D.scaling(-1, -1)
    camera = tilted(1.2) @ over
    px = over(landmarks())
    found = calibrated(px, camera(px), method="projective")
    np.testing.assert_allclose(found.apply(px), camera(px), rtol=1e-4, atol=1e-3)
    assert np.isnan(found.apply([160, 239.0])).all()


def noisy(transform, n=40, sigma=0.5):
    noise = np.random.default_rng(5).normal(0, sigma, (n, 2))
    return landmarks(n), transform(landmarks(n)) + noise


def test_noisy_affine_is_least_squares():
    px, env = noisy(Affine2D([[0.4, 0.1, 2], [0.2, -0.5, 90], [0, 0, 1]]))
    found = calibrated(px, env, arena=arena((60, 20, 90, 60))).transform_px_to_cm.matrix
    expected = np.linalg.lstsq(np.column_stack([px, np.ones(len(px))]), env, rcond=None)[0].T
    np.testing.assert_allclose(found[:2], expected, atol=1e-9)


def test_noisy_similarity_is_least_squares():
    px, env = noisy(Affine2D.scaling(0.4, -0.4) @ Affine2D.translation(0, -240), sigma=1.0)
    found = calibrated(px, env, method="similarity").transform_px_to_cm.matrix
    # x = a u + b v + c, y = b u - a v + d, with all four free.
    zero, one = np.zeros(len(px)), np.ones(len(px))
    rows = np.vstack(
        [
            np.column_stack([px[:, 0], px[:, 1], one, zero]),
            np.column_stack([-px[:, 1], px[:, 0], zero, one]),
        ]
    )
    a, b, c, d = np.linalg.lstsq(rows, env.T.ravel(), rcond=None)[0]
    np.testing.assert_allclose(found[:2], [[a, b, c], [b, -a, d]], atol=1e-9)


def test_noisy_projective_is_that_of_opencv():
    px, env = noisy(tilted(0.5))
    found = calibrated(px, env, method="projective")
    expected = cv2.findHomography(px, env, 0)[0]
    there = cv2.perspectiveTransform(px[None], expected)[0]
    np.testing.assert_allclose(found.apply(px), there, atol=1e-3)
    assert 0.2 < np.median(found.residuals_cm) < 1.5


@pytest.mark.parametrize("method", ["affine", "similarity", "projective"])
@pytest.mark.parametrize("ransac", [True, 3.0])
def test_ransac_leaves_wrong_landmarks_out(method, ransac, caplog):
    floor = Affine2D.scaling(0.4, -0.4) @ Affine2D.translation(0, -240)
    camera = tilted(0.5) if method == "projective" else floor
    px, env = noisy(camera, sigma=0.05)
    env[[3, 7, 20]] += [[30, 0], [0, -25], [20, 20]]
    with caplog.at_level(logging.INFO, logger="neurospatial"):
        found = calibrated(px, env, method=method, ransac=ransac)
    assert "left out landmarks [3, 7, 20], farther than " in caplog.text
    np.testing.assert_allclose(found.residuals_cm[[3, 7, 20]], [30, 25, 28.3], atol=0.5)
    assert np.delete(found.residuals_cm, [3, 7, 20]).max() < 0.5


def test_every_corner_of_the_picture_is_upright():
    corners = np.array([[0, 0], [320, 0], [320, 240], [0, 240]])
    for method in ("affine", "similarity", "projective"):
        env = CORNERS_ENV * [1, 0.9375]
        found = calibrated(corners, env, method=method)
        np.testing.assert_allclose(found.apply(corners), env, atol=1e-6)


def test_scale_bar_and_size_of_a_pixel_put_the_lower_left_corner_at_the_origin():
    inside = arena((0, 0, 80, 60))
    bar = calibrate_video(PICTURES, inside, scale_bar=((100, 200), (180, 140), 25.0))
    direct = calibrate_video(PICTURES, inside, cm_per_px=0.25)
    for found in (bar, direct):
        px = [[0, 240], [0, 0], [320, 0], [320, 240]]
        np.testing.assert_allclose(found.apply(px), [[0, 0], [0, 60], [80, 60], [80, 0]])
        assert found.residuals_cm is None
        assert np.isclose(found.cm_per_px, 0.25)


def test_lens_is_undone_before_the_fit():
    floor = Affine2D.scaling(0.4, -0.4) @ Affine2D.translation(0, -240)
    px = landmarks()
    env = floor(BARREL.undistorted(px))
    found = calibrated(px, env, lens=BARREL)
    np.testing.assert_allclose(found.transform_px_to_cm.matrix, floor.matrix, atol=1e-8)
    assert found.residuals_cm.max() < 1e-9
    assert calibrated(px, env).residuals_cm.max() > 1
    ends = BARREL.distorted([[30, 30], [130, 30]])
    bar = calibrate_video(PICTURES, INNER, scale_bar=(*ends, 40.0), lens=BARREL)
    assert np.isclose(bar.transform_px_to_cm.matrix[0, 0], 0.4)


def test_landmarks_beyond_the_lens_are_refused():
    fold = Lens([[100, 0, 160], [0, 100, 120], [0, 0, 1]], [-0.3, 0, 0, 0])
    px = np.array([[160, 120], [200, 120], [160, 160], [319, 239.0]])
    with pytest.raises(ValueError, match=explained(r"at 1 points .* is \[319\.0, 239\.0\]")):
        calibrated(px, px, lens=fold)


def test_frame_size_comes_from_a_file_or_any_pictures(tmp_path):
    clip = make_clip(tmp_path, "motion jpeg", 3)
    found = calibrate_video(clip, arena((0, 0, 40, 30)), cm_per_px=0.25)
    assert found.frame_size_px == (160, 120)
    for pictures in (PICTURES[..., 0], as_source(PICTURES)):
        assert calibrate_video(pictures, INNER, cm_per_px=0.25).frame_size_px == SIZE
    with pytest.raises(FileNotFoundError):
        calibrate_video(tmp_path / "none.mp4", INNER, cm_per_px=0.25)


def test_environments_without_a_grid_are_calibrated_the_same():
    places = np.random.default_rng(0).uniform((30, 30), (60, 50), (500, 2))
    hexagons = Environment.from_samples(places, bin_size=5.0, layout="hexagonal")
    corners = np.array([[0, 0], [320, 0], [320, 240], [0, 240]])
    ours = calibrated(corners, CORNERS_ENV, arena=hexagons).transform_px_to_cm.matrix
    assert np.array_equal(ours, calibrated(corners, CORNERS_ENV).transform_px_to_cm.matrix)


def test_environment_beyond_the_picture():
    with pytest.warns(UserWarning, match="Environment bounds extend") as caught:
        calibrate_video(PICTURES, arena(BOUNDS), cm_per_px=0.25)
    text = str(caught[0].message)
    assert text.startswith("Environment bounds extend beyond calibrated video coverage.")
    for line in (
        "Environment x range: [0, 100] cm",
        "Environment y range: [0, 80] cm",
        "Video x range: [0, 80] cm",
        "Video y range: [0, 60] cm",
        "Bins outside the picture: 32 of 80 (40.0%)",
    ):
        assert line in text
    assert re.search(r"test_calibrate\.py$", caught[0].filename)
