"""Straight lines whose width is measured on the screen."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from neurospatial.napari.layers.base import DrawContext
from neurospatial.scene import Bounds

if TYPE_CHECKING:
    from napari.layers import Vectors

Floats = NDArray[np.float64]


def create_vectors_layer(
    context: DrawContext, name: str, colors: Floats, visible: bool
) -> "Vectors":
    """Make a layer of as many lines as there are colours (n, 4); they have no length yet."""
    from napari.layers import Vectors

    return Vectors(
        to_vectors(*[np.tile(context.placement.corner, (len(colors), 1))] * 2),
        name=f"{context.prefix}{name}",
        edge_color=colors,
        vector_style="line",
        opacity=1.0,
        blending="translucent_no_depth",
        visible=visible,
    )


def set_line_width(layer: "Vectors", width: float) -> None:
    """Set the width of the lines in environment units, where it is another."""
    if layer.edge_width != width:
        layer.edge_width = width


def to_vectors(start: Floats, stop: Floats) -> Floats:
    """Convert lines to what napari takes, (n, 2, 2): where each starts and how far it goes."""
    return np.stack([start, stop - start], axis=1)


def clip_lines(start: Floats, stop: Floats, box: Bounds) -> tuple[Floats, Floats]:
    """Cut lines at the edges of a box; those without a place or outside have no length.

    Parameters
    ----------
    start, stop : ndarray, shape (n, 2)
        Rows and columns.
    box : tuple of float
        Lowest column and row, highest column and row.

    Examples
    --------
    >>> ends = np.array([[0.0, 5.0]]), np.array([[0.0, 25.0]])
    >>> clip_lines(*ends, (0.0, -1.0, 10.0, 1.0))
    (array([[0., 5.]]), array([[ 0., 10.]]))
    """
    low, high = np.array([box[1], box[0]]), np.array([box[3], box[2]])
    finite = np.isfinite(start).all(axis=1) & np.isfinite(stop).all(axis=1)
    placed = np.asarray(finite)[:, None]
    begin = np.where(placed, start, low)
    way = np.where(placed, stop, low) - begin
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        at_low, at_high = (low - begin) / way, (high - begin) / way
    motionless = way == 0
    beside = motionless & ((begin < low) | (begin > high))
    enter = np.where(motionless, 0.0, np.minimum(at_low, at_high)).max(axis=1).clip(0, 1)
    leave = np.where(motionless, 1.0, np.maximum(at_low, at_high)).min(axis=1).clip(0, 1)
    visible = np.asarray(finite & (leave > enter) & ~beside.any(axis=1))[:, None]
    return (
        np.where(visible, begin + enter[:, None] * way, low),
        np.where(visible, begin + leave[:, None] * way, low),
    )
