"""From the pixels of a camera to the environment, where y is up."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from neurospatial.nwb.read.head_direction import Directions
from neurospatial.nwb.read.position import Positions
from neurospatial.overlays.loaders.pixel_map import Calibration, to_environment

_STEP = 0.5
"""Pixels to either side of a place, by which the direction there is turned."""


@dataclass(frozen=True, eq=False)
class PixelTransform:
    """Takes what is in pixels to the environment.

    Parameters
    ----------
    calibration : Calibration
    units : str
        Of the environment; empty where nothing says.

    Examples
    --------
    >>> upright = PixelTransform(lambda pixels: pixels * [0.1, -0.1] + [0, 48], "cm")
    >>> upright.to_places(np.array([[40.0, 80.0], [np.nan, np.nan]]))
    array([[ 4., 40.],
           [nan, nan]])
    """

    calibration: Calibration
    units: str

    def to_places(self, pixels: NDArray[np.float64]) -> NDArray[np.float64]:
        """Take pixels (n, 2) to places; NaN where they were lost."""
        seen = np.isfinite(pixels).all(axis=1)
        places = np.full(pixels.shape, np.nan)
        if seen.any():
            places[seen] = to_environment(pixels[seen], self.calibration)
        return places

    def to_positions(self, recorded: Positions) -> Positions:
        """Take positions in pixels to the environment, where y is up."""
        places = self.to_places(recorded.places)
        return replace(recorded, places=places, units=self.units, y_down=False)

    def to_directions(self, recorded: Directions, positions: Positions) -> Directions:
        """Turn directions [rad] in the picture into those in the environment.

        A camera at an angle turns them by where the animal is: `positions` are in pixels.
        """
        seen = np.isfinite(positions.places).all(axis=1)
        where = np.column_stack(
            [
                np.interp(recorded.times, positions.times[seen], column[seen])
                for column in positions.places.T
            ]
        )
        ahead = _STEP * np.column_stack([np.cos(recorded.angles), np.sin(recorded.angles)])
        run = self.to_places(where + ahead) - self.to_places(where - ahead)
        return replace(recorded, angles=np.arctan2(run[:, 1], run[:, 0]))
