"""Drawing what stands around a panel or a strip."""

from dataclasses import replace

from neurospatial.scene import Panel, Trace
from neurospatial.scene.figure_layout import Box
from neurospatial.video.figure.axis import AxisLook, Room, draw_x_axis, draw_y_axis, measure_line
from neurospatial.video.figure.color_bar import draw_color_bar
from neurospatial.video.figure.fit_text import fit_text
from neurospatial.video.figure.pen import Pen
from neurospatial.video.figure.style import FigureStyle

BACKGROUND = (224, 224, 224)
"""sRGB shown where a field has no value: light grey, which no usual colormap ends in."""

_TITLE_POINTS, _STRIP_TITLE_POINTS = 12.0, 8.0
"""Sizes of titles: a strip's is smaller, as there may be many of them."""

_TITLE_ABOVE, _STRIP_TITLE_ABOVE = 11.0, 7.0
"""Points from a view, or a strip, up to the middle of its title."""

_NOW = (153, 153, 153)
"""sRGB of the line at the current time in a strip: matplotlib's grey of 0.6."""


def draw_panel_axes(
    pen: Pen, panel: Panel, box: Box, bar: Box | None, room: Room, style: FigureStyle
) -> None:
    """Draw a panel's frame, its ticks, labels, colour bar and title.

    Parameters
    ----------
    pen : Pen
    panel : Panel
    box, bar : Box
        Where its view and its colour bar are.
    room : Room
        What is its own of the picture's width.
    style : FigureStyle
    """
    x_min, y_min, x_max, y_max = panel.view.bounds
    x_label, y_label = panel.view.axis_labels
    pen.fill(box, BACKGROUND)
    pen.frame(box, measure_line(pen), style.edge)
    left, right = room.left, room.right
    if panel.axes[0]:
        below = Room(room.left, right if bar is None else (box.x + box.width + bar.x) / 2)
        look = AxisLook(style.x_tick, style.label)
        draw_x_axis(pen, (x_min, x_max), box, below, look, x_label)
    if panel.axes[1]:
        limits = (y_max, y_min) if panel.view.y_down else (y_min, y_max)
        look = AxisLook(style.y_tick, style.label)
        left = draw_y_axis(pen, limits, box, room, look, y_label)
    if panel.colorbar is not None and bar is not None:
        right = draw_color_bar(pen, panel.colorbar, bar, replace(room, left=box.x), style)
    middle = box.x + box.width / 2
    title = fit_text(panel.title, _TITLE_POINTS, 2 * min(middle - left, right - middle), pen.px)
    pen.write(title, (middle, box.y - _TITLE_ABOVE * pen.px), style.ink)


def draw_strip_axes(pen: Pen, trace: Trace, box: Box, room: Room, style: FigureStyle) -> None:
    """Draw a strip's frame, its ticks, its name and the line of the current time.

    Parameters
    ----------
    pen : Pen
    trace : Trace
    box : Box
        Where it is.
    room : Room
        What is its own of the picture's width.
    style : FigureStyle
    """
    px = pen.px
    pen.fill(box, style.strip)
    thick = max(1, round(px))
    pen.fill(Box(box.x + (box.width - thick) // 2, box.y, thick, box.height), _NOW)
    pen.frame(box, measure_line(pen), style.edge)
    look = AxisLook(style.x_tick, style.label, points=7.0, tick=2.0, pad=2.0)
    draw_x_axis(pen, (-trace.window / 2, trace.window / 2), box, room, look)
    look = replace(look, color=style.y_tick, most=3)
    left = max(box.x, draw_y_axis(pen, trace.limits, box, room, look))
    name = trace.label or trace.name
    title = fit_text(name, _STRIP_TITLE_POINTS, box.x + box.width - left, px)
    pen.write(title, (left, box.y - _STRIP_TITLE_ABOVE * px), style.ink, "left")
