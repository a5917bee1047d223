"""Playing, and the controls of it."""

from itertools import count

import pytest
from qtpy.QtCore import QEvent, QObject, Qt
from qtpy.QtTest import QTest

from neurospatial.napari.player import clock
from neurospatial.napari.player.controls import Controls
from tests.napari.scenes import N_FRAMES, make_grid, make_marks, show_scene
from tests.waiting import wait_until


def wait_for(qapp, done):
    wait_until(done, meanwhile=qapp.processEvents)


def press(viewer, qapp, key):
    canvas = viewer.window._qt_viewer.canvas.native
    QTest.keyClick(canvas, key)
    qapp.processEvents()


def test_play_keeps_the_time_of_the_clock(viewer, qapp, monkeypatch):
    now, n_looks = 50.0, 0

    def look() -> float:
        nonlocal n_looks
        n_looks += 1
        return now

    monkeypatch.setattr(clock, "perf_counter", look)
    animation = show_scene(viewer)
    animation.fps, animation.loop = 8.0, False
    animation.play()
    for frame in range(N_FRAMES - 1):
        assert animation.playing
        now = 50 + (frame + 0.99) / 8
        before = n_looks
        wait_for(qapp, lambda before=before: n_looks > before)
        assert animation.frame == frame
        now = 50 + (frame + 1.01) / 8
        wait_for(qapp, lambda frame=frame: animation.frame == frame + 1)
    now = 50 + (N_FRAMES + 0.01) / 8
    wait_for(qapp, lambda: not animation.playing)
    animation.play()
    assert animation.frame == 0
    animation.pause()


def test_play_leaves_out_what_comes_too_late_and_says_so(viewer, qapp, monkeypatch):
    # A fortieth of a second passes whenever it looks: when it starts, and twice for a frame.
    monkeypatch.setattr(clock, "perf_counter", count(50.0, 0.025).__next__)
    animation = show_scene(viewer)
    animation.speed = 100.0
    frames = []
    animation.subscribe(lambda: frames.append(animation.frame))
    animation.play()
    wait_for(qapp, lambda: animation.rate is not None and len(frames) > 5)
    assert animation.rate == pytest.approx(20)
    animation.pause()
    assert animation.rate is None


def test_keys_play_and_step(viewer, qapp):
    animation = show_scene(viewer, layers=make_marks(make_grid()))
    qapp.processEvents()
    press(viewer, qapp, Qt.Key.Key_Right)
    press(viewer, qapp, Qt.Key.Key_Right)
    press(viewer, qapp, Qt.Key.Key_Left)
    assert animation.frame == 1
    for active in ("Field", "Position"):
        viewer.layers.selection.active = viewer.layers[active]
        press(viewer, qapp, Qt.Key.Key_Space)
        assert animation.playing
        press(viewer, qapp, Qt.Key.Key_Space)
        assert not animation.playing


def test_keys_are_napari_s_own_again_afterwards(viewer, qapp):
    animation = show_scene(viewer)
    animation.close()
    assert not {"Space", "Left", "Right"} & {str(key) for key in viewer.keymap}


def test_controls_say_and_do(viewer, qapp):
    animation = show_scene(viewer)
    (controls,) = viewer.window._qt_window.findChildren(Controls)
    animation.frame = 12
    assert controls.label.text() == "Frame 13 / 40"
    assert controls.time.value() == pytest.approx(12 / 30, abs=1e-3)
    controls.time.setValue(1.0)
    assert animation.frame == 30
    controls.speed.setValue(2.0)
    controls.fps.setValue(15.0)
    controls.loop.setChecked(False)
    assert (animation.speed, animation.fps, animation.loop) == (2.0, 15.0, False)
    controls.button.click()
    assert animation.playing
    controls.button.click()
    assert not animation.playing


def test_a_step_lays_nothing_out_anew(viewer, qapp):
    animation = show_scene(viewer)
    (controls,) = viewer.window._qt_window.findChildren(Controls)

    class Requests(QObject):
        seen = 0

        def eventFilter(self, of, event):  # noqa: N802 - Qt's name
            self.seen += event.type() == QEvent.Type.LayoutRequest
            return False

    requests = Requests()
    for frame in range(N_FRAMES):
        if frame == 10:  # The window has settled.
            controls.installEventFilter(requests)
        animation.frame = frame
        qapp.processEvents()
    assert controls.label.text() == "Frame 40 / 40"
    assert requests.seen == 0


@pytest.mark.parametrize("name", ["speed", "fps"])
@pytest.mark.parametrize("value", [0.0, -2.0, float("inf")])
def test_a_pace_is_a_positive_number(viewer, name, value):
    animation = show_scene(viewer)
    with pytest.raises(ValueError, match=f"{name} is {value:g}"):
        setattr(animation, name, value)


def test_frames_beyond_the_ends_are_the_ends(viewer):
    animation = show_scene(viewer)
    animation.frame = 10**9
    assert animation.frame == N_FRAMES - 1
    animation.frame = -5
    assert animation.frame == 0
