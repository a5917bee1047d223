import h5py
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurospatial.overlays.camera.crop import check_downsample, validate_crop
from neurospatial.overlays.camera.rgb_frames import RGBFrames, open_frame_source
from tests.overlays.camera.cameras import explained

COLORS = np.random.default_rng(0).integers(0, 256, (3, 12, 20, 3), dtype=np.uint8)
WHOLE = 0, 0, 20, 12


def pictures(video, crop=WHOLE, downsample=1):
    return RGBFrames(open_frame_source(video), crop, downsample)


@given(
    st.integers(0, 12), st.integers(0, 4), st.integers(1, 8), st.integers(1, 8), st.integers(1, 4)
)
def test_every_pixel_is_the_mean_of_what_it_covers(x, y, width, height, factor):
    width, height = max(width, factor), max(height, factor)
    small = pictures(COLORS, (x, y, width, height), factor)
    read = small.read(0, 3)
    assert read.shape == small.shape == (3, height // factor, width // factor, 3)
    assert read.dtype == small.dtype == np.uint8
    for row in range(read.shape[1]):
        for column in range(read.shape[2]):
            # Where this pixel's corners lie in the video says which pixels it averages.
            corners = small.to_video_px([[column, row], [column + 1, row + 1]])
            (left, top), (right, bottom) = corners.astype(int)
            mean = COLORS[:, top:bottom, left:right].mean(axis=(1, 2))
            assert np.abs(read[:, row, column] - mean).max() <= 0.5


def test_large_blocks_do_not_overflow():
    white = np.full((1, 300, 300), 255, dtype=np.uint8)
    assert np.all(pictures(white, (0, 0, 300, 300), 150).read(0, 1) == 255)


@pytest.mark.parametrize("scale", [np.float16, np.float32, np.float64])
def test_floats_become_bytes(scale):
    bright = np.array([0, 0.5, 1, np.nan], dtype=scale).reshape(1, 2, 2)
    read = pictures(bright, (0, 0, 2, 2)).read(0, 1)
    assert read[0, ..., 0].ravel().tolist() == [0, 128, 255, 0]
    assert np.array_equal(read[..., 0], read[..., 2])


@pytest.mark.parametrize(
    "video",
    [COLORS[..., 0], COLORS[..., :1], np.dstack([COLORS[0]] * 1)[None]],
    ids=["grey", "one channel", "RGB"],
)
def test_grey_becomes_rgb(video):
    read = pictures(video).read(0, 1)
    expected = np.broadcast_to(video[:1].reshape(1, 12, 20, -1), (1, 12, 20, 3))
    assert np.array_equal(read, expected)


def test_fourth_channel_is_left_out():
    rgba = np.concatenate([COLORS, COLORS[..., :1]], axis=-1)
    assert np.array_equal(pictures(rgba).read(1, 3), COLORS[1:3])


class Counting:
    """An array that remembers which frames were read."""

    def __init__(self, array):
        self.array, self.asked = array, []

    shape = property(lambda self: self.array.shape)
    dtype = property(lambda self: self.array.dtype)

    def __getitem__(self, key):
        self.asked.append((key.start, key.stop))
        return self.array[key]


def test_only_what_is_shown_is_read(tmp_path):
    counting = Counting(COLORS)
    shown = pictures(counting, (2, 3, 4, 5), 2)
    assert counting.asked == []
    shown.read(1, 2)
    assert counting.asked == [(1, 2)]
    with h5py.File(tmp_path / "video.h5", "w") as file:
        file["video"] = COLORS
        assert np.array_equal(pictures(file["video"]).read(2, 3), COLORS[2:3])


@pytest.mark.parametrize(
    ("video", "error", "text"),
    [
        (3, TypeError, "The video is a int"),
        ([COLORS[0]], TypeError, "The video is a list"),
        (COLORS[0, 0], ValueError, r"shape \(20, 3\)"),
        (COLORS[:0], ValueError, r"shape \(0, 12, 20, 3\)"),
        (np.zeros((1, 4, 4, 2), np.uint8), ValueError, r"shape \(1, 4, 4, 2\)"),
        (np.zeros((1, 4, 4, 3, 1), np.uint8), ValueError, r"shape \(1, 4, 4, 3, 1\)"),
        (COLORS.astype(np.uint16), TypeError, "dtype uint16"),
        (COLORS.astype(complex), TypeError, "dtype complex128"),
        (COLORS > 3, TypeError, "dtype bool"),
        (COLORS.astype(float), ValueError, "floats from 0 to 255"),
        (np.full((1, 2, 2), -0.5), ValueError, r"floats from -0\.5 to -0\.5"),
        (np.full((1, 2, 2), np.inf), ValueError, "The first picture has floats"),
    ],
)
def test_other_pictures_are_refused(video, error, text):
    with pytest.raises(error, match=explained(text)):
        open_frame_source(video)


@pytest.mark.parametrize(
    ("crop", "error", "text"),
    [
        ((10, 0, 11, 12), ValueError, "columns 10 to 21, rows 0 to 12, .* 20 x 12 px"),
        ((0, 8, 5, 5), ValueError, "columns 0 to 5, rows 8 to 13"),
        ((-1, 0, 5, 5), ValueError, "columns -1 to 4"),
        ((0, -2, 5, 5), ValueError, "rows -2 to 3"),
        ((4, 4, 0, 5), ValueError, "columns 4 to 4"),
        ((4, 4, 3, -1), ValueError, "rows 4 to 3"),
        ((4, 4, 3), TypeError, r"crop is \(4, 4, 3\)"),
        ((4, 4, 3, 2.5), TypeError, r"crop is \(4, 4, 3, 2\.5\)"),
        ("abcd", TypeError, "crop is 'abcd'"),
        (5, TypeError, r"crop is 5\."),
    ],
)
def test_other_crops_are_refused(crop, error, text):
    with pytest.raises(error, match=explained(text)):
        validate_crop(crop, (20, 12), 1)


def test_crop_smaller_than_a_pixel_is_refused():
    with pytest.raises(ValueError, match=explained("downsample is 6, .* has 20 x 5 px")):
        validate_crop((0, 0, 20, 5), (20, 12), 6)
    assert validate_crop(np.array([0, 0, 20, 5]), (20, 12), 5) == (0, 0, 20, 5)


@pytest.mark.parametrize("factor", [0, -2, 1.5, "2", np.nan, None])
def test_downsample_is_a_whole_number(factor):
    with pytest.raises(ValueError, match=explained(f"downsample is {factor!r}")):
        check_downsample(factor)
