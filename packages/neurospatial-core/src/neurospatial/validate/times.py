"""Times: one per sample and increasing, or of events in any order."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain, format_indices
from neurospatial.validate.seconds import to_seconds


def validate_times(
    times: ArrayLike,
    n_samples: int,
    name: str = "times",
    *,
    of: str = "samples",
    owner: str = "",
    least: int = 0,
) -> NDArray[np.float64]:
    """Check that there is one finite time per sample and that times strictly increase.

    Parameters
    ----------
    times : array-like, shape (n_samples,)
        On the data's clock [s], or dates (see `to_seconds`).
    n_samples : int
        How many samples they belong to.
    name : str
        Of the parameter.
    of : str
        What the samples are, in the plural.
    owner : str
        Whose times they are, such as the class of an overlay; empty for a function's.
    least : int
        The fewest there may be.

    Returns
    -------
    ndarray of float64, shape (n_samples,)

    Raises
    ------
    TypeError
        If they are not real numbers.
    ValueError
        If there is not one per sample, one is not finite, or they do not increase.

    Examples
    --------
    >>> validate_times([0, 0.5, 1], 3)
    array([0. , 0.5, 1. ])
    """
    given = f"{owner} {name}" if owner else name
    clock = to_seconds(times, given)
    if clock.shape != (n_samples,) or n_samples < least:
        raise ValueError(
            explain(
                f"{given} have shape {clock.shape}, and there are {n_samples} {of}.",
                f"Each of the {of} has one time.",
                [f"Pass {n_samples} times [s].", f"Pass as many {of} as times."],
            )
        )
    # One comparison finds both faults: a NaN is not later than anything, nor anything than it.
    if np.all(clock[1:] > clock[:-1]) and np.all(np.isfinite(clock[[0, -1]] if n_samples else ())):
        return clock
    stamps = f"{owner} timestamps" if owner else name
    _refuse_infinite(clock, stamps, of)
    _refuse_unordered(clock, stamps)
    return clock


def validate_event_times(times: ArrayLike, name: str) -> NDArray[np.float64]:
    """Check the times of events, which may come in any order.

    Parameters
    ----------
    times : array-like, shape (n_events,)
        On the data's clock [s], or dates (see `to_seconds`).
    name : str
        What the text of an error calls them.

    Returns
    -------
    ndarray of float64, shape (n_events,)

    Raises
    ------
    TypeError
        If they are not real numbers.
    ValueError
        If there is more than one axis, or one is not finite.

    Examples
    --------
    >>> validate_event_times([3, 1, 2], "spike_times")
    array([3., 1., 2.])
    """
    events = to_seconds(times, name)
    n_bad = np.count_nonzero(~np.isfinite(events))
    if events.ndim == 1 and not n_bad:
        return events
    raise ValueError(
        explain(
            f"{name} have shape {events.shape}, {n_bad} are not finite.",
            "Each event happens at one time in seconds.",
            [
                "Pass an array of shape (n_events,).",
                "Leave out what is not finite: times[np.isfinite(times)]",
                "Pass each unit or kind of event apart.",
            ],
        )
    )


def _refuse_infinite(clock: NDArray[np.float64], name: str, of: str) -> None:
    wrong = np.flatnonzero(~np.isfinite(clock))
    if len(wrong):
        raise ValueError(
            explain(
                f"{name}: found {len(wrong)} NaN/Inf values at indices: {format_indices(wrong)}.",
                f"{of.capitalize()} without a time belong to no moment.",
                [
                    f"Remove these {of}: keep = np.isfinite(times); "
                    "data = data[keep]; times = times[keep]",
                ],
            )
        )


def _refuse_unordered(clock: NDArray[np.float64], name: str) -> None:
    wrong = np.flatnonzero(clock[1:] <= clock[:-1])
    i = int(wrong[0])
    raise ValueError(
        explain(
            f"{name} are not monotonically increasing.\n"
            f"  Found {len(wrong)} non-monotonic points at indices: {format_indices(wrong)}.\n"
            f"  First violation: times[{i}] = {clock[i]:.12g} >= "
            f"times[{i + 1}] = {clock[i + 1]:.12g}",
            "Interpolation requires strictly increasing timestamps.",
            [
                "Sort timestamps and corresponding data: idx = np.argsort(times); "
                "times = times[idx]; data = data[idx]",
                "Remove duplicate or reversed timestamps",
                "Verify timestamp source for recording errors",
            ],
        )
    )
