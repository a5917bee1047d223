"""What stands around a panel: a frame, numbers in environment units, and what they count."""

import numpy as np
from numpy.typing import NDArray
from qtpy.QtCore import QPointF, QRectF, Qt
from qtpy.QtGui import QColor, QFont, QGuiApplication, QPainter, QPen

from neurospatial.napari.placement import Placement
from neurospatial.scene import View

_INK, _TITLE_INK = "#b8bdc4", "white"
_SIZE, _TITLE_SIZE, _LINE, _TICK, _GAP = 9.0, 12.0, 1.0, 4.0, 3.0
"""Height of letters, of the title's, width of lines, length of ticks and room, in points."""
_N_TICKS = 5

_Side = Qt.AlignmentFlag
_LEFT = _Side.AlignRight | _Side.AlignVCenter
_BELOW = _Side.AlignHCenter | _Side.AlignTop
_ABOVE = _Side.AlignHCenter | _Side.AlignBottom


class Rulers:
    """The axes of a panel and its title, painted with Qt.

    Parameters
    ----------
    placement : Placement
    view : View
    px_per_point : float
    title : str
    """

    def __init__(self, placement: Placement, view: View, px_per_point: float, title: str) -> None:
        self._placement, self._title = placement, title
        self._along_x, self._along_y = view.axis_labels
        x_min, y_min, x_max, y_max = view.bounds
        self._x, self._y = ticks(x_min, x_max), ticks(y_min, y_max)
        self._line, self._tick, self._gap = (
            points * px_per_point for points in (_LINE, _TICK, _GAP)
        )
        self._font, self._title_font = (
            _font(points * px_per_point) for points in (_SIZE, _TITLE_SIZE)
        )

    def paint(self, painter: QPainter, px_per_unit: float) -> None:
        """Paint at a magnification; the painter's origin is napari's, its y goes downward."""
        left, bottom, right, top = (side * px_per_unit for side in self._placement.box)
        half = self._line / 2
        frame = QRectF(left, -top, right - left, top - bottom).adjusted(-half, -half, half, half)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(_INK), self._line))
        painter.setFont(self._font)
        painter.drawRect(frame)
        self._paint_below(painter, frame, px_per_unit)
        self._paint_beside(painter, frame, px_per_unit)
        if self._title:
            painter.setFont(self._title_font)
            painter.setPen(QColor(_TITLE_INK))
            _write(painter, frame.center().x(), frame.top() - self._gap, _ABOVE, self._title)

    def _paint_below(self, painter: QPainter, frame: QRectF, px_per_unit: float) -> None:
        foot = frame.bottom() + self._tick
        for value, x in zip(self._x, self._places(self._x, 0) * px_per_unit, strict=True):
            painter.drawLine(QPointF(x, frame.bottom()), QPointF(x, foot))
            _write(painter, x, foot, _BELOW, f"{value:g}")
        under = foot + painter.fontMetrics().height()
        _write(painter, frame.center().x(), under, _BELOW, self._along_x)

    def _paint_beside(self, painter: QPainter, frame: QRectF, px_per_unit: float) -> None:
        foot = frame.left() - self._tick
        widest = 0
        for value, y in zip(self._y, self._places(self._y, 1) * -px_per_unit, strict=True):
            painter.drawLine(QPointF(foot, y), QPointF(frame.left(), y))
            _write(painter, foot - self._gap, y, _LEFT, f"{value:g}")
            widest = max(widest, painter.fontMetrics().horizontalAdvance(f"{value:g}"))
        painter.save()
        painter.translate(foot - widest - 2 * self._gap, frame.center().y())
        painter.rotate(-90)
        _write(painter, 0, 0, _ABOVE, self._along_y)
        painter.restore()

    def _places(self, values: NDArray[np.float64], axis: int) -> NDArray[np.float64]:
        """Where values of x (axis 0) or y (1) lie in napari's world, along that axis."""
        both = np.zeros((len(values), 2))
        both[:, axis] = values
        return self._placement.to_napari(both)[:, 1 - axis]


def _font(px: float) -> QFont:
    font = QFont(QGuiApplication.font())
    font.setPixelSize(max(1, round(px)))
    return font


def _write(painter: QPainter, x: float, y: float, side: Qt.AlignmentFlag, words: str) -> None:
    """Write on one side of a place, in the middle of that side."""
    far = 10_000.0
    corner = {
        _LEFT: (x - 2 * far, y - far),
        _BELOW: (x - far, y),
        _ABOVE: (x - far, y - 2 * far),
    }[side]
    painter.drawText(QRectF(*corner, 2 * far, 2 * far), side, words)


def ticks(low: float, high: float) -> NDArray[np.float64]:
    """Choose round numbers within a range, about five.

    Examples
    --------
    >>> ticks(-2.4, 98.0)
    array([ 0., 20., 40., 60., 80.])
    """
    rough = (high - low) / _N_TICKS
    power = 10.0 ** np.floor(np.log10(rough))
    step = min((power * factor for factor in (1, 2, 5, 10)), key=lambda one: abs(one - rough))
    # The sum takes the sign off zero.
    return np.asarray(np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step + 0.0)
