"""The dock with the signals, which scroll past with the frames."""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from qtpy.QtCore import QPointF, QRect, Qt
from qtpy.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPolygonF
from qtpy.QtWidgets import QWidget
from superqt.utils import qimage_to_array

from neurospatial.napari.layers.decimate import is_dense, paint_dense_line
from neurospatial.napari.layers.qt_text import fit_words
from neurospatial.napari.layers.theme import DARK, ThemeColors
from neurospatial.scene import Trace

_LEFT, _ABOVE, _BELOW, _RIGHT = 56, 18, 4, 8
"""Room around the signal [px]: for six digits at the left, one line of text above."""
_HEIGHT = 64
"""Least height of a signal [px]; the dock shares out what there is beyond it."""
_FAR = 1e5
"""Where corners end that lie far outside [px]: Qt does not paint beyond its 32-bit range."""


class TraceStrip(QWidget):
    """One signal around the time of the shown frame.

    Parameters
    ----------
    trace : Trace
    px_per_point : float
        Pixels in 1/72 inch.
    words : str
        What it shows, unlike any other strip's.
    """

    def __init__(self, trace: Trace, px_per_point: float, words: str) -> None:
        super().__init__()
        self.trace: Trace = trace
        self.words: str = words
        self.colors: ThemeColors = DARK
        self.setAccessibleName(words)
        self._width_px = trace.width * px_per_point
        self._now = 0.0
        self.setMinimumHeight(_HEIGHT + _ABOVE + _BELOW)

    def show_time(self, seconds: float) -> None:
        """Put a time [s] in the middle."""
        self._now = seconds
        self.update()

    def set_colors(self, colors: ThemeColors) -> None:
        """Paint in the colours of another theme."""
        self.colors = colors
        self.update()

    def render_pixels(self) -> NDArray[np.uint8]:
        """Render the window of time by the limits alone, as (height, width, 4)."""
        box = self._compute_box()
        image = QImage(box.size(), QImage.Format.Format_RGBA8888)
        image.fill(0)
        painter = QPainter(image)
        self._draw_signal(painter, QRect(0, 0, box.width(), box.height()))
        painter.end()
        return np.asarray(qimage_to_array(image), dtype=np.uint8)

    def paintEvent(self, event: QPaintEvent | None) -> None:  # noqa: N802 - Qt's name
        """Paint the strip."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.colors.ground))
        box, layer = self._compute_box(), self.trace
        painter.setPen(QColor(self.colors.ink))
        above = QRect(_LEFT, 0, box.width(), _ABOVE)
        usual = painter.font()
        usual.setPixelSize(painter.fontInfo().pixelSize())
        font, words = fit_words(usual, self.words, above.width(), above.height())
        painter.setFont(font)
        painter.drawText(above, Qt.AlignmentFlag.AlignVCenter, words)
        painter.setFont(usual)
        low, high = layer.limits
        beside = QRect(0, box.top() - 8, _LEFT - 6, 16)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(beside, right, f"{high:.3g}")
        painter.drawText(beside.translated(0, box.height() - 4), right, f"{low:.3g}")
        painter.setClipRect(box)
        middle = box.left() + box.width() // 2
        painter.setPen(QColor(self.colors.edge))
        painter.drawRect(box.adjusted(0, 0, -1, -1))
        painter.drawLine(middle, box.top(), middle, box.bottom())
        self._draw_signal(painter, box)
        painter.end()

    def _compute_box(self) -> QRect:
        width, height = self.width() - _LEFT - _RIGHT, self.height() - _ABOVE - _BELOW
        return QRect(_LEFT, _ABOVE, max(1, width), max(1, height))

    def _draw_signal(self, painter: QPainter, box: QRect) -> None:
        color = QColor.fromRgbF(*self.trace.color)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color, self._width_px))
        painter.translate(box.topLeft())
        for line in self._iter_lines(box.width(), box.height()):
            if is_dense(line):
                picture = paint_dense_line(line, self._width_px, self.trace.color, box.size())
                painter.drawImage(0, 0, picture)
            else:
                painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in line.tolist()]))

    def _iter_lines(self, width: int, height: int) -> Iterator[NDArray[np.float64]]:
        """Iterate over the corners [px] of each stretch without a gap."""
        layer, half = self.trace, self.trace.window / 2
        first, stop = np.searchsorted(layer.times, [self._now - half, self._now + half])
        # One sample more at each end: the line then runs out of sight.
        window = slice(max(0, int(first) - 1), int(stop) + 1)
        low, high = layer.limits
        x = (layer.times[window] - self._now + half) / layer.window * width
        y = (high - layer.values[window]) / (high - low) * height
        corners = np.stack([x, np.clip(y, -_FAR, _FAR)], axis=1)
        finite = np.isfinite(y)
        for run in np.split(np.arange(len(x)), np.flatnonzero(np.diff(finite)) + 1):
            if len(run) and finite[run[0]]:
                yield corners[run]


def name_strips(traces: Sequence[Trace]) -> list[str]:
    """Say what strips show: by their label, and by their name too where two have one label.

    Examples
    --------
    >>> name_strips([])
    []
    """
    words = [trace.label or trace.name for trace in traces]
    alike = Counter(words)
    return [
        f"{trace.name}: {word}" if alike[word] > 1 and word != trace.name else word
        for trace, word in zip(traces, words, strict=True)
    ]
