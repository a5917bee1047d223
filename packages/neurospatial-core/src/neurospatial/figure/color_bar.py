"""Drawing a colour bar."""

from typing import TYPE_CHECKING

from neurospatial.scene import ColorScale
from neurospatial.validate.glyphs import write_plain_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.cm import ScalarMappable
    from matplotlib.colorbar import Colorbar

_TICK_POINTS, _LABEL_POINTS = 10.0, 10.0
"""Sizes of numbers, and of what they are."""


def draw_color_bar(axes: "Axes", scale: ColorScale) -> None:
    """Draw the colours of a field into axes, and the values that they stand for."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    _label_bar(figure.colorbar(_make_mappable(scale), cax=axes), scale)


def add_color_bar(axes: "Axes", scale: ColorScale) -> None:
    """Add a colour bar beside axes, which make room for it."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    _label_bar(figure.colorbar(_make_mappable(scale), ax=axes), scale)


def _make_mappable(scale: ColorScale) -> "ScalarMappable":
    from matplotlib.cm import ScalarMappable
    from matplotlib.colors import ListedColormap, Normalize

    colors = ListedColormap((scale.table / 255).tolist(), name=scale.name)
    return ScalarMappable(Normalize(scale.vmin, scale.vmax), colors)


def _label_bar(bar: "Colorbar", scale: ColorScale) -> None:
    bar.ax.tick_params(labelsize=_TICK_POINTS)
    if scale.label:
        write_plain_text(bar.set_label, scale.label, fontsize=_LABEL_POINTS)
