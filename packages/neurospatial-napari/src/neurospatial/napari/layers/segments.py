"""Straight lines and arrows of the shown frame."""

import numpy as np

from neurospatial.napari.layers.base import DrawContext, LayerView, set_data
from neurospatial.napari.layers.tracks import PathView, is_path
from neurospatial.napari.layers.vectors import (
    Floats,
    clip_lines,
    create_vectors_layer,
    set_line_width,
    to_vectors,
)
from neurospatial.scene import Segments

_HEAD_LENGTH, _HEAD_HALF_WIDTH = 4.0, 1.25
"""Of an arrow head, in widths of its line; its sides are lines of that width too."""


class SegmentsView(LayerView):
    """Lines in a Vectors layer; an arrow is three of them.

    Parameters
    ----------
    layer : Segments
    context : DrawContext
    """

    def __init__(self, layer: Segments, context: DrawContext) -> None:
        self._layer, self._context = layer, context
        still = len(layer.start) == len(layer.stop) == 1
        self.is_static: bool = still and not context.place.moves
        self._px = layer.width * context.options.px_per_point
        self._width, self._frame = 1.0, 0
        n_lines = max(layer.start.shape[1], layer.stop.shape[1])
        colors = np.broadcast_to(np.asarray(layer.color, dtype=float), (n_lines, 4))
        self._lines = create_vectors_layer(
            context,
            layer.name,
            np.tile(colors, (3 if layer.arrowhead else 1, 1)),
            layer.visible,
        )
        super().__init__(self._lines)

    def show(self, frame: int) -> None:
        """Move the lines to a frame."""
        self._frame = frame
        place = self._context.placement
        start, stop = np.broadcast_arrays(
            *(
                place.to_napari(ends[frame if len(ends) > 1 else 0])
                for ends in (self._layer.start, self._layer.stop)
            )
        )
        begin, end = clip_lines(start, stop, place.box)
        if not self._layer.arrowhead:
            set_data(self._lines, to_vectors(begin, end))
            return
        whole = (np.abs(end - stop) < 1e-9).all(axis=1, keepdims=True)
        set_data(self._lines, _compute_arrows(begin, end, np.where(whole, self._width, 0.0)))

    def zoom(self, px_per_unit: float) -> None:
        """Keep the width, and the size of the heads."""
        self._width = self._px / px_per_unit
        set_line_width(self._lines, self._width)
        if self._layer.arrowhead:
            self.show(self._frame)


def create_segments_view(layer: Segments, context: DrawContext) -> LayerView:
    """Choose what draws lines."""
    return PathView(layer, context) if is_path(layer) else SegmentsView(layer, context)


def _compute_arrows(start: Floats, stop: Floats, width: Floats) -> Floats:
    """Compute shafts, then the left and the right sides of heads, not longer than shafts."""
    way = stop - start
    length = np.hypot(way[:, 0], way[:, 1])[:, None]
    direction = np.divide(way, length, out=np.zeros_like(way), where=length > 0)
    aside = direction[:, ::-1] * (-1, 1)
    head = np.minimum(_HEAD_LENGTH * width, length)
    neck = stop - direction * head
    reach = aside * _HEAD_HALF_WIDTH * width * (head > 0)
    tip = stop - direction * np.minimum(width / 2, head)
    return np.concatenate(
        [to_vectors(start, tip), to_vectors(neck + reach, tip), to_vectors(neck - reach, tip)]
    )
