"""What stands around the panels: axes, titles, colour bar, scale bar; drawn once."""

import gc
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from neurospatial.scene import Raster, Scene, Text
from neurospatial.scene.figure_layout import FigureLayout, compute_layout, place_bar
from neurospatial.validate.glyphs import (
    check_direction,
    check_glyphs,
    draws_matplotlib_leftward,
    write_plain_text,
)
from neurospatial.video.canvas.canvas import Pixels
from neurospatial.video.canvas.text_coverage import draws_leftward
from neurospatial.video.figure.axes import draw_panel_axes, draw_strip_axes
from neurospatial.video.figure.color_bar import draw_color_bar

_COLLECTED_BYTES = 36_000_000
"""Bytes of a picture above 4K: looking for what can be given back takes some 30 ms."""


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
    from matplotlib.colors import to_rgb

    width, height = size
    layout = compute_layout(scene, size, dpi / 72)
    picture = np.pad(
        _draw_figure(scene, layout, size, dpi),
        ((0, height % 2), (0, width % 2), (0, 0)),
        mode="edge",
    )
    if picture.nbytes > _COLLECTED_BYTES:
        gc.collect()  # A figure refers to itself, and so holds its picture for quite a while.
    red, green, blue = (round(255 * c) for c in to_rgb(rcParams["text.color"]))
    return Chrome(picture, layout, (red, green, blue))


def _draw_figure(scene: Scene, layout: FigureLayout, size: tuple[int, int], dpi: float) -> Pixels:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    width, height = size
    px = dpi / 72
    _check_texts(scene)
    figure = Figure(figsize=(width / dpi, height / dpi), dpi=dpi)
    canvas = FigureCanvasAgg(figure)
    for panel, box in zip(scene.panels, layout.panels, strict=True):
        draw_panel_axes(figure.add_axes(box.to_figure_fraction(size)), panel)
        if panel.colorbar is not None:
            draw_color_bar(figure, panel.colorbar, place_bar(box, px), size)
    if scene.colorbar is not None and layout.colorbar is not None:
        draw_color_bar(figure, scene.colorbar, layout.colorbar, size)
    for trace, box in zip(scene.visible_strips, layout.strips, strict=True):
        draw_strip_axes(figure.add_axes(box.to_figure_fraction(size)), trace)
    if scene.visible_strips:
        write = partial(figure.text, 0.5, 3 * px / height)
        write_plain_text(write, scene.timeline.strip_axis_label, ha="center", fontsize=8)
    if scene.title:
        write = partial(figure.text, 0.5, 1 - layout.title_y / height)
        write_plain_text(write, scene.title, ha="center", va="center", fontsize=13)
    canvas.draw()  # type: ignore[no-untyped-call]
    picture: Pixels = np.asarray(canvas.buffer_rgba())[:height, :width, :3]  # type: ignore[no-untyped-call]
    return picture


def _check_texts(scene: Scene) -> None:
    """Warn of letters that cannot be drawn, or not in their order."""
    still, moving = set(_iter_still_texts(scene)), set(_iter_moving_texts(scene))
    check_glyphs(still | moving)
    check_direction(still, draws_matplotlib_leftward(), "Install matplotlib 3.11 or later")
    check_direction(moving, draws_leftward(), "Install FriBiDi, with which Pillow turns them")


def _iter_still_texts(scene: Scene) -> Iterator[str]:
    """Iterate over what matplotlib writes."""
    yield scene.title
    if scene.colorbar is not None:
        yield scene.colorbar.label
    for panel in scene.panels:
        yield from (panel.title, *panel.view.axis_labels)
        if panel.colorbar is not None:
            yield panel.colorbar.label
    for trace in scene.visible_strips:
        yield trace.label or trace.name


def _iter_moving_texts(scene: Scene) -> Iterator[str]:
    """Iterate over what is painted with the frames."""
    yield from scene.timeline.labels or ()
    for panel in scene.panels:
        yield panel.view.units  # Beside a scale bar.
        for layer in panel.layers:
            if isinstance(layer, Text) and layer.visible:
                yield from layer.strings
