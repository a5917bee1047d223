"""The colour bar of panels that share their colours, right of all of them."""

from math import inf

from qtpy.QtCore import QRectF
from qtpy.QtGui import QColor, QPainter, QPen

from neurospatial.napari.layers.color_bar import ColorBar
from neurospatial.napari.layers.layout import ViewerLayout
from neurospatial.napari.layers.qt_text import create_font
from neurospatial.napari.layers.theme import DARK, ThemeColors
from neurospatial.scene import Bounds

_SIZE, _LINE = 10.0, 1.0
"""Height of letters and width of lines, in points: those of axes."""


class SharedBarPainter:
    """Paints one colour bar as high as all panels together.

    Parameters
    ----------
    layout : ViewerLayout
    px_per_point : float
    color_bar : ColorBar
    """

    def __init__(self, layout: ViewerLayout, px_per_point: float, color_bar: ColorBar) -> None:
        self.color_bar: ColorBar | None = color_bar
        self.colors: ThemeColors = DARK
        self.scale_bar: float = 0.0
        self.box: Bounds = layout.box
        self.reach: Bounds = layout.box[2], -inf, inf, inf
        self._bar, self._at, self._room = color_bar, layout.bar_at, layout.around.right
        self._font, self._line = create_font(_SIZE * px_per_point), _LINE * px_per_point

    def paint(self, painter: QPainter, px_per_unit: float) -> None:
        """Paint at a magnification; the painter's origin is napari's, its y goes downward."""
        left, bottom, right, top = (side * px_per_unit for side in self.box)
        painter.setPen(QPen(QColor(self.colors.ink), self._line))
        painter.setFont(self._font)
        frame = QRectF(left, -top, right - left + self._at, top - bottom)
        self._bar.paint(painter, frame, self._room)
