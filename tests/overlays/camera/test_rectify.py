import pickle
import sys
from functools import cache

import numpy as np
import pytest

from neurospatial.overlays.camera.calibration import VideoCalibration
from neurospatial.overlays.camera.rectify import RectifiedFrames, rectify
from neurospatial.overlays.camera.rgb_frames import RGBFrames
from neurospatial.scene import Affine2D, Raster, as_source
from tests.overlays.camera.cameras import (
    BARREL,
    BOUNDS,
    SIZE,
    board,
    explained,
    seen_board,
    tilted,
)

UPRIGHT = Raster(*SIZE, BOUNDS).world_to_px.inverse
CAMERAS = {
    "above": VideoCalibration(tilted(0.0, 0.0), SIZE),
    "angle": VideoCalibration(tilted(0.7, 0.3), SIZE),
    "lens": VideoCalibration(UPRIGHT, SIZE, BARREL),
    "lens at an angle": VideoCalibration(tilted(0.5, -0.4), SIZE, BARREL),
}


@cache
def seen_by(calibration):
    return as_source(seen_board(calibration.apply)[None])


def laid_flat(calibration, crop=(0, 0, *SIZE), downsample=1, bounds=BOUNDS):
    return rectify(RGBFrames(seen_by(calibration), crop, downsample), calibration, bounds)


def differing(flat, blur):
    """Share of opaque pixels, farther than `blur` from an edge of a square, of the other shade."""
    picture = flat.read(0, 1)[0]
    places = flat.raster.pixel_centers()
    steps = np.array([(dx, dy) for dx in (-blur, 0, blur) for dy in (-blur, 0, blur)])
    around = [board(places + step) for step in steps]
    clear = np.all(np.equal(around, around[4]), axis=0) & (picture[..., 3].ravel() == 255)
    assert clear.mean() > 0.2
    bright = picture[..., 0].ravel() > 130
    return float(np.mean(bright[clear] != around[4][clear]))


@pytest.mark.parametrize("camera", CAMERAS)
def test_squares_are_straight_again(camera):
    # An edge may be off by half a pixel of the camera, which is largest far away.
    flat = laid_flat(CAMERAS[camera])
    grid = flat.calibration.apply(np.array([[0.0, 0.0], [320, 0], [160, 120]]))
    assert not np.isnan(grid).any()
    assert differing(flat, blur=1.2) == 0


@pytest.mark.parametrize("camera", ["angle", "lens at an angle"])
@pytest.mark.parametrize(
    ("crop", "downsample"), [((40, 30, 200, 151), 1), ((0, 0, *SIZE), 3), ((41, 33, 210, 180), 2)]
)
def test_crop_and_downsample_keep_places(camera, crop, downsample):
    flat = laid_flat(CAMERAS[camera], crop, downsample)
    assert differing(flat, blur=1.2 + 0.6 * (downsample - 1)) == 0


def test_shift_by_less_than_a_pixel_would_be_seen():
    flat = laid_flat(CAMERAS["above"])
    x, y, *rest = flat.raster.bounds
    moved = Raster(flat.raster.width, flat.raster.height, (x + 0.8, y, rest[0] + 0.8, rest[1]))
    assert differing(RectifiedFrames(flat.pictures, flat.calibration, moved), 0.3) == 0
    wrong = Affine2D.translation(0.8, 0)
    off = VideoCalibration(tilted(0.0, 0.0) @ wrong, SIZE)
    assert differing(RectifiedFrames(flat.pictures, off, flat.raster), 0.3) > 0


@pytest.mark.parametrize("camera", CAMERAS)
def test_opaque_is_what_the_camera_sees(camera):
    calibration = CAMERAS[camera]
    flat = laid_flat(calibration, crop=(100, 60, 80, 90))
    opacity = flat.read(0, 1)[0, ..., 3].ravel()
    px = calibration.apply_inverse(flat.raster.pixel_centers())
    margin = np.minimum(px - [100, 60], [180, 150] - px).min(axis=-1)
    assert np.array_equal(opacity == 255, margin >= 0.499)
    assert np.all(opacity[np.isnan(margin) | (margin < -0.5)] == 0)
    edge = np.abs(margin) < 0.45
    np.testing.assert_allclose(opacity[edge] / 255, margin[edge] + 0.5, atol=0.01)


def test_what_a_lens_folds_back_is_not_shown_twice():
    lens = type(BARREL)([[120, 0, 160], [0, 120, 120], [0, 0, 1]], [-0.2, 0, 0, 0])
    calibration = VideoCalibration(UPRIGHT, SIZE, lens)
    wide = (-100.0, -100.0, 200.0, 200.0)
    white = RGBFrames(as_source(np.full((1, 240, 320, 3), 255, np.uint8)), (0, 0, *SIZE), 1)
    raster = Raster(300, 300, wide)
    opacity = RectifiedFrames(white, calibration, raster).read(0, 1)[0, ..., 3]
    ideal = UPRIGHT.inverse(raster.pixel_centers())
    radius = np.linalg.norm((ideal - 0.5 - [160, 120]) / 120, axis=-1).reshape(300, 300)
    # r - 0.2 r³ turns back at r = 1.29.
    assert np.all(opacity[radius > 1.30] == 0)
    assert np.all(opacity[radius < 0.7] == 255)


def test_sky_is_transparent():
    steep = VideoCalibration(tilted(1.25, 0.0), SIZE)
    far = (-100.0, -500.0, 200.0, 700.0)
    flat = laid_flat(steep, bounds=far)
    opacity = flat.read(0, 1)[0, ..., 3]
    visible = steep.apply_inverse(flat.raster.pixel_centers())
    assert np.isnan(visible).any()
    assert np.all(opacity.ravel()[np.isnan(visible).any(axis=-1)] == 0)
    assert np.any(opacity == 255)


def test_raster_covers_what_is_seen_of_the_environment_and_its_margin():
    x_min, y_min, x_max, y_max = laid_flat(CAMERAS["angle"], bounds=(45, 35, 55, 45)).raster.bounds
    assert (x_min, y_min, x_max, y_max) == (44.5, 34.5, 55.5, 45.5)
    part = laid_flat(CAMERAS["lens"], crop=(0, 0, 100, 240)).raster.bounds
    assert -5 <= part[0] < 0
    assert 30 < part[2] < 34


@pytest.mark.parametrize("camera", CAMERAS)
@pytest.mark.parametrize("downsample", [1, 2])
def test_raster_is_as_fine_as_the_picture(camera, downsample):
    flat = laid_flat(CAMERAS[camera], downsample=downsample)
    _, height, width, channels = flat.shape
    assert channels == 4
    assert width * height <= 2.02 * 320 * 240 / downsample**2
    per_unit = flat.raster.px_per_unit
    assert np.isclose(*per_unit, rtol=0.02)
    assert per_unit[0] >= 0.99 / CAMERAS[camera].cm_per_px / downsample


def test_elsewhere_there_is_nothing():
    assert laid_flat(CAMERAS["angle"], bounds=(1000, 1000, 1100, 1080)) is None
    assert laid_flat(CAMERAS["lens"], bounds=(-300, 0, -200, 80)) is None


def test_pickles_without_its_look_up():
    flat = laid_flat(CAMERAS["angle"])
    before = flat.read(0, 1)
    packed = pickle.dumps(flat)
    assert len(packed) < flat.pictures.source.array.nbytes + 5_000
    again = pickle.loads(packed)
    assert np.array_equal(again.read(0, 1), before)
    assert np.array_equal(again.px_to_world([3, 4]), flat.px_to_world([3, 4]))


def test_no_picture_is_no_frames():
    assert laid_flat(CAMERAS["angle"]).read(0, 0).shape[0] == 0


def test_opencv_missing(monkeypatch):
    flat = laid_flat(CAMERAS["angle"])
    monkeypatch.setitem(sys.modules, "cv2", None)
    with pytest.raises(ImportError, match=explained("behind a lens, needs OpenCV")):
        flat.read(0, 1)
