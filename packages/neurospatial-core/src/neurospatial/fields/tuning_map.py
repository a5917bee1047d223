"""The mean of a signal at each place."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from neurospatial.environment import Environment
from neurospatial.environment.smoothing_kernels import Method, Smoother, make_smoother
from neurospatial.environment.trajectory import BinnedTrajectory, bin_trajectory
from neurospatial.errors import explain
from neurospatial.fields.visited_bins import check_visited, find_visited, validate_min_occupancy
from neurospatial.validate import MaxGap, to_real_array

Floats = NDArray[np.float64]

_VALUES_AT_ONCE = 4_000_000
"""Samples of signals worked on together, with two arrays of their size: 64 MB."""


def compute_tuning_map(
    env: Environment,
    values: ArrayLike,
    times: ArrayLike,
    positions: ArrayLike,
    *,
    method: Method = "diffusion_kde",
    bandwidth: float | None = None,
    min_occupancy_seconds: float = 0.0,
    speed: ArrayLike | None = None,
    min_speed: float | None = None,
    max_gap: MaxGap = "auto",
) -> Floats:
    """Compute the mean of signals in each bin: dF/F, power of the LFP, the speed itself.

    A sample weighs as long as it holds, until the next one; what counts, and how
    it is smoothed, is as for `compute_place_field`: the map is the smoothed sum
    of value times duration over the smoothed occupancy.

    Parameters
    ----------
    env : Environment
        The bins.
    values : array-like, shape (n_samples,) or (…, n_samples)
        One or many signals, at the times of the positions. A sample that is NaN
        counts for nothing, in its signal.
    times : array-like, shape (n_samples,)
        When positions and values were sampled [s], strictly increasing.
    positions : array-like, shape (n_samples, n_dims)
        Where the animal was, in environment units; NaN where lost.
    method, bandwidth, speed, min_speed, max_gap
        As for `compute_place_field`.
    min_occupancy_seconds : float
        Bins visited for less than this have no mean.

    Returns
    -------
    ndarray of float64, shape (n_bins,) or (…, n_bins)
        In the unit of the values; NaN where the animal never was while the signal
        had a value.

    Raises
    ------
    ValueError
        If shapes differ, times do not increase, or a value is infinite or makes no
        sense.
    RuntimeError
        If the environment is not fitted.

    Examples
    --------
    >>> env = Environment.from_mask([[True, True]], [[0, 1], [0, 1, 2]])
    >>> times, positions = np.arange(4) * 0.5, [[0.5, 0.5]] * 2 + [[0.5, 1.5]] * 2
    >>> compute_tuning_map(env, [1.0, 3.0, -5.0, 0.0], times, positions, method="binned")
    array([ 2., -5.])
    """
    smooth = make_smoother(env, method, bandwidth)
    least = validate_min_occupancy(min_occupancy_seconds)
    trajectory = bin_trajectory(
        env.layout,
        times,
        positions,
        speed=speed,
        min_speed=min_speed,
        max_gap=max_gap,
        units=env.units,
    )
    signals, leading = _validate_values(values, trajectory.times.size)
    check_visited(trajectory.compute_occupancy(), least)
    held = _make_holding_times(trajectory)
    maps = np.empty((len(signals), env.n_bins))
    at_once = max(1, _VALUES_AT_ONCE // max(1, trajectory.times.size))
    for first in range(0, len(signals), at_once):
        some = slice(first, first + at_once)
        maps[some] = _compute_means(held, signals[some], smooth, least)
    return maps.reshape(*leading, env.n_bins)


def _make_holding_times(trajectory: BinnedTrajectory) -> sparse.csr_array:
    """Make the matrix (n_bins, n_samples) that sums over the samples in each bin [s]."""
    counted = np.flatnonzero((trajectory.bins >= 0) & (trajectory.durations > 0))
    place = (trajectory.bins[counted], counted)
    shape = (trajectory.layout.n_bins, trajectory.times.size)
    return sparse.csr_array(sparse.coo_array((trajectory.durations[counted], place), shape=shape))


def _compute_means(
    held: sparse.csr_array, signals: Floats, smooth: Smoother, min_seconds: float
) -> Floats:
    known = ~np.isnan(signals)
    # Over the largest value, products and sums stay in the range of a double.
    largest = np.abs(signals).max(axis=1, keepdims=True, initial=0.0, where=known)
    scaled = np.divide(signals, largest, out=np.zeros(signals.shape), where=known & (largest > 0))
    sums = np.asarray(held @ scaled.T).T
    # Signals that lack no sample share one occupancy.
    counted = known if not known.all() else known[:1]
    occupancy = np.asarray(held @ counted.T.astype(np.float64)).T
    n = len(signals)
    # The kernels are for masses, which are not negative: each sign is spread by itself.
    spread = smooth(np.concatenate([np.maximum(sums, 0), np.maximum(-sums, 0), occupancy]))
    above, below, seconds = spread[:n], spread[n : 2 * n], spread[2 * n :]
    visited = find_visited(occupancy, min_seconds) & (seconds > 0)
    mean = np.full(sums.shape, np.nan)
    np.divide(above - below, seconds, out=mean, where=np.broadcast_to(visited, sums.shape))
    return np.asarray(mean * largest)


def _validate_values(values: ArrayLike, n_samples: int) -> tuple[Floats, tuple[int, ...]]:
    """Validate signals (…, n_samples), and lay them in rows."""
    array = to_real_array(values, "values")
    why = "A signal has one value for each position, NaN where none."
    if array.ndim == 0 or array.shape[-1] != n_samples:
        problem = f"values have shape {array.shape}, and there are {n_samples} samples."
        turned = array.ndim == 2 and array.shape[0] == n_samples
        ways = ["Exchange rows and columns: values.T"] * turned + [
            "Pass it at the times of the positions: np.interp(times, signal_times, signal)."
        ]
    elif np.isinf(array).any():
        problem = f"values hold {int(np.count_nonzero(np.isinf(array)))} that are infinite."
        ways = ["Set them to NaN: values[np.isinf(values)] = np.nan."]
    else:
        return array.reshape(-1, n_samples), array.shape[:-1]
    raise ValueError(explain(problem, why, ways))
