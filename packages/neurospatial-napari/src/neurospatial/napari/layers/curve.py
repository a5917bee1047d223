"""A value over distance: a line that breaks where there is no value."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from neurospatial.napari.data.frame_cache import FrameCache
from neurospatial.napari.data.lazy_array import LazyFrames
from neurospatial.napari.layers.base import DrawContext, ValueLayerView, set_data
from neurospatial.napari.layers.vectors import (
    Floats,
    clip_lines,
    create_vectors_layer,
    set_line_width,
    to_vectors,
)
from neurospatial.scene import Curve, fits_float32

if TYPE_CHECKING:
    from napari.layers import Image as NapariImage

_DOT = 1.0
"""How far a bin between gaps reaches to either side, in widths of the line."""


class CurveView(ValueLayerView):
    """A line in a Vectors layer, and the values below it in a hidden Image layer.

    The Image has the frames that give the viewer its slider, and shows the same
    values as colours where one makes it visible.

    Parameters
    ----------
    layer : Curve
    context : DrawContext
    """

    def __init__(self, layer: Curve, context: DrawContext) -> None:
        self.layer: Curve = layer
        _, low, _, high = context.view.bounds
        self.cache: FrameCache = FrameCache(
            layer.values, context.options, context.prefetcher, (low, high), layer.frame_index
        )
        self._frame, self._width = 0, 1.0
        self._px = layer.width * context.options.px_per_point
        self._pairs = np.concatenate([np.stack([run[:-1], run[1:]], axis=1) for run in layer.runs])
        name = f"{context.prefix}{layer.name}"
        n_lines = len(self._pairs) + len(layer.x)
        self._line = create_vectors_layer(
            context, layer.name, np.tile(layer.color, (n_lines, 1)), layer.visible
        )
        super().__init__(
            context, _create_values_layer(f"{name} values", layer, context, self.cache), self._line
        )

    def show(self, frame: int) -> None:
        """Draw the line of a frame."""
        self._frame = frame
        values = self.cache.to_values(self.cache.read_frame(frame))
        places = self.context.placement.to_napari(np.stack([self.layer.x, values], axis=1))
        first, second = self._pairs.T
        joined = np.isfinite(values[first]) & np.isfinite(values[second])
        alone = np.isfinite(values)
        alone[self._pairs[joined].ravel()] = False
        start, stop = clip_lines(places[first], places[second], self.context.placement.box)
        start, stop = _extend_lines(start, stop, self._width / 2)
        reach = np.where(alone[:, None], (0.0, _DOT * self._width), 0.0)
        dots = np.where(alone[:, None], places, self.context.placement.corner)
        set_data(
            self._line,
            np.concatenate([to_vectors(start, stop), to_vectors(dots - reach, dots + reach)]),
        )

    def zoom(self, px_per_unit: float) -> None:
        """Keep the width."""
        self._width = self._px / px_per_unit
        set_line_width(self._line, self._width)
        self.show(self._frame)

    def read_value(self, frame: int, x: float, y: float) -> tuple[int, float] | None:
        """Find the bin nearest to a distance and its value; None beyond the ends."""
        bin_ = int(np.abs(self.layer.x - x).argmin())
        if not self.layer.x.min() <= x <= self.layer.x.max():
            return None
        return bin_, float(self.cache.to_values(self.cache.read_frame(frame)[bin_ : bin_ + 1])[0])

    @property
    def resolution(self) -> float:
        """By how much values differ that are to be told apart."""
        _, low, _, high = self.context.view.bounds
        return (high - low) / 1000


def _extend_lines(start: Floats, stop: Floats, by: float) -> tuple[Floats, Floats]:
    """Make lines a little longer at both ends, so that no notch is left where they meet."""
    way = stop - start
    length = np.hypot(way[:, 0], way[:, 1])[:, None]
    direction = np.divide(way, length, out=np.zeros_like(way), where=length > 0) * by
    return start - direction, stop + direction


def _create_values_layer(
    name: str, layer: Curve, context: DrawContext, cache: FrameCache
) -> "NapariImage":
    from napari.layers import Image

    left, bottom, right, top = context.placement.box
    height = 0.04 * (top - bottom)
    step = (layer.x[-1] - layer.x[0]) / max(1, len(layer.x) - 1)
    width = step * context.placement.scale or right - left
    column = context.placement.to_napari(np.array([layer.x[0], context.placement.bounds[1]]))[1]

    def make_row(frame: int) -> NDArray[np.generic]:
        return cache.read_frame(frame)[None, :]

    low, high = context.placement.bounds[1], context.placement.bounds[3]
    limits = (low, high) if fits_float32(low, high) else (0.0, 1.0)
    return Image(
        LazyFrames(cache.n_frames, make_row, (1, len(layer.x)), np.float32),
        name=name,
        scale=(1.0, height, width),
        translate=(0.0, bottom + height / 2, column),
        contrast_limits=limits,
        colormap="viridis",
        interpolation2d="nearest",
        blending="translucent_no_depth",
        visible=False,
    )
