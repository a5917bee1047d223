import numpy as np
import pytest

from neurospatial import Environment
from neurospatial.overlays.bodypart import BodypartOverlay
from neurospatial.overlays.head_direction import HeadDirectionOverlay
from neurospatial.overlays.position import PositionOverlay
from tests.overlays.scenes import EXPLAINED, make_box, make_layers, make_line, make_track

FRAMES = np.arange(5) * 0.5
TIMES = np.array([0.0, 1.0, 2.0])
PLACES = np.array([[20.0, 20.0], [40.0, 20.0], [40.0, 40.0]])
ANGLES = np.array([0.0, np.pi / 2, np.pi])


def arrow_of(overlay, *others, frames=FRAMES, env=None, **more):
    name = overlay.name
    return make_layers(env or make_box(), [*others, overlay], frames, **more)[name]


def angles_of(arrow):
    dx, dy = (arrow.stop - arrow.start)[:, 0].T.astype(float)
    return np.arctan2(dy, dx)


def test_arrow_stands_on_the_animal():
    position = PositionOverlay(PLACES, TIMES)
    arrow = arrow_of(HeadDirectionOverlay(ANGLES, TIMES), position)
    assert (arrow.z, arrow.arrowhead, arrow.width) == (3.8, True, 3.0)
    assert arrow.color == (1.0, 1.0, 0.0, 1.0)
    np.testing.assert_array_equal(
        arrow.start[:, 0], [[20, 20], [30, 20], [40, 20], [40, 30], [40, 40]]
    )
    np.testing.assert_allclose(angles_of(arrow), np.arange(5) * np.pi / 4, atol=1e-6)
    np.testing.assert_allclose(np.hypot(*(arrow.stop - arrow.start)[:, 0].T), 20, rtol=1e-6)


@pytest.mark.parametrize("side", [1.5, 900.0])
def test_a_length_that_is_left_out_follows_the_environment(side):
    env = Environment.from_grid_edges([np.linspace(0, side, 9), np.linspace(0, side / 2, 5)])
    arrow = arrow_of(HeadDirectionOverlay(ANGLES, TIMES), env=env)
    np.testing.assert_allclose(np.hypot(*(arrow.stop - arrow.start)[:, 0].T), side / 5, rtol=1e-6)


def test_options_reach_the_layer():
    overlay = HeadDirectionOverlay(ANGLES, TIMES, "orange", 7.0, width=1.5, name="Gaze")
    arrow = arrow_of(overlay)
    assert arrow.width == 1.5
    assert arrow.color == pytest.approx((1, 165 / 255, 0, 1))
    np.testing.assert_allclose(np.hypot(*(arrow.stop - arrow.start)[:, 0].T), 7, rtol=1e-6)


def test_alone_it_stands_in_the_middle_of_the_environment():
    arrow = arrow_of(HeadDirectionOverlay(ANGLES, TIMES))
    np.testing.assert_array_equal(arrow.start[:, 0], np.tile([50, 30], (5, 1)))


def test_body_carries_it_where_there_is_no_position():
    body = BodypartOverlay(
        {"nose": PLACES + np.array([0, 4]), "tail": PLACES - np.array([0, 2])}, TIMES
    )
    arrow = arrow_of(HeadDirectionOverlay(ANGLES, TIMES), body)
    np.testing.assert_allclose(arrow.start[2, 0], [40, 21])


def test_where_the_animal_is_lost_there_is_no_arrow():
    places = PLACES.copy()
    places[2] = np.nan
    arrow = arrow_of(HeadDirectionOverlay(ANGLES, TIMES), PositionOverlay(places, TIMES))
    visible = np.isfinite(arrow.start + arrow.stop).all(axis=(1, 2))
    assert visible.tolist() == [True, True, True, False, False]


def test_arrow_that_is_never_seen_is_told():
    far = PositionOverlay(PLACES, [0, 20, 40], max_gap=1)
    frames = [0.5, 1.0, 2.0]
    text = "HeadDirectionOverlay: nothing is drawn in any of 3 frames"
    with pytest.warns(UserWarning, match=text):
        arrow_of(HeadDirectionOverlay(ANGLES, TIMES, anchor=far), frames=frames)


def test_short_way_over_zero():
    overlay = HeadDirectionOverlay(np.deg2rad([350, 10, 350]), TIMES)
    np.testing.assert_allclose(
        np.rad2deg(angles_of(arrow_of(overlay))), [-10, 0, 10, 0, -10], atol=1e-4
    )


@pytest.mark.parametrize("length", [1.0, 0.001, 250.0])
def test_vectors_are_directions_whatever_their_length(length):
    vectors = length * np.stack([np.cos(ANGLES), np.sin(ANGLES)], axis=1)
    same = arrow_of(HeadDirectionOverlay(ANGLES, TIMES))
    arrow = arrow_of(HeadDirectionOverlay(vectors, TIMES))
    np.testing.assert_allclose(arrow.stop, same.stop, atol=1e-4)


def test_gap_is_bridged_as_far_as_asked():
    times = np.array([0.0, 0.1, 0.2, 1.9, 2.0])
    for max_gap, there in ((None, False), (1.8, True), (1.6, False)):
        overlay = HeadDirectionOverlay(np.zeros(5), times, max_gap=max_gap)
        assert np.isfinite(arrow_of(overlay).stop[2]).all() == there


def test_vector_of_no_length_is_a_gap():
    vectors = np.array([[1.0, 0.0], [0.0, 0.0], [1.0, 0.0]])
    arrow = arrow_of(HeadDirectionOverlay(vectors, TIMES))
    assert np.isfinite(arrow.stop).all(axis=(1, 2)).tolist() == [True, False, False, False, True]


def test_column_of_angles_is_one_angle_each():
    arrow = arrow_of(HeadDirectionOverlay(ANGLES[:, None], TIMES))
    np.testing.assert_allclose(angles_of(arrow), np.arange(5) * np.pi / 4, atol=1e-6)


def test_nan_is_a_gap_or_an_error():
    angles = np.array([0.0, np.nan, 1.0])
    arrow = arrow_of(HeadDirectionOverlay(angles, TIMES))
    assert np.isfinite(arrow.stop).all(axis=(1, 2)).tolist() == [True, False, False, False, True]
    with pytest.raises(ValueError, match=r"(?s)Found 1 NaN.*indices: \[1\].*" + EXPLAINED):
        arrow_of(HeadDirectionOverlay(angles, TIMES, nan_ok=False))


def test_degrees_are_suspected():
    degrees = np.roll(np.linspace(-180, 180, 101), 30)
    text = (
        r"(?s)9[0-9].\d% of angles \(9\d / 101\) are larger than 1.5 turns in radians.\n"
        r"  Angle range: \[-180.0, 180.0\].*np.deg2rad"
    )
    with pytest.warns(UserWarning, match=text):
        arrow_of(HeadDirectionOverlay(degrees, np.linspace(0, 2, 101)))


@pytest.mark.parametrize("turns", [1, 1.5, 200])
def test_radians_over_several_turns_are_not(turns):
    arrow_of(HeadDirectionOverlay(np.linspace(0, turns * 2 * np.pi, 9001), np.arange(9001) / 4000))


def test_arrow_longer_than_the_environment_is_told():
    text = r"length is 150 cm, and the environment is 117 cm .* length=12"
    with pytest.warns(UserWarning, match=text):
        arrow_of(HeadDirectionOverlay(ANGLES, TIMES, length=150.0))


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"data": np.zeros((3, 3))}, r"Overlay data has incorrect shape.*Got: \(3, 3\)"),
        ({"data": 1.0}, r"Got: \(\)"),
        ({"data": []}, r"Got: \(0,\)"),
        ({"data": [0, np.inf, 0]}, r"found 1 samples with Inf values at indices: \[1\]"),
        ({"data": [[1, 0], [0, 1], [np.inf, 0]]}, r"indices: \[2\].*\[inf, 0.0\]"),
        ({"color": "yelow"}, "'yelow' is not a colour. Did you mean 'yellow'"),
        ({"length": 0}, "length is 0 environment units"),
        ({"width": -1}, "width is -1 points"),
        ({"max_gap": -1}, "max_gap is -1 seconds"),
        ({"times": [0, 1]}, r"times have shape \(2,\), and there are 3 samples"),
        ({"times": [2, 1, 0]}, "Found 2 non-monotonic points"),
        ({"times": [7, 8, 9]}, "No temporal overlap"),
    ],
    ids=str,
)
def test_what_cannot_be_drawn_is_explained(changes, text):
    overlay = HeadDirectionOverlay(**{"data": ANGLES, "times": TIMES, **changes})
    with pytest.raises(ValueError, match="(?s)" + text + EXPLAINED):
        arrow_of(overlay)


def test_anchor_is_an_overlay():
    overlay = HeadDirectionOverlay(ANGLES, TIMES, anchor=PLACES)
    with pytest.raises(TypeError, match="(?s)anchor is a ndarray" + EXPLAINED):
        arrow_of(overlay)


@pytest.mark.parametrize("env", [make_track(), make_line()], ids=["track", "grid"])
def test_line_has_no_directions(env):
    text = r"(?s)HeadDirectionOverlay requires 2D environment\..*track='ribbon'"
    with pytest.raises(ValueError, match=text):
        arrow_of(HeadDirectionOverlay(ANGLES, TIMES), env=env)


def test_strip_has():
    position = PositionOverlay([5.0, 25.0, 55.0], TIMES)
    overlay = HeadDirectionOverlay(ANGLES, TIMES)
    arrow = arrow_of(overlay, position, env=make_track(), track="ribbon")
    np.testing.assert_allclose(arrow.start[[0, 2, 4], 0], [[5, 0], [25, 0], [40, 15]])


def test_unwrapped_radians_are_not_taken_for_degrees():
    turn = np.cumsum(np.random.default_rng(0).normal(0.03, 0.2, 9001))
    assert np.ptp(turn) > 100
    arrow_of(HeadDirectionOverlay(turn, np.arange(9001) / 4000))
