"""A scale bar as layers."""

import numpy as np

from neurospatial.scene.layers import Layer, Segments, Text
from neurospatial.scene.scene import Panel
from neurospatial.validate.colors import rgba

_MARGIN = 0.05
"""Share of the view between its edges and the bar."""

_EDGE_POINTS, _BAR_POINTS, _TEXT_POINTS = 5.0, 3.0, 9.0
"""Widths of the bar with and without its dark edge, and the size of its text above it."""


def make_scale_bar_layers(panel: Panel) -> tuple[Layer, ...]:
    """Make a panel's scale bar in its lower right corner, with its length in words.

    It lies in the whole view, where a zoom makes it longer.
    """
    length = panel.scale_bar
    if length is None:
        return ()
    x_min, y_min, x_max, y_max = panel.view.bounds
    right, margin = x_max - _MARGIN * (x_max - x_min), _MARGIN * (y_max - y_min)
    bottom = y_max - margin if panel.view.y_down else y_min + margin
    zoom = np.ones(1) if panel.view.path is None else panel.view.path.zoom
    if (zoom == zoom[0]).all():
        zoom = zoom[:1]
    end = np.array([right, bottom])
    start = end - np.stack([zoom * length, np.zeros_like(zoom)], axis=1)
    stop = np.tile(end, (len(zoom), 1))
    words = f"{length:g} {panel.view.units}".strip()
    black, white = rgba("black"), rgba("white")
    return (
        Segments(
            name="Scale bar edge",
            start=start[:, np.newaxis],
            stop=stop[:, np.newaxis],
            color=black,
            width=_EDGE_POINTS,
        ),
        Segments(
            name="Scale bar",
            start=start[:, np.newaxis],
            stop=stop[:, np.newaxis],
            color=white,
            width=_BAR_POINTS,
        ),
        Text(
            name="Scale bar length",
            anchor=(start + stop) / 2,
            strings=(words,),
            color=white,
            size=_TEXT_POINTS,
            shift=(0.0, _TEXT_POINTS),
        ),
    )
