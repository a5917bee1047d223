"""The Rayleigh test: whether a unit fires alike in all directions."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.environment import Environment
from neurospatial.errors import explain
from neurospatial.fields.directions.circle_check import compute_phasors
from neurospatial.fields.metrics.field_stack import to_field_stack
from neurospatial.validate import to_real_array

Floats = NDArray[np.float64]


class RayleighTest(NamedTuple):
    """What the Rayleigh test says of units.

    Parameters
    ----------
    z : ndarray, shape (…)
        Rayleigh's z, the number of spikes times the squared mean vector length.
    p_value : ndarray, shape (…)
        Probability of a z so large from a unit that fires alike in all directions.
    """

    z: Floats
    p_value: Floats


def compute_rayleigh(env: Environment, curves: ArrayLike, occupancy: ArrayLike) -> RayleighTest:
    """Test whether units fire alike in all directions, however long each was faced.

    The test of Rayleigh, with the probability of Zar (Biostatistical Analysis, 5th
    ed., 2010, equation 27.4). Each spike weighs one over the time spent in its
    direction, and counts as ``(Σ w)² / Σ w²`` spikes do (Kish, Survey Sampling,
    1965): where all directions were faced alike, it is the test of the spikes' angles.

    Parameters
    ----------
    env : Environment
        That of directions: `Environment.from_circle`.
    curves : array-like, shape (n_bins,) or (…, n_bins)
        Firing rates [Hz]; bins that are NaN count for nothing. Take ``method="binned"``:
        smoothing lowers z a little.
    occupancy : array-like, shape (n_bins,)
        Time spent in each direction [s]: ``env.occupancy(times, angles)``.

    Returns
    -------
    RayleighTest
        NaN for a unit that never fired.

    Raises
    ------
    ValueError
        If the environment is no circle, shapes do not fit, a rate or a time is
        negative or infinite, or a bin has a rate and no time.

    Examples
    --------
    >>> env = Environment.from_circle(np.pi / 2)
    >>> z, p = compute_rayleigh(env, [[5.0, 5.0, 5.0, 5.0], [9.0, 1.0, 1.0, 9.0]], np.ones(4))
    >>> z.round(3), p.round(4)
    (array([0. , 6.4]), array([1.    , 0.0011]))
    """
    phasors = compute_phasors(env)
    stack, leading = to_field_stack(env, curves, "curves")
    seconds = _validate_seconds(stack, occupancy, env.n_bins)
    rates = np.nan_to_num(stack)
    over_time = np.divide(1.0, seconds, out=np.zeros(seconds.shape), where=seconds > 0)
    # Weights of the spikes of a bin sum to its rate, and their squares to rate over time.
    total, squares = rates.sum(axis=1), rates @ over_time
    fired = total > 0
    n = np.full(total.shape, np.nan)
    np.divide(total**2, squares, out=n, where=fired)
    length = np.full(total.shape, np.nan)
    np.divide(np.abs(rates @ phasors), total, out=length, where=fired)
    z = n * length**2
    # 1 + 4n + 4(n² - R²) with R = n · length, so that n² (1 - length²) is not cancelled.
    root = np.sqrt(1 + 4 * n + 4 * n**2 * (1 - length**2))
    # The difference of two large numbers, as a quotient.
    p_value = np.exp(-4 * n * z / (root + 1 + 2 * n))
    return RayleighTest(z.reshape(leading), np.minimum(p_value, 1.0).reshape(leading))


def _validate_seconds(rates: Floats, occupancy: ArrayLike, n_bins: int) -> Floats:
    seconds = to_real_array(occupancy, "occupancy")
    if seconds.shape != (n_bins,):
        problem = f"occupancy has shape {seconds.shape}, expected ({n_bins},)."
    elif not (np.isfinite(seconds) & (seconds >= 0)).all():
        problem = f"occupancy holds {seconds[~(np.isfinite(seconds) & (seconds >= 0))][0]:g}."
    elif (rates < 0).any():
        problem = f"curves: found rates down to {np.nanmin(rates):g}."
    elif (rates[:, seconds == 0] > 0).any():
        problem = "curves have a rate in a direction where occupancy is 0 s."
    else:
        return seconds
    raise ValueError(
        explain(
            problem,
            "Each direction has a rate [Hz] and the time spent there [s], neither below zero.",
            ["Pass env.occupancy(times, angles), of the samples that the curves are made of."],
        )
    )
