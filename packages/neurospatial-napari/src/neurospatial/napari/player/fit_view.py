"""Having all panels in sight until the user looks at something else."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from neurospatial.napari.layers.layout import ViewerLayout

if TYPE_CHECKING:
    import napari

_MOST_AROUND = 0.4
"""Of a canvas for the words around all panels: a small window shows panels first."""


def fit_view(viewer: "napari.Viewer", layout: ViewerLayout) -> Callable[[], None]:
    """Fit the panels to the canvas now, and again while it changes its size.

    The canvas gets its size only when the window and its docks are laid out. Once
    the user has moved the camera it is left alone.

    Returns
    -------
    callable
        Ends it.
    """
    camera = viewer.scene.camera
    left, bottom, right, top = layout.box
    around = layout.around
    fitted: list[tuple[float, ...]] = []

    def fit(event: object = None) -> None:
        if fitted and not np.allclose(fitted[-1], (*camera.center[-2:], camera.zoom)):
            return
        height, width = viewer.canvas.size
        across = _shrink(around.left, around.right, width)
        upward = _shrink(around.below, around.above, height)
        zoom = float(
            min((width - sum(across)) / (right - left), (height - sum(upward)) / (top - bottom))
        )
        aside, up = ((after - before) / 2 / zoom for before, after in (across, upward))
        camera.center = ((bottom + top) / 2 + up, (left + right) / 2 + aside)
        camera.zoom = zoom
        fitted[:] = [(*camera.center[-2:], camera.zoom)]

    fit()
    viewer.canvas.events.size.connect(fit)
    return lambda: viewer.canvas.events.size.disconnect(fit)


def _shrink(before: float, after: float, whole: float) -> tuple[float, float]:
    share = min(1.0, _MOST_AROUND * whole / (before + after))
    return before * share, after * share
