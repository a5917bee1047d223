"""Samples of one clock, at the times of another."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_SHORTEST_GAP = 1.0
"""Seconds that an animal's path is straight enough to be bridged."""

_GAP_INTERVALS = 5.0
"""Usual intervals: a few lost samples are bridged in sparse recordings too."""

_NANOSECOND = 1e-9
"""Closer than any two samples [s]; of unix times, rounding is more."""


def compute_default_max_gap(times: NDArray[np.float64]) -> float:
    """Compute the longest stretch without samples that is bridged [s].

    Parameters
    ----------
    times : ndarray, shape (n_samples,)
        Strictly increasing [s].

    Returns
    -------
    float
        One second, or five usual intervals where samples are sparser than that.

    Examples
    --------
    >>> compute_default_max_gap(np.arange(0.0, 10.0, 0.02))
    1.0
    >>> compute_default_max_gap(np.arange(0.0, 100.0, 10.0))
    50.0
    """
    return max(_SHORTEST_GAP, _GAP_INTERVALS * compute_median_interval(times))


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
        Longest stretch without samples that is bridged [s]; left out, `compute_default_max_gap`.

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
    bracket = InterpolationIndex.from_times(times, frame_times, max_gap)
    found = np.where(bracket.weight <= 0.5, bracket.left, bracket.right)
    reach = compute_median_interval(times) / 2 if len(times) > 1 else _SHORTEST_GAP / 2
    distance = np.abs(np.asarray(frame_times, dtype=np.float64) - times[found])
    near = bracket.valid | (distance <= reach + time_tolerance(times))
    return np.where(near, found, -1)


@dataclass(frozen=True, eq=False)
class InterpolationIndex:
    """Where times fall between those of another clock; found once, used for all its samples.

    Parameters
    ----------
    left, right : ndarray of int, shape (n_frames,)
        The neighbouring samples.
    weight : ndarray, shape (n_frames,)
        How far from the left to the right one, in [0, 1].
    exact : ndarray of int, shape (n_frames,)
        The sample of the same time, but for rounding; -1 where there is none.
    valid : ndarray of bool, shape (n_frames,)
        Whether there is anything to show: inside the clock, and in no long gap.
    """

    left: NDArray[np.intp]
    right: NDArray[np.intp]
    weight: NDArray[np.float64]
    exact: NDArray[np.intp]
    valid: NDArray[np.bool_]

    @classmethod
    def from_times(
        cls,
        times: NDArray[np.float64],
        frame_times: NDArray[np.float64],
        max_gap: float | None = None,
    ) -> "InterpolationIndex":
        """Find the neighbours of each frame; the parameters are those of `interpolated`."""
        frames = np.asarray(frame_times, dtype=np.float64)
        limit = compute_default_max_gap(times) if max_gap is None else max_gap
        near = time_tolerance(times)
        left = np.maximum(np.searchsorted(times, frames, side="right") - 1, 0)
        right = np.minimum(left + 1, len(times) - 1)
        passed, width = frames - times[left], times[right] - times[left]
        weight = np.clip(passed / np.where(width > 0, width, 1.0), 0.0, 1.0)
        exact = np.where(np.abs(passed) <= near, left, -1)
        exact[np.abs(width - passed) <= near] = right[np.abs(width - passed) <= near]
        between = (passed >= 0) & (passed <= width) & (width <= limit + near)
        return cls(left, right, weight, exact, between | (exact >= 0))

    def interpolate(self, samples: NDArray[np.floating]) -> NDArray[np.float64]:
        """Interpolate samples (n_samples, ...) on straight lines, as `interpolated` does."""
        start, stop = _take_samples(samples, self.left), _take_samples(samples, self.right)
        return self._blend(samples, start, stop - start)

    def interpolate_angles(self, angles: NDArray[np.floating]) -> NDArray[np.float64]:
        """Interpolate angles (n_samples, ...) [rad], as `interpolated_angles` does."""
        start, stop = _take_samples(angles, self.left), _take_samples(angles, self.right)
        way = np.pi - np.mod(np.pi - (stop - start), 2 * np.pi)
        return self._blend(angles, start, way)

    def _blend(
        self,
        samples: NDArray[np.floating],
        start: NDArray[np.float64],
        way: NDArray[np.float64],
    ) -> NDArray[np.float64]:
        found = start + self.weight.reshape(self.weight.shape + (1,) * (start.ndim - 1)) * way
        # At its own time a sample is shown even where its neighbour is missing.
        exact = np.flatnonzero(self.exact >= 0)
        own = _take_samples(samples, self.exact[exact])
        found[exact] = np.where(np.isnan(found[exact]), own, found[exact])
        found[~self.valid] = np.nan
        return found


def _take_samples(samples: NDArray[np.floating], index: NDArray[np.intp]) -> NDArray[np.float64]:
    return samples[index].astype(np.float64, copy=False)


def compute_median_interval(times: NDArray[np.float64]) -> float:
    """Compute the median time between samples [s]; 0 of a lone one."""
    return float(np.median(np.diff(times))) if len(times) > 1 else 0.0


def time_tolerance(times: NDArray[np.float64]) -> float:
    """Return how far apart times are that were computed along different ways [s]."""
    return max(_NANOSECOND, 4.0 * float(np.spacing(np.abs(times[[0, -1]]).max())))
