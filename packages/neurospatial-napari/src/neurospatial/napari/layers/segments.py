"""Straight lines and arrows of the shown frame."""

import numpy as np

from neurospatial.napari.layers.base import Drawn, Stage, put
from neurospatial.napari.layers.tracks import PathDrawn, is_path
from neurospatial.napari.layers.vectors import Floats, as_vectors, clipped, vectors_layer, widen
from neurospatial.scene import Segments

_HEAD_LENGTH, _HEAD_HALF_WIDTH = 4.0, 1.25
"""Of an arrow head, in widths of its line; its sides are lines of that width too."""


class SegmentsDrawn(Drawn):
    """Lines in a Vectors layer; an arrow is three of them.

    Parameters
    ----------
    layer : Segments
    stage : Stage
    """

    def __init__(self, layer: Segments, stage: Stage) -> None:
        self._layer, self._stage = layer, stage
        self.still: bool = len(layer.start) == len(layer.stop) == 1
        self._px = layer.width * stage.options.px_per_point
        self._width, self._frame = 1.0, 0
        n_lines = max(layer.start.shape[1], layer.stop.shape[1])
        colors = np.broadcast_to(np.asarray(layer.color, dtype=float), (n_lines, 4))
        self._lines = vectors_layer(
            stage,
            layer.name,
            np.tile(colors, (3 if layer.arrowhead else 1, 1)),
            layer.visible,
        )
        super().__init__(self._lines)

    def show(self, frame: int) -> None:
        """Move the lines to a frame."""
        self._frame = frame
        place = self._stage.placement
        start, stop = np.broadcast_arrays(
            *(
                place.to_napari(ends[frame if len(ends) > 1 else 0])
                for ends in (self._layer.start, self._layer.stop)
            )
        )
        begin, end = clipped(start, stop, place.box)
        if not self._layer.arrowhead:
            put(self._lines, as_vectors(begin, end))
            return
        whole = (np.abs(end - stop) < 1e-9).all(axis=1, keepdims=True)
        put(self._lines, _arrows(begin, end, np.where(whole, self._width, 0.0)))

    def zoom(self, px_per_unit: float) -> None:
        """Keep the width, and the size of the heads."""
        self._width = self._px / px_per_unit
        widen(self._lines, self._width)
        if self._layer.arrowhead:
            self.show(self._frame)


def draw_segments(layer: Segments, stage: Stage) -> Drawn:
    """Choose what draws lines."""
    return PathDrawn(layer, stage) if is_path(layer) else SegmentsDrawn(layer, stage)


def _arrows(start: Floats, stop: Floats, width: Floats) -> Floats:
    """Shafts, then the left and the right sides of the heads; heads are not longer than shafts."""
    way = stop - start
    length = np.hypot(way[:, 0], way[:, 1])[:, None]
    ahead = np.divide(way, length, out=np.zeros_like(way), where=length > 0)
    aside = ahead[:, ::-1] * (-1, 1)
    head = np.minimum(_HEAD_LENGTH * width, length)
    neck = stop - ahead * head
    reach = aside * _HEAD_HALF_WIDTH * width * (head > 0)
    tip = stop - ahead * np.minimum(width / 2, head)
    return np.concatenate(
        [as_vectors(start, tip), as_vectors(neck + reach, tip), as_vectors(neck - reach, tip)]
    )
