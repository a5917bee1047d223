"""A trajectory: where something was, on its own clock."""

from collections.abc import Mapping
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
        Longest stretch without samples that is bridged [s]; left out, `choose_max_gap`.

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


def compute_centroid(parts: Mapping[str, Trajectory]) -> Trajectory:
    """Compute the mean of the keypoints that are there, on the times of all their clocks."""
    first, *others = parts.values()
    times = first.times
    if any(other.times is not times for other in others):
        times = np.unique(np.concatenate([part.times for part in parts.values()]))
    total, count = np.zeros((len(times), first.places.shape[1])), np.zeros((len(times), 1))
    for part in parts.values():
        places = part.places if part.times is times else part.interpolate(times)
        present = ~np.isnan(places).any(axis=1, keepdims=True)
        total += np.where(present, places, 0.0)
        count += present
    mean = np.divide(total, count, out=np.full_like(total, np.nan), where=count > 0)
    return Trajectory(times, mean, first.max_gap)
