"""Positions decoded from spikes, and how sure each is."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from neurospatial.decoding.bin_distances import compute_distances_along
from neurospatial.decoding.overlays import (
    CredibleOverlay,
    ErrorOverlay,
    Estimate,
    EstimateOverlay,
)
from neurospatial.fields import FieldSeries
from neurospatial.scene import Overlay


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Decoded(FieldSeries[NDArray[np.floating]]):
    """The posterior of each time bin, and what it comes to.

    It is a `FieldSeries`: taken where an array is, and handed to `animate_fields` as it
    is. Positions are in environment units; on a track, distances along its axis.

    Parameters
    ----------
    values : ndarray, shape (n_frames, n_bins)
        Probability that the animal is in each bin; each row sums to 1.
    times, env, names, windows, unit, description
        As of a `FieldSeries`: the middle of each time bin [s], the bins, no name, and
        begin and end of each time bin.
    map_position : ndarray, shape (n_frames, n_dims)
        Centre of the likeliest bin.
    mean_position : ndarray, shape (n_frames, n_dims)
        The mean; on a track the place from which the squared distance along it is least.
        In the plane it may lie beside the bins, where a wall or a hole is.
    credible_radius : ndarray, shape (n_frames,)
        How far from `map_position` the animal is with a probability of 95 % at most: to
        the far side of the last bin that is needed; on a track, along it.
    entropy : ndarray, shape (n_frames,)
        How much is left to be told [bits]: 0 for one bin, log2(n_bins) for no idea.
    true_position : ndarray, shape (n_frames, n_dims), optional
        Where the animal was; NaN where it was lost. None where nothing says.

    Examples
    --------
    >>> from neurospatial import Environment, decode_positions
    >>> env = Environment.from_mask([True, True], [[0, 2, 4]], units="cm")
    >>> spikes = [[0.1, 0.2, 0.3], [1.6, 1.7]]
    >>> decoded = decode_positions(env, [[5, 0.1], [0.1, 5]], spikes, time_bins=(0, 2, 1))
    >>> decoded
    Decoded(2 frames × 2 bins, 0.5 … 1.5 s, in probability)
    >>> decoded.map_position.ravel(), decoded.posterior.round(3)
    (array([1., 3.]), array([[1., 0.],
           [0., 1.]], dtype=float32))
    """

    windows: NDArray[np.float64]
    map_position: NDArray[np.float64]
    mean_position: NDArray[np.float64]
    credible_radius: NDArray[np.float64]
    entropy: NDArray[np.float64]
    true_position: NDArray[np.float64] | None = None

    @property
    def posterior(self) -> NDArray[np.floating]:
        """Probability that the animal is in each bin, shape (n_frames, n_bins)."""
        return self.values

    @cached_property
    def error(self) -> NDArray[np.float64] | None:
        """Distance from `true_position` to `map_position`, shape (n_frames,).

        On a track it is that along it. None where nothing says where the animal was.
        """
        if self.true_position is None:
            return None
        return compute_distances_along(self.env.layout, self.true_position, self.map_position)

    def overlays(self) -> tuple[Overlay, ...]:
        """Return what is drawn over the posterior, for ``overlays=`` of `animate_fields`.

        A ring of `credible_radius` around `map_position`, on a line a stretch; a mark on
        `map_position`; and where `true_position` is known, a line from there to it.

        Examples
        --------
        >>> from neurospatial import Environment, decode_positions
        >>> env = Environment.from_mask([[True, True]], [[0, 2], [0, 2, 4]], units="cm")
        >>> decoded = decode_positions(env, [[5, 1]], [[0.1, 1.6]], time_bins=(0, 2, 1))
        >>> [type(overlay).__name__ for overlay in decoded.overlays()]
        ['CredibleOverlay', 'EstimateOverlay']
        """
        estimate = Estimate(self.map_position, self.windows)
        drawn: list[Overlay] = [CredibleOverlay(estimate, self.credible_radius)]
        if self.true_position is not None:
            drawn.append(ErrorOverlay(estimate, Estimate(self.true_position, self.windows)))
        return (*drawn, EstimateOverlay(estimate))
