import pickle
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurospatial import Environment
from neurospatial.layouts import RegularGrid
from neurospatial.overlays.camera.calibration import VideoCalibration
from neurospatial.overlays.video import VideoOverlay
from neurospatial.overlays.video_reader.reader import VideoReader
from neurospatial.scene import Affine2D, Image, OverlayContext, Raster, compile_scene
from tests.overlays.camera.cameras import (
    BARREL,
    BOUNDS,
    SIZE,
    arena,
    context_of,
    explained,
    tilted,
)
from tests.overlays.video_reader.clips import make_clip, number_in
from tests.overlays.video_reader.test_files import damaged

COLORS = np.random.default_rng(0).integers(0, 256, (6, SIZE[1], SIZE[0], 3), dtype=np.uint8)
FLAT = VideoCalibration(Raster(*SIZE, BOUNDS).world_to_px.inverse, SIZE)


def image_of(source=COLORS, calibration=FLAT, *, context=None, **options):
    (image,) = VideoOverlay(source, calibration, **options).layers(context or context_of())
    assert type(image) is Image
    return image


def corners_of(image):
    _, height, width, _ = image.frames.shape
    return image.px_to_world([[0, 0], [width, 0], [width, height], [0, height]])


def test_picture_lies_where_the_calibration_says():
    image = image_of()
    np.testing.assert_allclose(corners_of(image), [[0, 80], [100, 80], [100, 0], [0, 0]])
    assert np.array_equal(image.frames.read(2, 4), COLORS[2:4])
    assert (image.name, image.z, image.opacity) == ("Video", 0.5, 0.5)
    assert image.frame_index.tolist() == [0, 1, 2, 3, 4, 5]


def test_uncalibrated_picture_is_upright_where_y_grows_downward():
    upward = context_of()
    x_min, y_min, x_max, y_max = upward.bounds
    for y_down, (top, bottom) in {False: (y_max, y_min), True: (y_min, y_max)}.items():
        with pytest.warns(UserWarning, match="no calibration"):
            image = image_of(calibration=None, context=replace(upward, y_down=y_down))
        np.testing.assert_allclose(
            corners_of(image), [[x_min, top], [x_max, top], [x_max, bottom], [x_min, bottom]]
        )


def test_options_reach_the_layer():
    image = image_of(z_order="below", alpha=0.25, name="Camera 2")
    assert (image.name, image.z, image.opacity) == ("Camera 2", -1.0, 0.25)


@given(st.integers(0, 100), st.integers(0, 90), st.integers(5, 200), st.integers(5, 150),
       st.integers(1, 5), st.floats(-3, 3))  # fmt: skip
def test_crop_and_downsample_keep_every_pixel_in_its_place(x, y, width, height, factor, turn):
    about = Affine2D.translation(50, 40)
    px_to_cm = about @ Affine2D.rotation(turn) @ about.inverse @ FLAT.transform_px_to_cm
    calibration = VideoCalibration(px_to_cm, SIZE)
    image = image_of(COLORS[..., 0], calibration, crop=(x, y, width, height), downsample=factor,
                     context=context_of(bounds=(-99, -99, 199, 199)))  # fmt: skip
    _, high, wide, _ = image.frames.shape
    px = np.array([[0, 0], [wide, 0], [wide, high], [0, high], [wide / 2, high / 3]])
    in_video = px * factor + [x, y]
    np.testing.assert_allclose(image.px_to_world(px), px_to_cm(in_video), atol=1e-9)


@pytest.mark.parametrize("lens", [None, BARREL])
def test_camera_at_an_angle_is_laid_flat(lens):
    calibration = VideoCalibration(tilted(), SIZE, lens)
    image = image_of(np.full_like(COLORS, 200), calibration)
    assert image.frames.shape[3] == 4
    picture = image.frames.read(0, 1)[0]
    assert np.all(picture[picture[..., 3] == 255, :3] == 200)
    row, column = np.argwhere(picture[..., 3] == 255)[0]
    px = calibration.apply_inverse(image.px_to_world([column + 0.5, row + 0.5]))
    assert np.all((px >= 0) & (px <= SIZE))


def test_without_calibration_it_is_stretched_with_a_warning():
    text = (
        r"no calibration.*\n  Picture: 320 x 240 px\n  Environment: x \[0, 100\], y \[0, 80\] cm"
    )
    with pytest.warns(UserWarning, match=text):
        image = image_of(calibration=None)
    np.testing.assert_allclose(corners_of(image), [[0, 80], [100, 80], [100, 0], [0, 0]])
    with pytest.warns(UserWarning, match=r"Picture: 100 x 160 px(.|\n)*becomes 2 times as wide"):
        image = image_of(calibration=None, crop=(10, 10, 100, 160), downsample=3)
    np.testing.assert_allclose(corners_of(image), [[0, 80], [100, 80], [100, 0], [0, 0]])
    assert image.frames.shape == (6, 53, 33, 3)


def test_nearest_picture_is_shown():
    context = context_of(8, fps=10)
    image = image_of(COLORS[:4], times=[0.0, 0.14, 0.31, 0.5], context=context)
    assert image.frame_index.tolist() == [0, 1, 1, 2, 2, 3, -1, -1]


def test_longer_gap_than_allowed_stays_empty():
    times = [0.0, 0.1, 0.4, 0.5]
    shown = image_of(COLORS[:4], times=times, max_gap=0.2).frame_index
    assert shown.tolist() == [0, 1, -1, -1, 2, 3]
    assert -1 not in image_of(COLORS[:4], times=times).frame_index


def test_played_at_a_speed_it_follows_the_data_clock():
    env, fields = arena(), np.zeros((6, 80))
    scene = compile_scene(env, fields, overlays=[VideoOverlay(COLORS, FLAT)], vmin=0, vmax=1,
                          frame_times=np.arange(6) / 10, speed=2.0, fps=10)  # fmt: skip
    (image,) = (layer for layer in scene.panels[0].layers if isinstance(layer, Image))
    assert image.frame_index.tolist() == [0, 2, 4]


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    return make_clip(tmp_path_factory.mktemp("clips"), "h264 of varying rate", 30)


@pytest.fixture(scope="module")
def small():
    return VideoCalibration(Raster(160, 120, BOUNDS).world_to_px.inverse, (160, 120))


def test_file_counts_from_its_first_picture(clip, small):
    stamps = VideoReader(clip).times
    context = context_of(20, fps=12)
    image = image_of(clip, small, context=context)
    expected = np.abs(stamps[:, None] - context.times).argmin(axis=0)
    assert image.frame_index.tolist() == expected.tolist()
    for i in (0, 7, 19):
        shown = image.frame_index[i]
        assert number_in(image.frames.read(shown, shown + 1)[0]) == shown


def test_file_with_times_of_its_own(clip, small):
    times = 100 + np.arange(30) / 10
    clock = 100 + np.arange(10) / 5
    context = OverlayContext(clock, clock, BOUNDS, context_of().layout, "cm")
    image = image_of(VideoReader(clip), small, times=times, context=context)
    assert image.frame_index.tolist() == list(range(0, 20, 2))
    with pytest.raises(ValueError, match=explained("No temporal overlap")):
        image_of(clip, small, context=context)


def test_damaged_picture_is_black_and_logged_and_the_others_are_shown(tmp_path, caplog, small):
    path = tmp_path / "damaged.mp4"
    damaged(make_clip(tmp_path, "h264 of keyframes", 12), path, [5])
    image = image_of(path, small, context=context_of(12, fps=30))
    pictures = image.frames.read(3, 8)
    assert [int(picture.max()) > 0 for picture in pictures] == [True, True, False, True, True]
    assert [number_in(picture) for picture in pictures[[0, 1, 3, 4]]] == [3, 4, 6, 7]
    (record,) = caplog.records
    assert "Frame 5 of 'damaged.mp4'" in record.getMessage()


def test_pickled_image_shows_the_same(clip, small):
    for source, calibration in ((clip, small), (COLORS, VideoCalibration(tilted(), SIZE))):
        image = image_of(source, calibration, context=context_of(6, fps=12))
        again = pickle.loads(pickle.dumps(image))
        assert np.array_equal(again.frames.read(3, 5), image.frames.read(3, 5))


def test_line_is_refused_and_strip_is_not():
    env = Environment.from_graph({0: (0, 0), 1: (40, 0), 2: (40, 30)}, [(0, 1), (1, 2)], 0.0, 5.0)
    fields = np.random.default_rng(0).random((6, env.n_bins))
    camera = VideoOverlay(COLORS, FLAT)
    with pytest.raises(ValueError, match=explained(r"VideoOverlay requires 2D environment\.")):
        compile_scene(env, fields, overlays=[camera])
    scene = compile_scene(env, fields, overlays=[camera], track="ribbon")
    assert Image in scene.layer_types


@pytest.mark.parametrize(
    ("options", "error", "text"),
    [
        ({"alpha": 1.5}, ValueError, r"alpha is 1\.5"),
        ({"alpha": -0.1}, ValueError, r"alpha is -0\.1"),
        ({"alpha": np.nan}, ValueError, "alpha is nan"),
        ({"alpha": "half"}, ValueError, "alpha is 'half'"),
        ({"z_order": "abov"}, ValueError, r"z_order is 'abov'. Did you mean 'above'\?"),
        ({"downsample": 0}, ValueError, "downsample is 0"),
        ({"downsample": 1.5}, ValueError, r"downsample is 1\.5"),
        ({"max_gap": -1.0}, ValueError, r"max_gap is -1\.0"),
        ({"calibration": np.eye(3)}, TypeError, "calibration is a ndarray"),
    ],
)
def test_other_options_are_refused_at_once(options, error, text):
    with pytest.raises(error, match=explained(f"VideoOverlay: {text}")):
        VideoOverlay(COLORS, **options)


@pytest.mark.parametrize(
    ("given", "error", "text"),
    [
        ({"crop": (300, 0, 30, 30)}, ValueError, "crop is .* columns 300 to 330, .* 320 x 240 px"),
        ({"crop": (0, 0, 10, 4), "downsample": 5}, ValueError, "downsample is 5, .* 10 x 4 px"),
        ({"source": COLORS[:5]}, ValueError, "VideoOverlay has 5 samples .* there are 6 fields"),
        ({"times": np.arange(5)}, ValueError, r"times have shape \(5,\), .* there are 6"),
        ({"times": np.arange(6)[::-1]}, ValueError, "not monotonically increasing"),
        ({"source": COLORS.astype(int)}, TypeError, "The pictures have dtype int64"),
        ({"source": COLORS[0, 0]}, ValueError, r"The pictures have shape \(320, 3\)"),
        ({"source": 7}, TypeError, "The video is a int"),
        ({"source": "none.mp4"}, FileNotFoundError, r"none\.mp4"),
        ({"source": COLORS[:, ::2, ::2]}, ValueError, "320 x 240 px, and these have 160 x 120"),
    ],
)
def test_what_does_not_fit_is_refused(given, error, text):
    with pytest.raises(error, match=explained(text)):
        image_of(**given)


@pytest.mark.parametrize("transform", [FLAT.transform_px_to_cm, tilted()], ids=["flat", "angle"])
def test_picture_of_somewhere_else_is_refused(transform):
    away = type(transform)(np.array([[1, 0, 900], [0, 1, 0], [0, 0, 1]]) @ transform.matrix)
    text = r"shows nothing of the environment\.\n  Picture: x \[.*Environment: x \[0, 100\]"
    with pytest.raises(ValueError, match=explained(text)):
        image_of(calibration=VideoCalibration(away, SIZE))


def test_layout_of_another_kind_changes_nothing():
    grid = RegularGrid((np.linspace(0, 100, 3), np.linspace(0, 80, 3)), np.eye(2, dtype=bool))
    clock = np.arange(6) / 10
    context = OverlayContext(clock, clock, BOUNDS, grid, "")
    assert np.array_equal(corners_of(image_of(context=context)), corners_of(image_of()))
