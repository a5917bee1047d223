"""A trajectory: where something was, on its own clock."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from neurospatial.overlays.alignment import interpolated


@dataclass(frozen=True, eq=False)
class Trajectory:
    """Where something was, on its own clock.

    Parameters
    ----------
    times : ndarray, shape (n_samples,)
        Strictly increasing [s].
    places : ndarray, shape (n_samples, k)
        As `OverlayContext.to_drawable_coordinates` gives them; NaN marks a gap.
    max_gap : float, optional
        Longest stretch without samples that is bridged [s]; left out, `compute_default_max_gap`.

    Examples
    --------
    >>> animal = Trajectory(np.array([0.0, 1.0]), np.array([[0.0, 0.0], [4.0, 2.0]]))
    >>> animal.interpolate(np.array([0.25, 2.0]))
    array([[1. , 0.5],
           [nan, nan]])
    """

    times: NDArray[np.float64]
    places: NDArray[np.float64]
    max_gap: float | None = None

    def interpolate(self, when: NDArray[np.float64]) -> NDArray[np.float64]:
        """Interpolate the places at other times [s]; shape (len(when), k)."""
        return interpolated(self.times, self.places, when, self.max_gap)
