"""Pictures of VideoOverlay: each option does what it says."""

import tempfile
from pathlib import Path

import numpy as np
import pytest

from neurospatial.overlays import VideoOverlay, calibrate_video
from tests.overlays.pictures.camera import (
    CORNERS,
    SIZE,
    landmarks,
    take_picture,
    turned,
    write_clip,
)
from tests.overlays.pictures.options import shows
from tests.overlays.pictures.shots import arena, shoot

PICTURE = take_picture()
WALK = np.array([(20, 15), (40, 30), (60, 40), (80, 20)])
CLOCK = np.arange(4) / 10
SOLID = {"alpha": 1.0}


def straight(pictures):
    return calibrate_video(pictures, arena(), cm_per_px=0.5)


def camera(pictures=None, **options):
    given = np.stack([PICTURE] * 4) if pictures is None else pictures
    return VideoOverlay(given, straight(given), **{**SOLID, **options})


def moving():
    """A magenta square that walks, a step a picture."""
    return np.stack([take_picture(squares={"magenta": place}) for place in WALK])


def check_corners(shot, frame=0, colors=tuple(CORNERS)):
    for color, place in CORNERS.items():
        shot.check_marks(frame, color, [place] if color in colors else np.empty((0, 2)))


@shows("VideoOverlay", "source")
def test_picture_lies_on_the_floor_the_right_way_up():
    shot = shoot(camera())
    for frame in range(4):
        check_corners(shot, frame)


@shows("VideoOverlay", "source")
def test_each_frame_shows_its_picture():
    shot = shoot(camera(moving()))
    for frame, place in enumerate(WALK):
        shot.check_marks(frame, "magenta", place)


def test_file_is_shown_by_its_own_timestamps():
    with tempfile.TemporaryDirectory() as folder:
        path = write_clip(Path(folder, "walk.mp4"), moving())
        overlay = VideoOverlay(path, calibrate_video(path, arena(), cm_per_px=0.5), alpha=1.0)
        shot = shoot(overlay, frames=[0.0, 0.08, 0.19, 0.33])
    for frame, number in enumerate([0, 1, 2, 3]):
        shot.check_marks(frame, "magenta", WALK[number])


@shows("VideoOverlay", "calibration")
def test_calibration_places_the_picture():
    px_to_floor = turned(0.3, 1.6, 1.6)
    pictures = np.stack([take_picture(px_to_floor)] * 4)
    calibration = calibrate_video(pictures, arena(), **landmarks(px_to_floor))
    check_corners(shoot(VideoOverlay(pictures, calibration, alpha=1.0)))


def test_picture_without_a_calibration_fills_the_arena():
    with pytest.warns(UserWarning, match="stretched"):
        check_corners(shoot(VideoOverlay(np.stack([PICTURE] * 4), alpha=1.0)))


@shows("VideoOverlay", "times")
def test_each_frame_shows_the_nearest_picture():
    overlay = camera(moving(), times=[0.1, 0.12, 0.14, 0.4])
    shot = shoot(overlay, frames=[0.1, 0.2, 0.3, 0.4])
    for frame, number in enumerate([0, 2, 3, 3]):
        shot.check_marks(frame, "magenta", WALK[number])


def test_no_picture_before_the_first_and_after_the_last():
    shot = shoot(camera(moving(), times=CLOCK + 0.2), frames=np.arange(7) / 10)
    assert [len(shot.marks(i, "magenta")) for i in range(7)] == [0, 0, 1, 1, 1, 1, 0]


@shows("VideoOverlay", "max_gap")
def test_no_picture_in_a_gap_longer_than_the_limit():
    times = np.array([0.0, 1.0, 5.0, 6.0])
    shot = shoot(camera(moving(), times=times, max_gap=2.0), frames=np.arange(7.0))
    frames_shown = [i for i in range(7) if len(shot.marks(i, "magenta"))]
    assert {0, 1, 5, 6} <= set(frames_shown)
    assert 3 not in frames_shown
    bridged = shoot(camera(moving(), times=times), frames=np.arange(7.0))
    assert all(len(bridged.marks(i, "magenta")) for i in range(7))


@shows("VideoOverlay", "alpha")
def test_picture_is_as_opaque_as_said():
    env = arena()
    grey = np.full((4, env.n_bins), 0.4)
    for alpha in (1.0, 0.25):
        shot = shoot(camera(alpha=alpha), env=env, fields=grey)
        row, column = shot.px(CORNERS["red"]).astype(int)[::-1]
        wanted = 255 * np.array([alpha + (1 - alpha) * 0.4, *[(1 - alpha) * 0.4] * 2])
        assert shot.panel(0)[row, column, :3] == pytest.approx(wanted, abs=3)


def test_picture_is_half_opaque_by_itself():
    assert shoot(camera(alpha=0.5)).at(0, "red", CORNERS["red"]) == pytest.approx(0.5, abs=0.02)
    plain = VideoOverlay(np.stack([PICTURE] * 4), straight(PICTURE[None]))
    assert shoot(plain).at(0, "red", CORNERS["red"]) == pytest.approx(0.5, abs=0.02)


@shows("VideoOverlay", "z_order")
def test_picture_below_is_seen_where_the_field_has_no_value():
    env = arena()
    fields = np.where(env.bin_centers[:, 0] < 50, 0.0, np.nan)
    fields = np.tile(fields, (4, 1))
    below = shoot(camera(z_order="below"), env=env, fields=fields)
    check_corners(below, colors=("lime", "yellow"))
    check_corners(shoot(camera(z_order="above"), env=env, fields=fields))


@shows("VideoOverlay", "crop")
def test_crop_shows_its_part_where_it_was():
    width, height = SIZE
    lower = (0, height // 2, width, height // 2)
    check_corners(shoot(camera(crop=lower)), colors=("red", "lime"))
    check_corners(shoot(camera(crop=(0, 0, 60, height))), colors=("red", "blue"))


@shows("VideoOverlay", "downsample")
def test_downsampled_picture_is_coarser_and_stays_in_its_place():
    fine, coarse = shoot(camera()), shoot(camera(downsample=6))
    check_corners(coarse)
    light = [shot.share(0, "red") for shot in (fine, coarse)]
    sharp = [np.abs(np.diff(share, axis=1)).max() for share in light]
    assert sharp[1] < 0.6 * sharp[0]
    check_corners(shoot(camera(downsample=2, crop=(0, 60, 200, 60))), colors=("red", "lime"))


def test_two_cameras():
    left, right = (0, 0, 100, 120), (100, 0, 100, 120)
    check_corners(shoot(camera(crop=left), camera(crop=right)))
