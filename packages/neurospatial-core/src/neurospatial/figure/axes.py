"""What stands around a panel."""

from typing import TYPE_CHECKING

from neurospatial.scene import Panel, Trace
from neurospatial.validate.glyphs import write_plain_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BACKGROUND = "#e0e0e0"
"""Shown where a field has no value: the film's light grey, which no usual colormap ends in."""

LINE = 0.8
"""Points: thickness of a frame."""

_TITLE_POINTS, _LABEL_POINTS, _TICK_POINTS = 12.0, 10.0, 10.0
"""Sizes of words and numbers, those of the film."""

_STRIP_TITLE_POINTS, _STRIP_TITLE_PAD, _STRIP_TICK_POINTS = 8.0, 3.0, 7.0
"""Points: those of a strip are smaller, as there may be many."""

_STRIP_TICKS = 2
"""Steps between the values along a strip, at most."""


def draw_panel_axes(axes: "Axes", panel: Panel, frame: int) -> None:
    """Set the view of a panel in a frame, and draw its ticks, labels and title.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Of the shape of the view.
    panel : Panel
    frame : int
    """
    view = panel.view
    x_min, y_min, x_max, y_max = view.get_bounds_on(frame)
    axes.set_facecolor(BACKGROUND)
    frame_outside(axes)
    axes.set_xlim(x_min, x_max)
    axes.set_ylim(*((y_max, y_min) if view.y_down else (y_min, y_max)))
    axes.tick_params(labelsize=_TICK_POINTS)
    x_label, y_label = view.axis_labels
    if panel.axes[0]:
        write_plain_text(axes.set_xlabel, x_label, fontsize=_LABEL_POINTS)
    else:
        axes.set_xticks([])
    if panel.axes[1]:
        write_plain_text(axes.set_ylabel, y_label, fontsize=_LABEL_POINTS)
    else:
        axes.set_yticks([])
    if panel.title:
        write_plain_text(axes.set_title, panel.title, fontsize=_TITLE_POINTS)


def draw_strip_axes(axes: "Axes", trace: Trace) -> None:
    """Set the limits of a signal, and draw few ticks and its name."""
    from matplotlib.ticker import MaxNLocator

    frame_outside(axes)
    axes.set_xlim(-trace.window / 2, trace.window / 2)
    axes.set_ylim(*trace.limits)
    axes.tick_params(labelsize=_STRIP_TICK_POINTS, length=2.0, pad=2.0)
    axes.yaxis.set_major_locator(MaxNLocator(_STRIP_TICKS))
    name = trace.label or trace.name
    write_plain_text(
        axes.set_title, name, fontsize=_STRIP_TITLE_POINTS, loc="left", pad=_STRIP_TITLE_PAD
    )


def frame_outside(axes: "Axes") -> None:
    """Draw the frame of axes around what they show and not over its rim; no grid over it."""
    axes.grid(False)
    for spine in axes.spines.values():
        spine.set_linewidth(LINE)
        spine.set_position(("outward", LINE / 2))
        spine.set_visible(True)
        # Moved to whole pixels it would cover the rim of what is shown.
        spine.set_snap(False)
