"""Private parts of napari and vispy that one patch cannot reach, as if they were gone."""

import inspect
import sys
from contextlib import contextmanager

import pytest

_GONE = object()


class Hidden:
    """An attribute of a class that raises for one module, and is as before for all others.

    Parameters
    ----------
    owner : type
    name : str
    module : str
        Whose access fails.
    error : type of Exception
    """

    def __init__(self, owner, name, module, error):
        self.name, self.module, self.error = name, module, error
        self.before = inspect.getattr_static(owner, name, _GONE)
        self.times = 0

    def __get__(self, instance, owner=None):
        self._refuse()
        if self.name in vars(instance):
            return vars(instance)[self.name]
        if self.before is _GONE:
            raise AttributeError(self.name)
        return self.before.__get__(instance, owner)

    def __set__(self, instance, value):
        self._refuse()
        vars(instance)[self.name] = value

    def __delete__(self, instance):
        del vars(instance)[self.name]

    def _refuse(self):
        if sys._getframe(2).f_globals["__name__"] == self.module:
            self.times += 1
            raise self.error(f"{self.name} has changed")


def iter_accesses():
    """For each private access its patch, the class and the attribute."""
    from napari._qt.layer_controls import QtLayerControlsContainer
    from napari._qt.qt_main_window import Window
    from napari._vispy.canvas import VispyCanvas
    from napari._vispy.visuals.points import PointsVisual
    from napari.components import LayerList
    from napari.layers import Layer
    from vispy.visuals.image import ImageVisual
    from vispy.visuals.mesh import MeshVisual

    yield "visuals", Window, "_qt_viewer"
    yield "visuals", VispyCanvas, "layer_to_visual"
    yield "add_unselected", LayerList, "_activate_on_insert"
    yield "late_controls", Window, "_qt_viewer"
    yield "late_controls", QtLayerControlsContainer, "_add"
    yield "late_controls", QtLayerControlsContainer, "_remove"
    yield "late_controls", QtLayerControlsContainer, "widgets"
    yield "suspend_refresh", Layer, "_block_refresh"
    yield "keep_shaders", MeshVisual, "_build_color_transform"
    yield "keep_shaders", MeshVisual, "_clim_values"
    yield "skip_empty_tiles", ImageVisual, "_build_vertex_data"
    yield "skip_empty_tiles", ImageVisual, "_need_vertex_update"
    yield "skip_empty_tiles", ImageVisual, "_data"
    yield "skip_empty_tiles", ImageVisual, "_subdiv_position"
    yield "skip_empty_tiles", ImageVisual, "_subdiv_texcoord"
    yield "skip_empty_text", PointsVisual, "text"
    yield "layer_status", Layer, "get_status"
    yield "layer_status", Layer, "get_source_str"


ACCESSES = (
    "visuals._qt_viewer",
    "visuals.layer_to_visual",
    "add_unselected._activate_on_insert",
    "late_controls._qt_viewer",
    "late_controls._add",
    "late_controls._remove",
    "late_controls.widgets",
    "suspend_refresh._block_refresh",
    "keep_shaders._build_color_transform",
    "keep_shaders._clim_values",
    "skip_empty_tiles._build_vertex_data",
    "skip_empty_tiles._need_vertex_update",
    "skip_empty_tiles._data",
    "skip_empty_tiles._subdiv_position",
    "skip_empty_tiles._subdiv_texcoord",
    "skip_empty_text.text",
    "layer_status.get_status",
    "layer_status.get_source_str",
)
"""The same by name, known before napari is imported."""


@contextmanager
def hide_access(access, error=AttributeError):
    """Have what a patch needs raise, for that patch alone, while the body runs."""
    found = {f"{patch}.{name}": (patch, owner, name) for patch, owner, name in iter_accesses()}
    assert set(found) == set(ACCESSES)
    patch, owner, name = found[access]
    hidden = Hidden(owner, name, f"neurospatial.napari.patches.{patch}", error)
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(owner, name, hidden, raising=False)
        yield hidden
