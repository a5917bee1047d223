"""The dock with the signals, which scroll past with the frames."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from qtpy.QtCore import QPointF, QRect, Qt
from qtpy.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPolygonF
from qtpy.QtWidgets import QWidget

from neurospatial.scene import Trace

_LEFT, _ABOVE, _BELOW, _RIGHT = 56, 18, 4, 8
_HEIGHT = 64
_GROUND = "#1e2127"
_INK = "#b8bcc4"
_FAR = 1e5


class Strip(QWidget):
    """One signal around the time of the shown frame.

    Parameters
    ----------
    trace : Trace
    px_per_point : float
        Pixels in 1/72 inch.
    """

    def __init__(self, trace: Trace, px_per_point: float) -> None:
        super().__init__()
        self.trace: Trace = trace
        self._width_px = trace.width * px_per_point
        self._now = 0.0
        self.setMinimumHeight(_HEIGHT + _ABOVE + _BELOW)

    def show_time(self, seconds: float) -> None:
        """Put a time [s] in the middle."""
        self._now = seconds
        self.update()

    def pixels(self) -> NDArray[np.uint8]:
        """Picture (height, width, 4) of the window of time by the limits, nothing around it."""
        box = self._box()
        image = QImage(box.size(), QImage.Format.Format_RGBA8888)
        image.fill(0)
        painter = QPainter(image)
        self._draw_signal(painter, QRect(0, 0, box.width(), box.height()))
        painter.end()
        bits = image.constBits()
        rows = np.array(bits.asarray(image.sizeInBytes()) if hasattr(bits, "asarray") else bits)
        whole = rows.astype(np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
        return whole[:, : image.width()].copy()

    def paintEvent(self, event: QPaintEvent | None) -> None:  # noqa: N802 - Qt's name
        """Paint the strip."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(_GROUND))
        box, layer = self._box(), self.trace
        painter.setPen(QColor(_INK))
        words = layer.label or layer.name
        painter.drawText(
            QRect(_LEFT, 0, box.width(), _ABOVE), Qt.AlignmentFlag.AlignVCenter, words
        )
        low, high = layer.limits
        beside = QRect(0, box.top() - 8, _LEFT - 6, 16)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(beside, right, f"{high:.3g}")
        painter.drawText(beside.translated(0, box.height() - 4), right, f"{low:.3g}")
        painter.setClipRect(box)
        middle = box.left() + box.width() // 2
        painter.setPen(QColor("#5a6068"))
        painter.drawRect(box.adjusted(0, 0, -1, -1))
        painter.drawLine(middle, box.top(), middle, box.bottom())
        self._draw_signal(painter, box)
        painter.end()

    def _box(self) -> QRect:
        width, height = self.width() - _LEFT - _RIGHT, self.height() - _ABOVE - _BELOW
        return QRect(_LEFT, _ABOVE, max(1, width), max(1, height))

    def _draw_signal(self, painter: QPainter, box: QRect) -> None:
        red, green, blue, opacity = self.trace.color
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor.fromRgbF(red, green, blue, opacity))
        pen.setWidthF(self._width_px)
        painter.setPen(pen)
        for line in self._lines(box):
            painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in line.tolist()]))

    def _lines(self, box: QRect) -> Iterator[NDArray[np.float64]]:
        """Corners [px] of each stretch without a gap."""
        layer, half = self.trace, self.trace.window / 2
        first, stop = np.searchsorted(layer.times, [self._now - half, self._now + half])
        # One sample more at each end: the line then runs out of sight.
        seen = slice(max(0, int(first) - 1), int(stop) + 1)
        low, high = layer.limits
        x = (layer.times[seen] - self._now + half) / layer.window * box.width()
        y = (high - layer.values[seen]) / (high - low) * box.height()
        corners = np.stack([x + box.left(), np.clip(y, -_FAR, _FAR) + box.top()], axis=1)
        known = np.isfinite(y)
        for run in np.split(np.arange(len(x)), np.flatnonzero(np.diff(known)) + 1):
            if len(run) and known[run[0]]:
                yield _thinned(corners[run])


def _thinned(line: NDArray[np.float64]) -> NDArray[np.float64]:
    """Keep of each column of pixels the lowest and the highest corner, where there are more."""
    starts = np.flatnonzero(np.diff(np.floor(line[:, 0]), prepend=-np.inf))
    if len(line) <= 2 * len(starts):
        return line
    x, y = line.T
    ends = np.stack([np.minimum.reduceat(y, starts), np.maximum.reduceat(y, starts)], axis=1)
    # Up one column and down the next: no stroke crosses a column aslant.
    ends[1::2] = ends[1::2, ::-1]
    return np.stack([np.repeat(x[starts], 2), ends.ravel()], axis=1)
