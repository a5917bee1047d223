"""One frame of a scene as a figure: the same composition as the film's."""

from typing import TYPE_CHECKING

from neurospatial.figure.axes import draw_panel_axes, draw_strip_axes
from neurospatial.figure.color_bar import draw_color_bar
from neurospatial.figure.layers.trace import draw_trace
from neurospatial.figure.panel import draw_layers
from neurospatial.figure.write_artist import write_artist
from neurospatial.scene import Scene
from neurospatial.scene.drawn_texts import iter_drawn_texts
from neurospatial.scene.figure_layout import Box, compute_layout, place_bar
from neurospatial.validate.glyphs import (
    check_direction,
    check_glyphs,
    draws_matplotlib_leftward,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_TITLE_POINTS, _LABEL_POINTS, _STRIP_POINTS = 13.0, 10.0, 8.0
"""Sizes of the figure's title, of the frame label, and of what stands below the strips."""


def draw_figure(scene: Scene, frame: int, size: tuple[int, int], dpi: float) -> "Figure":
    """Draw one frame.

    Parameters
    ----------
    scene : Scene
    frame : int
        From 0.
    size : tuple of int
        Width and height [px].
    dpi : float
        Pixels in an inch.

    Returns
    -------
    matplotlib.figure.Figure
        Unknown to pyplot: it goes with its last reference.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    check_texts(scene)
    width, height = size
    px = dpi / 72
    figure = Figure(figsize=(width / dpi, height / dpi), dpi=dpi)
    figure.set_layout_engine("none")
    FigureCanvasAgg(figure)
    layout = compute_layout(scene, size, px)
    for panel, box in zip(scene.panels, layout.panels, strict=True):
        axes = _add_axes(figure, box, size)
        draw_panel_axes(axes, panel, frame)
        draw_layers(axes, panel, frame)
        if panel.colorbar is not None:
            draw_color_bar(_add_axes(figure, place_bar(box, px), size), panel.colorbar)
    if scene.colorbar is not None and layout.colorbar is not None:
        draw_color_bar(_add_axes(figure, layout.colorbar, size), scene.colorbar)
    for trace, box in zip(scene.visible_strips, layout.strips, strict=True):
        strip = _add_axes(figure, box, size)
        draw_strip_axes(strip, trace)
        draw_trace(strip, trace, float(scene.timeline.clock[frame]))
    if scene.visible_strips:
        below = height - _STRIP_POINTS * px
        _write(figure, scene.timeline.strip_axis_label, width / 2, below, size, _STRIP_POINTS)
    label = layout.label
    words = scene.timeline.label(frame)
    _write(figure, words, label.x + label.width / 2, label.y + label.height / 2, size,
           _LABEL_POINTS)  # fmt: skip
    _write(figure, scene.title, width / 2, layout.title_y, size, _TITLE_POINTS)
    return figure


def check_texts(scene: Scene) -> None:
    """Warn of letters that cannot be drawn, or not in their order."""
    texts = set(iter_drawn_texts(scene))
    check_glyphs(texts)
    check_direction(texts, draws_matplotlib_leftward(), "Install matplotlib 3.11 or later")


def _add_axes(figure: "Figure", box: Box, size: tuple[int, int]) -> "Axes":
    """Add axes where a box of the layout [px, y downward] lies."""
    width, height = size
    bottom = height - box.y - box.height
    return figure.add_axes(
        (box.x / width, bottom / height, box.width / width, box.height / height)
    )


def _write(
    figure: "Figure", words: str, x: float, y: float, size: tuple[int, int], points: float
) -> None:
    """Write a line with its middle at a place [px, y downward]."""
    if words.strip():
        text = figure.text(
            x / size[0], 1 - y / size[1], "", ha="center", va="center", fontsize=points
        )
        write_artist(text, words)
