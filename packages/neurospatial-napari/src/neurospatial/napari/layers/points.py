"""Round marks and their trails, of the shown frame alone."""

import numpy as np
from numpy.typing import NDArray

from neurospatial.napari.layers.base import Drawn, Stage, put
from neurospatial.napari.layers.tracks import as_tracks, put_tracks, tracks_layer
from neurospatial.scene import Points

_TRAIL_WIDTH = 0.35
"""Of a trail, as a share of the diameter of its mark."""


class PointsDrawn(Drawn):
    """Marks in a Points layer, their trail in a Tracks layer before it.

    Parameters
    ----------
    layer : Points
    stage : Stage
    """

    def __init__(self, layer: Points, stage: Stage) -> None:
        from napari.layers import Points as PointsLayer

        self._layer, self._stage = layer, stage
        n_marks = layer.xy.shape[1]
        self._colors = np.broadcast_to(np.asarray(layer.color, dtype=float), (n_marks, 4))
        self.still: bool = len(layer.xy) == 1 and (
            layer.opacity is None or len(layer.opacity) == 1
        )
        self._px = layer.size * stage.options.px_per_point
        name = f"{stage.prefix}{layer.name}"
        self._marks = PointsLayer(
            np.tile(stage.placement.corner, (n_marks, 1)),
            name=name,
            size=1,
            face_color=self._colors,
            border_width=0,
            blending="translucent_no_depth",
            visible=layer.visible,
        )
        self._faint = np.ones(n_marks)
        self._trail = None
        if layer.trail and len(layer.xy) > 1:
            self._trail = tracks_layer(
                stage,
                f"{layer.name} trail",
                self._tail(0),
                self._colors,
                layer.trail + 1,
                _TRAIL_WIDTH * layer.size,
                layer.visible,
            )
        super().__init__(*([] if self._trail is None else [self._trail]), self._marks)

    def show(self, frame: int) -> None:
        """Move the marks, and draw the trail behind them."""
        layer = self._layer
        now = frame if len(layer.xy) > 1 else 0
        inside = _seen(layer.xy[now], self._stage)
        put(self._marks, self._rows(layer.xy[now], inside))
        faint = inside.astype(np.float64)
        if layer.opacity is not None:
            faint *= layer.opacity[frame if len(layer.opacity) > 1 else 0]
        if not np.array_equal(faint, self._faint):
            self._faint = faint
            self._marks.face_color = self._colors * np.insert(
                np.ones((len(faint), 3)), 3, faint, 1
            )
        if self._trail is not None:
            put_tracks(self._trail, self._tail(frame))

    def zoom(self, px_per_unit: float) -> None:
        """Keep the size of the marks."""
        size = self._px / px_per_unit
        if len(self._marks.size) and self._marks.size[0] != size:
            self._marks.size = size

    def _rows(self, xy: NDArray[np.float32], inside: NDArray[np.bool_]) -> NDArray[np.float64]:
        corner = self._stage.placement.bounds[:2]
        return self._stage.placement.to_napari(np.where(inside[..., None], xy, corner))

    def _tail(self, frame: int) -> NDArray[np.float64]:
        """Give the last steps, as napari takes them."""
        starts = np.arange(max(0, frame - self._layer.trail), frame)
        stops = starts + 1
        xy = self._layer.xy
        return as_tracks(xy[starts], xy[stops], self._stage, starts, stops)


def _seen(xy: NDArray[np.float32], stage: Stage) -> NDArray[np.bool_]:
    """Say which places lie in what the panel shows; NaN does not."""
    x_min, y_min, x_max, y_max = stage.placement.bounds
    x, y = np.moveaxis(xy, -1, 0)
    return np.asarray((x >= x_min) & (x <= x_max) & (y >= y_min) & (y <= y_max))
