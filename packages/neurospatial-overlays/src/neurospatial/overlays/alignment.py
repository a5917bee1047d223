"""Samples of one clock, at the times of another."""

import numpy as np
from numpy.typing import NDArray

from neurospatial.overlays.interpolation_index import InterpolationIndex
from neurospatial.overlays.sampling import time_tolerance
from neurospatial.validate import compute_usual_interval
from neurospatial.validate.sampling import SHORTEST_GAP


def interpolated(
    times: NDArray[np.float64],
    samples: NDArray[np.floating],
    frame_times: NDArray[np.float64],
    max_gap: float | None = None,
) -> NDArray[np.float64]:
    """Interpolate samples on straight lines between their neighbours.

    Parameters
    ----------
    times : ndarray, shape (n_samples,)
        Strictly increasing [s].
    samples : ndarray, shape (n_samples, ...)
        NaN marks a gap.
    frame_times : ndarray, shape (n_frames,)
        In any order [s].
    max_gap : float, optional
        Longest stretch without samples that is bridged [s]; left out, `choose_max_gap`.

    Returns
    -------
    ndarray, shape (n_frames, ...)
        The sample itself at its own time. NaN before the first and after the
        last one, in longer gaps, and between a sample and a NaN.

    Examples
    --------
    >>> times, samples = np.array([0.0, 1.0, 9.0]), np.array([0.0, 10.0, 90.0])
    >>> interpolated(times, samples, np.array([0.25, 1.0, 5.0, 9.0, 9.5]), max_gap=2.0)
    array([ 2.5, 10. ,  nan, 90. ,  nan])
    """
    return InterpolationIndex.from_times(times, frame_times, max_gap).interpolate(samples)


def interpolated_angles(
    times: NDArray[np.float64],
    angles: NDArray[np.floating],
    frame_times: NDArray[np.float64],
    max_gap: float | None = None,
) -> NDArray[np.float64]:
    """Interpolate angles on the shorter arc between their neighbours.

    Opposite directions are met counter-clockwise. The parameters are those of
    `interpolated`, with angles [rad] of shape (n_samples, ...) in any winding.

    Returns
    -------
    ndarray, shape (n_frames, ...)
        Not brought into any one turn; NaN as in `interpolated`.

    Examples
    --------
    >>> times, angles = np.array([0.0, 1.0]), np.deg2rad([350.0, 20.0])
    >>> np.rad2deg(interpolated_angles(times, angles, np.array([0.0, 0.5]))).round(6)
    array([350., 365.])
    """
    return InterpolationIndex.from_times(times, frame_times, max_gap).interpolate_angles(angles)


def nearest(
    times: NDArray[np.float64],
    frame_times: NDArray[np.float64],
    max_gap: float | None = None,
) -> NDArray[np.intp]:
    """Find the sample nearest in time; of two alike, the earlier.

    The parameters are those of `interpolated`.

    Returns
    -------
    ndarray of int, shape (n_frames,)
        -1 where there is none: a sample beside a gap longer than `max_gap`, the
        first and the last one reach half a usual interval into the void.

    Examples
    --------
    >>> times = np.array([0.0, 1.0, 2.0, 60.0])
    >>> nearest(times, np.array([-0.6, -0.5, 0.4, 0.5, 0.6, 30.0, 59.8]), max_gap=5.0)
    array([-1,  0,  0,  0,  1, -1,  3])
    """
    index = InterpolationIndex.from_times(times, frame_times, max_gap)
    found = np.where(index.weight <= 0.5, index.left, index.right)
    reach = compute_usual_interval(times) / 2 if len(times) > 1 else SHORTEST_GAP / 2
    distance = np.abs(np.asarray(frame_times, dtype=np.float64) - times[found])
    near = index.valid | (distance <= reach + time_tolerance(times))
    return np.where(near, found, -1)
