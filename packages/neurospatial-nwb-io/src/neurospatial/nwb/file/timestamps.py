"""Times of samples as they are best written."""

from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

EVEN = 1e-9
"""Times this close to an even clock [s] are written as one: nwbinspector tells no closer."""


class Clock(TypedDict, total=False):
    """What a TimeSeries is told of its times."""

    starting_time: float
    rate: float
    timestamps: NDArray[np.float64]


def to_clock(times: NDArray[np.float64]) -> Clock:
    """Convert times (n_samples,) to a start and a rate where they are even.

    Examples
    --------
    >>> to_clock(2 + np.arange(100) / 30)
    {'starting_time': 2.0, 'rate': 30.0}
    >>> to_clock(np.array([0.0, 1.0, 3.0]))
    {'timestamps': array([0., 1., 3.])}
    """
    if len(times) > 1:
        rate = (len(times) - 1) / float(times[-1] - times[0])
        # An end that was rounded hides the round rate that it was made with.
        for guess in (round(rate, 6), rate):
            even = times[0] + np.arange(len(times)) / guess if guess else times
            if guess and np.abs(even - times).max() <= EVEN:
                return {"starting_time": float(times[0]), "rate": float(guess)}
    return {"timestamps": times}
