"""Drawing a colour bar."""

import numpy as np

from neurospatial.scene import ColorScale
from neurospatial.scene.figure_layout import Box
from neurospatial.video.figure.axis import AxisLook, Room, draw_y_axis, measure_line
from neurospatial.video.figure.pen import Pen
from neurospatial.video.figure.style import FigureStyle


def draw_color_bar(pen: Pen, scale: ColorScale, box: Box, room: Room, style: FigureStyle) -> float:
    """Draw the colours of a field, and the values that they stand for.

    Parameters
    ----------
    pen : Pen
    scale : ColorScale
    box : Box
        Where its colours are.
    room : Room
        Where its numbers and what they are to be multiplied by may be.
    style : FigureStyle

    Returns
    -------
    float
        The column [px] where what stands above it begins; the room's edge where nothing does.
    """
    shares = (np.arange(box.height)[::-1] + 0.5) / box.height
    pen.put(box, scale.table[(shares * len(scale.table)).astype(np.intp)][:, None])
    pen.frame(box, measure_line(pen), style.edge)
    look = AxisLook(style.y_tick, style.label)
    return draw_y_axis(pen, (scale.vmin, scale.vmax), box, room, look, scale.label, "right")
