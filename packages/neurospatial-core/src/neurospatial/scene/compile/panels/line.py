"""How a 1-D environment becomes a picture: value over distance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.layouts.contiguous_runs import find_contiguous_runs
from neurospatial.layouts.protocol import Layout
from neurospatial.scene.color import ColorScale
from neurospatial.scene.compile.overlays.context import OverlayContext
from neurospatial.scene.compile.overlays.coordinates import trajectory_coordinates
from neurospatial.scene.compile.overlays.line_regions import make_line_region_layers
from neurospatial.scene.layers import FIELD_NAME, Curve, Layer, Points, Segments
from neurospatial.scene.raster import Bounds
from neurospatial.scene.scene import View
from neurospatial.scene.source import Source
from neurospatial.validate import rgba
from neurospatial.validate.axis_label import format_axis_label

if TYPE_CHECKING:
    from neurospatial.regions import Region

_X_MARGIN, _Y_MARGIN = 0.02, 0.04
"""Shares of the axes left free: room for half a line's width and for marks on the axis."""

_LINE_COLOR = "#1f77b4"
"""The first of matplotlib's colours, as a plot would have it."""


@dataclass(frozen=True, eq=False)
class PanelBuilder1D:
    """The axes that a line, regions and overlays share: distance by value.

    Parameters
    ----------
    layout : Layout
        A 1-D layout.
    units : str
        Unit of distance; empty for none.
    scale : ColorScale
        Whose range the value axis has, and whose label.
    axis_name : str
        What distance is called.

    Examples
    --------
    >>> from neurospatial.layouts import RegularGrid
    >>> grid = RegularGrid((np.arange(5.0),), np.ones(4, bool))
    >>> scale = ColorScale.from_cmap("gray", 0.0, 10.0, "rate [Hz]")
    >>> PanelBuilder1D(grid, "cm", scale).view.axis_labels
    ('Distance [cm]', 'rate [Hz]')
    """

    layout: Layout
    units: str
    scale: ColorScale
    axis_name: str = "Distance"

    @property
    def bounds(self) -> Bounds:
        """The rectangle of the axes: distance by value."""
        ((begin, end),) = self.layout.bounds
        return float(begin), self.scale.vmin, float(end), self.scale.vmax

    @property
    def view(self) -> View:
        """The axes, and a margin around them."""
        x_min, y_min, x_max, y_max = self.bounds
        x_margin, y_margin = _X_MARGIN * (x_max - x_min), _Y_MARGIN * (y_max - y_min)
        wide = (x_min - x_margin, y_min - y_margin, x_max + x_margin, y_max + y_margin)
        distance = format_axis_label(self.axis_name, self.units)
        return View(wide, self.units, equal=False, labels=(distance, self.scale.label or "Value"))

    @property
    def colorbar(self) -> ColorScale | None:
        """None: the value axis says what a colour bar would."""
        return None

    def make_field(self, values: Source, rows: NDArray[np.intp] | None = None) -> Layer:
        """Draw fields as a line that breaks where the bins do; `rows` is its ``frame_index``."""
        return Curve(
            name=FIELD_NAME,
            x=self.layout.bin_centers[:, 0],
            values=values,
            runs=find_contiguous_runs(self.layout),
            color=rgba(_LINE_COLOR),
            z=2.0,
            frame_index=rows,
        )

    def make_regions(
        self, regions: "Mapping[str, Region]", show: bool | Sequence[str], alpha: float
    ) -> tuple[Layer, ...]:
        """Draw regions as the stretches of distance that they hold."""
        return make_line_region_layers(self.layout, self.bounds, regions, show, alpha)

    def make_trajectory(self, path: ArrayLike, context: OverlayContext) -> tuple[Layer, ...]:
        """Draw a path: an upright line that moves, or a mark for every place.

        Parameters
        ----------
        path : array-like, shape (n_timepoints,), (n_timepoints, 1) or (n_timepoints, n_dims)
            Distances, or on a track places in the plane; NaN leaves a gap.
        context : OverlayContext

        Returns
        -------
        tuple of Layer
            Segments that move when ``n_timepoints == n_frames``, else Points that stay.

        Raises
        ------
        ValueError
            If the shape does not match the environment, or a value is infinite.
        """
        distance = trajectory_coordinates(self.layout, path, "overlay_trajectory")
        _, low, _, high = self.bounds
        feet = np.concatenate([distance, np.full_like(distance, low)], axis=1)
        if len(distance) != context.n_frames:
            color = rgba("red", 0.6)
            return (Points(name="Trajectory", xy=feet[None], color=color, size=3.0, z=3.0),)
        heads = np.concatenate([distance, np.full_like(distance, high)], axis=1)
        return (
            Segments(
                name="Trajectory",
                start=feet[:, None],
                stop=heads[:, None],
                color=rgba("red"),
                width=1.5,
                z=3.0,
            ),
        )
