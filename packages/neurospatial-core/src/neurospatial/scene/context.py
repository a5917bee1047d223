"""What an overlay is told when it lowers itself to layers."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from neurospatial.scene.layers import Layer
from neurospatial.scene.raster import Bounds


@dataclass(frozen=True, eq=False)
class OverlayContext:
    """The scene as an overlay needs to know it.

    Parameters
    ----------
    times : ndarray, shape (n_frames,)
        When each frame was recorded [s]; without a recorded clock, when it is played.
    bounds : tuple of float
        World rectangle of the environment ``(x_min, y_min, x_max, y_max)``.
    n_dims : int
        Spatial dimensions of the environment.
    units : str
        Unit of its coordinates; empty when it names none.
    """

    times: NDArray[np.float64]
    bounds: Bounds
    n_dims: int
    units: str = ""

    @property
    def n_frames(self) -> int:
        """Number of frames."""
        return len(self.times)


@runtime_checkable
class Overlay(Protocol):
    """Anything that can be drawn over a field."""

    def layers(self, context: OverlayContext) -> tuple[Layer, ...]:
        """Lower the overlay to layers, aligned with ``context.times``."""
