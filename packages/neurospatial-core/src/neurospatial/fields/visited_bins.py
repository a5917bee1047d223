"""Which bins were visited for long enough to say something of them."""

import numpy as np
from numpy.typing import NDArray

from neurospatial.validate import validate_limit, warn_user


def find_visited(occupancy: NDArray[np.float64], min_seconds: float) -> NDArray[np.bool_]:
    """Mark the bins that were visited at all, and for `min_seconds`.

    Examples
    --------
    >>> find_visited(np.array([0.0, 0.5, 2.0]), 1.0)
    array([False, False,  True])
    """
    return (occupancy > 0) & (occupancy >= min_seconds)


def check_visited(occupancy: NDArray[np.float64], min_seconds: float) -> None:
    """Warn where no bin was visited for so long."""
    longest = float(occupancy.max(initial=0.0))
    if 0 < longest < min_seconds:
        warn_user(
            f"No bin was visited for min_occupancy_seconds={min_seconds:g} s: the longest time in "
            f"one is {longest:.4g} s.\n  No bin has a rate. Pass fewer seconds."
        )


def validate_min_occupancy(seconds: float) -> float:
    """Validate for how long a bin has to be visited [s].

    Raises
    ------
    ValueError
        If it is not a number, NaN, or below zero.

    Examples
    --------
    >>> validate_min_occupancy(1)
    1.0
    """
    why = "Bins visited for less than this have no rate."
    ways = ["Pass 0 to keep every bin visited.", "Pass a number of seconds, say 0.1."]
    return validate_limit(seconds, "min_occupancy_seconds", why, ways)
