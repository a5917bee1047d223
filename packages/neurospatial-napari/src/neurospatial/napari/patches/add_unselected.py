"""Layers added without being selected one after another."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from neurospatial.napari.patches.guard import guard_patch

if TYPE_CHECKING:
    import napari
    from napari.components import LayerList

_NAME = "add_unselected"


@contextmanager
def add_unselected(viewer: "napari.Viewer") -> Iterator[None]:
    """Have napari select none of the layers that the body adds.

    It shows the controls of each that is selected, and tells all others that they are not:
    15 ms a layer. Without the patch the layer added last is selected afterwards.
    """
    with ExitStack() as stack:
        with guard_patch(_NAME):
            layers: LayerList = viewer.layers
            usual = layers._activate_on_insert
            layers._activate_on_insert = False
            stack.callback(_restore, layers, usual)
        yield


def _restore(layers: "LayerList", usual: bool) -> None:
    with guard_patch(_NAME):
        layers._activate_on_insert = usual
