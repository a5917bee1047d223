"""Keeping what is measured on the screen as it is, wherever the camera looks."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from neurospatial.napari.layers.base import LayerView
from neurospatial.scene import Bounds

if TYPE_CHECKING:
    import napari


def follow_camera(viewer: "napari.Viewer", layer_views: Sequence[LayerView]) -> Callable[[], None]:
    """Have layers follow the camera and the canvas, from now on; return what ends that."""
    camera = viewer.scene.camera

    def follow_window(event: object = None) -> None:
        window, px_per_unit = read_window(viewer), float(camera.zoom)
        for view in layer_views:
            view.follow_window(window, px_per_unit)

    def zoom(event: object = None) -> None:
        for view in layer_views:
            view.zoom(float(camera.zoom))
        follow_window()

    listened = (
        (camera.events.zoom, zoom),
        (camera.events.center, follow_window),
        (viewer.canvas.events.size, follow_window),
    )

    def end() -> None:
        for event, listener in listened:
            event.disconnect(listener)

    for event, listener in listened:
        event.connect(listener)
    zoom()
    return end


def read_window(viewer: "napari.Viewer") -> Bounds:
    """Read what the canvas shows, in napari's units: lowest column and row, highest."""
    camera = viewer.scene.camera
    middle = np.array(camera.center[-2:])
    half = np.array(viewer.canvas.size) / 2 / camera.zoom
    (bottom, left), (top, right) = (middle - half).tolist(), (middle + half).tolist()
    return left, bottom, right, top
