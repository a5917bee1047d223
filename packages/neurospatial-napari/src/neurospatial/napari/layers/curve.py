"""A value over distance: a line that breaks where there is no value."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from neurospatial.napari.data.frame_cache import FrameCache
from neurospatial.napari.data.lazy_array import LazyFrames
from neurospatial.napari.layers.base import Stage, ValuedDrawn, put
from neurospatial.napari.layers.vectors import Floats, as_vectors, clipped, vectors_layer, widen
from neurospatial.scene import Curve

if TYPE_CHECKING:
    from napari.layers import Image as NapariImage

_DOT = 1.0
"""How far a bin between gaps reaches to either side, in widths of the line."""


class CurveDrawn(ValuedDrawn):
    """A line in a Vectors layer, and the values below it in a hidden Image layer.

    The Image has the frames that give the viewer its slider, and shows the same
    values as colours where one makes it visible.

    Parameters
    ----------
    layer : Curve
    stage : Stage
    """

    def __init__(self, layer: Curve, stage: Stage) -> None:
        self.layer: Curve = layer
        self.cache: FrameCache = FrameCache(layer.values, stage.options, stage.ahead)
        self._frame, self._width = 0, 1.0
        self._px = layer.width * stage.options.px_per_point
        self._pairs = np.concatenate([np.stack([run[:-1], run[1:]], axis=1) for run in layer.runs])
        name = f"{stage.prefix}{layer.name}"
        n_lines = len(self._pairs) + len(layer.x)
        self._line = vectors_layer(
            stage, layer.name, np.tile(layer.color, (n_lines, 1)), layer.visible
        )
        super().__init__(
            stage, _values_layer(f"{name} values", layer, stage, self.cache), self._line
        )

    def show(self, frame: int) -> None:
        """Draw the line of a frame."""
        self._frame = frame
        values = self.cache.frame(frame).astype(np.float64)
        places = self.stage.placement.to_napari(np.stack([self.layer.x, values], axis=1))
        first, second = self._pairs.T
        joined = np.isfinite(values[first]) & np.isfinite(values[second])
        alone = np.isfinite(values)
        alone[self._pairs[joined].ravel()] = False
        start, stop = clipped(places[first], places[second], self.stage.placement.box)
        start, stop = _lengthened(start, stop, self._width / 2)
        reach = np.where(alone[:, None], (0.0, _DOT * self._width), 0.0)
        dots = np.where(alone[:, None], places, self.stage.placement.corner)
        put(
            self._line,
            np.concatenate([as_vectors(start, stop), as_vectors(dots - reach, dots + reach)]),
        )

    def zoom(self, px_per_unit: float) -> None:
        """Keep the width."""
        self._width = self._px / px_per_unit
        widen(self._line, self._width)
        self.show(self._frame)

    def value(self, frame: int, x: float, y: float) -> tuple[int, float] | None:
        """Bin nearest to a distance and its value; None beyond the ends."""
        bin_ = int(np.abs(self.layer.x - x).argmin())
        if not self.layer.x.min() <= x <= self.layer.x.max():
            return None
        return bin_, float(self.cache.frame(frame)[bin_])


def _lengthened(start: Floats, stop: Floats, by: float) -> tuple[Floats, Floats]:
    """Make lines a little longer at both ends, so that no notch is left where they meet."""
    way = stop - start
    length = np.hypot(way[:, 0], way[:, 1])[:, None]
    ahead = np.divide(way, length, out=np.zeros_like(way), where=length > 0) * by
    return start - ahead, stop + ahead


def _values_layer(name: str, layer: Curve, stage: Stage, cache: FrameCache) -> "NapariImage":
    from napari.layers import Image

    left, bottom, right, top = stage.placement.box
    height = 0.04 * (top - bottom)
    width = (layer.x[-1] - layer.x[0]) / max(1, len(layer.x) - 1) or right - left
    row, column = stage.placement.to_napari(np.array([layer.x[0], stage.placement.bounds[1]]))

    def strip(frame: int) -> NDArray[np.generic]:
        return cache.frame(frame)[None, :]

    low, high = stage.placement.bounds[1], stage.placement.bounds[3]
    return Image(
        LazyFrames(cache.n_frames, strip, (1, len(layer.x)), np.float32),
        name=name,
        scale=(1.0, height, width),
        translate=(0.0, row + height / 2, column),
        contrast_limits=(low, high),
        colormap="viridis",
        interpolation2d="nearest",
        blending="translucent_no_depth",
        visible=False,
    )
