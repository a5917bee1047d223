"""Drawing a signal around the current time in its strip."""

from typing import TYPE_CHECKING

import numpy as np

from neurospatial.scene import Trace

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_NOW = "0.6"
"""Grey of the line at the current time."""


def draw_trace(axes: "Axes", layer: Trace, now: float) -> None:
    """Draw the seconds of a signal around a time, which is in the middle."""
    half = layer.window / 2
    first, last = np.searchsorted(layer.times, [now - half, now + half])
    # A sample beyond either end, so that the line runs out of the strip.
    seen = slice(max(0, int(first) - 1), int(last) + 1)
    axes.axvline(0.0, color=_NOW, linewidth=1.0, zorder=1)
    axes.plot(
        layer.times[seen] - now, layer.values[seen], color=layer.color, linewidth=layer.width,
        linestyle="-", marker="", zorder=2, label=layer.name,
    )  # fmt: skip
