"""The path of an animal through an environment: which bin, for how long."""

import logging
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.environment.trajectory_check import check_trajectory
from neurospatial.errors import explain
from neurospatial.layouts.linear import interpolate_along
from neurospatial.layouts.periodic import shorten_steps, unwrap_places
from neurospatial.layouts.protocol import Layout, is_linear
from neurospatial.validate import (
    MaxGap,
    find_long_steps,
    to_real_array,
    validate_limit,
    validate_positions,
    validate_times,
)

_log = logging.getLogger("neurospatial")


@dataclass(frozen=True, eq=False)
class BinnedTrajectory:
    """A path, located once and used for occupancy and spikes alike.

    Sample i holds from ``times[i]`` to ``times[i + 1]``; the last sample holds
    for no time. Where the step to the next sample is longer than the longest
    gap allowed, or the animal is too slow, the sample counts for nothing.

    Parameters
    ----------
    times : ndarray, shape (n_samples,)
        Sample times [s].
    positions : ndarray, shape (n_samples, n_dims)
        Positions in environment units; NaN where lost.
    layout : Layout
        The bins.
    in_gap : ndarray of bool, shape (n_samples,)
        Whether the step to the next sample is too long to count.
    is_slow : ndarray of bool, shape (n_samples,), or None
        Whether the animal is below the speed threshold.
    """

    times: NDArray[np.float64]
    positions: NDArray[np.float64]
    layout: Layout
    in_gap: NDArray[np.bool_] | None
    is_slow: NDArray[np.bool_] | None

    @cached_property
    def bins(self) -> NDArray[np.intp]:
        """Bin of each sample, shape (n_samples,); -1 outside and where lost."""
        return self.layout.locate(self.positions)

    @cached_property
    def durations(self) -> NDArray[np.float64]:
        """Time each sample counts for [s], shape (n_samples,)."""
        durations = np.empty(self.times.size)
        np.subtract(self.times[1:], self.times[:-1], out=durations[:-1])
        durations[-1:] = 0
        for excluded in (self.in_gap, self.is_slow):
            if excluded is not None:
                durations[excluded] = 0
        return durations

    def compute_occupancy(
        self, start: float = -np.inf, stop: float = np.inf
    ) -> NDArray[np.float64]:
        """Compute the time spent in each bin [s] between two times, shape (n_bins,).

        Samples that begin before `start` or end after `stop` count for the part between.
        """
        first, last = self._find_samples(start, stop)
        durations = self.durations[first:last]
        if durations.size:
            durations = self._clip(durations, first, last, start, stop)
        # Shifted by one, samples in no bin fall in a slot of their own.
        slots = self.bins[first:last] + 1
        held = np.bincount(slots, weights=durations, minlength=self.layout.n_bins + 1)
        return held[1:].astype(np.float64, copy=False)

    def interpolate(
        self, times: NDArray[np.float64], sample: NDArray[np.intp]
    ) -> NDArray[np.float64]:
        """Interpolate the position at times, each between a sample and the one after it.

        Parameters
        ----------
        times : ndarray, shape (n_times,)
            Between the samples' times [s].
        sample : ndarray of int, shape (n_times,)
            The last sample before each; never the last of all.

        Returns
        -------
        ndarray, shape (n_times, n_dims)
        """
        before, after = self.positions[sample], self.positions[sample + 1]
        start, stop = self.times[sample], self.times[sample + 1]
        fraction = (times - start) / (stop - start)
        if is_linear(self.layout):
            distances = interpolate_along(self.layout, before[:, 0], after[:, 0], fraction)
            return distances[:, np.newaxis]
        return before + fraction[:, np.newaxis] * shorten_steps(self.layout, after - before)

    def _find_samples(self, start: float, stop: float) -> tuple[int, int]:
        first = int(np.searchsorted(self.times, start, side="right")) - 1
        last = int(np.searchsorted(self.times, stop, side="left"))
        return max(first, 0), max(last, 0)

    def _clip(
        self, durations: NDArray[np.float64], first: int, last: int, start: float, stop: float
    ) -> NDArray[np.float64]:
        before = start - self.times[first]
        after = self.times[last] - stop if last < self.times.size else 0.0
        if before <= 0 and after <= 0:
            return durations
        durations = durations.copy()
        # A sample that counts for nothing has no part to take away.
        if before > 0 and durations[0] > 0:
            durations[0] -= before
        if after > 0 and durations[-1] > 0:
            durations[-1] -= after
        return np.maximum(durations, 0)


def bin_trajectory(
    layout: Layout,
    times: ArrayLike,
    positions: ArrayLike,
    *,
    speed: ArrayLike | None = None,
    min_speed: float | None = None,
    max_gap: MaxGap = "auto",
    units: str | None = None,
) -> BinnedTrajectory:
    """Validate times and positions, and bin the trajectory that they make.

    Parameters
    ----------
    layout : Layout
        The bins.
    times : array-like, shape (n_samples,)
        Sample times [s], strictly increasing.
    positions : array-like, shape (n_samples, n_dims)
        Positions; NaN where lost.
    speed : array-like, shape (n_samples,), optional
        Speed [units/s]. Left out, it is taken from the positions by central differences.
    min_speed : float, optional
        Samples slower than this count for nothing.
    max_gap : float, "auto" or None
        Steps longer than this [s] count for nothing: by default than one second or
        five usual intervals, whichever is longer; None counts every step.
    units : str, optional
        Of the environment, to say what positions in another unit look like.

    Raises
    ------
    ValueError
        If shapes differ, times do not increase, a limit makes no sense, or
        nothing counts (see `check_trajectory`, which also warns).

    Examples
    --------
    >>> from neurospatial.layouts import RegularGrid
    >>> grid = RegularGrid((np.arange(3.0),), np.ones(2, bool))
    >>> bin_trajectory(grid, [0.0, 0.1, 0.3], [[0.5], [1.5], [1.5]]).compute_occupancy()
    array([0.1, 0.2])
    """
    where = validate_positions(positions, layout.n_dims)
    when = validate_times(times, len(where))
    limit = _validate_min_speed(min_speed, speed is not None)
    too_long = find_long_steps(when, max_gap)
    in_gap = None if too_long is None else np.append(too_long, False)
    is_slow = None
    if limit is not None:
        given = _compute_speed(when, _to_plane(layout, where)) if speed is None else speed
        moving = to_real_array(given, "speed")
        is_slow = _find_slow(moving, limit, when.size)
    trajectory = BinnedTrajectory(when, where, layout, in_gap, is_slow)
    _log_lost(trajectory)
    check_trajectory(trajectory, units or "")
    return trajectory


def _to_plane(layout: Layout, positions: NDArray[np.float64]) -> NDArray[np.float64]:
    """Lead coordinates to where they do not jump unless the animal does.

    Distances along a track jump from edge to edge, and angles at the seam of a circle.
    """
    if is_linear(layout):
        return layout.to_2d(positions[:, 0])
    return unwrap_places(layout, positions)


def _compute_speed(
    times: NDArray[np.float64], positions: NDArray[np.float64]
) -> NDArray[np.float64]:
    if times.size < 2:
        return np.zeros(times.size)
    velocity = np.gradient(positions, times, axis=0)
    return np.asarray(np.linalg.norm(velocity, axis=1), dtype=np.float64)


def _find_slow(speed: NDArray[np.float64], min_speed: float, n_samples: int) -> NDArray[np.bool_]:
    if speed.shape != (n_samples,):
        raise ValueError(
            explain(
                f"speed has shape {speed.shape}, positions have {n_samples} samples.",
                "Each sample is kept or left out by its own speed.",
                ["Pass speed of shape (n_samples,).", "Leave speed out: positions give it."],
            )
        )
    fastest = float(np.nanmax(np.abs(speed), initial=0.0))
    if fastest < min_speed and speed.size > 1:
        raise ValueError(
            explain(
                f"No sample is as fast as min_speed={min_speed:g}; the fastest moves at "
                f"{fastest:.4g} units per second.",
                "Slower samples count for nothing, and none would be left.",
                [
                    "Pass min_speed in the units of the positions: 2.5 cm/s are 0.025 m/s.",
                    "Leave min_speed out to count the animal at rest.",
                ],
            )
        )
    return ~(speed >= min_speed)


def _validate_min_speed(min_speed: float | None, has_speed: bool) -> float | None:
    why = "Samples slower than min_speed count for nothing."
    if min_speed is not None:
        ways = ["Pass min_speed=2.5, or None for no limit."]
        return validate_limit(min_speed, "min_speed", why, ways)
    if has_speed:
        ways = ["Pass min_speed too, or neither."]
        raise ValueError(explain("speed is given without min_speed.", why, ways))
    return None


def _log_lost(trajectory: BinnedTrajectory) -> None:
    with np.errstate(over="ignore", invalid="ignore"):
        sums = trajectory.positions.sum()
    if np.isnan(sums):
        lost = np.count_nonzero(np.isnan(trajectory.positions).any(axis=1))
        _log.info("%d of %d positions are NaN and were dropped.", lost, trajectory.times.size)
    if trajectory.in_gap is not None:
        _log.info(
            "%d steps between samples are too long and were dropped.", trajectory.in_gap.sum()
        )
