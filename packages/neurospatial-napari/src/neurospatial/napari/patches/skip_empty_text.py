"""Texts of layers that have none, left out of the painting."""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from typing import TYPE_CHECKING

from neurospatial.napari.patches.guard import guard_patch
from neurospatial.napari.patches.visuals import get_visual

if TYPE_CHECKING:
    import napari
    from napari.layers import Layer as NapariLayer
    from napari.layers import Points, Shapes

_NAME = "skip_empty_text"


def skip_empty_text(
    viewer: "napari.Viewer", layers: "Iterable[NapariLayer]"
) -> Callable[[], None]:
    """Have layers without a text paint none, until one is given; return what ends that.

    napari paints an empty text for them, and sends a table that never changes to the
    screen with each: half a millisecond a layer and picture where a processor does
    what a graphics card would.
    """
    from napari.layers import Points, Shapes

    endings = ExitStack()
    with guard_patch(_NAME):
        for layer in layers:
            if isinstance(layer, Points | Shapes):
                endings.callback(_paint_if_any(viewer, layer))
    return endings.close


def _paint_if_any(viewer: "napari.Viewer", layer: "Points | Shapes") -> Callable[[], None]:
    painted = get_visual(viewer, layer).text

    def set_visibility(event: object = None) -> None:
        visible = True
        with guard_patch(_NAME):
            visible = getattr(layer.text.string, "constant", None) != ""
        painted.visible = visible

    def restore() -> None:
        with guard_patch(_NAME):
            layer.text.events.disconnect(set_visibility)
            painted.visible = True

    layer.text.events.connect(set_visibility)
    set_visibility()
    return restore
