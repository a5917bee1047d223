"""What stands around a panel: a frame, numbers in environment units, what they count, a bar."""

import numpy as np
from numpy.typing import NDArray
from qtpy.QtCore import QPointF, QRectF, Qt
from qtpy.QtGui import QColor, QPainter, QPen

from neurospatial.napari.layers.color_bar import ColorBar
from neurospatial.napari.layers.placement import Placement
from neurospatial.napari.layers.qt_text import (
    ABOVE,
    BELOW,
    LEFT,
    choose_ticks,
    create_font,
    draw_text,
    format_ticks,
)
from neurospatial.scene import Panel

_INK, _TITLE_INK = "#b8bdc4", "white"
_SIZE, _TITLE_SIZE, _LINE, _TICK, _GAP = 10.0, 12.0, 1.0, 4.0, 3.0
"""Height of letters, of the title's, width of lines, length of ticks and room, in points."""


class AxesPainter:
    """The axes of a panel, its title and its scale bar, painted with Qt.

    Parameters
    ----------
    placement : Placement
    panel : Panel
    px_per_point : float
    color_bar : ColorBar or None
    """

    def __init__(
        self, placement: Placement, panel: Panel, px_per_point: float, color_bar: ColorBar | None
    ) -> None:
        self._placement, self._panel, self._color_bar = placement, panel, color_bar
        self._along_x, self._along_y = panel.view.axis_labels
        x_min, y_min, x_max, y_max = panel.view.bounds
        self._x, self._y = choose_ticks(x_min, x_max), choose_ticks(y_min, y_max)
        self._line, self._tick, self._gap = (
            points * px_per_point for points in (_LINE, _TICK, _GAP)
        )
        self._font, self._title_font = (
            create_font(points * px_per_point) for points in (_SIZE, _TITLE_SIZE)
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
        if self._color_bar is not None:
            self._color_bar.paint(painter, frame)
        self._paint_scale_bar(painter, frame, px_per_unit)
        painter.setFont(self._title_font)
        painter.setPen(QColor(_TITLE_INK))
        draw_text(painter, frame.center().x(), frame.top() - self._gap, ABOVE, self._panel.title)

    def _paint_below(self, painter: QPainter, frame: QRectF, px_per_unit: float) -> None:
        foot = frame.bottom() + self._tick
        places = self._to_napari_axis(self._x, 0) * px_per_unit
        for words, x in zip(format_ticks(self._x), places, strict=True):
            painter.drawLine(QPointF(x, frame.bottom()), QPointF(x, foot))
            draw_text(painter, x, foot, BELOW, words)
        under = foot + painter.fontMetrics().height()
        draw_text(painter, frame.center().x(), under, BELOW, self._along_x)

    def _paint_beside(self, painter: QPainter, frame: QRectF, px_per_unit: float) -> None:
        foot = frame.left() - self._tick
        widest = 0
        places = self._to_napari_axis(self._y, 1) * -px_per_unit
        for words, y in zip(format_ticks(self._y), places, strict=True):
            painter.drawLine(QPointF(foot, y), QPointF(frame.left(), y))
            draw_text(painter, foot - self._gap, y, LEFT, words)
            widest = max(widest, painter.fontMetrics().horizontalAdvance(words))
        beside = foot - widest - 2 * self._gap
        draw_text(painter, beside, frame.center().y(), ABOVE, self._along_y, upward=True)

    def _paint_scale_bar(self, painter: QPainter, frame: QRectF, px_per_unit: float) -> None:
        """Paint the scale bar at the right, under the numbers.

        napari's own would call 20 cm 200 mm.
        """
        length, view = self._panel.scale_bar, self._panel.view
        if length is None or not view.equal:
            return
        right, line = frame.right(), painter.fontMetrics().height()
        left, y = right - length * px_per_unit, frame.bottom() + self._tick + 1.5 * line
        painter.setPen(QPen(QColor(_INK), 2 * self._line, cap=Qt.PenCapStyle.FlatCap))
        painter.drawLine(QPointF(left, y), QPointF(right, y))
        draw_text(painter, (left + right) / 2, y, BELOW, f"{length:g} {view.units}".rstrip())

    def _to_napari_axis(self, values: NDArray[np.float64], axis: int) -> NDArray[np.float64]:
        """Compute where values of x (axis 0) or y (1) lie in napari's world, along that axis."""
        both = np.zeros((len(values), 2))
        both[:, axis] = values
        return self._placement.to_napari(both)[:, 1 - axis]
