"""Where the animal was when a neuron fired."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.environment.trajectory import BinnedTrajectory
from neurospatial.errors import explain
from neurospatial.validate import (
    check_event_clock,
    guess_event_values,
    is_pynapple,
    validate_event_times,
    warn_user,
)

SpikeTrains: TypeAlias = Sequence[ArrayLike] | NDArray[np.generic] | Mapping[Any, ArrayLike]
"""When each unit fired [s]: in order, or by what the units are called."""

_EVEN = 0.01
"""Fraction by which the steps of a clock differ; those between spikes differ by more."""

_log = logging.getLogger("neurospatial")


@dataclass(frozen=True, eq=False)
class LocatedSpikes:
    """The spikes of one unit that count, in order of time.

    Parameters
    ----------
    times : ndarray, shape (n_spikes,)
        When they were fired [s].
    bins : ndarray, shape (n_spikes,)
        The bin that the animal was in.
    """

    times: NDArray[np.float64]
    bins: NDArray[np.intp]

    def count_per_bin(
        self, n_bins: int, start: float = -np.inf, stop: float = np.inf
    ) -> NDArray[np.intp]:
        """Count spikes in each bin from `start` to before `stop`, shape (n_bins,)."""
        first, last = np.searchsorted(self.times, (start, stop))
        return np.bincount(self.bins[first:last], minlength=n_bins)


def locate_units(
    trajectory: BinnedTrajectory, trains: Sequence[ArrayLike], names: Sequence[str]
) -> list[LocatedSpikes]:
    """Locate the spikes of each unit that count, each in the bin where the animal was.

    The position is interpolated between samples. A spike outside the session,
    in a step or at a speed that counts for nothing, or outside the bins is
    dropped, and the number logged. Where another clock explains that most are
    outside the session, a warning says so.

    Raises
    ------
    ValueError
        If spike times are not one-dimensional and finite, or no spike of any unit
        is in the session because it is on another clock.

    Examples
    --------
    >>> from neurospatial.environment.trajectory import bin_trajectory
    >>> from neurospatial.layouts import RegularGrid
    >>> grid = RegularGrid((np.arange(3.0),), np.ones(2, bool))
    >>> trajectory = bin_trajectory(grid, [0.0, 0.4], [[0.5], [1.5]])
    >>> locate_units(trajectory, [[0.1, 0.3, 9.0]], ["unit"])[0].bins
    array([0, 1])
    """
    times = trajectory.times
    spikes = [_validate_spike_times(*one) for one in zip(trains, names, strict=True)]
    _check_values(spikes, names, times.size)
    spikes = list(map(_sort_times, spikes))
    if times.size:
        n_inside = sum(int(np.diff(np.searchsorted(one, times[[0, -1]]))[0]) for one in spikes)
        check_event_clock(spikes, times, n_inside)
    return [_locate_spikes(trajectory, *one) for one in zip(spikes, names, strict=True)]


def read_spike_trains(
    trains: Sequence[ArrayLike], names: Sequence[str]
) -> list[NDArray[np.float64]]:
    """Read the spike times of each unit [s], in order of time.

    Raises
    ------
    ValueError
        If spike times are not one-dimensional and finite; a signal is warned of.

    Examples
    --------
    >>> read_spike_trains([[0.3, 0.1]], ["unit"])
    [array([0.1, 0.3])]
    """
    return [_sort_times(_validate_spike_times(*one)) for one in zip(trains, names, strict=True)]


def _locate_spikes(
    trajectory: BinnedTrajectory, spikes: NDArray[np.float64], name: str
) -> LocatedSpikes:
    sample = np.searchsorted(trajectory.times, spikes, side="right") - 1
    timed = (sample >= 0) & (sample < trajectory.times.size - 1)
    spikes, sample = spikes[timed], sample[timed]
    counted = trajectory.durations[sample] > 0
    n_outside, n_excluded = int(np.count_nonzero(~timed)), int(np.count_nonzero(~counted))
    spikes, sample = spikes[counted], sample[counted]
    bins = trajectory.layout.locate(trajectory.interpolate(spikes, sample))
    inside = bins >= 0
    n_elsewhere = int(np.count_nonzero(~inside))
    if n_outside or n_excluded or n_elsewhere:
        _log.info(
            "%s: %d spikes outside the session, %d in gaps or below min_speed and %d outside "
            "the bins were dropped; %d are left.",
            *(name, n_outside, n_excluded, n_elsewhere, np.count_nonzero(inside)),
        )
    return LocatedSpikes(spikes[inside], bins[inside])


def normalize_spike_trains(spike_times: SpikeTrains) -> tuple[tuple[str, ...], list[ArrayLike]]:
    """Find the name and the spike times of each unit.

    The keys of a mapping and the index of a series are names: text stays as it is,
    ``7`` becomes ``"unit 7"``. Units in a list are numbered from 0.

    Raises
    ------
    TypeError
        If they are the spike times of a single unit.

    Examples
    --------
    >>> normalize_spike_trains({"a": [0.1, 0.2], 7: [0.3]})
    (('a', 'unit 7'), [[0.1, 0.2], [0.3]])
    """
    if isinstance(spike_times, Mapping):
        keys, trains = list(spike_times), list(spike_times.values())
    else:
        trains = list(spike_times)
        index = getattr(spike_times, "index", None)
        keys = list(range(len(trains))) if index is None or callable(index) else list(index)
    if trains and all(map(_is_number, trains)):
        raise TypeError(
            explain(
                f"spike_times hold {len(trains)} single numbers.",
                "Each unit needs its own array of spike times.",
                [
                    "Pass a list of arrays: [spike_times].",
                    "Use compute_place_field for one unit.",
                    "A count for each sample is no time: pass [np.repeat(times, counts)].",
                ],
            )
        )
    return tuple(key if isinstance(key, str) else f"unit {key}" for key in keys), trains


def refuse_several_units(spike_times: ArrayLike) -> None:
    """Refuse the spike times of several units where those of one are asked for.

    Raises
    ------
    TypeError
        If they are a mapping, such as a group of pynapple.

    Examples
    --------
    >>> refuse_several_units([0.1, 0.2])
    """
    if isinstance(spike_times, Mapping):
        raise TypeError(
            explain(
                f"spike_times are those of {len(spike_times)} units.",
                "A field is that of one.",
                [
                    "Use compute_place_fields(env, spike_times, times, positions).",
                    "Pass one unit: spike_times[key].",
                ],
            )
        )


def _is_number(train: ArrayLike) -> bool:
    return not isinstance(train, (list, tuple)) and not is_pynapple(train) and np.ndim(train) == 0


def _validate_spike_times(spike_times: ArrayLike, name: str) -> NDArray[np.float64]:
    spikes = validate_event_times(spike_times, f"Spike times of {name}")
    steps = np.diff(spikes)
    # Every sample of a signal of pynapple, which has times as well, would be taken for a spike.
    signal = is_pynapple(spike_times) and hasattr(spike_times, "values") and steps.size > 1
    if signal and np.ptp(steps) < _EVEN * steps[0]:
        warn_user(
            f"Spike times of {name} are a signal: its {spikes.size:,} samples come every "
            f"{steps[0]:.4g} s.\n  Each is taken for a spike. Pass a Ts of the events in it: "
            "tsd.threshold(...)."
        )
    return spikes


def _check_values(
    trains: Sequence[NDArray[np.float64]], names: Sequence[str], n_samples: int
) -> None:
    """Warn once of all units whose times are values of another kind."""
    guesses = [guess_event_values(train, n_samples) for train in trains]
    wrong = [number for number, guess in enumerate(guesses) if guess]
    if not wrong:
        return
    first, others = trains[wrong[0]], len(wrong) - 1
    more = f" and of {others} more" if others else ""
    warn_user(
        f"Spike times of {names[wrong[0]]}{more} come in no order: {first.size:,} of them, from "
        f"{first.min():.4g} to {first.max():.4g}.\n  {guesses[wrong[0]]}"
    )


def _sort_times(times: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.sort(times) if (times[1:] < times[:-1]).any() else times
