"""What a camera recorded, beside a field."""

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurospatial import FieldPanel
from neurospatial.overlays import (
    BodypartOverlay,
    CameraPanel,
    PositionOverlay,
    TimeSeriesOverlay,
    VideoReader,
)
from neurospatial.scene import Image, Points, SceneOptions, compile_panels
from neurospatial.testing.scenes import CountingSource
from tests.overlays.camera.cameras import arena, explained
from tests.overlays.camera_panels import make_film, make_panel_pair
from tests.overlays.video_reader.clips import SIZE, make_clip, number_in

ENV = arena()
N_BINS = ENV.n_bins


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    """Numbered pictures at 25 Hz, on disk."""
    return make_clip(tmp_path_factory.mktemp("clips"), "h264 with B-frames", 50)


def make_field(times):
    return FieldPanel(ENV, np.eye(len(times), N_BINS), frame_times=times, title="cell")


def compile_all(*panels, **options):
    return compile_panels(list(panels), SceneOptions(link=None, **options))


def find_image(panel):
    (image,) = (layer for layer in panel.layers if type(layer) is Image)
    return image


def test_the_world_of_the_panel_is_the_picture(clip):
    (panel,) = compile_all(CameraPanel(clip, title="overhead", axes=True)).panels
    view = panel.view
    assert (view.bounds, view.units, view.y_down, view.equal) == ((0, 0, *SIZE), "px", True, True)
    assert (panel.title, panel.axes, panel.colorbar) == ("overhead", (True, True), None)
    image = find_image(panel)
    np.testing.assert_array_equal(image.px_to_world([[0, 0], SIZE]), [[0, 0], SIZE])
    assert [number_in(image.frames.read(i, i + 1)[0]) for i in (0, 31, 49)] == [0, 31, 49]


@pytest.mark.parametrize("late", [0.0, 1.0, -0.62])
def test_each_frame_shows_the_picture_nearest_in_time(clip, late):
    with VideoReader(clip) as film:
        own = film.times + late
        camera = CameraPanel(film, times=own)
        scene = compile_all(make_field(np.arange(21) / 10), camera)
        found = find_image(scene.panels[1]).frame_index
        times = scene.timeline.times
        assert np.diff(times) == pytest.approx(0.04)
        for time, shown in zip(times, found, strict=True):
            distance = np.abs(own - time)
            if shown < 0:
                assert distance.min() > 0.02
            else:
                assert distance[shown] <= distance.min() + 1e-9
    assert (found >= 0).sum() == 50


def test_without_times_a_file_has_its_own_and_an_array_goes_frame_by_frame(clip):
    np.testing.assert_allclose(CameraPanel(clip).clock.times, np.arange(50) / 25)
    assert CameraPanel(make_film()).clock.times is None
    np.testing.assert_allclose(CameraPanel(clip, fps=10).clock.times, np.arange(50) / 10)
    scene = compile_all(FieldPanel(ENV, np.eye(3, N_BINS)), CameraPanel(make_film()))
    assert find_image(scene.panels[1]).frame_index.tolist() == [0, 1, 2]


def test_one_picture_stands_still_beside_a_film_of_fields():
    scene = compile_all(make_field(np.arange(3.0)), CameraPanel(make_film(1)))
    assert find_image(scene.panels[1]).frame_index.tolist() == [0, 0, 0]


@given(st.integers(0, 20), st.integers(0, 30), st.integers(1, 28), st.integers(1, 30))
def test_what_is_cut_out_stays_in_its_place(x, y, width, height):
    source = CountingSource(make_film())
    camera = CameraPanel(source, crop=(x, y, width, height))
    (panel,) = compile_all(camera).panels
    assert panel.view.bounds == (x, y, x + width, y + height)
    image = find_image(panel)
    np.testing.assert_array_equal(image.px_to_world([[0, 0]]), [[x, y]])
    del source.reads[:]
    picture = image.frames.read(1, 2)[0]
    np.testing.assert_array_equal(picture, make_film()[1, y : y + height, x : x + width])
    assert source.reads == [(1, 2)]


def test_its_own_overlays_are_in_pixels_and_those_of_all_panels_are_not_drawn():
    camera, field = make_panel_pair()
    places = PositionOverlay(np.tile([2.0, 1.0], (5, 1)), np.arange(5.0), name="Rat")
    pose = BodypartOverlay({"nose": np.tile([20.0, 30.0], (3, 1))}, np.arange(1.0, 4.0))
    scene = compile_all(camera, field, overlays={None: [places], "camera": [pose]})
    marks = [[x.name for x in p.layers if type(x) is Points] for p in scene.panels]
    assert marks == [["Position", "Pose"], ["Rat"]]
    nose = next(layer for layer in scene.panels[0].layers if layer.name == "Pose")
    np.testing.assert_array_equal(nose.xy[2, 0], [20, 30])


def test_shared_signals_lie_under_cameras_alone():
    speed = TimeSeriesOverlay(np.arange(5.0), np.arange(5.0), label="speed")
    alone = compile_all(make_panel_pair()[0], overlays=[speed])
    beside = compile_all(*make_panel_pair(), overlays=[speed])
    assert [strip.label for strip in alone.strips] == ["speed"]
    assert [strip.label for strip in beside.strips] == ["speed"]


def test_an_overlay_that_no_panel_draws_is_refused():
    places = PositionOverlay(np.ones((3, 2)), np.arange(1.0, 4.0))
    with pytest.raises(ValueError, match=explained("PositionOverlay in overlays= is drawn over")):
        compile_all(make_panel_pair()[0], overlays=[places])


def test_it_pickles_as_the_path_of_its_film(clip):
    scene = compile_all(CameraPanel(clip))
    packed = pickle.dumps(scene)
    assert len(packed) < 20_000
    assert number_in(find_image(pickle.loads(packed).panels[0]).frames.read(7, 8)[0]) == 7


def test_a_film_in_milliseconds_beside_a_field_in_seconds_is_noticed():
    camera = CameraPanel(make_film(20), times=np.arange(20) * 500.0, title="camera")
    with pytest.warns(UserWarning, match="If the times of 'camera' are milliseconds"):
        compile_all(make_field(np.arange(10.0)), camera)


@pytest.mark.parametrize(
    ("options", "error", "found"),
    [
        ({"source": np.zeros((0, 4, 4, 3), np.uint8)}, ValueError, r"shape \(0, 4, 4, 3\)"),
        ({"source": [1, 2]}, TypeError, "The video is a list"),
        (
            {"times": np.arange(4.0)},
            ValueError,
            r"times have shape \(4,\).*3 pictures",
        ),
        ({"times": [0.0, 2.0, 1.0]}, ValueError, "not monotonically increasing"),
        ({"times": np.arange(3.0), "fps": 10}, ValueError, "CameraPanel has times and fps=10"),
        ({"fps": 0}, ValueError, "CameraPanel: fps is 0"),
        ({"crop": (0, 0, 49, 60)}, ValueError, "columns 0 to 49.*picture has 48 x 60 px"),
        ({"crop": (0, 0, 4)}, TypeError, r"crop is \(0, 0, 4\)"),
        ({"axes": "yes"}, ValueError, "axes is 'yes'"),
        ({"overlays": "pose"}, TypeError, "overlays holds a str"),
    ],
    ids=str,
)
def test_what_makes_no_panel_is_refused(options, error, found):
    with pytest.raises(error, match=explained(found)):
        CameraPanel(**{"source": make_film(), **options})


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(FileNotFoundError):
        CameraPanel(tmp_path / "none.mp4")
