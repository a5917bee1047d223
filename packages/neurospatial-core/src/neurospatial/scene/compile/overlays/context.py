"""What an overlay is told when it lowers itself to layers."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.layouts.protocol import Layout
from neurospatial.scene.compile.overlays.coordinates import to_drawable_coordinates, to_world
from neurospatial.scene.compile.overlays.precision import choose_dtype
from neurospatial.scene.layers import Layer
from neurospatial.scene.raster import Bounds


@dataclass(frozen=True, eq=False)
class OverlayContext:
    """The scene as an overlay needs to know it.

    Parameters
    ----------
    times : ndarray, shape (n_frames,)
        When each frame was recorded [s]; without a recorded clock, when it is played.
    field_times : ndarray, shape (n_fields,)
        The same of each field the user gave; other than `times` when they are
        played at a `speed`. What has no clock of its own has one entry for each.
    bounds : tuple of float
        World rectangle of the environment ``(x_min, y_min, x_max, y_max)``; of a
        line, distance by value.
    layout : Layout
        The layout that is drawn.
    units : str
        Unit of its coordinates; empty when it names none.
    overlays : tuple of Overlay
        All overlays of the scene, for those that refer to another.
    is_recorded : bool
        Whether `times` are those of the recording; if not, frames are played from 0 s.
    y_down : bool
        Whether y of the world grows downward on the screen.

    Examples
    --------
    >>> from neurospatial.layouts import RegularGrid
    >>> grid = RegularGrid((np.arange(5.0), np.arange(3.0)), np.ones((4, 2), bool))
    >>> clock = np.arange(10) / 30
    >>> OverlayContext(clock, clock, (0.0, 0.0, 4.0, 2.0), grid, "cm").n_frames
    10
    """

    times: NDArray[np.float64]
    field_times: NDArray[np.float64]
    bounds: Bounds
    layout: Layout
    units: str = ""
    overlays: "tuple[Overlay, ...]" = ()
    is_recorded: bool = True
    y_down: bool = False

    @property
    def dtype(self) -> type[np.floating]:
        """The smallest type of world coordinates that moves no mark: float64 far from zero."""
        return choose_dtype(self.bounds)

    @property
    def n_frames(self) -> int:
        """Number of frames."""
        return len(self.times)

    @property
    def n_dims(self) -> int:
        """Spatial dimensions of what is drawn: 2 of a plane and a strip, 1 of a line."""
        return self.layout.n_dims

    def to_drawable_coordinates(
        self, data: ArrayLike, name: str = "Overlay data"
    ) -> NDArray[np.float64]:
        """Convert coordinates to those between which straight lines make sense.

        Parameters
        ----------
        data : array-like, shape (n_samples, n_dims), or (n_samples,) along a track
            NaN marks a gap. On a track, distances or places in the plane.
        name : str
            What the text of an error calls them.

        Returns
        -------
        ndarray, shape (n_samples, k)
            To be interpolated, then handed to `to_world`.

        Raises
        ------
        ValueError
            If the shape does not match the environment, or a value is infinite.
        """
        return to_drawable_coordinates(self.layout, data, name)

    def to_world(self, places: NDArray[np.floating]) -> NDArray[np.float64]:
        """Convert places that `to_drawable_coordinates` made to world coordinates (..., 2)."""
        return to_world(self.layout, self.bounds, places)


@runtime_checkable
class Overlay(Protocol):
    """Anything that can be drawn over a field."""

    def layers(self, context: OverlayContext) -> tuple[Layer, ...]:
        """Lower the overlay to layers, aligned with ``context.times``."""
