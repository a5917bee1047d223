import logging

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurospatial import Environment
from neurospatial.layouts import RegularGrid
from neurospatial.overlays import events as events_module
from neurospatial.overlays.bodypart import BodypartOverlay
from neurospatial.overlays.decay import Decay
from neurospatial.overlays.events import EventOverlay
from neurospatial.overlays.position import PositionOverlay
from neurospatial.scene import Points, compile_scene
from tests.overlays.scenes import make_box, make_layers

EDGES = (np.linspace(0, 40, 5), np.linspace(0, 20, 5))
CLOCK = np.arange(0.0, 10.0, 0.5)
N_COUNTS = 300


def arena():
    return Environment(RegularGrid(EDGES, np.ones((4, 4), dtype=bool)), units="cm")


def maze():
    nodes = {0: (0, 0), 1: (30, 0), 2: (30, 40)}
    return Environment.from_graph(nodes, [(0, 1), (1, 2)], 0.0, 5.0)


def layers(overlays, env=None, clock=CLOCK, **more):
    env = env or arena()
    fields = np.zeros((len(clock), env.n_bins))
    scene = compile_scene(
        env, fields, vmin=0, vmax=1, overlays=overlays, frame_times=clock, **more
    )
    return scene.panels[0].layers


def marks(overlays, **more):
    (found,) = [layer for layer in layers(overlays, **more) if layer.name.startswith("Events")]
    assert isinstance(found, Points)
    return found


def path(times):
    """Somewhere that is not straight, so that an event's own time matters."""
    times = np.asarray(times)
    return np.stack([20 + 15 * np.sin(times), 10 + 8 * np.cos(1.7 * times)], axis=-1)


TRACKED = np.arange(-1.0, 11.0, 0.01)
ANIMAL = PositionOverlay(path(TRACKED), TRACKED)


def list_marks(layer):
    """What each frame shows: places and strengths of the marks that are there."""
    visible = layer.opacity > 0
    assert not np.isnan(layer.xy[visible]).any()
    assert np.isnan(layer.xy[~visible]).all()
    return [
        sorted(zip(xy[there].tolist(), strength[there].tolist(), strict=True))
        for xy, strength, there in zip(layer.xy, layer.opacity, visible, strict=True)
    ]


def test_event_lies_where_the_animal_was_at_its_own_time():
    when = np.array([1.237, 4.9])
    frames = list_marks(marks([ANIMAL, EventOverlay(when, decay=0.5)]))
    assert [len(frame) for frame in frames] == [0] * 3 + [1] + [0] * 6 + [1] + [0] * 9
    np.testing.assert_allclose(frames[3][0][0], path(1.237), atol=1e-3)
    np.testing.assert_allclose(frames[10][0][0], path(4.9), atol=1e-3)
    assert np.linalg.norm(path(1.237) - path(CLOCK[3])) > 2


def test_event_is_at_full_strength_first_and_fades_on_a_line():
    frames = list_marks(marks([EventOverlay([1.1], [(5, 6)], decay=2.0)]))
    assert [frame[0][1] for frame in frames if frame] == [1.0, 0.75, 0.5, 0.25]
    assert [n for n, frame in enumerate(frames) if frame] == [3, 4, 5, 6]


def test_default_decay_is_five_intervals():
    frames = list_marks(marks([EventOverlay([1.0], [(5, 6)])]))
    np.testing.assert_allclose(
        [frame[0][1] for frame in frames if frame], [1, 0.8, 0.6, 0.4, 0.2], atol=1e-6
    )


def test_no_event_falls_between_frames_a_minute_apart():
    clock = np.arange(10) * 60.0
    when = np.sort(np.random.default_rng(1).uniform(0, 540, 200))
    where = np.random.default_rng(2).uniform(1, 19, (200, 2))
    frames = list_marks(marks([EventOverlay(when, where, decay=0.05)], clock=clock))
    shown = [xy for frame in frames for xy, strength in frame if strength == 1.0]
    assert sorted(shown) == sorted(where.astype(np.float32).tolist())
    counted, _ = np.histogram(when, np.append(-60, clock))
    assert [len(frame) for frame in frames] == counted.tolist()


def test_number_of_marks_is_the_most_seen_at_once_and_not_the_number_of_events():
    when = np.linspace(0, 9, 400)
    layer = marks([EventOverlay(when, path(when), decay=0.5)])
    assert layer.xy.shape[1] == layer.opacity.shape[1] == max(map(len, list_marks(layer)))
    assert layer.xy.shape[1] < 30
    assert (layer.xy.dtype, layer.opacity.dtype) == (np.float32, np.float32)


def test_events_come_in_any_order_with_their_places():
    when, where = np.array([7.2, 1.3, 4.4]), [(7, 1), (1, 2), (4, 3)]
    mixed = marks([EventOverlay(when, where)])
    ordered = marks([EventOverlay(np.sort(when), [(1, 2), (4, 3), (7, 1)])])
    np.testing.assert_array_equal(mixed.xy, ordered.xy)


def test_rounding_of_a_clock_does_not_delay_an_event():
    clock = np.arange(10) / 10
    assert clock[3] < 0.1 + 0.2
    frames = list_marks(marks([EventOverlay([0.1 + 0.2], [(5, 6)], decay=0.1)], clock=clock))
    assert [n for n, frame in enumerate(frames) if frame] == [3]


def test_events_outside_the_frames_are_left_out_and_counted(caplog):
    caplog.set_level(logging.INFO, "neurospatial")
    layer = marks([EventOverlay([-3, -0.2, 4, 9.6, 30], [(1, 1)] * 5, decay=0.5)])
    assert [n for n, frame in enumerate(list_marks(layer)) if frame] == [0, 8]
    assert "Events: 2 of 5 events are drawn." in caplog.text


def test_event_in_a_gap_of_the_tracking_has_no_place():
    animal = PositionOverlay([(1, 1), (2, 2), (8, 8), (9, 9)], [0, 1, 7, 9], max_gap=3.0)
    layer = marks([animal, EventOverlay([0.5, 4.0, 8.0])])
    assert layer.xy.shape[1] == 1
    shown = {tuple(xy) for frame in list_marks(layer) for xy, _ in frame}
    assert shown == {(1.5, 1.5), (8.5, 8.5)}


def test_follows_the_mean_of_keypoints_or_its_anchor():
    pose = BodypartOverlay({"nose": path(TRACKED) + 1, "tail": path(TRACKED) - 1}, TRACKED)
    still = PositionOverlay([(3, 4), (3, 4)], [0, 9.5], max_gap=np.inf)
    (of_pose,) = {tuple(f[0][0]) for f in list_marks(marks([pose, EventOverlay([2.0])])) if f}
    np.testing.assert_allclose(of_pose, path(2.0), atol=1e-3)
    anchored = EventOverlay([2.0], anchor=still)
    assert {tuple(f[0][0]) for f in list_marks(marks([pose, anchored])) if f} == {(3.0, 4.0)}


def test_two_animals_have_their_own_events():
    animals = [
        PositionOverlay([place, place], [0, 9.5], max_gap=np.inf) for place in [(3, 4), (30, 4)]
    ]
    overlays = [*animals, EventOverlay([2.0]), EventOverlay([5.0])]
    found = [layer for layer in layers(overlays) if layer.name.startswith("Events")]
    assert [layer.name for layer in found] == ["Events 1", "Events 2"]
    assert [np.nanmax(layer.xy[..., 0]) for layer in found] == [3, 30]


@pytest.mark.parametrize("track", ["line", "ribbon"])
def test_events_on_a_track(track):
    env = maze()
    distances = np.array([0.0, 30.0, 70.0])
    animal = PositionOverlay(distances, [0, 4, 8])
    layer = marks([animal, EventOverlay([2.0, 6.0], decay=0.5)], env=env, track=track)
    expected = {"line": {(15, 0), (50, 0)}, "ribbon": {(15, 0), (30, 20)}}[track]
    assert {tuple(xy) for frame in list_marks(layer) for xy, _ in frame} == expected
    given = marks([EventOverlay([2.0, 6.0], [15.0, 50.0], decay=0.5)], env=env, track=track)
    np.testing.assert_allclose(given.xy, layer.xy, atol=1e-5)


def test_look_is_as_asked():
    layer = marks([EventOverlay([1.0], [(1, 1)], "red", 12, name="Events of unit 3")])
    assert (layer.name, layer.size, layer.color, layer.z) == (
        *("Events of unit 3", 12, (1, 0, 0, 1), 3.4),
    )


def test_unit_without_spikes_draws_nothing():
    assert [layer.name for layer in layers([EventOverlay([])])] == ["Field"]


def test_all_outside_the_frames_is_said_with_both_ranges():
    text = (
        r"Events: none of 2 events is drawn(?s:.*)\[2000, 9000\] seconds(?s:.*)\[0, 9.5\] seconds"
        r"(?s:.*)0 of them happened(?s:.*)look like milliseconds"
    )
    with pytest.warns(UserWarning, match=text):
        assert len(layers([EventOverlay([2000, 9000], [(1, 1)] * 2)])) == 1


def test_memory_is_bounded_and_what_is_left_out_is_counted(monkeypatch):
    monkeypatch.setattr(events_module, "_MOST_MARKS", 60)
    when, where = np.full(10, 4.0), np.arange(20).reshape(10, 2)
    with pytest.warns(UserWarning, match=r"up to 10 events .* 20 frames hold 3 marks .*7 of 10"):
        layer = marks([EventOverlay(when, where, decay=0.5)])
    assert layer.xy.shape == (20, 3, 2)
    assert [xy for xy, _ in list_marks(layer)[8]] == where[-3:].tolist()


@pytest.mark.parametrize(
    ("overlay", "text"),
    [
        (EventOverlay([1.0, 2.0]), r"2 events have no positions, and there is no animal"),
        (EventOverlay([1.0, np.nan, np.inf]), r"shape \(3,\), 2 are not finite"),
        (EventOverlay([[1.0], [2.0]]), r"Event times have shape \(2, 1\), 0 are not"),
        (EventOverlay([1.0], [(1, 2), (3, 4)]), "2 event positions and 1 event times"),
        (EventOverlay([1.0], [(1, 2, 3)]), r"Event positions has incorrect shape.*Got: \(1, 3\)"),
        (EventOverlay([1.0], [(1, 2)], decay=0), "decay is 0 seconds"),
        (EventOverlay([1.0], [(1, 2)], decay=np.nan), "decay is nan seconds"),
        (EventOverlay([1.0], [(1, 2)], size=-1), "size is -1 points"),
        (EventOverlay([1.0], [(1, 2)], color="rde"), "'rde' is not a colour"),
    ],
)
def test_mistakes_are_explained(overlay, text):
    with pytest.raises(ValueError, match=rf"(?s){text}.*HOW"):
        layers([overlay])


@given(
    st.lists(st.floats(0.05, 3), min_size=1, max_size=12),
    st.lists(st.integers(0, 11), min_size=1, max_size=30),
    st.floats(0.01, 20),
    st.integers(1, 40),
)
def test_marks_are_those_a_plain_loop_finds(steps, first_frames, decay, n_marks):
    clock = np.cumsum(steps)
    starts = np.sort(np.minimum(first_frames, len(clock) - 1))
    decaying = Decay(clock, starts, decay)
    event, strength = decaying.compute_marks(n_marks)
    never = set(range(len(starts)))
    for frame, now in enumerate(clock):
        visible = [
            (number, 1 - (now - clock[start]) / decay)
            for number, start in enumerate(starts)
            if start == frame or (start < frame and clock[start] + decay > now + 1e-9)
        ][-n_marks:]
        there = event[frame] >= 0
        found = sorted(zip(event[frame][there], strength[frame][there], strict=True))
        assert [number for number, _ in found] == [number for number, _ in visible]
        np.testing.assert_allclose([s for _, s in found], [s for _, s in visible], atol=1e-6)
        never -= {number for number, _ in visible}
    assert decaying.count_never_visible(n_marks) == len(never)


@pytest.mark.parametrize("n_events", [1, 7])
def test_an_event_keeps_its_mark(n_events):
    event, _ = Decay(np.arange(30.0), np.arange(n_events) * 2, 5.0).compute_marks(3)
    for number in range(n_events):
        assert len(set(np.nonzero(event == number)[1])) == 1


def test_an_event_is_seen_however_short_its_decay():
    event, strength = Decay(1e6 + np.arange(5.0), np.array([2]), 1e-12).compute_marks(1)
    assert event[:, 0].tolist() == [-1, -1, 0, -1, -1]
    assert strength[:, 0].tolist() == [0, 0, 1, 0, 0]


@pytest.mark.parametrize("n", [N_COUNTS, 3 * N_COUNTS])
def test_counts_and_traces_are_no_times(n):
    rng = np.random.default_rng(0)
    frames = np.arange(N_COUNTS) / 30
    animal = PositionOverlay(np.full((2, 2), 30.0), [0, 10], max_gap=20)
    for values, guess in (
        (rng.poisson(0.2, n), "counts per sample: pass np.repeat"),
        (rng.normal(0.5, 0.1, n), "a trace, one value per sample"),
    ):
        overlays = [animal, EventOverlay(values)]
        with pytest.warns(UserWarning, match=rf"(?s)Events: the times of {n} events .*{guess}"):
            make_layers(make_box(), overlays, frames)


def test_times_in_any_order_are_times():
    rng = np.random.default_rng(0)
    trains = np.concatenate([np.sort(rng.uniform(0, 10, 200)) for _ in range(3)])
    animal = PositionOverlay(np.full((2, 2), 30.0), [0, 10], max_gap=20)
    make_layers(make_box(), [animal, EventOverlay(trains)], np.arange(300) / 30)
