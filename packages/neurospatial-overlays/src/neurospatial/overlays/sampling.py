"""How far apart times are that were computed along different ways."""

import numpy as np
from numpy.typing import NDArray

_NANOSECOND = 1e-9
"""Closer than any two samples [s]; of unix times, rounding is more."""


def time_tolerance(times: NDArray[np.float64]) -> float:
    """Return how far apart times are that were computed along different ways [s]."""
    return max(_NANOSECOND, 4.0 * float(np.spacing(np.abs(times[[0, -1]]).max())))
