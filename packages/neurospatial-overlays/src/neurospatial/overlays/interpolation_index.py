"""Where times fall between those of another clock."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from neurospatial.overlays.sampling import time_tolerance
from neurospatial.validate import choose_max_gap


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
        limit = choose_max_gap(times) if max_gap is None else max_gap
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
        change = np.pi - np.mod(np.pi - (stop - start), 2 * np.pi)
        return self._blend(angles, start, change)

    def _blend(
        self,
        samples: NDArray[np.floating],
        start: NDArray[np.float64],
        change: NDArray[np.float64],
    ) -> NDArray[np.float64]:
        weight = self.weight.reshape(self.weight.shape + (1,) * (start.ndim - 1))
        interpolated = start + weight * change
        # At its own time a sample is shown even where its neighbour is missing.
        exact = np.flatnonzero(self.exact >= 0)
        own = _take_samples(samples, self.exact[exact])
        interpolated[exact] = np.where(np.isnan(interpolated[exact]), own, interpolated[exact])
        interpolated[~self.valid] = np.nan
        return interpolated


def _take_samples(samples: NDArray[np.floating], index: NDArray[np.intp]) -> NDArray[np.float64]:
    return samples[index].astype(np.float64, copy=False)
