"""Drawing the axes around a panel or a strip with matplotlib."""

from typing import TYPE_CHECKING

from neurospatial.scene import Panel, Trace
from neurospatial.validate.glyphs import write_plain_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BACKGROUND = (224, 224, 224)
"""sRGB shown where a field has no value: light grey, which no usual colormap ends in."""

_STRIP_TITLE_POINTS, _STRIP_TICK_POINTS = 8, 7
"""Sizes of text around a strip: less than around a panel, as there may be many of them."""


def draw_panel_axes(axes: "Axes", panel: Panel) -> None:
    """Draw a panel's frame, its ticks, labels and title."""
    x_min, y_min, x_max, y_max = panel.view.bounds
    y_limits = (y_max, y_min) if panel.view.y_down else (y_min, y_max)
    axes.set(xlim=(x_min, x_max), ylim=y_limits)
    write_plain_text(axes.set_title, panel.title)
    along = zip(panel.view.axis_labels, panel.axes, (axes.xaxis, axes.yaxis), strict=True)
    for label, shown, axis in along:
        if shown:
            write_plain_text(axis.set_label_text, label)
        else:
            axis.set_ticks([])
    red, green, blue = (value / 255 for value in BACKGROUND)
    axes.set_facecolor((red, green, blue))


def draw_strip_axes(axes: "Axes", trace: Trace) -> None:
    """Draw a strip's frame, its ticks, its name and the line of the current time."""
    axes.set(xlim=(-trace.window / 2, trace.window / 2), ylim=trace.limits)
    axes.axvline(0, color="0.6", linewidth=1)
    title = trace.label or trace.name
    write_plain_text(axes.set_title, title, loc="left", fontsize=_STRIP_TITLE_POINTS, pad=2)
    axes.tick_params(labelsize=_STRIP_TICK_POINTS, pad=2, length=2)
    axes.locator_params(axis="y", nbins=3)
