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
from tests.napari.scenes import grid, marks, ramps, shown

ROOT = Path(__file__).parents[3]


def reading():
    return [thread for thread in threading.enumerate() if "read-ahead" in thread.name]


def test_close_leaves_the_layers_and_nothing_else(viewer, qapp):
    steps = len(viewer.dims.events.current_step.callbacks)
    animation = shown(viewer, layers=marks(grid()))
    animation.frame = 20
    animation.play()
    assert reading()
    assert "bin" in str(viewer.layers["Field"].get_status((3, -20.0, 110.0)))
    animation.close()
    qapp.processEvents()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not reading()
    assert animation_of(viewer) is None
    assert not viewer.window._qt_window.findChildren(Controls)
    assert len(viewer.dims.events.current_step.callbacks) == steps
    assert "bin" not in str(viewer.layers["Field"].get_status((3, -20.0, 110.0)))
    viewer.dims.set_current_step(0, 3)
    animation.close()


def test_removing_the_field_ends_it(viewer):
    animation = shown(viewer)
    viewer.layers.remove("Field")
    assert animation_of(viewer) is None
    assert not animation.playing


def played_and_closed(path, qapp):
    layout = grid()
    fields = np.memmap(path, np.float32, "w+", shape=ramps(layout).shape)
    fields[:] = ramps(layout)
    viewer = napari.Viewer()
    animation = shown(viewer, layout, fields)
    animation.frame = 30
    animation.play()
    viewer.close()
    qapp.processEvents()
    return weakref.ref(animation), weakref.ref(fields)


def test_closing_the_viewer_ends_it(qapp, tmp_path):
    animation, file = played_and_closed(tmp_path / "fields.dat", qapp)
    assert not reading()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert animation() is None
    assert file() is None, "the file is still open"


def test_one_after_another_in_one_viewer(viewer):
    first = shown(viewer, layers=marks(grid()))
    names = [layer.name for layer in viewer.layers]
    second = shown(viewer, layers=marks(grid()))
    assert [layer.name for layer in viewer.layers] == names
    assert animation_of(viewer) is second is not first


def test_a_viewer_keeps_what_it_had(viewer):
    mine = viewer.add_image(np.zeros((4, 6, 8)), name="mine", contrast_limits=(0, 1))
    animation = shown(viewer)
    assert mine in viewer.layers
    animation.frame = 3
    animation.remove()
    assert [layer.name for layer in viewer.layers] == ["mine"]


def test_a_program_that_ends_leaves_nothing_to_say():
    program = """
import napari
from tests.napari.scenes import grid, marks, shown

viewer = napari.Viewer()
shown(viewer, layers=marks(grid()))
viewer.screenshot()
"""
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True
    )
    assert ended.returncode == 0
    assert "Traceback" not in ended.stderr
