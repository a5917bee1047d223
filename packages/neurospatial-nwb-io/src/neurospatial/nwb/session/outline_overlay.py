"""The outline of an environment, as an overlay."""

from dataclasses import dataclass

import numpy as np

from neurospatial.scene import Layer, OverlayContext, Polygons, rgba
from neurospatial.scene.compile.overlays.regions import to_rings

_ROUNDING = 1e-6
"""Of the size of a bin: corners that lie this close are one."""


@dataclass(eq=False)
class ArenaOverlay:
    """A line around the bins, so that those without a value in a frame are seen as well.

    Parameters
    ----------
    color : str or tuple
        Any colour of matplotlib.
    name : str
        What viewers list it as.

    Examples
    --------
    >>> from neurospatial.layouts import RegularGrid
    >>> grid = RegularGrid((np.arange(5.0), np.arange(3.0)), np.ones((4, 2), bool))
    >>> clock = np.arange(2.0)
    >>> context = OverlayContext(clock, clock, (0.0, 0.0, 4.0, 2.0), grid)
    >>> (outline,) = ArenaOverlay().layers(context)
    >>> [len(ring) for rings in outline.polygons for ring in rings]
    [4]
    """

    color: str | tuple[float, ...] = "gray"
    name: str = "Arena"

    def layers(self, context: OverlayContext) -> tuple[Layer, ...]:
        """Lower to areas that are not filled; on a line, to nothing."""
        if context.n_dims != 2:
            return ()
        import shapely

        bins = [shapely.Polygon(ring) for ring in context.layout.bin_polygons]
        # Corners that bins share are the same but for rounding.
        fine = _ROUNDING * float(np.sqrt(np.mean(context.layout.bin_measures)))
        outline = shapely.union_all(bins, grid_size=fine).simplify(fine)
        return (
            Polygons(
                name=self.name,
                polygons=to_rings(outline),
                fill=rgba(self.color, 0.0),
                edge=rgba(self.color),
                z=0.9,
            ),
        )
