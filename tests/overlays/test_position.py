import numpy as np
import pytest

from neurospatial.overlays.position import PositionOverlay
from neurospatial.scene import Points, Segments
from tests.overlays.scenes import EXPLAINED, make_box, make_layers, make_line, make_track

FRAMES = np.arange(5) * 0.5
TIMES = np.array([0.0, 1.0, 2.0])
PATH = np.array([[10.0, 10.0], [30.0, 20.0], [30.0, 50.0]])
HALFWAY = [[10, 10], [20, 15], [30, 20], [30, 35], [30, 50]]


def test_mark_is_where_the_animal_was():
    layers = make_layers(make_box(), [PositionOverlay(PATH, TIMES)], FRAMES)
    (mark,) = layers.values()
    assert (mark.name, mark.z, mark.size, mark.trail) == ("Position", 3.0, 10.0, 0)
    assert mark.color == (1.0, 0.0, 0.0, 1.0)
    assert mark.xy.dtype == np.float32
    np.testing.assert_array_equal(mark.xy[:, 0], HALFWAY)


def test_options_reach_the_layer():
    overlay = PositionOverlay(PATH, TIMES, "blue", 12.5, 7, name="Rat")
    mark = make_layers(make_box(), [overlay], FRAMES)["Rat"]
    assert (mark.color, mark.size, mark.trail) == ((0, 0, 1, 1), 12.5, 7)


@pytest.mark.parametrize(
    ("trail", "frames", "n_frames"),
    [
        (1.0, FRAMES, 2),
        (0.1, FRAMES, 0),
        (1e9, FRAMES, 5),
        (1.0, np.arange(0, 2, 0.04), 25),
        (1.0, np.sort(np.r_[np.arange(0, 1, 0.1), 1.95, 2.0]), 10),
        (2.0, [1.0], 0),
    ],
    ids=str,
)
def test_trail_in_seconds_is_as_many_frames(trail, frames, n_frames):
    overlay = PositionOverlay(PATH, TIMES, trail=trail)
    assert make_layers(make_box(), [overlay], frames)["Position"].trail == n_frames


def test_trail_follows_the_frames_at_a_speed():
    overlay = PositionOverlay(PATH, TIMES, trail=1.0)
    marks = make_layers(make_box(), [overlay], FRAMES, speed=0.5, fps=20)
    assert marks["Position"].trail == 40


def test_without_times_there_is_one_sample_per_field():
    mark = make_layers(make_box(), [PositionOverlay(HALFWAY)], FRAMES)["Position"]
    np.testing.assert_array_equal(mark.xy[:, 0], HALFWAY)
    text = "(?s)has 3 samples without times, and there are 5 fields" + EXPLAINED
    with pytest.raises(ValueError, match=text):
        make_layers(make_box(), [PositionOverlay(PATH)], FRAMES)


def test_at_a_speed_samples_still_belong_to_fields():
    """Twice as many frames as fields: the mark moves between the samples."""
    path = np.stack([10 * np.arange(4.0), np.zeros(4)], axis=1)
    mark = make_layers(make_box(), [PositionOverlay(path)], np.arange(4.0), speed=1.0, fps=2)[
        "Position"
    ]
    np.testing.assert_allclose(mark.xy[:, 0, 0], 5 * np.arange(7))


def test_two_animals_are_numbered():
    overlays = [PositionOverlay(PATH, TIMES), PositionOverlay(PATH[::-1], TIMES, "blue")]
    layers = make_layers(make_box(), overlays, FRAMES)
    assert list(layers) == ["Position 1", "Position 2"]
    np.testing.assert_array_equal(layers["Position 1"].xy, layers["Position 2"].xy[::-1])


def test_outside_its_times_and_in_gaps_there_is_no_mark():
    times, path = np.array([1.0, 2.0, 3.0, 30.0, 31.0]), np.full((5, 2), 10.0)
    path[1] = np.nan
    frames = np.array([0.0, 1.0, 1.5, 2.0, 2.5, 3.0, 16.0, 30.0, 31.0])
    mark = make_layers(make_box(), [PositionOverlay(path, times)], frames)["Position"]
    visible = ~np.isnan(mark.xy[:, 0]).any(axis=1)
    assert frames[visible].tolist() == [1.0, 3.0, 30.0, 31.0]
    mark = make_layers(make_box(), [PositionOverlay(path, times, max_gap=30)], frames)["Position"]
    assert np.isfinite(mark.xy[6]).all()


def test_nan_is_an_error_where_asked():
    path = np.array([[1.0, 1.0], [np.nan, 45.2], [3.0, 3.0]])
    make_layers(make_box(), [PositionOverlay(path, TIMES)], FRAMES)
    text = (
        r"(?s)Found 1 NaN/Inf values in PositionOverlay data at indices: \[1\].\n"
        r"  First invalid value at index 1: \[nan, 45.2\]" + EXPLAINED
    )
    with pytest.raises(ValueError, match=text):
        make_layers(make_box(), [PositionOverlay(path, TIMES, nan_ok=False)], FRAMES)


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"data": np.zeros((3, 3))}, r"Overlay data has incorrect shape.\n  Expected: \(n_samp"),
        ({"data": np.zeros(3)}, r"Expected: \(n_samples, 2\) for 2D environment"),
        ({"data": [[0, 0], [np.inf, 1], [0, 0]]}, r"found 1 samples with Inf .* indices: \[1\]"),
        ({"color": "rde"}, "'rde' is not a colour. Did you mean 'red'"),
        ({"size": 0}, "PositionOverlay: size is 0 points"),
        ({"size": "big"}, "size is 'big' points"),
        ({"size": np.nan}, "size is nan points"),
        ({"trail_length": -1}, "trail_length is -1"),
        ({"trail_length": 2.5}, "trail_length is 2.5"),
        ({"trail": 0}, "trail is 0 seconds"),
        ({"trail": "1 s"}, "trail is '1 s' seconds"),
        ({"trail": 1.0, "trail_length": 5}, r"trail=1.0 \[s\] and trail_length=5 \[frames\]"),
        ({"max_gap": 0}, "max_gap is 0 seconds"),
        ({"max_gap": -np.inf}, "max_gap is -inf seconds"),
        ({"times": [0, 1]}, r"times have shape \(2,\), and there are 3 samples"),
        ({"times": [0, 1, 1]}, "timestamps are not monotonically increasing"),
        ({"times": [10, 11, 12]}, "No temporal overlap"),
    ],
    ids=str,
)
def test_what_cannot_be_drawn_is_explained(changes, text):
    overlay = PositionOverlay(**{"data": PATH, "times": TIMES, **changes})
    with pytest.raises(ValueError, match="(?s)" + text + EXPLAINED):
        make_layers(make_box(), [overlay], FRAMES)


@pytest.mark.parametrize("data", [[[5.0, 1.0], [40.0, 15.0]], [5.0, 55.0], [[5.0], [55.0]]])
def test_line_has_a_mark_at_the_foot_and_an_upright_line(data):
    """Places in the plane and distances alike; the way leads through the corner's inside."""
    frames = np.array([0.0, 1.0])
    layers = make_layers(make_track(), [PositionOverlay(data, frames, trail_length=3)], frames)
    upright, mark = layers["Position line"], layers["Position"]
    assert isinstance(mark, Points)
    assert isinstance(upright, Segments)
    assert mark.trail == 3
    np.testing.assert_allclose(mark.xy[:, 0], [[5, 0], [55, 0]])
    np.testing.assert_array_equal(upright.start, mark.xy)
    np.testing.assert_allclose(upright.stop[:, 0], [[5, 1], [55, 1]])
    assert upright.color == mark.color


def test_way_over_a_corner_is_straight_in_the_plane():
    """Between (30, 0) and (40, 10) lies (35, 5): its foot is 35 or 45, not what is between."""
    mark = make_layers(make_track(10.0), [PositionOverlay([30.0, 60.0], [0, 1])], [0.0, 0.5, 1.0])[
        "Position"
    ]
    feet = mark.xy[:, 0, 0]
    np.testing.assert_allclose(feet[[0, 2]], [30, 60])
    assert feet[1] == pytest.approx(35) or feet[1] == pytest.approx(55)


def test_strip_draws_distances_in_the_plane():
    overlay = PositionOverlay([5.0, 55.0], [0, 1])
    mark = make_layers(make_track(), [overlay], [0.0, 1.0], track="ribbon")["Position"]
    np.testing.assert_allclose(mark.xy[:, 0], [[5, 0], [40, 15]])


def test_grid_of_one_dimension():
    layers = make_layers(make_line(), [PositionOverlay([20.0, 40.0], [0, 1])], [0.0, 0.5])
    np.testing.assert_allclose(layers["Position"].xy[:, 0], [[20, 0], [30, 0]])


def test_memmap_is_only_read(tmp_path):
    written = np.memmap(tmp_path / "path", np.float32, "w+", shape=PATH.shape)
    written[:] = PATH
    written.flush()
    data = np.memmap(tmp_path / "path", np.float32, "r", shape=PATH.shape)
    mark = make_layers(make_box(), [PositionOverlay(data, TIMES)], FRAMES)["Position"]
    np.testing.assert_array_equal(mark.xy[:, 0], HALFWAY)


def test_recording_is_followed(shared_data):
    """Every frame that falls on a sample shows it; gaps of up to 0.36 s are bridged."""
    recording = np.load(shared_data / "rat_trajectory" / "sargolini.npz")
    times, path = recording["t"], recording["pos"] * 100
    chosen = np.arange(0, len(times), 97)
    env = make_box()
    overlay = PositionOverlay(path * [1, 0.6], times)
    mark = make_layers(env, [overlay], times[chosen])["Position"]
    np.testing.assert_allclose(mark.xy[:, 0], path[chosen] * [1, 0.6], rtol=1e-6)
    between = make_layers(env, [overlay], np.linspace(times[0], times[-1], 5000))["Position"]
    assert np.isfinite(between.xy).all()
