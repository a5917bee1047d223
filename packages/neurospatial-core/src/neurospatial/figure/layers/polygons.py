"""Drawing areas, holes left open."""

from typing import TYPE_CHECKING

import numpy as np

from neurospatial.scene import Polygons, Rings

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.path import Path


def draw_polygons(axes: "Axes", layer: Polygons, frame: int, order: float) -> None:
    """Draw the areas, which are the same in every frame."""
    from matplotlib.collections import PathCollection

    areas = PathCollection(
        [_make_path(rings) for rings in layer.polygons], facecolors=[layer.fill],
        edgecolors=[layer.edge], linewidths=layer.width, joinstyle="miter", zorder=order,
        label=layer.name,
    )  # fmt: skip
    areas.set_transform(axes.transData)
    axes.add_collection(areas, autolim=False)


def _make_path(rings: Rings) -> "Path":
    """Make one path of an outer ring and its holes, which run the other way about."""
    from matplotlib.path import Path

    parts = []
    for number, ring in enumerate(rings):
        x, y = ring.T
        is_leftward = float(np.sum(x * np.roll(y, -1) - y * np.roll(x, -1))) > 0
        # Where windings are counted, what runs about once each way is outside.
        turned = ring if is_leftward == (number == 0) else ring[::-1]
        codes = [Path.MOVETO, *[Path.LINETO] * (len(ring) - 1), Path.CLOSEPOLY]
        parts.append(Path(np.concatenate([turned, turned[:1]]), codes))
    return Path.make_compound_path(*parts)
