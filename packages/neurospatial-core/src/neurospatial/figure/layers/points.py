"""Drawing round marks and their trails."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from neurospatial.figure.layers.on_frame import take_on_frame
from neurospatial.scene import Points

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_STEPS = 8
"""Levels of fading along a trail: no step between them is seen."""

_WIDTH = 0.35
"""Of a trail, as a share of its point's diameter."""


def draw_points(axes: "Axes", layer: Points, frame: int, order: float) -> None:
    """Draw the marks of a frame over their trails, older places fainter."""
    xy = take_on_frame(layer.xy, frame)
    colors = np.broadcast_to(np.asarray(layer.color, dtype=np.float64), (len(xy), 4)).copy()
    if layer.trail and len(layer.xy) > 1:
        _draw_trails(axes, layer, colors, frame, order)
    if layer.opacity is not None:
        colors[:, 3] *= take_on_frame(layer.opacity, frame)
    there = np.isfinite(xy).all(axis=1)
    # Marks that are alike in every way are stamped at whole pixels: two widths have none so.
    axes.scatter(
        xy[there, 0], xy[there, 1], s=layer.size**2, c=colors[there], linewidths=(0, 0),
        zorder=order, label=layer.name,
    )  # fmt: skip


def _draw_trails(
    axes: "Axes", layer: Points, colors: NDArray[np.float64], frame: int, order: float
) -> None:
    """Draw a line along the past of each mark, in parts that fade."""
    from matplotlib.collections import LineCollection

    begin = max(0, frame - layer.trail)
    n_steps = frame - begin
    n_parts = min(_STEPS, n_steps)
    lines, shades = [], []
    for part in range(n_parts):
        first, last = part * n_steps // n_parts, (part + 1) * n_steps // n_parts
        age = n_steps - (first + last) / 2
        faint = colors * (1, 1, 1, 1 - age / (layer.trail + 1))
        past = layer.xy[begin + first : begin + last + 1].swapaxes(0, 1)
        lines += list(past)
        shades += list(faint)
    trails = LineCollection(
        lines, colors=shades, linewidths=_WIDTH * layer.size, zorder=order,
        capstyle="butt", joinstyle="round", label=f"{layer.name} trail",
    )  # fmt: skip
    axes.add_collection(trails, autolim=False)
