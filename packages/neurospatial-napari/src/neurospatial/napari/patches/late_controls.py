"""Controls of layers, made when they are first shown."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import SimpleNamespace
from typing import TYPE_CHECKING

from neurospatial.napari.patches.guard import guard_patch

if TYPE_CHECKING:
    from qtpy.QtWidgets import QWidget

    import napari
    from napari._qt.layer_controls import QtLayerControlsContainer
    from napari.layers import Layer as NapariLayer
    from napari.utils.events import Event

_NAME = "late_controls"


@contextmanager
def postpone_controls(viewer: "napari.Viewer") -> Iterator[None]:
    """Have napari make the controls of layers that the body adds when they are first shown.

    It makes some twenty widgets a layer, and shows those of one layer. Without the patch
    it makes them all: 25 ms a layer.
    """
    with ExitStack() as stack:
        with guard_patch(_NAME):
            controls = viewer.window._qt_viewer.controls
            add, made = controls._add, controls.widgets
            if not isinstance(made, _LateControls):
                _make_late(viewer, controls)
            viewer.layers.events.inserted.disconnect(add)
            stack.callback(viewer.layers.events.inserted.connect, add)
        yield


class _LateControls(dict["NapariLayer", "QWidget"]):
    """The controls of each layer that was shown; napari's own code makes those missing.

    Parameters
    ----------
    add : callable
        What napari calls when a layer is added.
    made : dict
    """

    def __init__(
        self, add: Callable[[SimpleNamespace], None], made: dict["NapariLayer", "QWidget"]
    ) -> None:
        super().__init__(made)
        self._add = add

    def __missing__(self, layer: "NapariLayer") -> "QWidget":
        self._add(SimpleNamespace(value=layer))
        return self[layer]


def _make_late(viewer: "napari.Viewer", controls: "QtLayerControlsContainer") -> None:
    remove, late = controls._remove, _LateControls(controls._add, controls.widgets)

    def remove_if_made(event: "Event") -> None:
        if event.value in late:
            remove(event)

    controls.widgets = late
    viewer.layers.events.removed.disconnect(remove)
    viewer.layers.events.removed.connect(remove_if_made)
