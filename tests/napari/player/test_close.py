"""What is left when it is over: nothing."""

import gc
import subprocess
import sys
import threading
import weakref
from pathlib import Path

import napari
import numpy as np
from qtpy.QtCore import QEvent

from neurospatial.napari import animation_of
from neurospatial.napari.player.controls import Controls
from tests.napari.scenes import make_grid, make_marks, make_ramps, show_scene

ROOT = Path(__file__).parents[3]


def list_prefetch_threads():
    return [thread for thread in threading.enumerate() if "read-ahead" in thread.name]


def test_close_leaves_the_layers_and_nothing_else(viewer, qapp):
    steps = len(viewer.dims.events.current_step.callbacks)
    animation = show_scene(viewer, layers=make_marks(make_grid()))
    animation.frame = 20
    animation.play()
    assert list_prefetch_threads()
    assert "bin" in str(viewer.layers["Field"].get_status((3, -20.0, 110.0)))
    animation.close()
    qapp.processEvents()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not list_prefetch_threads()
    assert animation_of(viewer) is None
    assert not viewer.window._qt_window.findChildren(Controls)
    assert len(viewer.dims.events.current_step.callbacks) == steps
    assert "bin" not in str(viewer.layers["Field"].get_status((3, -20.0, 110.0)))
    viewer.dims.set_current_step(0, 3)
    animation.close()


def test_removing_the_field_ends_it(viewer):
    animation = show_scene(viewer)
    viewer.layers.remove("Field")
    assert animation_of(viewer) is None
    assert not animation.playing


def play_and_close(path, qapp):
    layout = make_grid()
    fields = np.memmap(path, np.float32, "w+", shape=make_ramps(layout).shape)
    fields[:] = make_ramps(layout)
    viewer = napari.Viewer()
    animation = show_scene(viewer, layout, fields)
    animation.frame = 30
    animation.play()
    viewer.close()
    qapp.processEvents()
    return weakref.ref(animation), weakref.ref(fields)


def test_closing_the_viewer_ends_it(qapp, tmp_path):
    animation, file = play_and_close(tmp_path / "fields.dat", qapp)
    assert not list_prefetch_threads()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert animation() is None
    assert file() is None, "the file is still open"


def test_one_after_another_in_one_viewer(viewer):
    first = show_scene(viewer, layers=make_marks(make_grid()))
    names = [layer.name for layer in viewer.layers]
    second = show_scene(viewer, layers=make_marks(make_grid()))
    assert [layer.name for layer in viewer.layers] == names
    assert animation_of(viewer) is second is not first


def test_a_viewer_keeps_what_it_had(viewer):
    mine = viewer.add_image(np.zeros((4, 6, 8)), name="mine", contrast_limits=(0, 1))
    animation = show_scene(viewer)
    assert mine in viewer.layers
    animation.frame = 3
    animation.remove()
    assert [layer.name for layer in viewer.layers] == ["mine"]


def test_a_program_that_ends_leaves_nothing_to_say():
    program = """
import napari
from tests.napari.scenes import make_grid, make_marks, show_scene

viewer = napari.Viewer()
show_scene(viewer, layers=make_marks(make_grid()))
viewer.screenshot()
"""
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True
    )
    assert ended.returncode == 0
    assert "Traceback" not in ended.stderr
