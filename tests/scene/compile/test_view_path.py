"""Views that follow an overlay, and that zoom."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurospatial import Environment, FieldPanel
from neurospatial.layouts import RegularGrid
from neurospatial.overlays import BodypartOverlay, HeadDirectionOverlay, PositionOverlay
from neurospatial.scene import (
    OverlayContext,
    Points,
    SceneOptions,
    ViewPath,
    compile_panels,
    compile_scene,
    slice_frames,
)
from neurospatial.scene.compile.panels.keyframes import ease_zoom, read_keyframes
from neurospatial.testing.scenes import FixedOverlay

RED = (1.0, 0.0, 0.0, 1.0)
ROOM = Environment(
    RegularGrid((np.arange(5) * 10.0, np.arange(4) * 10.0), np.ones((4, 3), bool)), units="cm"
)
TRACK = Environment(RegularGrid((np.arange(9.0),), np.ones(8, bool)), units="cm")
FIELDS = np.zeros((4, ROOM.n_bins))
TIMES = np.arange(4.0)
PLACES = np.array([[5.0, 5.0], [10.0, 8.0], [20.0, 15.0], [30.0, 25.0]])


def compile_view(**options):
    options = {"vmin": 0, "vmax": 1, "frame_times": TIMES, **options}
    return compile_scene(ROOM, FIELDS, **options).panels[0].view


def find_middles(view):
    bounds = view.find_bounds(slice(None))
    return (bounds[:, :2] + bounds[:, 2:]) / 2


def test_what_is_followed_is_in_the_middle():
    overlay = PositionOverlay(PLACES, TIMES)
    view = compile_view(follow=overlay, overlays=overlay)
    np.testing.assert_allclose(find_middles(view), PLACES)
    bounds = view.find_bounds(slice(None))
    whole = np.array(view.bounds)
    np.testing.assert_allclose(bounds[:, 2:] - bounds[:, :2], [(whole[2:] - whole[:2]) / 3] * 4)


def test_what_is_followed_need_not_be_drawn():
    scene = compile_scene(ROOM, FIELDS, follow=PositionOverlay(PLACES), vmin=0, vmax=1)
    assert [layer.name for layer in scene.panels[0].layers] == ["Field"]
    np.testing.assert_allclose(find_middles(scene.panels[0].view), PLACES)


@pytest.mark.parametrize(
    "overlay",
    [
        BodypartOverlay({"nose": PLACES + 2, "tail": PLACES - 2}),
        HeadDirectionOverlay(np.zeros(4), anchor=PositionOverlay(PLACES)),
    ],
)
def test_poses_and_headings_are_followed(overlay):
    np.testing.assert_allclose(find_middles(compile_view(follow=overlay)), PLACES, atol=1e-5)


def test_a_gap_is_bridged_and_its_ends_stay():
    xy = np.array([[np.nan] * 2, [10.0, 8.0], [np.nan] * 2, [30.0, 25.0]])
    layer = Points(name="Mark", xy=xy[:, None].astype(np.float32), color=RED)
    middles = find_middles(compile_view(follow=FixedOverlay((layer,))))
    np.testing.assert_allclose(middles, [[10, 8], [10, 8], [20, 16.5], [30, 25]])


def test_marks_that_faded_are_not_followed():
    layer = Points(
        name="Events",
        xy=np.array([[[5.0, 5.0], [35.0, 5.0]]], np.float32),
        color=RED,
        opacity=np.array([[1, 0], [0, 1], [1, 1], [0, 0]], np.float32),
    )
    middles = find_middles(compile_view(follow=FixedOverlay((layer,))))
    np.testing.assert_allclose(middles[:, 0], [5, 35, 20, 20])


def test_everything_is_seen_at_a_zoom_of_one():
    view = compile_view(follow=PositionOverlay(PLACES), zoom={0: 1, 3: 4})
    bounds = view.find_bounds(slice(None))
    np.testing.assert_allclose(bounds[0], view.bounds)
    np.testing.assert_allclose(find_middles(view)[-1], PLACES[-1])


def test_a_zoom_without_a_mark_is_to_the_middle():
    view = compile_view(zoom=2)
    np.testing.assert_allclose(find_middles(view), [[20, 15]] * 4)
    assert compile_view(zoom=1).path is None
    assert compile_view().path is None


@given(
    st.dictionaries(st.floats(0, 100), st.floats(1, 100), min_size=1, max_size=6),
    st.lists(st.floats(0, 100), min_size=1, max_size=9, unique=True),
)
def test_a_zoom_is_smooth_and_meets_its_keyframes(keyframes, times):
    read = read_keyframes(keyframes)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        at_keys = ease_zoom(read, np.array(list(read)))
        between = ease_zoom(read, np.sort(times))
    np.testing.assert_allclose(at_keys, list(read.values()))
    assert (between >= min(read.values()) * (1 - 1e-9)).all()
    assert (between <= max(read.values()) * (1 + 1e-9)).all()


def test_growing_and_shrinking_look_equally_fast():
    times = np.linspace(0, 1, 101)
    grown = ease_zoom({0.0: 1.0, 1.0: 16.0}, times)
    shrunk = ease_zoom({0.0: 16.0, 1.0: 1.0}, times)
    np.testing.assert_allclose(grown, shrunk[::-1])
    speed = np.gradient(np.log(grown), times)
    assert speed[0] < 0.1 * speed.max()
    assert speed[-1] < 0.1 * speed.max()
    assert speed.argmax() == 50


def test_keyframes_off_the_clock_are_told():
    with pytest.warns(UserWarning, match="keyframes of zoom lie from 1000 to 3000 s"):
        compile_view(zoom={1000: 1, 3000: 4})


def test_a_view_that_moves_has_a_scale_bar_and_no_ticks():
    scene = compile_scene(ROOM, FIELDS, zoom={0: 1, 0.1: 4}, vmin=0, vmax=1)
    (panel,) = scene.panels
    width = (panel.view.bounds[2] - panel.view.bounds[0]) / 4
    assert panel.axes == (False, False)
    assert panel.scale_bar == 2.0
    assert panel.scale_bar < width
    with pytest.raises(ValueError, match="scale_bar is 30 cm, and the picture is"):
        compile_view(zoom=4, scale_bar=30)


def test_panels_that_share_a_view_move_together():
    overlay = PositionOverlay(PLACES)
    moving = FieldPanel(ROOM, FIELDS, title="a", follow=overlay, vmin=0, vmax=1)
    still = FieldPanel(ROOM, FIELDS, title="b", vmin=0, vmax=1)
    scene = compile_panels([moving, still], SceneOptions(link="view"))
    one, other = (panel.view for panel in scene.panels)
    assert one.path is other.path
    np.testing.assert_array_equal(one.find_bounds(slice(None)), other.find_bounds(slice(None)))
    turned = FieldPanel(ROOM, FIELDS, title="c", zoom=3, vmin=0, vmax=1)
    with pytest.raises(ValueError, match="the views of panels 'a' and 'c' move differently"):
        compile_panels([moving, turned], SceneOptions(link="view"))


def test_panels_alike_share_one_path():
    scene = compile_scene(ROOM, {"a": FIELDS, "b": FIELDS}, follow=PositionOverlay(PLACES))
    one, other = (panel.view.path for panel in scene.panels)
    assert one is other


def test_a_part_of_a_scene_moves_as_the_whole_does():
    scene = compile_scene(ROOM, FIELDS, follow=PositionOverlay(PLACES), vmin=0, vmax=1)
    part = slice_frames(scene, 1, 3)
    np.testing.assert_array_equal(
        part.panels[0].view.find_bounds(slice(None)),
        scene.panels[0].view.find_bounds(slice(1, 3)),
    )
    assert part.panels[0].view.get_bounds_on(1) == scene.panels[0].view.get_bounds_on(2)


def test_a_followed_overlay_that_is_drawn_warns_once():
    overlay = PositionOverlay(PLACES + 1000, TIMES)
    with pytest.warns(UserWarning) as told:  # noqa: PT030 - how many there are is asked
        compile_view(follow=overlay, overlays=overlay)
    texts = [str(each.message) for each in told]
    assert len(texts) == len(set(texts)) > 0


class Nothing:
    """An overlay without anything."""

    def layers(self, context: OverlayContext):
        return ()


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"follow": PLACES}, TypeError, "follow is a ndarray, which has no layers"),
        ({"follow": Nothing()}, ValueError, "follow is a Nothing that draws neither points"),
        (
            {
                "follow": FixedOverlay(
                    (Points(name="M", xy=np.full((4, 1, 2), np.nan), color=RED),)
                )
            },
            ValueError,
            "is nowhere in any frame",
        ),
        ({"zoom": 0.5}, ValueError, "zoom is 0.5"),
        ({"zoom": 101}, ValueError, "zoom is 101"),
        ({"zoom": np.nan}, ValueError, "zoom is nan"),
        ({"zoom": True}, ValueError, "zoom is True"),
        ({"zoom": "2"}, ValueError, "zoom is '2'"),
        ({"zoom": {}}, ValueError, "zoom is {}"),
        ({"zoom": {np.inf: 2}}, ValueError, "zoom is"),
        ({"zoom": {0: 1, "5": 2}}, ValueError, "zoom is"),
        ({"zoom": [1, 2]}, ValueError, "zoom is"),
    ],
)
def test_what_cannot_be_followed_is_refused(options, error, words):
    with pytest.raises(error, match=rf"(?s){words}.*WHY.*HOW"):
        compile_view(**options)


def test_a_line_is_shown_whole():
    fields = np.zeros((4, TRACK.n_bins))
    for options in ({"zoom": 2}, {"follow": PositionOverlay(np.arange(4.0))}):
        with pytest.raises(ValueError, match=r"is given for a line over distance(?s:.*)ribbon"):
            compile_scene(TRACK, fields, vmin=0, vmax=1, **options)


def test_a_path_holds_arrays_of_its_own_length():
    path = ViewPath(np.zeros((2, 2)), np.ones(2))
    assert path.find_bounds((0.0, 0.0, 2.0, 1.0), np.array([1])).shape == (1, 4)
