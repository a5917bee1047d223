"""How often a clock ticks, and what follows from it."""

import numpy as np
from numpy.typing import NDArray

SHORTEST_GAP = 1.0
"""Seconds that an animal's path is straight enough to be bridged."""

_GAP_INTERVALS = 5.0
"""Usual intervals: a few lost samples are bridged in sparse recordings too."""

_NANOSECOND = 1e-9
"""Closer than any two samples [s]; of unix times, rounding is more."""


def compute_default_max_gap(times: NDArray[np.float64]) -> float:
    """Compute the longest stretch without samples that is bridged [s].

    Parameters
    ----------
    times : ndarray, shape (n_samples,)
        Strictly increasing [s].

    Returns
    -------
    float
        One second, or five usual intervals where samples are sparser than that.

    Examples
    --------
    >>> compute_default_max_gap(np.arange(0.0, 10.0, 0.02))
    1.0
    >>> compute_default_max_gap(np.arange(0.0, 100.0, 10.0))
    50.0
    """
    return max(SHORTEST_GAP, _GAP_INTERVALS * compute_median_interval(times))


def compute_median_interval(times: NDArray[np.float64]) -> float:
    """Compute the median time between samples [s]; 0 of a lone one."""
    return float(np.median(np.diff(times))) if len(times) > 1 else 0.0


def time_tolerance(times: NDArray[np.float64]) -> float:
    """Return how far apart times are that were computed along different ways [s]."""
    return max(_NANOSECOND, 4.0 * float(np.spacing(np.abs(times[[0, -1]]).max())))
