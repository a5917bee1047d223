"""Drawing a colour bar beside a panel with matplotlib."""

from typing import TYPE_CHECKING

from neurospatial.scene import ColorScale
from neurospatial.scene.figure_layout import Box
from neurospatial.validate.glyphs import write_plain_text

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def draw_color_bar(figure: "Figure", scale: ColorScale, box: Box, size: tuple[int, int]) -> None:
    """Draw the colours of a field, and the values that they stand for.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    scale : ColorScale
    box : Box
        Where its colours are.
    size : tuple of int
        Width and height of the picture [px].
    """
    axes = figure.add_axes(box.to_figure_fraction(size))
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
    write_plain_text(axes.set_ylabel, scale.label)
