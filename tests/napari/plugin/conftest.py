"""A file of fields to open, and the dock in a viewer."""

import sys

import numpy as np
import pytest

from tests.napari.plugin.exports import wait_until


@pytest.fixture(autouse=True)
def _told():
    """Fail where something is raised in Qt's loop, which would end the process."""
    raised, before = [], sys.excepthook
    sys.excepthook = lambda *error: raised.append(error)
    yield
    sys.excepthook = before
    assert raised == []


@pytest.fixture
def open_dock(viewer):
    """Open the export as napari's menu of plugins does."""
    import napari

    docks = []

    def opened(viewer=viewer):
        name = ("neurospatial-napari", "Export animation")
        dock, widget = viewer.window.add_plugin_dock_widget(*name)
        docks.append((viewer, dock))
        wait_until(lambda: not widget._soon.isActive())
        return widget

    yield opened
    for viewer, dock in docks:
        if viewer in napari.Viewer._instances:
            viewer.window.remove_dock_widget(dock)


@pytest.fixture
def fields_file(tmp_path):
    """An L-shaped grid whose bins all differ, and an animal that moves over it."""
    active = np.ones((6, 5), bool)
    active[3:, 3:] = False
    rng = np.random.default_rng(4)
    path = tmp_path / "rates.npz"
    np.savez(
        path,
        fields=rng.uniform(0, 20, (8, int(active.sum()))),
        edges_x=np.linspace(0, 60, 7),
        edges_y=np.linspace(0, 50, 6),
        active=active,
        units="cm",
        title="Rates",
        frame_times=np.arange(8) * 0.5,
        overlay_trajectory=np.linspace((5, 5), (28, 26), 8),
    )
    return path
