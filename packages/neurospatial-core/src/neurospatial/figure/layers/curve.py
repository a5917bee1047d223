"""Drawing a value over distance."""

from typing import TYPE_CHECKING

import numpy as np

from neurospatial.figure.layers.read_row import read_row
from neurospatial.scene import Curve

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_DOT = 2.0
"""Widths of the line: the diameter of a bin between gaps, which would else be hard to find."""


def draw_curve(axes: "Axes", layer: Curve, frame: int, order: float) -> None:
    """Draw the line of a frame; it breaks between its runs and where values are NaN."""
    read = read_row(layer, frame)
    if read is None:
        return
    values, gap = read.astype(np.float64), [np.nan]
    x = np.concatenate([gap, *(part for run in layer.runs for part in (layer.x[run], gap))])
    y = np.concatenate([gap, *(part for run in layer.runs for part in (values[run], gap))])
    is_known = np.isfinite(y)
    alone = np.flatnonzero(is_known[1:-1] & ~is_known[:-2] & ~is_known[2:]) + 1
    axes.plot(
        x, y, color=layer.color, linewidth=layer.width, linestyle="-", marker="", zorder=order,
        solid_joinstyle="round", label=layer.name,
    )  # fmt: skip
    axes.plot(
        x[alone], y[alone], color=layer.color, linestyle="", marker="o", zorder=order,
        markersize=_DOT * layer.width, markeredgewidth=0, label=f"{layer.name} alone",
    )  # fmt: skip
