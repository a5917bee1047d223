"""A scale bar as layers."""

import numpy as np

from neurospatial.scene import Layer, Panel, Segments, Text, rgba

_MARGIN = 0.05


def make_scale_bar_layers(panel: Panel) -> tuple[Layer, ...]:
    """Draw a panel's scale bar in its lower right corner, with its length in words."""
    length = panel.scale_bar
    if length is None:
        return ()
    x_min, y_min, x_max, y_max = panel.view.bounds
    right, bottom = x_max - _MARGIN * (x_max - x_min), y_min + _MARGIN * (y_max - y_min)
    ends = np.array([[[right - length, bottom]], [[right, bottom]]], dtype=np.float32)
    middle = np.array([[right - length / 2, bottom]], dtype=np.float32)
    words = f"{length:g} {panel.view.units}".strip()
    black, white = rgba("black"), rgba("white")
    return (
        Segments(name="Scale bar edge", start=ends[:1], stop=ends[1:], color=black, width=5.0),
        Segments(name="Scale bar", start=ends[:1], stop=ends[1:], color=white, width=3.0),
        Text(
            name="Scale bar length",
            anchor=middle,
            strings=(words,),
            color=white,
            size=9.0,
            shift=(0.0, 9.0),
        ),
    )
