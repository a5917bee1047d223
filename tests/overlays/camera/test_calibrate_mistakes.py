import re
import sys

import numpy as np
import pytest

from neurospatial import Environment
from neurospatial.install_hint import make_install_line
from neurospatial.layouts import RegularGrid
from neurospatial.overlays.camera.calibrate import calibrate_video
from neurospatial.scene import Affine2D
from tests.overlays.camera.cameras import SIZE, arena, explained, tilted

PICTURES = np.zeros((1, SIZE[1], SIZE[0], 3), dtype=np.uint8)
INNER = arena((40.0, 30.0, 60.0, 50.0))
PX = np.array([[10, 10], [300, 20], [310, 230], [20, 220], [150, 100.0]])
FLOOR = Affine2D.scaling(0.4, -0.4) @ Affine2D.translation(0, -240)


def refused(text, error=ValueError, env=INNER, **given):
    with pytest.raises(error, match=explained(text)):
        calibrate_video(PICTURES, env, **given)


def badly_marked(text, px=PX, env=None, **given):
    env = FLOOR(px) if env is None else env
    refused(text, landmarks_px=px, landmarks_env=env, **given)


@pytest.mark.parametrize("n_dims", [1, 3])
def test_line_and_volume_are_refused(n_dims):
    layout = RegularGrid((np.arange(4.0),) * n_dims, np.ones((3,) * n_dims, dtype=bool))
    text = rf"^VideoOverlay requires 2D environment\. This one has {n_dims} dimension"
    refused(text, env=Environment(layout), cm_per_px=0.25)


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({}, "was given no way to calibrate"),
        ({"landmarks_px": PX}, r"was given landmarks_px\."),
        ({"landmarks_env": PX}, r"was given landmarks_env\."),
        ({"cm_per_px": 1, "scale_bar": ((0, 0), (1, 1), 1)}, "was given scale_bar, cm_per_px"),
        (
            {"cm_per_px": 1, "landmarks_px": PX, "landmarks_env": PX},
            "landmarks_px, landmarks_env, cm_per_px",
        ),
        ({"cm_per_px": 1, "method": "projective"}, "'projective' and ransac=False are given"),
        ({"cm_per_px": 1, "ransac": 2.0}, r"'affine' and ransac=2\.0 are given without"),
        ({"cm_per_px": 1, "method": "afine"}, r"method is 'afine'. Did you mean 'affine'\?"),
    ],
)
def test_exactly_one_way(given, text):
    refused(text, **given)


@pytest.mark.parametrize("value", [0, -0.25, np.nan, np.inf])
def test_size_of_a_pixel_is_positive(value):
    refused(rf"cm_per_px is {value}", cm_per_px=value)


@pytest.mark.parametrize(
    ("bar", "text"),
    [
        (((10, 10), (10, 10), 5), "0 px and 5 environment units long"),
        (((10, 10), (20, 10), 0), "10 px and 0 environment units long"),
        (((10, 10), (20, 10), -3), "10 px and -3 environment"),
        (((10, 10), (20, 10), np.nan), "10 px and nan environment"),
        (((10, 10), (20, 10)), r"scale_bar is \(\(10, 10\), \(20, 10\)\)"),
        (((10, 10, 1), (20, 10, 1), 5), "scale_bar is "),
        (((10, np.nan), (20, 10), 5), "scale_bar is "),
        (3.0, r"scale_bar is 3\.0"),
        (((10, 10), (330, 10), 5), r"1 of 2 points of scale_bar .*320 x 240 px.*index 1"),
    ],
)
def test_scale_bar_has_two_ends_and_a_length(bar, text):
    refused(text, scale_bar=bar)


@pytest.mark.parametrize(
    ("method", "n", "least"), [("similarity", 1, 2), ("affine", 2, 3), ("projective", 3, 4)]
)
def test_too_few_landmarks(method, n, least):
    badly_marked(f"There are {n} landmarks, and method='{method}' needs at least {least}",
                 PX[:n], method=method)  # fmt: skip


@pytest.mark.parametrize(
    ("px", "env", "text"),
    [
        (PX, PX[:4], r"shape \(5, 2\), landmarks_env has shape \(4, 2\)"),
        (PX[0], PX[0], r"landmarks_px has shape \(2,\)"),
        (np.ones((4, 3)), np.ones((4, 3)), r"landmarks_px has shape \(4, 3\)"),
        (np.where(PX == 300, np.nan, PX), PX, r"landmarks_px has 1 NaN or infinite .* \[1\]"),
        (PX, np.where(PX == 220, np.inf, PX), r"landmarks_env has 1 NaN or infinite .* \[3\]"),
        (PX[[0, 1, 2, 1]], PX[:4], r"1 and 3 are the same point of landmarks_px: \[300\.0, 20"),
        (PX[:4], PX[[0, 1, 0, 3]], r"0 and 2 are the same point of landmarks_env: \[10\.0, 10"),
        (
            PX + np.array([0, 30]),
            PX,
            r"2 of 5 points of landmarks_px lie outside the picture of 320 x 240 px; the first, "
            r"at index 2, is \[310\.0, 260\.0\]",
        ),
    ],
)
def test_landmarks_that_do_not_fit_together(px, env, text):
    badly_marked(text, px, env)


LINE = np.column_stack([np.arange(10, 210, 40), 2 + 0.5 * np.arange(10, 210, 40)])


def test_collinear_landmarks():
    badly_marked("The 5 landmarks of landmarks_px are collinear", LINE)
    badly_marked("The 5 landmarks of landmarks_env are collinear", PX, LINE)
    bent = LINE + np.array([[0, 0]] * 4 + [[0, 60]])
    badly_marked("All but one of the 5 landmarks of landmarks_px", bent, method="projective")
    calibrate_video(
        PICTURES, INNER, landmarks_px=LINE, landmarks_env=FLOOR(LINE), method="similarity"
    )


@pytest.mark.parametrize("ransac", [0.0, -1.0, np.nan])
def test_ransac_is_a_distance(ransac):
    badly_marked(f"ransac is {ransac}", ransac=ransac)


def test_landmarks_without_any_agreement():
    env = np.random.default_rng(0).uniform(0, 100, (5, 2))
    badly_marked("No projective map fits enough of the 5 landmarks within 1e-09",
                 env=env, method="projective", ransac=1e-9)  # fmt: skip


def test_landmarks_in_another_order():
    env = FLOOR(PX[[0, 2, 1, 3]])
    badly_marked("on both sides of the horizon: [12] on one", PX[:4], env, method="projective")


@pytest.mark.parametrize(
    ("method", "wrong"), [("affine", 3), ("similarity", 0), ("projective", 5)]
)
def test_landmark_that_fits_badly_is_named(method, wrong):
    px = np.vstack([PX, [[60, 90]]])
    env = FLOOR(px)
    env[wrong] += [0, 12]
    text = rf"Landmark {wrong} lies 12 cm from where the others put it, .* within [\d.e-]+ cm"
    with pytest.warns(UserWarning, match=rf"{text}\.\n  .* extend over 1\d\d\.?\d* cm"):
        calibrate_video(PICTURES, INNER, landmarks_px=px, landmarks_env=env, method=method)


def test_camera_at_an_angle_asks_for_a_projective_map():
    text = r"(?s)Landmark \d lies [\d.]+ cm from where the calibration.*method='projective'"
    with pytest.warns(UserWarning, match=text):
        calibrate_video(PICTURES, INNER, landmarks_px=PX, landmarks_env=tilted()(PX))


def test_no_corner_is_blamed_when_the_others_fit_because_they_lie_on_a_line():
    env = np.array([[0, 80], [100, 80], [100, 0], [0, 0], [35, 80], [65, 80]], float)
    far = tilted(0.9, 0.0, focal=200.0)
    text = r"(?s)from where the calibration puts it.*needs method='projective'"
    with pytest.warns(UserWarning, match=text):
        calibrate_video(PICTURES, INNER, landmarks_px=far.inverse(env), landmarks_env=env)


@pytest.mark.parametrize("method", ["affine", "projective"])
def test_mirrored_landmarks_are_told(method):
    with pytest.warns(UserWarning, match=r"mirror the picture.\n.* one down is \[.*0\.4\]"):
        calibrate_video(PICTURES, INNER, landmarks_px=PX, landmarks_env=PX * 0.4, method=method)


@pytest.mark.parametrize(
    ("given", "text"),
    [({"method": "projective"}, "A camera at an angle"), ({"ransac": True}, "ransac")],
)
def test_opencv_missing(given, text, monkeypatch):
    monkeypatch.setitem(sys.modules, "cv2", None)
    line = re.escape(make_install_line("neurospatial-overlays[camera]"))
    match = f"{text}.* needs OpenCV.*{line}"
    with pytest.raises(ImportError, match=f"(?s){match}"):
        calibrate_video(PICTURES, INNER, landmarks_px=PX, landmarks_env=FLOOR(PX), **given)
    calibrate_video(PICTURES, INNER, landmarks_px=PX, landmarks_env=FLOOR(PX))
