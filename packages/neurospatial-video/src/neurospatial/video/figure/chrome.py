"""What stands around the panels: axes, titles, colour bar, scale bar; drawn once."""

from dataclasses import dataclass

import numpy as np

from neurospatial.scene import Raster, Scene
from neurospatial.video.canvas.canvas import Pixels
from neurospatial.video.figure.axes import draw_panel_axes, draw_strip_axes
from neurospatial.video.figure.color_bar import draw_color_bar
from neurospatial.video.figure.figure_layout import FigureLayout, compute_layout


@dataclass(frozen=True, eq=False)
class Chrome:
    """A picture with a hole for each panel.

    Parameters
    ----------
    picture : ndarray of uint8, shape (height, width, 3)
        Even in width and height; an odd figure is padded right and below.
    layout : FigureLayout
        Where everything lies.
    ink : tuple of int
        sRGB of text.
    """

    picture: Pixels
    layout: FigureLayout
    ink: tuple[int, int, int]

    def make_raster(self, scene: Scene, number: int) -> Raster:
        """Make the raster of one panel: its pixels, and the world that they show."""
        box = self.layout.panels[number]
        return scene.panels[number].view.make_raster(box.width, box.height)


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
        draw_panel_axes(figure.add_axes(box.to_figure_fraction(size)), panel)
        if panel.colorbar is not None:
            draw_color_bar(figure, panel.colorbar, box, size, px)
    for trace, box in zip(scene.strips, layout.strips, strict=True):
        draw_strip_axes(figure.add_axes(box.to_figure_fraction(size)), trace)
    if scene.strips:
        along = scene.timeline.strip_axis_label
        figure.text(0.5, 3 * px / height, along, ha="center", fontsize=8)
    if scene.title:
        middle = 1 - layout.title_y / height
        figure.text(0.5, middle, scene.title, ha="center", va="center", fontsize=13)
    canvas.draw()  # type: ignore[no-untyped-call]
    picture = np.asarray(canvas.buffer_rgba())[:height, :width, :3]  # type: ignore[no-untyped-call]
    padded = np.pad(picture, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
    red, green, blue = (round(255 * c) for c in to_rgb(rcParams["text.color"]))
    return Chrome(padded, layout, (red, green, blue))
