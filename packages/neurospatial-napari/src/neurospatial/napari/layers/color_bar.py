"""What the colours of fields mean, painted beside their panel, or beside all."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from qtpy.QtCore import QPointF, QRectF
from qtpy.QtGui import QImage, QPainter

from neurospatial.napari.layers.qt_text import ABOVE, RIGHT, draw_text, fit_ticks, fit_words
from neurospatial.scene import ColorScale

if TYPE_CHECKING:
    from napari.layers import Image, Surface

_GAP, _WIDE, _TICK = 6.0, 9.0, 3.0
"""Room beside the frame, width of the bar, length of its ticks, in points."""
_NARROW = 0.25, 0.4
"""Of a narrow room: what is left free before the bar, and the bar's width."""
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

    def paint(self, painter: QPainter, frame: QRectF, room: float) -> None:
        """Paint with the painter's pen and font, on the right of a frame.

        Parameters
        ----------
        painter : QPainter
        frame : QRectF
        room : float
            How far right of the frame may be painted [px]; what has no room is left out.
        """
        gap, wide = (
            min(most, share * room)
            for most, share in zip((self._gap, self._wide), _NARROW, strict=True)
        )
        box = QRectF(frame.right() + gap, frame.top(), wide, frame.height())
        painter.drawImage(box, self._paint_column())
        painter.drawRect(box)
        edge = frame.right() + room
        widest = self._paint_numbers(painter, box, edge)
        letters = painter.fontMetrics().height()
        beside = box.right() + 3 * self._tick + widest + letters
        if widest and beside <= edge:
            usual = painter.font()
            font, words = fit_words(usual, self._scale.label, box.height(), letters)
            painter.setFont(font)
            draw_text(painter, beside, box.center().y(), ABOVE, words, upward=True)
            painter.setFont(usual)

    def _paint_numbers(self, painter: QPainter, box: QRectF, edge: float) -> float:
        """Paint ticks and numbers left of an edge; return how wide they are, 0 for none."""
        low, high = read_limits(self._scale, self._layer)
        if not high > low:
            return 0.0
        letters = painter.fontMetrics()
        height = float(letters.height())
        ticks, numbers = fit_ticks(low, high, box.height(), lambda words: height)
        widest = float(max(map(letters.horizontalAdvance, numbers), default=0))
        foot = box.right() + self._tick
        if foot + self._tick + widest > edge:
            return 0.0
        for value, words in zip(ticks, numbers, strict=True):
            y = box.bottom() - (value - low) / (high - low) * box.height()
            painter.drawLine(QPointF(box.right(), y), QPointF(foot, y))
            draw_text(painter, foot + self._tick, y, RIGHT, words)
        return widest

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
