"""How a 2-D environment becomes a picture: coloured bins where they lie."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.scene.color import ColorScale
from neurospatial.scene.compile.overlays.context import OverlayContext
from neurospatial.scene.compile.overlays.regions import make_region_layers
from neurospatial.scene.compile.overlays.trajectory import make_trajectory_layers
from neurospatial.scene.geometry import Geometry
from neurospatial.scene.layers import FIELD_NAME, Field, Layer
from neurospatial.scene.raster import Bounds
from neurospatial.scene.scene import View
from neurospatial.scene.source import Source

if TYPE_CHECKING:
    from neurospatial.regions import Region

_MARGIN = 0.025
"""Share of the longer side left free, so that marks on the outermost bins are whole."""


@dataclass(frozen=True, eq=False)
class PanelBuilder2D:
    """The plane that coloured bins, regions and overlays share.

    Parameters
    ----------
    geometry : Geometry
        Where the bins lie.
    units : str
        Unit of its coordinates; empty for none.
    scale : ColorScale
        The colours of its values.
    axis_names : tuple of str
        What x and y are called.
    y_down : bool
        Whether y grows downward.

    Examples
    --------
    >>> import numpy as np
    >>> from neurospatial.layouts import RegularGrid
    >>> grid = RegularGrid((np.arange(5.0), np.arange(3.0)), np.ones((4, 2), bool))
    >>> PanelBuilder2D(Geometry(grid), "cm", ColorScale.from_cmap("gray", 0.0, 1.0)).view.bounds
    (-0.1, -0.1, 4.1, 2.1)
    """

    geometry: Geometry
    units: str
    scale: ColorScale
    axis_names: tuple[str, str] = ("x", "y")
    y_down: bool = False

    @property
    def bounds(self) -> Bounds:
        """World rectangle that holds every bin."""
        return self.geometry.bounds

    @cached_property
    def view(self) -> View:
        """The bins, and a margin around them."""
        x_min, y_min, x_max, y_max = self.bounds
        margin = _MARGIN * max(x_max - x_min, y_max - y_min)
        return View(
            (x_min - margin, y_min - margin, x_max + margin, y_max + margin),
            self.units,
            axis_names=self.axis_names,
            y_down=self.y_down,
        )

    @property
    def colorbar(self) -> ColorScale | None:
        """The scale to explain beside the picture."""
        return self.scale

    def make_field(self, values: Source, rows: NDArray[np.intp] | None = None) -> Layer:
        """Draw fields as coloured bins; `rows` is their ``frame_index``."""
        return Field(
            name=FIELD_NAME,
            geometry=self.geometry,
            values=values,
            color=self.scale,
            frame_index=rows,
        )

    def make_regions(
        self, regions: "Mapping[str, Region]", show: bool | Sequence[str], alpha: float
    ) -> tuple[Layer, ...]:
        """Draw regions where they lie."""
        return make_region_layers(regions, show, alpha)

    def make_trajectory(self, path: ArrayLike, context: OverlayContext) -> tuple[Layer, ...]:
        """Draw a path; distances along a track are led to its strip."""
        return make_trajectory_layers(path, context)
