"""The path of an animal as visits, of bins and of regions."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from neurospatial.environment.topology import Bins, Queries
from neurospatial.environment.trajectory import BinnedTrajectory, bin_trajectory


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


class Visited(Queries):
    """Where an animal was, one place after another."""

    def region_visits(
        self,
        times: ArrayLike,
        positions: ArrayLike,
        names: str | Sequence[str] | None = None,
        *,
        max_gap: float | None = 0.5,
    ) -> dict[str, RegionVisits]:
        """Give when an animal came into each region, when it left, and how long it stayed.

        A sample holds until the next one. A visit ends with the first sample
        outside, lost samples included, or at the begin of a step longer than
        `max_gap`; after the step another begins. Regions may overlap: each is
        followed by itself.

        Parameters
        ----------
        times : array-like, shape (n_samples,)
            Sample times [s], strictly increasing.
        positions : array-like, shape (n_samples, n_dims)
            Positions; NaN where lost.
        names : str or sequence of str, optional
            Which regions; left out, all in their order.
        max_gap : float or None
            Steps longer than this [s] count for no region; None counts every step.

        Returns
        -------
        dict of str to RegionVisits
            Its ``enter`` and ``leave`` [s] make windows for `compute_place_fields`;
            ``durations.sum()`` is the time spent in the region [s].

        Raises
        ------
        KeyError
            If there is no such region.
        ValueError
            If shapes differ, times do not increase, `max_gap` is not positive,
            or a region does not have the environment's dimensions.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> env = Environment.from_mask([True] * 3, [range(4)])
        >>> _ = env.regions.add("goal", point=[2.5])
        >>> times, positions = [0.0, 0.1, 0.2, 0.4, 0.5], [1.5, 2.1, 2.9, 1.0, 2.0]
        >>> visits = env.region_visits(times, positions)["goal"]
        >>> visits.enter, visits.leave, visits.durations.sum().round(6)
        (array([0.1, 0.5]), array([0.4, 0.5]), np.float64(0.3))
        """
        trajectory = bin_trajectory(self.layout, times, positions, max_gap=max_gap)
        chosen = list(self.regions) if names is None else names
        chosen = [chosen] if isinstance(chosen, str) else list(chosen)
        inside = self.region_membership(trajectory.positions, chosen)
        visits = {}
        for name, held in zip(chosen, inside.T, strict=True):
            first, enter, leave = _find_stays(trajectory, held)
            visits[name] = RegionVisits(enter[held[first]], leave[held[first]])
        return visits

    def bin_sequence(
        self, times: ArrayLike, positions: ArrayLike, *, max_gap: float | None = 0.5
    ) -> Visits:
        """Give the bins that a path visits, one after another.

        A sample holds until the next one, so the visits of a bin last as long
        as its `occupancy`. Samples in no bin are between visits.

        Parameters
        ----------
        times : array-like, shape (n_samples,)
            Sample times [s], strictly increasing.
        positions : array-like, shape (n_samples, n_dims)
            Positions; NaN where lost.
        max_gap : float or None
            A step longer than this [s] ends a visit, at its begin.

        Raises
        ------
        ValueError
            If shapes differ, times do not increase, or `max_gap` is not positive.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> env = Environment.from_mask([[True, True]], [[0, 1], [0, 1, 2]])
        >>> env.bin_sequence([0.0, 0.1, 0.3], [[0.5, 0.5], [0.5, 0.6], [0.5, 1.5]])
        Visits(bins=array([0, 1]), enter=array([0. , 0.3]), leave=array([0.3, 0.3]))
        """
        trajectory = bin_trajectory(self.layout, times, positions, max_gap=max_gap)
        first, enter, leave = _find_stays(trajectory, trajectory.bins)
        inside = trajectory.bins[first] >= 0
        return Visits(trajectory.bins[first][inside], enter[inside], leave[inside])

    def transitions(
        self, times: ArrayLike, positions: ArrayLike, *, max_gap: float | None = 0.5
    ) -> sparse.csr_array:
        """Count the moves from each bin (row) straight to each other one (column).

        Staying is no move, and neither is a way through no bin or through a
        step longer than `max_gap`. Parameters and errors are those of
        `bin_sequence`.

        Returns
        -------
        scipy.sparse.csr_array of int, shape (n_bins, n_bins)

        Examples
        --------
        >>> from neurospatial import Environment
        >>> env = Environment.from_mask([[True, True]], [[0, 1], [0, 1, 2]])
        >>> env.transitions([0.0, 0.1, 0.3], [[0.5, 0.5], [0.5, 0.6], [0.5, 1.5]]).toarray()
        array([[0, 1],
               [0, 0]])
        """
        visits = self.bin_sequence(times, positions, max_gap=max_gap)
        before, after = visits.bins[:-1], visits.bins[1:]
        moved = (visits.leave[:-1] == visits.enter[1:]) & (before != after)
        pair = (before[moved], after[moved])
        shape = (self.n_bins, self.n_bins)
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
