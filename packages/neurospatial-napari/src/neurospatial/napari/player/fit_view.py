"""Having all panels in sight until the user looks at something else."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from neurospatial.napari.layers.placement import Placement

if TYPE_CHECKING:
    import napari

_ACROSS, _ABOVE, _BELOW = 150, 45, 75
"""Pixels beside, above and below the panels, for the words of their axes."""


def fit_view(viewer: "napari.Viewer", placements: Sequence[Placement]) -> Callable[[], None]:
    """Fit the panels to the canvas now, and again while it changes its size.

    The canvas gets its size only when the window and its docks are laid out. Once
    the user has moved the camera it is left alone.

    Returns
    -------
    callable
        Ends it.
    """
    camera = viewer.scene.camera
    boxes = np.array([placement.box for placement in placements])
    left, bottom = boxes[:, :2].min(axis=0)
    right, top = boxes[:, 2:].max(axis=0)
    fitted: list[tuple[float, ...]] = []

    def fit(event: object = None) -> None:
        if fitted and not np.allclose(fitted[-1], (*camera.center[-2:], camera.zoom)):
            return
        height, width = viewer.canvas.size
        free = max(50, width - _ACROSS), max(50, height - _ABOVE - _BELOW)
        zoom = float(min(free[0] / (right - left), free[1] / (top - bottom)))
        up = (_ABOVE - _BELOW) / 2 / zoom
        camera.center = ((bottom + top) / 2 + up, (left + right) / 2)
        camera.zoom = zoom
        fitted[:] = [(*camera.center[-2:], camera.zoom)]

    fit()
    viewer.canvas.events.size.connect(fit)
    return lambda: viewer.canvas.events.size.disconnect(fit)
