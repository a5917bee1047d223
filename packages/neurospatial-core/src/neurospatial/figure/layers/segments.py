"""Drawing straight lines and arrows."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from neurospatial.figure.layers.on_frame import take_on_frame
from neurospatial.scene import Segments

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_HEAD_LENGTH, _HEAD_WIDTH = 4.5, 3.6
"""Widths of the shaft, as in a film."""


def draw_segments(axes: "Axes", layer: Segments, frame: int, order: float) -> None:
    """Draw the lines of a frame; with heads, an arrow for each."""
    start, stop = take_on_frame(layer.start, frame), take_on_frame(layer.stop, frame)
    ends = np.stack(np.broadcast_arrays(start, stop), axis=1)
    colors = np.broadcast_to(np.asarray(layer.color, dtype=np.float64), (len(ends), 4))
    there = np.isfinite(ends).all(axis=(1, 2)) & (ends[:, 0] != ends[:, 1]).any(axis=1)
    if layer.arrowhead:
        _draw_arrows(axes, layer, ends[there], colors[there], order)
        return
    from matplotlib.collections import LineCollection

    lines = LineCollection(
        list(ends[there]), colors=colors[there], linewidths=layer.width, capstyle="butt",
        zorder=order, label=layer.name,
    )  # fmt: skip
    axes.add_collection(lines, autolim=False)


def _draw_arrows(
    axes: "Axes",
    layer: Segments,
    ends: NDArray[np.floating],
    colors: NDArray[np.float64],
    order: float,
) -> None:
    from matplotlib.patches import ArrowStyle, FancyArrowPatch

    head = ArrowStyle.Simple(head_length=_HEAD_LENGTH, head_width=_HEAD_WIDTH, tail_width=1.0)
    for (start, stop), color in zip(ends.tolist(), colors.tolist(), strict=True):
        arrow = FancyArrowPatch(
            start, stop, arrowstyle=head, mutation_scale=layer.width, shrinkA=0, shrinkB=0,
            linewidth=0, facecolor=color, zorder=order, label=layer.name,
        )  # fmt: skip
        arrow.set_clip_path(axes.patch)
        axes.add_artist(arrow)
