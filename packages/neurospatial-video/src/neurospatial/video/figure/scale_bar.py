"""A scale bar as layers."""

import numpy as np

from neurospatial.scene import Layer, Panel, Segments, Text, rgba

_MARGIN = 0.05
"""Share of the view between its edges and the bar."""

_EDGE_POINTS, _BAR_POINTS, _TEXT_POINTS = 5.0, 3.0, 9.0
"""Widths of the bar with and without its dark edge, and the size of its text above it."""


def make_scale_bar_layers(panel: Panel) -> tuple[Layer, ...]:
    """Make a panel's scale bar in its lower right corner, with its length in words."""
    length = panel.scale_bar
    if length is None:
        return ()
    x_min, y_min, x_max, y_max = panel.view.bounds
    right, margin = x_max - _MARGIN * (x_max - x_min), _MARGIN * (y_max - y_min)
    bottom = y_max - margin if panel.view.y_down else y_min + margin
    ends = np.array([[[right - length, bottom]], [[right, bottom]]])
    middle = np.array([[right - length / 2, bottom]])
    words = f"{length:g} {panel.view.units}".strip()
    black, white = rgba("black"), rgba("white")
    return (
        Segments(
            name="Scale bar edge", start=ends[:1], stop=ends[1:], color=black, width=_EDGE_POINTS
        ),
        Segments(name="Scale bar", start=ends[:1], stop=ends[1:], color=white, width=_BAR_POINTS),
        Text(
            name="Scale bar length",
            anchor=middle,
            strings=(words,),
            color=white,
            size=_TEXT_POINTS,
            shift=(0.0, _TEXT_POINTS),
        ),
    )
