"""Round marks and their trails, of the shown frame alone."""

import numpy as np
from numpy.typing import NDArray

from neurospatial.napari.layers.base import DrawContext, LayerView, set_data
from neurospatial.napari.layers.tracks import create_tracks_layer, set_tracks, to_tracks
from neurospatial.scene import Points

_TRAIL_WIDTH = 0.35
"""Of a trail, as a share of the diameter of its mark."""


class PointsView(LayerView):
    """Marks in a Points layer, their trail in a Tracks layer before it.

    Parameters
    ----------
    layer : Points
    context : DrawContext
    """

    def __init__(self, layer: Points, context: DrawContext) -> None:
        from napari.layers import Points as PointsLayer

        self._layer, self._context = layer, context
        n_marks = layer.xy.shape[1]
        self._colors = np.broadcast_to(np.asarray(layer.color, dtype=float), (n_marks, 4))
        still = len(layer.xy) == 1 and (layer.opacity is None or len(layer.opacity) == 1)
        self.is_static: bool = still and not context.place.moves
        self._px = layer.size * context.options.px_per_point
        name = f"{context.prefix}{layer.name}"
        self._marks = PointsLayer(
            np.tile(context.placement.corner, (n_marks, 1)),
            name=name,
            size=1,
            face_color=self._colors,
            border_width=0,
            blending="translucent_no_depth",
            visible=layer.visible,
        )
        self._opacity = np.ones(n_marks)
        self._trail = None
        if layer.trail and len(layer.xy) > 1:
            self._trail = create_tracks_layer(
                context,
                f"{layer.name} trail",
                self._compute_trail(0),
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
        inside = _is_in_view(layer.xy[now], self._context)
        set_data(self._marks, self._place_marks(layer.xy[now], inside))
        opacity = inside.astype(np.float64)
        if layer.opacity is not None:
            opacity *= layer.opacity[frame if len(layer.opacity) > 1 else 0]
        if not np.array_equal(opacity, self._opacity):
            self._opacity = opacity
            self._marks.face_color = self._colors * np.insert(
                np.ones((len(opacity), 3)), 3, opacity, 1
            )
        if self._trail is not None:
            set_tracks(self._trail, self._compute_trail(frame))

    def zoom(self, px_per_unit: float) -> None:
        """Keep the size of the marks."""
        size = self._px / px_per_unit
        if len(self._marks.size) and self._marks.size[0] != size:
            self._marks.size = size

    def _place_marks(
        self, xy: NDArray[np.float32], inside: NDArray[np.bool_]
    ) -> NDArray[np.float64]:
        corner = self._context.placement.bounds[:2]
        return self._context.placement.to_napari(np.where(inside[..., None], xy, corner))

    def _compute_trail(self, frame: int) -> NDArray[np.float64]:
        """Compute the lines of the last steps, as napari takes them."""
        starts = np.arange(max(0, frame - self._layer.trail), frame)
        stops = starts + 1
        xy = self._layer.xy
        return to_tracks(xy[starts], xy[stops], self._context, starts, stops)


def _is_in_view(xy: NDArray[np.float32], context: DrawContext) -> NDArray[np.bool_]:
    """Find which places lie in what the panel shows; NaN does not."""
    x_min, y_min, x_max, y_max = context.placement.bounds
    x, y = np.moveaxis(xy, -1, 0)
    return np.asarray((x >= x_min) & (x <= x_max) & (y >= y_min) & (y <= y_max))
