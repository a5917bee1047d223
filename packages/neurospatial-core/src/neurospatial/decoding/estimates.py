"""What a posterior comes to: a place, how sure it is, and within what distance."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from neurospatial.decoding.bin_distances import compute_bin_distances
from neurospatial.decoding.mean_position import SpaceMean, TrackMean, choose_mean
from neurospatial.layouts import Layout

CREDIBLE = 0.95
"""Probability that the animal is within the credible radius."""

_VALUES_KEPT = 4_000_000
"""Distances in their order that are kept: 64 MB."""

_Ordered: TypeAlias = tuple[NDArray[np.intp], NDArray[np.float64]]
"""Bins by their distance from one, and how far each reaches."""


@dataclass(frozen=True, eq=False)
class Estimates:
    """What is told of the posterior of each time bin.

    Parameters
    ----------
    map_position, mean_position : ndarray, shape (n_frames, n_dims)
        The centre of the likeliest bin, and the mean.
    credible_radius : ndarray, shape (n_frames,)
        Around `map_position`.
    entropy : ndarray, shape (n_frames,)
        In bits.
    """

    map_position: NDArray[np.float64]
    mean_position: NDArray[np.float64]
    credible_radius: NDArray[np.float64]
    entropy: NDArray[np.float64]

    @classmethod
    def allocate(cls, n_frames: int, n_dims: int) -> Self:
        """Make room for those of a number of time bins."""
        place = (n_frames, n_dims)
        return cls(np.empty(place), np.empty(place), np.empty(n_frames), np.empty(n_frames))


@dataclass(frozen=True, eq=False)
class Estimator:
    """Normalises log posteriors, and tells what each comes to.

    Parameters
    ----------
    layout : Layout
    """

    layout: Layout

    def normalize(
        self, logs: NDArray[np.float64], into: Estimates, start: int
    ) -> NDArray[np.float64]:
        """Turn log posteriors into probabilities, and note what they come to.

        Parameters
        ----------
        logs : ndarray, shape (n, n_bins)
            But for a constant of each row; -inf where a bin is impossible, never all of
            them. Overwritten.
        into : Estimates
            Where to note it.
        start : int
            The frame of the first row.

        Returns
        -------
        ndarray, shape (n, n_bins)
            Each row sums to 1.
        """
        rows = slice(start, start + len(logs))
        best = np.argmax(logs, axis=1)
        logs -= logs[np.arange(len(logs)), best][:, np.newaxis]
        probabilities = np.exp(logs)
        total = probabilities.sum(axis=1)
        probabilities /= total[:, np.newaxis]
        into.entropy[rows] = _compute_entropy(probabilities, logs, total)
        into.map_position[rows] = self.layout.bin_centers[best]
        into.mean_position[rows] = self._mean.compute(probabilities)
        into.credible_radius[rows] = self._compute_radius(probabilities, best)
        return probabilities

    @cached_property
    def _mean(self) -> TrackMean | SpaceMean:
        return choose_mean(self.layout)

    @cached_property
    def _half_sides(self) -> NDArray[np.float64]:
        return np.asarray(self.layout.bin_measures ** (1 / self.layout.n_dims) / 2)

    def _compute_radius(
        self, probabilities: NDArray[np.float64], best: NDArray[np.intp]
    ) -> NDArray[np.float64]:
        """Compute how far from the likeliest bin the far sides of the credible bins are."""
        radius = np.empty(len(best))
        for center in np.unique(best):
            rows = np.flatnonzero(best == center)
            order, reach = self._order(int(center))
            held = np.cumsum(probabilities[rows][:, order], axis=1)
            last = np.argmax(held >= CREDIBLE * held[:, -1:], axis=1)
            radius[rows] = reach[last]
        return radius

    @cached_property
    def _order(self) -> Callable[[int], _Ordered]:
        return lru_cache(max(1, _VALUES_KEPT // self.layout.n_bins))(self._compute_order)

    def _compute_order(self, center: int) -> _Ordered:
        """Order the bins by their distance from one, with how far each reaches."""
        [apart] = compute_bin_distances(self.layout, np.array([center]))
        order = np.argsort(apart, kind="stable")
        return order, np.maximum.accumulate((apart + self._half_sides)[order])


def _compute_entropy(
    probabilities: NDArray[np.float64], logs: NDArray[np.float64], total: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Compute the entropy of each row [bits], from logs of which the greatest is 0."""
    # What is impossible weighs nothing, and 0 times -inf would be NaN.
    np.maximum(logs, np.finfo(np.float64).min, out=logs)
    mean = np.einsum("ij,ij->i", probabilities, logs)
    # What is certain is 0 but for rounding, on either side of it.
    return np.asarray(np.maximum((np.log(total) - mean) / np.log(2), 0))
