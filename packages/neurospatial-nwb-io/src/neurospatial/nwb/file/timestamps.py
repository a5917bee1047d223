"""Times of samples as they are best written."""

from typing import TypedDict

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain, listed

EVEN = 1e-9
"""Times this close to an even clock [s] are written as one: nwbinspector tells no closer."""


class Clock(TypedDict, total=False):
    """What a TimeSeries is told of its times."""

    starting_time: float
    rate: float
    timestamps: NDArray[np.float64]


def validate_times(times: ArrayLike, n_samples: int, what: str) -> NDArray[np.float64]:
    """Validate one increasing time per sample [s].

    Raises
    ------
    ValueError
        If there is not one per sample, or they are not finite and increasing.

    Examples
    --------
    >>> validate_times([0, 0.5], 2, "fields")
    array([0. , 0.5])
    """
    clock = np.array(times, dtype=np.float64)
    if clock.shape != (n_samples,):
        raise ValueError(
            explain(
                f"times have shape {clock.shape}, and there are {n_samples} {what}.",
                "Each has one time on the clock of the session [s].",
                [f"Pass {n_samples} times.", "Pass as many as there are times."],
            )
        )
    wrong = np.flatnonzero(~np.isfinite(clock))
    if not wrong.size:
        wrong = np.flatnonzero(np.diff(clock) <= 0) + 1
    if wrong.size:
        raise ValueError(
            explain(
                f"{wrong.size} of {n_samples} times of {what} are not later than the one before, "
                f"at {listed(wrong)}.",
                "Times increase and are finite.",
                ["Sort them, and what they belong to: order = np.argsort(times)."],
            )
        )
    return clock


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
