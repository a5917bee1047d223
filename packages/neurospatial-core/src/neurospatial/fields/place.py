"""Place fields: the firing rate of a unit at each place."""

from collections.abc import Sequence
from typing import TypedDict, TypeVar, Unpack, overload

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from neurospatial.environment import Environment
from neurospatial.environment.smoothing_kernels import Method, Smoother, make_smoother
from neurospatial.environment.trajectory import BinnedTrajectory, bin_trajectory
from neurospatial.fields.batching import (
    Block,
    resolve_n_jobs,
    resolve_output,
    run_blocks,
    split_into_blocks,
)
from neurospatial.fields.field_series import FieldSeries
from neurospatial.fields.spikes import (
    LocatedSpikes,
    SpikeTrains,
    locate_units,
    normalize_spike_trains,
    refuse_several_units,
)
from neurospatial.fields.visited_bins import (
    check_visited,
    find_visited,
    validate_min_occupancy,
)
from neurospatial.fields.windows import check_windows, compute_window_centers, validate_windows
from neurospatial.progress import Progress
from neurospatial.validate import MaxGap

FloatT = TypeVar("FloatT", bound=np.floating)
OutputT = TypeVar("OutputT", bound=NDArray[np.floating])

_VALUES_AT_ONCE = 2_000_000
"""Values smoothed together: enough to be fast, and no more than 16 MB."""


def compute_place_field(
    env: Environment,
    spike_times: ArrayLike,
    times: ArrayLike,
    positions: ArrayLike,
    *,
    method: Method = "diffusion_kde",
    bandwidth: float | None = None,
    min_occupancy_seconds: float = 0.0,
    speed: ArrayLike | None = None,
    min_speed: float | None = None,
    max_gap: MaxGap = "auto",
) -> NDArray[np.float64]:
    """Compute the firing rate of one unit in each bin [Hz], shape (n_bins,).

    The rate is smoothed spike counts over smoothed occupancy (Skaggs et al.,
    Hippocampus 6:149, 1996, for the map; Botev, Grotowski & Kroese, Ann. Stat.
    38:2916, 2010, for diffusion as the smoothing, which walls stop).

    Parameters
    ----------
    env : Environment
        The bins.
    spike_times : array-like, shape (n_spikes,)
        When the unit fired [s]; the animal's position is interpolated.
    times : array-like, shape (n_samples,)
        When positions were sampled [s], strictly increasing.
    positions : array-like, shape (n_samples, n_dims)
        Where the animal was, in environment units; NaN where lost.
    method : str
        "diffusion_kde" (walls stop the smoothing), "gaussian_kde" (by the
        straight distance, across walls) or "binned" (no smoothing).
    bandwidth : float, optional
        Standard deviation of the smoothing, in environment units; left out, two bins.
    min_occupancy_seconds : float
        Bins visited for less than this have no rate.
    speed : array-like, shape (n_samples,), optional
        Speed [units/s]. Left out, it is taken from the positions by central differences.
    min_speed : float, optional
        Samples and spikes at lower speed count for nothing.
    max_gap : float, "auto" or None
        Steps longer than this [s], and spikes within, count for nothing: by default
        than one second or five usual intervals, whichever is longer; None counts all.

    Returns
    -------
    ndarray of float64, shape (n_bins,)
        Rate [Hz]; NaN where the animal never was.

    Raises
    ------
    ValueError
        If shapes differ, times do not increase, a value makes no sense, or nothing
        counts; where little does and that looks wrong, a warning says what it may be.
    TypeError
        If the spike times are those of several units.
    RuntimeError
        If the environment is not fitted.

    Examples
    --------
    >>> env = Environment.from_mask([[True, True]], [[0, 1], [0, 1, 2]])
    >>> times, positions = np.arange(4) * 0.5, [[0.5, 0.5]] * 2 + [[0.5, 1.5]] * 2
    >>> compute_place_field(env, [0.1, 0.2], times, positions, method="binned")
    array([2., 0.])
    """
    refuse_several_units(spike_times)
    smooth = make_smoother(env, method, bandwidth)
    min_occupancy_seconds = validate_min_occupancy(min_occupancy_seconds)
    trajectory = bin_trajectory(
        env.layout,
        times,
        positions,
        speed=speed,
        min_speed=min_speed,
        max_gap=max_gap,
        units=env.units,
    )
    [spikes] = locate_units(trajectory, [spike_times], ["unit"])
    occupancy = trajectory.compute_occupancy()
    check_visited(occupancy, min_occupancy_seconds)
    masses = np.stack([occupancy, spikes.count_per_bin(env.n_bins)])
    seconds, counts = smooth(masses)
    return _compute_rate(counts, seconds, find_visited(occupancy, min_occupancy_seconds))


class PlaceFieldsKeywords(TypedDict, total=False):
    """Keywords of `compute_place_fields` that its result's type does not depend on."""

    method: Method
    bandwidth: float | None
    min_occupancy_seconds: float
    speed: ArrayLike | None
    min_speed: float | None
    max_gap: MaxGap
    n_jobs: int
    progress: Progress


@overload
def compute_place_fields(
    env: Environment,
    spike_times: SpikeTrains,
    times: ArrayLike,
    positions: ArrayLike,
    *,
    windows: None = None,
    dtype: None = None,
    out: None = None,
    **keywords: Unpack[PlaceFieldsKeywords],
) -> NDArray[np.float64]: ...
@overload
def compute_place_fields(
    env: Environment,
    spike_times: SpikeTrains,
    times: ArrayLike,
    positions: ArrayLike,
    *,
    windows: None = None,
    dtype: None = None,
    out: OutputT,
    **keywords: Unpack[PlaceFieldsKeywords],
) -> OutputT: ...
@overload
def compute_place_fields(
    env: Environment,
    spike_times: SpikeTrains,
    times: ArrayLike,
    positions: ArrayLike,
    *,
    windows: None = None,
    dtype: type[FloatT] | np.dtype[FloatT],
    out: None = None,
    **keywords: Unpack[PlaceFieldsKeywords],
) -> NDArray[FloatT]: ...
@overload
def compute_place_fields(
    env: Environment,
    spike_times: SpikeTrains,
    times: ArrayLike,
    positions: ArrayLike,
    *,
    windows: None = None,
    dtype: DTypeLike | None = None,
    out: NDArray[np.floating] | None = None,
    **keywords: Unpack[PlaceFieldsKeywords],
) -> NDArray[np.floating]: ...
@overload
def compute_place_fields(
    env: Environment,
    spike_times: SpikeTrains,
    times: ArrayLike,
    positions: ArrayLike,
    *,
    windows: ArrayLike,
    dtype: None = None,
    out: None = None,
    **keywords: Unpack[PlaceFieldsKeywords],
) -> FieldSeries[NDArray[np.float64]]: ...
@overload
def compute_place_fields(
    env: Environment,
    spike_times: SpikeTrains,
    times: ArrayLike,
    positions: ArrayLike,
    *,
    windows: ArrayLike,
    dtype: DTypeLike | None = None,
    out: NDArray[np.floating] | None = None,
    **keywords: Unpack[PlaceFieldsKeywords],
) -> FieldSeries[NDArray[np.floating]]: ...
def compute_place_fields(
    env: Environment,
    spike_times: SpikeTrains,
    times: ArrayLike,
    positions: ArrayLike,
    *,
    windows: ArrayLike | None = None,
    method: Method = "diffusion_kde",
    bandwidth: float | None = None,
    min_occupancy_seconds: float = 0.0,
    speed: ArrayLike | None = None,
    min_speed: float | None = None,
    max_gap: MaxGap = "auto",
    dtype: DTypeLike | None = None,
    out: NDArray[np.floating] | None = None,
    n_jobs: int = 1,
    progress: Progress = True,
) -> NDArray[np.floating] | FieldSeries[NDArray[np.floating]]:
    """Compute the firing rates of many units in many windows of time.

    Positions are located once and all maps are smoothed together; each map is
    what `compute_place_field` gives for that unit and the data of that window.

    Parameters
    ----------
    env : Environment
        The bins.
    spike_times : sequence or mapping of array-like, each (n_spikes,)
        When each unit fired [s]; the keys of a mapping are the names of its units.
    times, positions : array-like, shapes (n_samples,) and (n_samples, n_dims)
        Where the animal was and when [s].
    windows : array-like, shape (n_windows, 2), optional
        Begin and end of each window [s] (see `sliding_windows`); the end is
        not part of it. Left out, one window holds the session.
    method, bandwidth, min_occupancy_seconds, speed, min_speed, max_gap
        As for `compute_place_field`; the occupancy is that within the window.
    dtype : dtype, optional
        Floating type of the result; left out, float64.
    out : ndarray, shape (n_units, n_windows, n_bins), optional
        Where to write the result, block by block: a `numpy.memmap` when it
        does not fit in memory.
    n_jobs : int
        Threads that work at once; -1 for one per processor.
    progress : bool or callable
        Whether long work shows a bar, or a function called with maps
        ``(done, total)``. Whatever it raises ends the work and is raised; `out`
        then holds the maps already made, beside what it held before.

    Returns
    -------
    FieldSeries, or ndarray where `windows` are left out; shape (n_units, n_windows, n_bins)
        Rate [Hz]; NaN where the animal was not within the window. A series has the
        middle of each window as its times, and the names of the units. The array is
        `out` where that is given.

    Raises
    ------
    ValueError
        If shapes differ, times do not increase, or a value makes no sense.
    TypeError
        If `spike_times` are those of a single unit, `dtype` is not floating, or
        both `dtype` and `out` are given.
    RuntimeError
        If the environment is not fitted.

    Examples
    --------
    >>> env = Environment.from_mask([[True, True]], [[0, 1], [0, 1, 2]])
    >>> times, positions = np.arange(4) * 0.5, [[0.5, 0.5]] * 2 + [[0.5, 1.5]] * 2
    >>> units = [[0.1, 0.2], [1.1]]
    >>> compute_place_fields(env, units, times, positions, method="binned")[:, 0]
    array([[2., 0.],
           [0., 2.]])
    """
    smooth = make_smoother(env, method, bandwidth)
    min_occupancy_seconds = validate_min_occupancy(min_occupancy_seconds)
    workers = resolve_n_jobs(n_jobs)
    spans = validate_windows(windows)
    names, trains = normalize_spike_trains(spike_times)
    fields = resolve_output((len(trains), len(spans), env.n_bins), dtype, out)
    trajectory = bin_trajectory(
        env.layout,
        times,
        positions,
        speed=speed,
        min_speed=min_speed,
        max_gap=max_gap,
        units=env.units,
    )
    if windows is not None:
        check_windows(spans, trajectory.times)
    elif min_occupancy_seconds:
        check_visited(trajectory.compute_occupancy(), min_occupancy_seconds)
    units = locate_units(trajectory, trains, names)

    def fill(block: Block) -> None:
        some, between = units[block.units], spans[block.windows]
        rates = _compute_rates(trajectory, some, between, smooth, min_occupancy_seconds)
        fields[block.units, block.windows] = rates

    run_blocks(fill, split_into_blocks(fields.shape, workers, _VALUES_AT_ONCE), workers, progress)
    if isinstance(fields, np.memmap):
        fields.flush()
    if windows is None:
        return fields
    centers = compute_window_centers(spans, trajectory.times)
    return FieldSeries(fields, centers, env, names, spans, unit="Hz")


def _compute_rates(
    trajectory: BinnedTrajectory,
    units: Sequence[LocatedSpikes],
    windows: NDArray[np.float64],
    smooth: Smoother,
    min_seconds: float,
) -> NDArray[np.float64]:
    n_bins = trajectory.layout.n_bins
    masses = np.empty((len(units) + 1, len(windows), n_bins))
    for number, (start, stop) in enumerate(windows):
        masses[0, number] = trajectory.compute_occupancy(start, stop)
        for row, unit in enumerate(units, 1):
            masses[row, number] = unit.count_per_bin(n_bins, start, stop)
    smoothed = smooth(masses.reshape(-1, n_bins)).reshape(masses.shape)
    return _compute_rate(smoothed[1:], smoothed[0], find_visited(masses[0], min_seconds))


def _compute_rate(
    counts: NDArray[np.float64], seconds: NDArray[np.float64], visited: NDArray[np.bool_]
) -> NDArray[np.float64]:
    rate = np.full(counts.shape, np.nan)
    np.divide(counts, seconds, out=rate, where=visited & (seconds > 0))
    return rate
