"""What stands around the panels: axes, titles, colour bar, scale bar; drawn once."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from neurospatial.scene import ColorScale, Panel, Raster, Scene, Trace
from neurospatial.video.canvas import Pixels
from neurospatial.video.figure_layout import BAR, BAR_GAP, Box, FigureLayout, compute_layout

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BACKGROUND = (224, 224, 224)
"""sRGB shown where a field has no value."""

LABEL_SIZE = 10.0
"""Of the frame label, in points."""


@dataclass(frozen=True, eq=False)
class Chrome:
    """A picture with a hole for each panel.

    Parameters
    ----------
    picture : ndarray of uint8, shape (height, width, 3)
        Even in width and height; an odd figure is padded right and below.
    page : Page
        Where everything lies.
    ink : tuple of int
        sRGB of text.
    """

    picture: Pixels
    layout: FigureLayout
    ink: tuple[int, int, int]

    def make_raster(self, scene: Scene, number: int) -> Raster:
        """Pixels of one panel."""
        box = self.layout.panels[number]
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
    layout = compute_layout(scene, size, px)
    for panel, box in zip(scene.panels, layout.panels, strict=True):
        _draw_panel(figure, panel, box, size, px)
    for trace, box in zip(scene.strips, layout.strips, strict=True):
        _draw_strip(figure.add_axes(_to_figure_fraction(box, size)), trace)
    if scene.strips:
        figure.text(0.5, 3 * px / height, "Time from this frame [s]", ha="center", fontsize=8)
    if scene.title:
        middle = 1 - layout.title_y / height
        figure.text(0.5, middle, scene.title, ha="center", va="center", fontsize=13)
    canvas.draw()  # type: ignore[no-untyped-call]
    picture = np.asarray(canvas.buffer_rgba())[:height, :width, :3]  # type: ignore[no-untyped-call]
    padded = np.pad(picture, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
    red, green, blue = (round(255 * c) for c in to_rgb(rcParams["text.color"]))
    return Chrome(padded, layout, (red, green, blue))


def _draw_panel(
    figure: "Figure", panel: Panel, box: Box, size: tuple[int, int], px: float
) -> None:
    axes = figure.add_axes(_to_figure_fraction(box, size))
    x_min, y_min, x_max, y_max = panel.view.bounds
    axes.set(xlim=(x_min, x_max), ylim=(y_min, y_max), title=panel.title)
    x_label, y_label = panel.view.axis_labels
    axes.set(xlabel=x_label, ylabel=y_label)
    red, green, blue = (value / 255 for value in BACKGROUND)
    axes.set_facecolor((red, green, blue))
    if panel.colorbar is not None:
        gap, bar = round(BAR_GAP * px), round(BAR * px)
        beside = Box(box.x + box.width + gap, box.y, bar, box.height)
        _draw_colorbar(figure.add_axes(_to_figure_fraction(beside, size)), panel.colorbar)


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


def _draw_strip(axes: "Axes", trace: Trace) -> None:
    axes.set(xlim=(-trace.window / 2, trace.window / 2), ylim=trace.limits)
    axes.axvline(0, color="0.6", linewidth=1)
    axes.set_title(trace.label or trace.name, loc="left", fontsize=8, pad=2)
    axes.tick_params(labelsize=7, pad=2, length=2)
    axes.locator_params(axis="y", nbins=3)


def _to_figure_fraction(box: Box, size: tuple[int, int]) -> tuple[float, float, float, float]:
    width, height = size
    return (
        box.x / width,
        1 - (box.y + box.height) / height,
        box.width / width,
        box.height / height,
    )
