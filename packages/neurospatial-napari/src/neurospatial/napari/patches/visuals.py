"""What draws a layer; for the patches alone, within their guards."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vispy.scene import VisualNode

    import napari
    from napari.layers import Layer as NapariLayer


def get_visual(viewer: "napari.Viewer", layer: "NapariLayer") -> "VisualNode":
    """Find what draws a layer of a viewer, to which napari has no public way."""
    return viewer.window._qt_viewer.canvas.layer_to_visual[layer].node
