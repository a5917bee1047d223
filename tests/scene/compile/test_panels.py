"""Panels of their own spaces, colours, clocks and overlays."""

import re
import warnings
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurospatial import Environment, FieldPanel
from neurospatial.fields import FieldSeries
from neurospatial.layouts import RegularGrid
from neurospatial.scene import (
    Curve,
    Panel,
    PanelClock,
    Points,
    SceneOptions,
    Text,
    Trace,
    View,
    compile_panels,
    compile_scene,
)
from neurospatial.testing.scenes import CountingSource, FixedOverlay

RED = (1.0, 0.0, 0.0, 1.0)
MARK = Points(name="Mark", xy=np.zeros((1, 1, 2), np.float32), color=RED)


def make_room(width=4, height=3, size=10.0):
    edges = (np.arange(width + 1) * size, np.arange(height + 1) * size)
    return Environment(RegularGrid(edges, np.ones((width, height), bool)), units="cm")


ROOM = make_room()
TRACK = Environment(RegularGrid((np.arange(9.0),), np.ones(8, bool)), units="cm")


def count_up(env, n_frames):
    """Fields of which every bin holds the number of the frame."""
    return np.repeat(np.arange(float(n_frames))[:, None], env.n_bins, axis=1)


def compile_all(*panels, **options):
    return compile_panels(list(panels), SceneOptions(**{"link": None, **options}))


def read_shown(panel):
    """The number of the own frame that each frame of the scene shows; NaN for none."""
    (layer,) = (x for x in panel.layers if x.name == "Field")
    return layer.shown.read(0, layer.shown.shape[0])[:, 0]


def make_signal(name="speed", at=0.0):
    times = np.arange(9.0) + at
    return Trace(name=name, times=times, values=times, color=RED, window=2.0, limits=(0.0, 9.0))


def test_panels_have_their_own_space_colours_and_overlays():
    hall = make_room(6, 5, 2.0)
    scene = compile_all(
        FieldPanel(ROOM, count_up(ROOM, 5), title="a", cmap="magma",
                   overlays=FixedOverlay((MARK,))),
        FieldPanel(hall, count_up(hall, 5) * 9, title="b", vmin=-1, colorbar_label="Hz"),
        FieldPanel(TRACK, count_up(TRACK, 5), title="c"),
    )  # fmt: skip
    a, b, c = scene.panels
    assert [p.title for p in scene.panels] == ["a", "b", "c"]
    assert [x.name for x in a.layers] == ["Field", "Mark"]
    assert [x.name for x in b.layers] == ["Field"]
    assert (a.colorbar.name, a.colorbar.vmax) == ("magma", 4)
    assert (b.colorbar.vmin, b.colorbar.vmax, b.colorbar.label) == (-1, 36, "Hz")
    assert (a.view.bounds[2], b.view.bounds[2]) == (41.0, 12.3)
    assert isinstance(c.layers[0], Curve)
    assert scene.colorbar is None
    assert scene.cells == ((0, 0), (0, 1), (1, 0))


def test_rows_say_where_panels_lie():
    a, b, c = (FieldPanel(ROOM, count_up(ROOM, 2)) for _ in range(3))
    scene = compile_panels([[a, None, b], [None, None, None], [None, None, c]])
    assert scene.cells == ((0, 0), (0, 1), (1, 1))
    assert scene.grid == (2, 2)
    assert compile_panels([a, [b, c]]).cells == ((0, 0), (1, 0), (1, 1))
    assert compile_panels(a).cells == ((0, 0),)


def test_panels_of_the_same_times_go_frame_by_frame():
    times = np.array([2.0, 3.0, 5.0])
    scene = compile_all(
        FieldPanel(ROOM, count_up(ROOM, 3), frame_times=times),
        FieldPanel(TRACK, count_up(TRACK, 3), frame_times=times + 1e-9),
        FieldPanel(ROOM, count_up(ROOM, 3)),
        FieldPanel(ROOM, np.ones(ROOM.n_bins)),
    )
    assert scene.timeline.times.tolist() == times.tolist()
    assert [p.layers[0].frame_index is None for p in scene.panels] == [True, True, True, False]
    assert scene.panels[3].layers[0].values.shape[0] == 1


@given(
    st.lists(st.floats(0.02, 3.0), min_size=2, max_size=30),
    st.lists(st.floats(0.02, 3.0), min_size=2, max_size=30),
    st.floats(-1, 1),
)
def test_each_panel_shows_its_nearest_frame_and_nothing_outside(one, other, late):
    clocks = [np.cumsum(one), np.cumsum(other) + late]
    if clocks[0][0] > clocks[1][-1] or clocks[1][0] > clocks[0][-1]:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        scene = compile_all(
            *(FieldPanel(ROOM, count_up(ROOM, len(t)), frame_times=t) for t in clocks)
        )
    axis = scene.timeline.clock
    steps = [np.median(np.diff(t)) for t in clocks]
    if len(clocks[0]) != len(clocks[1]) or not np.allclose(*clocks, rtol=0, atol=1e-6):
        np.testing.assert_allclose(np.diff(axis), min(steps), rtol=1e-6)
        assert axis[0] == min(t[0] for t in clocks)
        assert max(t[-1] for t in clocks) - axis[-1] < min(steps) * (1 + 1e-5)
    for panel, times, step in zip(scene.panels, clocks, steps, strict=True):
        shown = read_shown(panel)
        for now, number in zip(axis, shown, strict=True):
            if np.isnan(number):
                assert now < times[0] - step / 2 or now > times[-1] + step / 2
            else:
                assert abs(times[int(number)] - now) <= abs(times - now).min() + 1e-9


def test_speed_chooses_the_frames_of_all_panels():
    scene = compile_all(
        FieldPanel(ROOM, count_up(ROOM, 5), frame_times=np.arange(5.0)),
        FieldPanel(ROOM, count_up(ROOM, 3), frame_times=np.arange(3.0) * 2),
        speed=2.0,
        fps=4,
    )
    np.testing.assert_allclose(scene.timeline.clock, np.arange(9) / 2)
    assert read_shown(scene.panels[0]).tolist() == [0, 0, 1, 1, 2, 2, 3, 3, 4]
    assert read_shown(scene.panels[1]).tolist() == [0, 0, 0, 1, 1, 1, 1, 2, 2]


def test_a_slow_panel_is_held_and_read_once():
    slow = CountingSource(count_up(ROOM, 10))
    scene = compile_all(
        FieldPanel(ROOM, count_up(ROOM, 1000), frame_times=np.arange(1000) / 100),
        FieldPanel(ROOM, slow, frame_times=np.arange(10.0), vmin=0, vmax=9),
    )
    layer = scene.panels[1].fields[0]
    assert layer.values.shape == (10, ROOM.n_bins)
    assert layer.frame_index.shape == (1000,)
    assert slow.reads == []


def test_sessions_are_aligned_by_their_beginnings_or_by_a_time_of_each():
    one = FieldPanel(ROOM, count_up(ROOM, 4), frame_times=np.arange(4.0) + 100, title="day 1")
    other = FieldPanel(ROOM, count_up(ROOM, 4), frame_times=np.arange(4.0) + 7000, title="day 2")
    for align in ("start", {"day 1": 100.0, "day 2": 7000}):
        scene = compile_all(one, other, align=align)
        assert scene.timeline.times.tolist() == [0, 1, 2, 3]
        assert scene.panels[1].layers[0].frame_index is None
    with pytest.raises(ValueError, match=r"(?s)'day 1' .* 100 to 103 s.*at no time both.*'start'"):
        compile_all(one, other)
    assert compile_all(one, other, align="clock").timeline.n_frames == 6904


def test_overlays_follow_the_clock_of_their_panel():
    seen = {}

    class Overlay:
        def __init__(self, name):
            self.name = name

        def layers(self, context):
            seen[self.name] = context.times
            return (make_signal(self.name, context.times[0]),)

    one = FieldPanel(
        ROOM, count_up(ROOM, 3), frame_times=np.arange(3.0) + 5, overlays=Overlay("a")
    )
    other = FieldPanel(
        ROOM, count_up(ROOM, 3), frame_times=np.arange(3.0) + 50, overlays=Overlay("b")
    )
    scene = compile_all(one, other, align="start")
    assert (seen["a"].tolist(), seen["b"].tolist()) == ([5, 6, 7], [50, 51, 52])
    assert [strip.times[0] for strip in scene.strips] == [0, 0]


def test_dates_are_counted_from_the_first_of_all_panels():
    day = np.datetime64("2024-05-01T10:00:00")
    times = day + np.arange(4) * np.timedelta64(1, "s")
    scene = compile_all(
        FieldPanel(ROOM, count_up(ROOM, 4), frame_times=times),
        FieldPanel(ROOM, count_up(ROOM, 3), frame_times=times[1:]),
    )
    assert scene.timeline.times.tolist() == [0, 1, 2, 3]
    assert scene.timeline.zero.startswith("2024-05-01 10:00:00")


def test_linked_colours_are_one_scale_and_one_bar():
    scene = compile_all(
        FieldPanel(ROOM, count_up(ROOM, 5)),
        FieldPanel(ROOM, count_up(ROOM, 5) - 9, colorbar_label="Hz"),
        FieldPanel(ROOM, count_up(ROOM, 5), colorbar=False),
        link="color",
    )
    assert (scene.colorbar.vmin, scene.colorbar.vmax, scene.colorbar.label) == (-9, 4, "Hz")
    assert all(panel.colorbar is None for panel in scene.panels)
    assert all(panel.fields[0].color is scene.colorbar for panel in scene.panels)


def test_linked_views_are_one_piece_of_the_world_with_outer_labels():
    hall = make_room(6, 5)
    panels = [FieldPanel(env, count_up(env, 2)) for env in (ROOM, hall, ROOM, hall, ROOM)]
    scene = compile_all(*panels, link="view")
    assert {panel.view.bounds for panel in scene.panels} == {(-1.5, -1.5, 61.5, 51.5)}
    assert [panel.axes for panel in scene.panels] == [
        (False, True), (False, False), (True, False), (True, True), (True, False)
    ]  # fmt: skip
    with pytest.raises(ValueError, match="other coordinates: a plane in cm, value over distance"):
        compile_all(panels[0], FieldPanel(TRACK, count_up(TRACK, 2)), link=("color", "view"))


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ({"cmap": "magma"}, {}, "cmap of panel 'a' is 'magma', of 'b' 'viridis'"),
        ({"colorbar_label": "Hz"}, {"colorbar_label": "p"}, "colorbar_label of panel 'a'"),
    ],
)
def test_colours_that_one_bar_cannot_explain_are_not_linked(one, other, found):
    panels = [FieldPanel(ROOM, count_up(ROOM, 2), title="a", **one),
              FieldPanel(ROOM, count_up(ROOM, 2), title="b", **other)]  # fmt: skip
    with pytest.raises(ValueError, match=found):
        compile_all(*panels, link="color")


def test_shared_overlays_are_lowered_once_for_panels_that_are_alike():
    calls = []

    class Overlay:
        def layers(self, context):
            calls.append(context)
            return (MARK, make_signal())

    cells = [FieldPanel(ROOM, count_up(ROOM, 3) + k, title=f"cell {k}") for k in range(30)]
    scene = compile_all(*cells, overlays=[Overlay()])
    assert len(calls) == 1
    assert len({id(panel.layers[1]) for panel in scene.panels}) == 1
    assert len(scene.strips) == 1


@pytest.mark.parametrize("align", ["start", "clock"])
def test_panels_of_one_clock_beside_another_are_lowered_for_once(align):
    calls = []

    class Overlay:
        def layers(self, context):
            calls.append(context)
            return (MARK,)

    times = np.arange(3.0) + 5
    cells = [FieldPanel(ROOM, count_up(ROOM, 3), frame_times=times + 0) for _ in range(4)]
    slow = FieldPanel(ROOM, count_up(ROOM, 2), frame_times=times[::2])
    compile_all(*cells, overlays=[Overlay()], align=align)
    compile_all(*cells, slow, overlays=[Overlay()], align=align)
    assert len(calls) == 1 + 2


def test_a_mapping_gives_panels_their_own_overlays_beside_the_shared():
    fields = {"cell 1": count_up(ROOM, 3), "cell 2": count_up(ROOM, 3)}
    own = replace(MARK, name="Own")
    scene = compile_scene(
        ROOM, fields, overlays={"cell 1": [FixedOverlay((own,))], None: FixedOverlay((MARK,))}
    )
    assert [[x.name for x in panel.layers[1:]] for panel in scene.panels] == [
        ["Mark", "Own"],
        ["Mark"],
    ]
    with pytest.raises(ValueError, match=r"(?s)'cel 1'.*Did you mean 'cell 1'"):
        compile_scene(ROOM, fields, overlays={"cel 1": []})


def test_an_overlay_that_no_panel_draws_is_refused():
    class Blank:
        title = "blank"
        clock = PanelClock(2)

        def build(self, context):
            assert (len(context.overlays), context.n_shared) == (2, 1)
            return Panel(View((0.0, 0.0, 1.0, 1.0)), ())

    both = {None: [FixedOverlay((MARK,))], "blank": [FixedOverlay(())]}
    compile_all(Blank(), FieldPanel(ROOM, count_up(ROOM, 2)), overlays=both)
    with pytest.raises(ValueError, match="FixedOverlay in overlays= is drawn over none"):
        compile_all(Blank(), overlays=both)


def test_signals_named_alike_are_told_apart_by_their_panels():
    panels = [
        FieldPanel(ROOM, count_up(ROOM, 2), title=title, overlays=FixedOverlay((make_signal(),)))
        for title in ("rat", "mouse")
    ]
    scene = compile_all(*panels, overlays=FixedOverlay((make_signal("LFP"),)))
    assert [strip.name for strip in scene.strips] == ["LFP", "rat: speed", "mouse: speed"]


def test_units_become_panels():
    values = np.stack([count_up(ROOM, 4) + k for k in range(3)])
    series = FieldSeries(values, times=np.arange(4.0), names=("a", "b", "c"), env=ROOM)
    assert [p.title for p in compile_scene(ROOM, series).panels] == ["a", "b", "c"]
    for units in (values, [list(one) for one in values]):
        scene = compile_scene(ROOM, units)
        assert [p.title for p in scene.panels] == ["1", "2", "3"]
        np.testing.assert_array_equal(scene.panels[2].fields[0].values.read(0, 4), values[2])


class Words:
    """A panel of a third party: a text that says which of its frames is shown."""

    title, clock = "words", PanelClock(3, np.array([1.0, 2.0, 3.0]))

    def build(self, context):
        texts = tuple("" if k < 0 else "abc"[k] for k in context.frame_index)
        text = Text(name="T", anchor=np.zeros((1, 2)), strings=texts, color=RED)
        return Panel(View((0.0, 0.0, 1.0, 1.0)), (text, make_signal()), self.title)


class Blank(Words):
    """A panel of a third party that has recorded nothing."""

    clock = PanelClock(0)


def test_anyone_can_bring_a_panel():
    scene = compile_all(FieldPanel(ROOM, count_up(ROOM, 5), frame_times=np.arange(5.0)), Words())
    assert scene.panels[1].layers[0].strings == ("", "a", "b", "c", "")
    assert [strip.name for strip in scene.strips] == ["speed"]


def test_percentiles_leave_out_extremes():
    fields = np.tile(np.arange(101.0), (5, 1))
    env = Environment(RegularGrid((np.arange(102.0),), np.ones(101, bool)))
    fields[2, 50] = 1e6
    (panel,) = compile_all(FieldPanel(env, fields, percentile=(1, 99))).panels
    assert panel.view.bounds[3] < 110
    room = FieldPanel(ROOM, count_up(ROOM, 101), percentile=(10, 90), vmin=-5)
    scale = room.find_scale()
    assert (scale.vmin, scale.vmax) == (-5, 90)


def test_a_clock_in_milliseconds_is_noticed():
    panels = [FieldPanel(ROOM, count_up(ROOM, 9), frame_times=np.arange(9.0) * k, title=str(k))
              for k in (1, 1000)]  # fmt: skip
    with pytest.warns(UserWarning, match=r"(?s)Panel '1000' spans 8000 s.*pass times / 1000"):
        compile_all(*panels)


def test_a_short_panel_of_a_long_session_is_not_suspected():
    compile_all(
        FieldPanel(ROOM, count_up(ROOM, 900), frame_times=np.arange(900.0)),
        FieldPanel(ROOM, count_up(ROOM, 9), frame_times=500 + np.arange(9.0) / 10),
    )


def _make_cube():
    edges = (np.arange(3.0),) * 3
    return Environment(RegularGrid(edges, np.ones((2, 2, 2), bool)))


@pytest.mark.parametrize(
    ("make", "error", "found"),
    [
        (lambda: compile_panels([]), ValueError, "panels has no panel"),
        (lambda: compile_panels([[None], []]), ValueError, "panels has no panel."),
        (lambda: compile_panels([ROOM]), TypeError, "panels holds a Environment"),
        (lambda: compile_panels(3), TypeError, "panels holds a int"),
        (lambda: FieldPanel(ROOM, []), ValueError, "there is no frame to show"),
        (lambda: FieldPanel(count_up(ROOM, 2), ROOM), TypeError, "env is a ndarray"),
        (lambda: FieldPanel(_make_cube(), np.zeros((2, 8))), ValueError, "has 3 dimensions"),
        (lambda: FieldPanel(ROOM, count_up(ROOM, 2), fps=3), TypeError, "no option 'fps'"),
        (
            lambda: compile_all(*[FieldPanel(ROOM, count_up(ROOM, 2), title="a")] * 2),
            ValueError,
            "Two panels are called 'a'",
        ),
        (
            lambda: compile_all(FieldPanel(ROOM, count_up(ROOM, 2)),
                                FieldPanel(ROOM, count_up(ROOM, 3))),
            ValueError,
            "different numbers of frames: {'panel 1': 2, 'panel 2': 3}",
        ),
        (
            lambda: compile_all(FieldPanel(ROOM, count_up(ROOM, 2), title="a"),
                                align={"b": 1.0}),
            ValueError,
            "'b'",
        ),
        (lambda: compile_all(Blank()), ValueError, "no frame"),
        (lambda: compile_all(Words(), align="strat"), ValueError, "Did you mean 'start'"),
        (lambda: compile_all(Words(), link="colour"), ValueError, "Did you mean 'color'"),
        (lambda: compile_all(Words(), percentile=(99, 1)), ValueError, "percentile is"),
    ],
)  # fmt: skip
def test_what_makes_no_scene_is_refused(make, error, found):
    with pytest.raises(error, match=re.escape(found)) as caught:
        make()
    assert "HOW" in str(caught.value) or "option" in str(caught.value)
