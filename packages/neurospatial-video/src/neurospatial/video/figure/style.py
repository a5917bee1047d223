"""The colours of what stands around the panels: those of matplotlib's style."""

from dataclasses import dataclass

from neurospatial.scene import rgba
from neurospatial.validate.default_style import has_default_style
from neurospatial.video.figure.pen import RGB

_WHITE, _BLACK = (255, 255, 255), (0, 0, 0)
"""sRGB of paper and ink in matplotlib's default style."""


@dataclass(frozen=True)
class FigureStyle:
    """Colours, sRGB; those of matplotlib's default style.

    Parameters
    ----------
    background : tuple of int
        Of the figure.
    strip : tuple of int
        Behind a signal.
    ink : tuple of int
        Of titles, and of the frame label.
    label : tuple of int
        Of what stands along an axis.
    edge : tuple of int
        Of frames.
    x_tick, y_tick : tuple of int
        Of ticks and their numbers.
    """

    background: RGB = _WHITE
    strip: RGB = _WHITE
    ink: RGB = _BLACK
    label: RGB = _BLACK
    edge: RGB = _BLACK
    x_tick: RGB = _BLACK
    y_tick: RGB = _BLACK


def read_style() -> FigureStyle:
    """Read the colours of the style that matplotlib has now."""
    if has_default_style():
        return FigureStyle()
    from matplotlib import rcParams

    return FigureStyle(
        background=_read_color(rcParams["figure.facecolor"]),
        strip=_read_color(rcParams["axes.facecolor"]),
        ink=_read_color(rcParams["text.color"]),
        label=_read_color(rcParams["axes.labelcolor"]),
        edge=_read_color(rcParams["axes.edgecolor"]),
        x_tick=_read_color(rcParams["xtick.color"]),
        y_tick=_read_color(rcParams["ytick.color"]),
    )


def _read_color(color: str) -> RGB:
    """Read a colour over white paper."""
    *parts, opacity = rgba(color)
    red, green, blue = (round(255 * (1 - opacity + opacity * part)) for part in parts)
    return red, green, blue
