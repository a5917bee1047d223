"""Axes around a panel, as a layer."""

import numpy as np
from numpy.typing import NDArray
from qtpy.QtGui import QGuiApplication, QImage, QPainter
from superqt.utils import qimage_to_array

from neurospatial.napari.layers.axes_painter import Rulers
from neurospatial.napari.layers.base import Drawn, Stage, at_once
from neurospatial.napari.layers.color_bar import ColorBar
from neurospatial.scene import Bounds, Panel

_AROUND = 60.0
"""How far beyond the frame is painted, in points."""


class AxesDrawn(Drawn):
    """All that stands around a panel: one picture in an Image layer, in pixels of the screen.

    It is painted anew at every magnification. napari's own lines and words would be two
    layers, which take four times as long to open.

    Parameters
    ----------
    stage : Stage
    panel : Panel
    color_bar : ColorBar or None
        Painted with it, and anew when its layer gets other colours or limits.
    """

    def __init__(self, stage: Stage, panel: Panel, color_bar: ColorBar | None) -> None:
        from napari.layers import Image

        self._stage = stage
        self.still: bool = True
        self._rulers = Rulers(stage.placement, panel, stage.options.px_per_point, color_bar)
        self._window = self._painted = 0.0, 0.0, 0.0, 0.0
        self._zoom, self._px = 0.0, 1.0
        self._picture = Image(
            np.zeros((1, 1, 4), dtype=np.uint8),
            rgb=True,
            name=f"{stage.prefix}axes",
            affine=_at(stage.placement.corner, 1.0),
            interpolation2d="nearest",
            blending="translucent_no_depth",
        )
        super().__init__(self._picture)
        if color_bar is not None:
            color_bar.listen(self._renew)

    def look(self, window: Bounds, px_per_unit: float) -> None:
        """Paint what the canvas shows, and half a canvas beyond it."""
        around = _AROUND * self._stage.options.px_per_point / px_per_unit
        self._window = window
        whole = _grown(self._stage.placement.box, around, around)
        if px_per_unit != self._zoom or not _holds(self._painted, _common(whole, window)):
            left, bottom, right, top = window
            near = _grown(window, (right - left) / 2, (top - bottom) / 2)
            screen = QGuiApplication.primaryScreen()
            fine = 1.0 if screen is None else screen.devicePixelRatio()
            self._zoom, self._px = px_per_unit, 1 / px_per_unit / fine
            self._painted = _on_pixels(_common(whole, near), window, px_per_unit)
            with at_once(self._picture, extent=True):
                self._picture.data = self._paint(fine)[::-1]
                self._picture.affine = self._lies(window)
        elif not np.allclose(self._picture.affine, self._lies(window), 0, 1e-3 * self._px):
            self._picture.affine = self._lies(window)

    def _lies(self, window: Bounds) -> NDArray[np.float64]:
        """Where the picture lies: on whole pixels, between which letters would have gaps."""
        away = np.subtract(self._painted[1::-1], window[1::-1]) * self._zoom
        return _at(np.round(away) / self._zoom + window[1::-1], self._px)

    def _renew(self, event: object = None) -> None:
        zoom, self._zoom = self._zoom, 0.0
        if zoom:
            self.look(self._window, zoom)

    def _paint(self, fine: float) -> NDArray[np.uint8]:
        """Picture of what is to be painted, of so many pixels to one of napari's."""
        left, bottom, right, top = self._painted
        height, width = (
            max(1, round(side * self._zoom * fine)) for side in (top - bottom, right - left)
        )
        image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(fine)
        image.fill(0)
        painter = QPainter(image)
        painter.translate(-left * self._zoom, height / fine + bottom * self._zoom)
        self._rulers.paint(painter, self._zoom)
        painter.end()
        return np.asarray(qimage_to_array(image), dtype=np.uint8)


def _at(corner: NDArray[np.float64], px: float) -> NDArray[np.float64]:
    """Map from rows and columns of a picture, whose pixels are so wide, to napari's world."""
    return np.array([[px, 0, corner[0] + px / 2], [0, px, corner[1] + px / 2], [0, 0, 1]])


def _grown(bounds: Bounds, across: float, upward: float) -> Bounds:
    left, bottom, right, top = bounds
    return left - across, bottom - upward, right + across, top + upward


def _common(first: Bounds, second: Bounds) -> Bounds:
    """Give what both hold; without area where they do not meet."""
    left, bottom = max(first[0], second[0]), max(first[1], second[1])
    return left, bottom, max(left, min(first[2], second[2])), max(bottom, min(first[3], second[3]))


def _on_pixels(bounds: Bounds, window: Bounds, px_per_unit: float) -> Bounds:
    """Widen bounds to whole pixels of a window."""
    left, bottom, _, _ = window
    corner = np.array([left, bottom])
    low, high = (np.reshape(bounds, (2, 2)) - corner) * px_per_unit
    (x_min, y_min), (x_max, y_max) = (
        (side / px_per_unit + corner).tolist() for side in (np.floor(low), np.ceil(high))
    )
    return x_min, y_min, x_max, y_max


def _holds(outer: Bounds, inner: Bounds) -> bool:
    return _common(outer, inner) == inner
