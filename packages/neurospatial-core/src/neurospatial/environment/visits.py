"""The path of an animal as visits, of bins and of regions."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.environment.base import BaseEnvironment
from neurospatial.environment.region_membership import compute_region_membership
from neurospatial.environment.topology import Bins
from neurospatial.environment.trajectory import BinnedTrajectory, bin_trajectory
from neurospatial.validate import MaxGap, to_texts

if TYPE_CHECKING:
    from scipy import sparse


class Visits(NamedTuple):
    """The bins of a path in the order of their visits.

    Parameters
    ----------
    bins : ndarray of int, shape (n_visits,)
        Bin of each visit.
    enter, leave : ndarray, shape (n_visits,)
        From when until when the animal was there [s].
    """

    bins: Bins
    enter: NDArray[np.float64]
    leave: NDArray[np.float64]


class RegionVisits(NamedTuple):
    """The visits of one region, in order.

    Parameters
    ----------
    enter, leave : ndarray, shape (n_visits,)
        From when until when the animal was there [s].
    """

    enter: NDArray[np.float64]
    leave: NDArray[np.float64]

    @property
    def durations(self) -> NDArray[np.float64]:
        """How long each visit lasted [s], shape (n_visits,)."""
        return self.leave - self.enter


def find_region_visits(
    env: BaseEnvironment,
    times: ArrayLike,
    positions: ArrayLike,
    names: str | Sequence[str] | None,
    max_gap: MaxGap,
) -> dict[str, RegionVisits]:
    """Find when an animal came into each region and when it left: `Environment.region_visits`."""
    trajectory = bin_trajectory(env.layout, times, positions, max_gap=max_gap, units=env.units)
    chosen = list(env.regions)
    if names is not None:
        chosen = [names] if isinstance(names, str) else list(to_texts(names, "names"))
    inside = compute_region_membership(env, trajectory.positions, chosen)
    visits = {}
    for name, held in zip(chosen, inside.T, strict=True):
        first, enter, leave = _find_stays(trajectory, held)
        visits[name] = RegionVisits(enter[held[first]], leave[held[first]])
    return visits


def find_bin_visits(
    env: BaseEnvironment, times: ArrayLike, positions: ArrayLike, max_gap: MaxGap
) -> Visits:
    """Find the bins that a path visits, one after another: `Environment.bin_sequence`."""
    trajectory = bin_trajectory(env.layout, times, positions, max_gap=max_gap, units=env.units)
    first, enter, leave = _find_stays(trajectory, trajectory.bins)
    inside = trajectory.bins[first] >= 0
    return Visits(trajectory.bins[first][inside], enter[inside], leave[inside])


def count_transitions(
    env: BaseEnvironment, times: ArrayLike, positions: ArrayLike, max_gap: MaxGap
) -> "sparse.csr_array":
    """Count the moves from each bin straight to each other one: `Environment.transitions`."""
    from scipy import sparse

    visits = find_bin_visits(env, times, positions, max_gap)
    before, after = visits.bins[:-1], visits.bins[1:]
    moved = (visits.leave[:-1] == visits.enter[1:]) & (before != after)
    pair = (before[moved], after[moved])
    shape = (env.n_bins, env.n_bins)
    counts = sparse.coo_array((np.ones(pair[0].size, dtype=np.int64), pair), shape=shape)
    return sparse.csr_array(counts)


def _find_stays(
    trajectory: BinnedTrajectory, places: NDArray[np.generic]
) -> tuple[Bins, NDArray[np.float64], NDArray[np.float64]]:
    """Cut a path where the place (n_samples,) changes and at steps that are too long.

    Gives the first sample of each piece, and from when until when it lasts [s].
    """
    when = trajectory.times
    if not when.size:
        return np.empty(0, dtype=np.intp), when, when
    in_gap = np.zeros(when.size, dtype=bool) if trajectory.in_gap is None else trajectory.in_gap
    last = np.flatnonzero(np.append((places[1:] != places[:-1]) | in_gap[:-1], True))
    first = np.append(0, last[:-1] + 1)
    after = np.minimum(last + 1, when.size - 1)
    return first, when[first], np.where(in_gap[last], when[last], when[after])
