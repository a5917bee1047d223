"""What stands around a panel: a frame, numbers in environment units, what they count, a bar."""

import numpy as np
from numpy.typing import NDArray
from qtpy.QtCore import QPointF, QRectF, Qt
from qtpy.QtGui import QColor, QPainter, QPen

from neurospatial.napari.layers.color_bar import ColorBar
from neurospatial.napari.layers.layout import Rooms
from neurospatial.napari.layers.panel_place import PanelPlace
from neurospatial.napari.layers.qt_text import (
    ABOVE,
    BELOW,
    LEFT,
    create_font,
    draw_text,
    fit_ticks,
    fit_words,
)
from neurospatial.napari.layers.theme import DARK, ThemeColors
from neurospatial.scene import Bounds, Panel

_SIZE, _TITLE_SIZE, _LINE, _TICK, _GAP = 10.0, 12.0, 1.0, 4.0, 3.0
"""Height of letters, of the title's, width of lines, length of ticks and room, in points."""
_BAR_WORDS = 0.5
"""Of a panel's width for the words of its scale bar: the rest is for the label beside them."""
_BEYOND = 40.0
"""How far a title reaches beyond the sides of a panel at the edge, in points."""


class AxesPainter:
    """The axes of a panel, its title and its scale bar, painted with Qt.

    What has no room between the panel and its neighbours is left out, until one looks closer.

    Parameters
    ----------
    place : PanelPlace
    panel : Panel
    rooms : Rooms
    px_per_point : float
    color_bar : ColorBar or None
    """

    def __init__(
        self,
        place: PanelPlace,
        panel: Panel,
        rooms: Rooms,
        px_per_point: float,
        color_bar: ColorBar | None,
    ) -> None:
        self.color_bar: ColorBar | None = color_bar
        self.colors: ThemeColors = DARK
        self._place, self._panel, self._rooms = place, panel, rooms
        self._along_x, self._along_y = panel.view.axis_labels
        self._line, self._tick, self._gap, self._beyond = (
            points * px_per_point for points in (_LINE, _TICK, _GAP, _BEYOND)
        )
        self._font, self._title_font = (
            create_font(points * px_per_point) for points in (_SIZE, _TITLE_SIZE)
        )

    @property
    def box(self) -> Bounds:
        """What it stands around, in napari's units."""
        return self._place.home.box

    @property
    def reach(self) -> Bounds:
        """Its own room, in napari's units."""
        (left, bottom, right, top), rooms = self.box, self._rooms
        return left - rooms.left, bottom - rooms.below, right + rooms.right, top + rooms.above

    @property
    def scale_bar(self) -> float:
        """How long the scale bar is now, in napari's units; 0 where there is none."""
        return (self._panel.scale_bar or 0.0) * self._place.now.scale

    def paint(self, painter: QPainter, px_per_unit: float) -> None:
        """Paint at a magnification; the painter's origin is napari's, its y goes downward."""
        left, bottom, right, top = (side * px_per_unit for side in self.box)
        half = self._line / 2
        frame = QRectF(left, -top, right - left, top - bottom).adjusted(-half, -half, half, half)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self.colors.ink), self._line))
        painter.setFont(self._font)
        painter.drawRect(frame)
        x_axis, y_axis = self._panel.axes
        if x_axis:
            self._paint_below(painter, frame, px_per_unit)
        if y_axis:
            self._paint_beside(painter, frame, px_per_unit)
        if self.color_bar is not None:
            self.color_bar.paint(painter, frame, self._rooms.right * px_per_unit)
        self._paint_title(painter, frame, px_per_unit)
        self._paint_scale_bar(painter, frame, px_per_unit)

    def _paint_title(self, painter: QPainter, frame: QRectF, px_per_unit: float) -> None:
        aside = min(self._rooms.left * px_per_unit, self._rooms.right * px_per_unit, self._beyond)
        above = self._rooms.above * px_per_unit
        gap = min(self._gap, above / 10)
        font, words = fit_words(
            self._title_font, self._panel.title, frame.width() + 2 * aside, above - gap
        )
        painter.setFont(font)
        painter.setPen(QColor(self.colors.title))
        draw_text(painter, frame.center().x(), frame.top() - gap, ABOVE, words)
        painter.setFont(self._font)

    def _paint_below(self, painter: QPainter, frame: QRectF, px_per_unit: float) -> None:
        room, letters = self._rooms.below * px_per_unit, painter.fontMetrics()
        foot, line = frame.bottom() + self._tick, letters.height()
        if self._tick + line > room:
            return
        near = frame.left() - self._rooms.left * px_per_unit
        far = frame.right() + self._rooms.right * px_per_unit
        x_min, _, x_max, _ = self._panel.view.bounds
        ticks, numbers = fit_ticks(
            x_min, x_max, frame.width(), lambda words: letters.horizontalAdvance(f"{words} ")
        )
        for words, x in zip(numbers, self._to_napari_axis(ticks, 0) * px_per_unit, strict=True):
            painter.drawLine(QPointF(x, frame.bottom()), QPointF(x, foot))
            half = letters.horizontalAdvance(words) / 2
            if near <= x - half and x + half <= far:
                draw_text(painter, x, foot, BELOW, words)
        if self._tick + 2 * line > room:
            return
        # The scale bar stands at the right, on the same line.
        taken = self._measure_scale_bar(painter, frame, px_per_unit)
        free = frame.width() - taken
        font, words = fit_words(self._font, self._along_x, free, line)
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(words)
        middle = frame.center().x()
        if width / 2 + taken > frame.width() / 2:
            middle -= taken / 2
        draw_text(painter, middle, foot + line, BELOW, words)
        painter.setFont(self._font)

    def _paint_beside(self, painter: QPainter, frame: QRectF, px_per_unit: float) -> None:
        room, letters = self._rooms.left * px_per_unit, painter.fontMetrics()
        foot, line = frame.left() - self._tick, letters.height()
        _, y_min, _, y_max = self._panel.view.bounds
        ticks, numbers = fit_ticks(y_min, y_max, frame.height(), lambda words: line)
        widest = max(map(letters.horizontalAdvance, numbers), default=0)
        if self._tick + self._gap + widest > room:
            return
        for words, y in zip(numbers, self._to_napari_axis(ticks, 1) * -px_per_unit, strict=True):
            painter.drawLine(QPointF(foot, y), QPointF(frame.left(), y))
            draw_text(painter, foot - self._gap, y, LEFT, words)
        if self._tick + 2 * self._gap + widest + line > room:
            return
        font, words = fit_words(self._font, self._along_y, frame.height(), line)
        painter.setFont(font)
        beside = foot - widest - 2 * self._gap
        draw_text(painter, beside, frame.center().y(), ABOVE, words, upward=True)
        painter.setFont(self._font)

    def _paint_scale_bar(self, painter: QPainter, frame: QRectF, px_per_unit: float) -> None:
        """Paint the scale bar at the right, under the numbers.

        napari's own would call 20 cm 200 mm.
        """
        line = painter.fontMetrics().height()
        length = self._compute_bar_length(px_per_unit)
        below = self._tick + (1.5 * line if self._panel.axes[0] else 0.0)
        taken = self._measure_scale_bar(painter, frame, px_per_unit)
        if not taken or below + line > self._rooms.below * px_per_unit:
            return
        right, y = frame.right(), frame.bottom() + below
        painter.setPen(QPen(QColor(self.colors.ink), 2 * self._line, cap=Qt.PenCapStyle.FlatCap))
        painter.drawLine(QPointF(right - length, y), QPointF(right, y))
        font, words = fit_words(self._font, self._describe_scale_bar(), taken, line)
        painter.setFont(font)
        width = max(length, painter.fontMetrics().horizontalAdvance(words))
        draw_text(painter, right - width / 2, y, BELOW, words)
        painter.setFont(self._font)

    def _compute_bar_length(self, px_per_unit: float) -> float:
        return self.scale_bar * px_per_unit

    def _describe_scale_bar(self) -> str:
        length, view = self._panel.scale_bar, self._panel.view
        return f"{length:g} {view.units}".rstrip() if length is not None and view.equal else ""

    def _measure_scale_bar(self, painter: QPainter, frame: QRectF, px_per_unit: float) -> float:
        """Measure the room of the scale bar and its words [px]; 0 where there is none."""
        words = self._describe_scale_bar()
        if not words:
            return 0.0
        width = min(painter.fontMetrics().horizontalAdvance(words), _BAR_WORDS * frame.width())
        return max(self._compute_bar_length(px_per_unit), width) + self._gap

    def _to_napari_axis(self, values: NDArray[np.float64], axis: int) -> NDArray[np.float64]:
        """Compute where values of x (axis 0) or y (1) lie in napari's world, along that axis."""
        both = np.zeros((len(values), 2))
        both[:, axis] = values
        return self._place.home.to_napari(both)[:, 1 - axis]
