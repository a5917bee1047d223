"""Pictures of exactly what a panel shows."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from neurospatial.scene import Bounds

if TYPE_CHECKING:
    import napari
    from napari.components.overlays import Overlay

_TRIED = 0.75
"""Least size that is tried, as a share of the largest: below, details would be lost."""


def capture_panel(viewer: "napari.Viewer", box: Bounds, longest: int) -> NDArray[np.uint8]:
    """Draw a part of what the viewer shows in a size of its own, and leave it as it was.

    Parameters
    ----------
    viewer : napari.Viewer
    box : tuple of float
        In napari's units: lowest column and row, highest column and row.
    longest : int
        Most pixels along a side.
    """
    height, width = _choose_size(box, longest)
    camera = viewer.scene.camera
    before = camera.center, camera.zoom
    rows, columns = viewer.canvas.size
    large_enough = rows >= height and columns >= width
    if not large_enough:
        rows, columns = max(rows, height), max(columns, width)
    top, left = (rows - height) // 2, (columns - width) // 2
    with _hide_overlays(viewer.canvas.overlays, viewer.scene.overlays):
        zoom = width / (box[2] - box[0])
        # The panel's corner comes to lie on that of a pixel.
        camera.center = (box[3] - (rows / 2 - top) / zoom, box[0] + (columns / 2 - left) / zoom)
        camera.zoom = zoom
        size = None if large_enough else (rows, columns)
        picture = viewer.screenshot(size=size, canvas_only=True, flash=False)
        camera.center, camera.zoom = before
    fine = picture.shape[0] // rows  # pixels of the screen in one of napari's
    part = picture[top * fine : (top + height) * fine, left * fine : (left + width) * fine]
    return np.ascontiguousarray(part)


def _choose_size(box: Bounds, most: int) -> tuple[int, int]:
    """Choose height and width [px] near the largest that are both whole at one magnification."""
    across, upward = box[2] - box[0], box[3] - box[1]
    longest = max(across, upward)
    sizes = np.arange(round(_TRIED * most), most + 1)
    shorter = sizes * min(across, upward) / longest
    off = np.round(np.abs(shorter - np.round(shorter)), 2)
    best = sizes[off == off.min()][-1]
    return max(1, round(best * upward / longest)), max(1, round(best * across / longest))


@contextmanager
def _hide_overlays(*groups: "Mapping[str, Overlay]") -> Iterator[None]:
    """Hide what napari lays over the picture."""
    shown = [overlay for group in groups for overlay in group.values() if overlay.visible]
    for overlay in shown:
        overlay.visible = False
    try:
        yield
    finally:
        for overlay in shown:
            overlay.visible = True
