"""The mean vector of a tuning curve: which direction it prefers, and how much."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.environment import Environment
from neurospatial.fields.directions.circle_check import compute_phasors
from neurospatial.fields.directions.rates import to_rate_stack

_ROUNDING = 1e-14
"""Of a length that is at most 1."""


class MeanVector(NamedTuple):
    """Mean vectors of tuning curves.

    Parameters
    ----------
    length : ndarray, shape (…)
        From 0, the same in all directions, to 1, all in one.
    direction : ndarray, shape (…)
        Preferred direction [rad], from 0 to 2π.
    """

    length: NDArray[np.float64]
    direction: NDArray[np.float64]


def compute_mean_vector(env: Environment, curves: ArrayLike) -> MeanVector:
    """Compute the mean vector length and the preferred direction of tuning curves.

    It is the mean of the unit vectors of all directions, weighted by the rate in
    each (Zar, Biostatistical Analysis, 5th ed., 2010, chapter 26), so that it does
    not matter for how long each was faced.

    Parameters
    ----------
    env : Environment
        That of directions: `Environment.from_circle`.
    curves : array-like, shape (n_bins,) or (…, n_bins)
        Firing rates [Hz], as `compute_tuning_curves` gives them; bins that are NaN
        count for nothing.

    Returns
    -------
    MeanVector
        NaN for a unit that never fired; the direction is NaN also where the length is 0.

    Raises
    ------
    ValueError
        If the environment is no circle, the curves do not fit, or a rate is negative
        or infinite.

    Examples
    --------
    >>> env = Environment.from_circle(np.pi / 2)
    >>> length, direction = compute_mean_vector(env, [[9.0, 0.0, 0.0, 9.0], [0.0, 4.0, 0.0, 0.0]])
    >>> length.round(3), np.rad2deg(direction).round(3)
    (array([0.707, 1.   ]), array([  0., 135.]))
    """
    phasors = compute_phasors(env)
    rates, leading = to_rate_stack(env, curves)
    share = rates / np.where(rates.any(axis=1), rates.sum(axis=1), np.nan)[:, np.newaxis]
    vectors = share @ phasors
    # Of vectors that cancel, what is left is rounding, in no direction.
    vectors[np.abs(vectors) < _ROUNDING] = 0
    direction = np.mod(np.angle(vectors), 2 * np.pi)
    direction[~(np.abs(vectors) > 0)] = np.nan
    # A tiny negative angle is rounded up to a whole turn, which is 0.
    direction[direction == 2 * np.pi] = 0
    return MeanVector(np.abs(vectors).reshape(leading), direction.reshape(leading))
