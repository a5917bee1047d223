"""How likely the spikes of a time bin are at each place."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

LEAST_RATE = 1e-3
"""Hz: a map that says 0 was sampled for minutes, and so tells of no lower rate."""

_FEW = 0.1
"""Of counts that are not 0: below that a sparse product is faster than a dense one."""


@dataclass(frozen=True, eq=False)
class PoissonLikelihood:
    """Spikes of independent Poisson units, given the rate of each at each place.

    The log likelihood of counts n in a time bin of width τ at a place with rates f is
    ``Σ n log f - τ Σ f`` but for what is the same everywhere (Zhang et al.,
    J. Neurophysiol. 79:1017, 1998).

    Parameters
    ----------
    rates : ndarray, shape (n_units, n_bins)
        In Hz; below `LEAST_RATE` they are taken for that. Where one is NaN, a place is
        impossible.
    trains : sequence of ndarray, each (n_spikes,)
        The spikes of each unit [s], increasing.
    edges : ndarray, shape (n_frames + 1,)
        Of the time bins [s], increasing; a spike at an edge is of the bin that it opens.

    Examples
    --------
    >>> model = PoissonLikelihood(np.eye(2), [np.array([0.5]), np.empty(0)], np.array([0.0, 1.0]))
    >>> model.compute(0, 1).round(2)
    array([[-1.  , -7.91]])
    """

    rates: NDArray[np.float64]
    trains: Sequence[NDArray[np.float64]]
    edges: NDArray[np.float64]

    @cached_property
    def _floored(self) -> NDArray[np.float64]:
        return np.maximum(np.nan_to_num(self.rates), LEAST_RATE)

    @cached_property
    def _log_rates(self) -> NDArray[np.float64]:
        return np.log(self._floored)

    @cached_property
    def _summed(self) -> NDArray[np.float64]:
        """Rate of all units together, infinite where it is not known, shape (n_bins,)."""
        summed = self._floored.sum(axis=0)
        return np.where(np.isnan(self.rates).any(axis=0), np.inf, summed)

    def compute(self, start: int, stop: int) -> NDArray[np.float64]:
        """Compute the log likelihood in time bins `start` to before `stop`, (n, n_bins)."""
        edges = self.edges[start : stop + 1]
        counts = np.empty((len(self.trains), stop - start))
        for row, train in zip(counts, self.trains, strict=True):
            row[:] = np.diff(np.searchsorted(train, edges))
        likelihood = self._weigh(counts.T)
        likelihood -= np.diff(edges)[:, np.newaxis] * self._summed
        return likelihood

    def _weigh(self, counts: NDArray[np.float64]) -> NDArray[np.float64]:
        """Sum the log rates that the counts (n, n_units) call for."""
        if np.count_nonzero(counts) < _FEW * counts.size:
            return np.asarray(sparse.csr_array(counts) @ self._log_rates)
        return counts @ self._log_rates
