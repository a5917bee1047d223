"""One frame of a scene as a figure: the same composition as the film's."""

from typing import TYPE_CHECKING

from neurospatial.figure.axes import draw_panel_axes
from neurospatial.figure.color_bar import draw_color_bar
from neurospatial.figure.panel import draw_layers
from neurospatial.scene import Scene
from neurospatial.scene.figure_layout import Box, compute_layout, place_bar
from neurospatial.validate.glyphs import write_plain_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_TITLE_POINTS, _LABEL_POINTS = 13.0, 10.0
"""Sizes of the figure's title, and of the frame label."""


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
    label = layout.label
    words = scene.timeline.label(frame)
    _write(figure, words, label.x + label.width / 2, label.y + label.height / 2, size,
           _LABEL_POINTS)  # fmt: skip
    _write(figure, scene.title, width / 2, layout.title_y, size, _TITLE_POINTS)
    return figure


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
        write_plain_text(lambda plain, **style: text.set(text=plain, **style), words)
