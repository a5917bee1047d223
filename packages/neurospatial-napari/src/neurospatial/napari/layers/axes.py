"""What stands around the panels, as one layer."""

from collections.abc import Sequence
from functools import partial
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from qtpy.QtCore import QRectF, Qt
from qtpy.QtGui import QGuiApplication, QImage, QPainter
from superqt.utils import qimage_to_array

from neurospatial.napari.layers.base import LayerView, refresh
from neurospatial.napari.layers.color_bar import ColorBar
from neurospatial.napari.layers.theme import ThemeColors
from neurospatial.napari.options import NapariOptions
from neurospatial.scene import Bounds

_AROUND = 84.0
"""How far beyond the frame is painted, in points: a colour bar with its numbers and label."""
_EDGE = 2.0
"""Pixels beyond what a painter paints that are painted anew with it: lines have soft edges."""


class Painter(Protocol):
    """What paints around a box of napari's world."""

    color_bar: ColorBar | None
    colors: ThemeColors

    @property
    def box(self) -> Bounds:
        """Lowest column and row, highest column and row."""

    @property
    def reach(self) -> Bounds:
        """Where it paints and nothing else does, in the same order; it may be endless."""

    @property
    def scale_bar(self) -> float:
        """How long its scale bar is now, in napari's units; 0 where there is none."""

    def paint(self, painter: QPainter, px_per_unit: float) -> None:
        """Paint at a magnification; the painter's origin is napari's, its y goes downward."""


class AxesView(LayerView):
    """All that stands around the panels: one picture in an Image layer, in pixels of the screen.

    It is painted anew at every magnification. napari's own lines and words would be two
    layers a panel, which take four times as long to open.

    Parameters
    ----------
    painters : sequence of Painter
        Of each panel's axes, and of a colour bar that panels share.
    options : NapariOptions
    """

    def __init__(self, painters: Sequence[Painter], options: NapariOptions) -> None:
        from napari.layers import Image

        self._painters = tuple(painters)
        self._around = _AROUND * options.px_per_point
        corners = np.array([one.box for one in painters])
        low, high = corners[:, :2].min(axis=0).tolist(), corners[:, 2:].max(axis=0).tolist()
        self._box: Bounds = (*low, *high)
        self._painted_bars = [0.0] * len(painters)
        self._window = self._painted = 0.0, 0.0, 0.0, 0.0
        self._zoom, self._px, self._fine = 0.0, 1.0, 1.0
        self._image = QImage()
        self._picture = Image(
            np.zeros((1, 1, 4), dtype=np.uint8),
            rgb=True,
            name="axes",
            affine=_make_affine(np.array(self._box[1::-1]), 1.0),
            interpolation2d="nearest",
            blending="translucent_no_depth",
        )
        super().__init__(self._picture)
        for one in painters:
            if one.color_bar is not None:
                one.color_bar.subscribe(partial(self._repaint, one))

    def show(self, frame: int) -> None:
        """Paint scale bars as long as they are now, where views are zoomed."""
        for number, one in enumerate(self._painters):
            if one.scale_bar != self._painted_bars[number]:
                self._repaint(one)

    def set_colors(self, colors: ThemeColors) -> None:
        """Paint in the colours of another theme."""
        if any(colors != one.colors for one in self._painters):
            for one in self._painters:
                one.colors = colors
            zoom, self._zoom = self._zoom, 0.0
            if zoom:
                self.follow_window(self._window, zoom)

    def follow_window(self, window: Bounds, px_per_unit: float) -> None:
        """Paint what the canvas shows, and half a canvas beyond it."""
        around = self._around / px_per_unit
        self._window = window
        whole = _expand_bounds(self._box, around, around)
        if px_per_unit != self._zoom or not _contains(
            self._painted, _intersect_bounds(whole, window)
        ):
            left, bottom, right, top = window
            near = _expand_bounds(window, (right - left) / 2, (top - bottom) / 2)
            screen = QGuiApplication.primaryScreen()
            self._fine = 1.0 if screen is None else screen.devicePixelRatio()
            self._zoom, self._px = px_per_unit, 1 / px_per_unit / self._fine
            self._painted = _snap_to_pixels(_intersect_bounds(whole, near), window, px_per_unit)
            self._image = self._create_image()
            self._paint(self._painted)
            with refresh(self._picture, extent=True):
                self._picture.data = self._read_pixels()
                self._picture.affine = self._compute_affine(window)
        elif not np.allclose(
            self._picture.affine, self._compute_affine(window), 0, 1e-3 * self._px
        ):
            self._picture.affine = self._compute_affine(window)

    def _compute_affine(self, window: Bounds) -> NDArray[np.float64]:
        """Compute where the picture lies: on whole pixels, or letters would have gaps."""
        away = np.subtract(self._painted[1::-1], window[1::-1]) * self._zoom
        return _make_affine(np.round(away) / self._zoom + window[1::-1], self._px)

    def _repaint(self, changed: Painter, event: object = None) -> None:
        """Paint anew what one of the painters paints."""
        edge = _EDGE * self._px
        part = _intersect_bounds(_expand_bounds(changed.reach, edge, edge), self._painted)
        if self._zoom and _has_area(part):
            self._paint(part)
            with refresh(self._picture, extent=False):
                self._picture.data = self._read_pixels()

    def _create_image(self) -> QImage:
        left, bottom, right, top = self._painted
        height, width = (
            max(1, round(side * self._zoom * self._fine)) for side in (top - bottom, right - left)
        )
        image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(self._fine)
        image.fill(0)
        return image

    def _paint(self, part: Bounds) -> None:
        """Paint a part of the image in place of what is there."""
        left, bottom = self._painted[:2]
        origin = -left * self._zoom, self._image.height() / self._fine + bottom * self._zoom
        x_min, y_min, x_max, y_max = (side * self._zoom for side in part)
        canvas = QPainter(self._image)
        canvas.translate(*origin)
        canvas.setClipRect(QRectF(x_min, -y_max, x_max - x_min, y_max - y_min))
        canvas.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
        canvas.fillRect(canvas.clipBoundingRect(), Qt.GlobalColor.transparent)
        canvas.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        for number, one in enumerate(self._painters):
            if _has_area(_intersect_bounds(one.reach, part)):
                self._painted_bars[number] = one.scale_bar
                canvas.save()
                one.paint(canvas, self._zoom)
                canvas.restore()
        canvas.end()

    def _read_pixels(self) -> NDArray[np.uint8]:
        """Read the image, its lowest row first."""
        return np.asarray(qimage_to_array(self._image), dtype=np.uint8)[::-1]


def _make_affine(corner: NDArray[np.float64], px: float) -> NDArray[np.float64]:
    """Make the map from a picture, whose pixels are so wide, to napari's world."""
    return np.array([[px, 0, corner[0] + px / 2], [0, px, corner[1] + px / 2], [0, 0, 1]])


def _expand_bounds(bounds: Bounds, across: float, upward: float) -> Bounds:
    left, bottom, right, top = bounds
    return left - across, bottom - upward, right + across, top + upward


def _intersect_bounds(first: Bounds, second: Bounds) -> Bounds:
    """Intersect two boxes; without area where they do not meet."""
    left, bottom = max(first[0], second[0]), max(first[1], second[1])
    return left, bottom, max(left, min(first[2], second[2])), max(bottom, min(first[3], second[3]))


def _snap_to_pixels(bounds: Bounds, window: Bounds, px_per_unit: float) -> Bounds:
    """Widen bounds to whole pixels of a window."""
    left, bottom, _, _ = window
    corner = np.array([left, bottom])
    low, high = (np.reshape(bounds, (2, 2)) - corner) * px_per_unit
    (x_min, y_min), (x_max, y_max) = (
        (side / px_per_unit + corner).tolist() for side in (np.floor(low), np.ceil(high))
    )
    return x_min, y_min, x_max, y_max


def _contains(outer: Bounds, inner: Bounds) -> bool:
    return _intersect_bounds(outer, inner) == inner


def _has_area(bounds: Bounds) -> bool:
    return bounds[0] < bounds[2] and bounds[1] < bounds[3]
