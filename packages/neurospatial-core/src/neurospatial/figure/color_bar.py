"""Drawing a colour bar."""

from typing import TYPE_CHECKING

from neurospatial.scene import ColorScale
from neurospatial.validate.glyphs import write_plain_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_TICK_POINTS, _LABEL_POINTS = 10.0, 10.0


def draw_color_bar(axes: "Axes", scale: ColorScale) -> None:
    """Draw the colours of a field into axes, and the values that they stand for."""
    from matplotlib.cm import ScalarMappable
    from matplotlib.colors import ListedColormap, Normalize

    colors = ListedColormap((scale.table / 255).tolist(), name=scale.name)
    mappable = ScalarMappable(Normalize(scale.vmin, scale.vmax), colors)
    figure = axes.get_figure()
    assert figure is not None
    bar = figure.colorbar(mappable, cax=axes)
    bar.ax.tick_params(labelsize=_TICK_POINTS)
    if scale.label:
        write_plain_text(bar.set_label, scale.label, fontsize=_LABEL_POINTS)
