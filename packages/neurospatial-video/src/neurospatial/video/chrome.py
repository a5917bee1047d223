"""What stands around the panels: axes, titles, colour bar, scale bar; drawn once."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from neurospatial.scene import ColorScale, Panel, Raster, Scene
from neurospatial.video.canvas import Pixels

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BACKGROUND = (224, 224, 224)
"""sRGB shown where a field has no value."""

LABEL_SIZE = 10.0
"""Of the frame label, in points."""

_TITLE, _PANEL_TITLE, _LABEL, _BELOW, _LEFT, _RIGHT = 26.0, 20.0, 22.0, 42.0, 52.0, 14.0
_BAR, _BAR_GAP, _BAR_TEXT = 11.0, 10.0, 46.0


@dataclass(frozen=True)
class Box:
    """A rectangle of the picture [px], y downward."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, eq=False)
class Chrome:
    """A picture with a hole for each panel.

    Parameters
    ----------
    picture : ndarray of uint8, shape (height, width, 3)
        Even in width and height; an odd figure is padded right and below.
    panels : tuple of Box
        Where each panel's view lies; even in all four numbers.
    label : Box
        Where the frame label goes.
    ink : tuple of int
        sRGB of text.
    """

    picture: Pixels
    panels: tuple[Box, ...]
    label: Box
    ink: tuple[int, int, int]

    def raster(self, scene: Scene, number: int) -> Raster:
        """Pixels of one panel."""
        box = self.panels[number]
        return Raster(box.width, box.height, scene.panels[number].view.bounds)


def draw_chrome(scene: Scene, size: tuple[int, int], dpi: int) -> Chrome:
    """Lay the panels out and draw everything around them with matplotlib.

    Parameters
    ----------
    scene : Scene
    size : tuple of int
        Width and height of the picture [px].
    dpi : int

    Returns
    -------
    Chrome
    """
    from matplotlib import rcParams
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.colors import to_rgb
    from matplotlib.figure import Figure

    width, height = size
    px = dpi / 72
    figure = Figure(figsize=(width / dpi, height / dpi), dpi=dpi)
    canvas = FigureCanvasAgg(figure)
    boxes, label = _layout(scene, size, px)
    for panel, box in zip(scene.panels, boxes, strict=True):
        _draw_panel(figure, panel, box, size, px)
    if scene.title:
        middle = 1 - (label.y - _TITLE * px / 2) / height
        figure.text(0.5, middle, scene.title, ha="center", va="center", fontsize=13)
    canvas.draw()  # type: ignore[no-untyped-call]
    picture = np.asarray(canvas.buffer_rgba())[:height, :width, :3]  # type: ignore[no-untyped-call]
    padded = np.pad(picture, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
    red, green, blue = (round(255 * c) for c in to_rgb(rcParams["text.color"]))
    return Chrome(padded, boxes, label, (red, green, blue))


def _layout(scene: Scene, size: tuple[int, int], px: float) -> tuple[tuple[Box, ...], Box]:
    """Give every panel the largest even box that its view may have."""
    width, height = size
    columns = int(np.ceil(np.sqrt(len(scene.panels))))
    rows = int(np.ceil(len(scene.panels) / columns))
    above = ((_TITLE if scene.title else 4.0) + _LABEL) * px
    cell = width / columns, (height - above) / rows
    boxes = []
    for number, panel in enumerate(scene.panels):
        row, column = divmod(number, columns)
        corner = (column * cell[0], above + row * cell[1])
        boxes.append(_fit(panel, _room(panel, cell, px), corner))
    titled = _PANEL_TITLE * px if any(panel.title for panel in scene.panels) else 0.0
    label_height = int(_LABEL * px) // 2 * 2
    top = min(box.y for box in boxes) - titled - label_height
    label = Box(0, max(0, int(top) // 2 * 2), width + width % 2, label_height)
    return tuple(boxes), label


def _room(panel: Panel, cell: tuple[float, float], px: float) -> tuple[float, float, float, float]:
    """Left, top, width and height within a cell that are free for the view."""
    bar = (_BAR_GAP + _BAR + _BAR_TEXT) if panel.colorbar else 0.0
    if panel.colorbar and panel.colorbar.label:
        bar += 14.0
    above = _PANEL_TITLE if panel.title else 0.0
    left, right = _LEFT * px, (_RIGHT + bar) * px
    return left, above * px, cell[0] - left - right, cell[1] - (above + _BELOW) * px


def _fit(
    panel: Panel, room: tuple[float, float, float, float], corner: tuple[float, float]
) -> Box:
    x_min, y_min, x_max, y_max = panel.view.bounds
    left, above, free_width, free_height = room
    across, upward = free_width / (x_max - x_min), free_height / (y_max - y_min)
    if panel.view.equal:
        across = upward = min(across, upward)
    width = max(2, int((x_max - x_min) * across) // 2 * 2)
    height = max(2, int((y_max - y_min) * upward) // 2 * 2)
    x = int(corner[0] + left + max(0, free_width - width) / 2) // 2 * 2
    y = int(corner[1] + above + max(0, free_height - height) / 2) // 2 * 2
    return Box(x, y, width, height)


def _draw_panel(
    figure: "Figure", panel: Panel, box: Box, size: tuple[int, int], px: float
) -> None:
    axes = figure.add_axes(_fraction(box, size))
    x_min, y_min, x_max, y_max = panel.view.bounds
    axes.set(xlim=(x_min, x_max), ylim=(y_min, y_max), title=panel.title)
    x_label, y_label = panel.view.axis_labels
    axes.set(xlabel=x_label, ylabel=y_label)
    red, green, blue = (value / 255 for value in BACKGROUND)
    axes.set_facecolor((red, green, blue))
    if panel.colorbar is not None:
        gap, bar = round(_BAR_GAP * px), round(_BAR * px)
        beside = Box(box.x + box.width + gap, box.y, bar, box.height)
        _draw_colorbar(figure.add_axes(_fraction(beside, size)), panel.colorbar)


def _draw_colorbar(axes: "Axes", scale: ColorScale) -> None:
    axes.imshow(
        scale.table[:, None, :],
        extent=(0, 1, scale.vmin, scale.vmax),
        origin="lower",
        aspect="auto",
        interpolation="nearest",
    )
    axes.set_xticks([])
    axes.yaxis.tick_right()
    axes.yaxis.set_label_position("right")
    axes.set_ylabel(scale.label)


def _fraction(box: Box, size: tuple[int, int]) -> tuple[float, float, float, float]:
    width, height = size
    return (
        box.x / width,
        1 - (box.y + box.height) / height,
        box.width / width,
        box.height / height,
    )
