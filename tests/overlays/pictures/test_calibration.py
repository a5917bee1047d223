"""Every kind of calibration puts coloured squares on their places, to half a pixel."""

from functools import cache

import numpy as np
import pytest

from neurospatial.overlays import Lens, VideoOverlay, calibrate_video
from tests.overlays.pictures.camera import (
    CORNERS,
    SIZE,
    UPRIGHT,
    landmarks,
    take_picture,
    tilted,
    turned,
)
from tests.overlays.pictures.shots import arena, shoot

BARREL = ([[170, 0, 99.0], [0, 172, 61.0], [0, 0, 1]], [-0.25, 0.06, 1e-3, -2e-3, 0.0])
"""A lens as OpenCV describes it: matrix and coefficients."""
WIDE = turned(0.0, 1.35, 1.35)
BAR = {"scale_bar": ((20.0, 60.0), (120.0, 60.0), 50.0)}

CLOSE = 0.25
"""Pixels: closer than the half that a wrong pixel centre is off by."""

CAMERAS = {
    "scale bar": (UPRIGHT, None, BAR),
    "upright scale bar": (UPRIGHT, None, {"scale_bar": ((33.0, 10.0), (33.0, 110.0), 50.0)}),
    "cm_per_px": (UPRIGHT, None, {"cm_per_px": 0.5}),
    "affine": (UPRIGHT, None, {}),
    "affine, turned": (turned(0.35, 1.6, 1.5), None, {"method": "affine"}),
    "affine, upside down": (turned(np.pi, 1.1, 1.15), None, {"method": "affine"}),
    "affine, mirrored": (turned(0.2, 1.3, 1.3, mirror=-1), None, {"method": "affine"}),
    "similarity, turned": (turned(-0.5, 1.5, 1.5), None, {"method": "similarity"}),
    "projective": (tilted(), None, {"method": "projective"}),
    "projective, turned": (tilted(0.35, -0.4, far=125.0), None, {"method": "projective"}),
    "lens": (WIDE, BARREL, {"method": "affine"}),
    "lens, projective": (tilted(0.3, 0.1), BARREL, {"method": "projective"}),
}
SHOWN = {
    "whole": {},
    "crop": {"crop": (3, 5, 194, 111)},
    "downsample": {"downsample": 2},
    "crop and downsample": {"crop": (3, 5, 190, 110), "downsample": 2},
    "below": {"z_order": "below"},
    "half opaque": {"alpha": 0.5},
    "on a clock of its own": {"times": [-0.2, 0.04, 0.22, 0.9]},
}


@cache
def calibrated(kind):
    """Pictures of a camera, and their calibration."""
    px_to_floor, lens, options = CAMERAS[kind]
    pictures = np.stack([take_picture(px_to_floor, lens)] * 4)
    if lens is not None:
        options = {**options, "lens": Lens(*lens)}
    if "scale_bar" not in options and "cm_per_px" not in options:
        options = {**options, **landmarks(px_to_floor, lens)}
    return pictures, calibrate_video(pictures, arena(), **options)


def check(pictures, calibration, options):
    env = arena()
    fields = np.full((4, env.n_bins), np.nan if options.get("z_order") == "below" else 0.0)
    if "times" in options:
        # The nearest pictures are the second and the third.
        pictures = pictures.copy()
        pictures[[0, 3]] = 0
    overlay = VideoOverlay(pictures, calibration, **{"alpha": 1.0, **options})
    shot = shoot(overlay, env=env, fields=fields, frames=[0.0, 0.1, 0.2, 0.3])
    for frame in (0, 3):
        for color, place in CORNERS.items():
            shot.check_marks(frame, color, place, within=CLOSE)


# Some cameras here miss a corner of the arena.
pytestmark = pytest.mark.filterwarnings("ignore:Environment bounds extend")


@pytest.mark.parametrize("kind", [kind for kind in CAMERAS if "mirrored" not in kind])
def test_squares_lie_on_their_places(kind):
    check(*calibrated(kind), {})


def test_mirrored_picture_is_warned_of_and_placed():
    with pytest.warns(UserWarning, match="mirror"):
        pictures, calibration = calibrated("affine, mirrored")
    check(pictures, calibration, {})


@pytest.mark.parametrize("shown", [name for name in SHOWN if name != "whole"])
@pytest.mark.parametrize("kind", ["cm_per_px", "affine, turned", "lens, projective"])
def test_squares_stay_however_the_picture_is_shown(kind, shown):
    check(*calibrated(kind), SHOWN[shown])


def test_an_outlier_among_landmarks_is_left_out():
    px_to_floor = turned(0.35, 1.4, 1.4)
    pictures = np.stack([take_picture(px_to_floor)] * 4)
    known = landmarks(px_to_floor)
    more = np.array([[40.0, 30.0], [60.0, 30.0], [50.0, 20.0]])
    back = np.linalg.inv(px_to_floor)
    px = np.concatenate([known["landmarks_px"], more @ back[:2, :2].T + back[:2, 2]])
    px[5] += (25, -14)
    calibration = calibrate_video(
        pictures,
        arena(),
        landmarks_px=px,
        landmarks_env=np.concatenate([known["landmarks_env"], more]),
        ransac=2.0,
    )
    check(pictures, calibration, {})


def test_nothing_is_drawn_where_the_camera_sees_nothing():
    env = arena()
    pictures, calibration = calibrated("cm_per_px")
    narrow = VideoOverlay(
        np.full_like(pictures, 255), calibration, alpha=1.0, crop=(0, 0, SIZE[0] // 2, SIZE[1])
    )
    shot = shoot(narrow, env=env, fields=np.full((4, env.n_bins), 0.4))
    edge = shot.px((50, 30))[0]
    row = shot.share(0, "white")[int(shot.px((50, 30))[1])]
    light = (row[: shot.px((99, 30)).astype(int)[0]] - 0.4) / 0.6
    begin = int(shot.px((1, 30))[0])
    assert light[begin:].sum() + begin == pytest.approx(edge, abs=0.5)
