"""What the colours of a field mean, painted beside its panel."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from qtpy.QtCore import QPointF, QRectF
from qtpy.QtGui import QImage, QPainter

from neurospatial.napari.layers.qt_text import (
    ABOVE,
    RIGHT,
    choose_ticks,
    draw_text,
    format_ticks,
)
from neurospatial.scene import ColorScale

if TYPE_CHECKING:
    from napari.layers import Image, Surface

_GAP, _WIDE, _TICK = 6.0, 9.0, 3.0
"""Room beside the frame, width of the bar, length of its ticks, in points."""
_N_COLORS = 255
"""Rows of the painted bar: as many as a scale of ours has colours."""


class ColorBar:
    """The colours and limits that a layer has when it is painted.

    Parameters
    ----------
    layer : napari.layers.Image or napari.layers.Surface
        A field.
    scale : ColorScale
        That it was made with.
    px_per_point : float
    """

    def __init__(self, layer: "Image | Surface", scale: ColorScale, px_per_point: float) -> None:
        self._layer, self._scale = layer, scale
        self._gap, self._wide, self._tick = (
            points * px_per_point for points in (_GAP, _WIDE, _TICK)
        )

    def subscribe(self, repaint: Callable[[object], None]) -> None:
        """Have a function called when the layer gets other colours or limits."""
        for change in ("colormap", "contrast_limits", "gamma"):
            getattr(self._layer.events, change).connect(repaint)

    def paint(self, painter: QPainter, frame: QRectF) -> None:
        """Paint with the painter's pen and font, on the right of a frame."""
        box = QRectF(frame.right() + self._gap, frame.top(), self._wide, frame.height())
        painter.drawImage(box, self._paint_column())
        painter.drawRect(box)
        low, high = read_limits(self._scale, self._layer)
        letters, widest = painter.fontMetrics(), 0
        ticks = choose_ticks(low, high) if high > low else np.empty(0)
        for value, words in zip(ticks, format_ticks(ticks), strict=True):
            y = box.bottom() - (value - low) / (high - low) * box.height()
            foot = box.right() + self._tick
            painter.drawLine(QPointF(box.right(), y), QPointF(foot, y))
            draw_text(painter, foot + self._tick, y, RIGHT, words)
            widest = max(widest, letters.horizontalAdvance(words))
        beside = box.right() + 3 * self._tick + widest + letters.height()
        draw_text(painter, beside, box.center().y(), ABOVE, self._scale.label, upward=True)

    def _paint_column(self) -> QImage:
        """Paint one column of pixels, the highest value first."""
        column = np.insert(sample_colors(self._layer, _N_COLORS)[::-1], 3, 255, axis=1)
        return QImage(column.tobytes(), 1, _N_COLORS, 4, QImage.Format.Format_RGBA8888).copy()


def read_limits(scale: ColorScale, shown: "Image | Surface") -> tuple[float, float]:
    """Read between which values a layer of a colour scale now has its colours."""
    low, high = (float(limit) for limit in shown.contrast_limits)
    if scale.fits_float32:
        return low, high
    span = scale.vmax - scale.vmin
    return scale.vmin + low * span, scale.vmin + high * span


def sample_colors(layer: "Image | Surface", n_colors: int) -> NDArray[np.uint8]:
    """Sample the sRGB colours (n_colors, 3) that a layer has from its lower to its upper limit."""
    middles = (np.arange(n_colors) + 0.5) / n_colors
    colors = np.asarray(layer.colormap.map(middles**layer.gamma))[:, :3]
    return np.round(255 * colors).astype(np.uint8)
