"""Windows of time over a session."""

from datetime import datetime, timedelta
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.validate import to_seconds, validate_positive, warn_user
from neurospatial.validate.event_clock import format_time
from neurospatial.validate.time_unit import guess_time_unit

TimeLike: TypeAlias = float | datetime | timedelta | np.generic
"""One number of seconds, date or duration."""

_USAGE = "sliding_windows(times[0], times[-1], width=60, step=5)"


def sliding_windows(
    start: TimeLike, stop: TimeLike, width: TimeLike, step: TimeLike
) -> NDArray[np.float64]:
    """Divide a session into windows of equal width, which may overlap.

    Parameters
    ----------
    start, stop : number or date
        Begin and end of the session [s].
    width : number or duration
        Width of a window [s].
    step : number or duration
        From the begin of one window to the next [s].

    Returns
    -------
    ndarray, shape (n_windows, 2)
        Begin and end of each window [s]; of dates, in seconds from 1970 (UTC).

    Raises
    ------
    ValueError
        If width or step is not positive, or no window fits.

    Examples
    --------
    >>> sliding_windows(0, 10, width=4, step=3)
    array([[ 0.,  4.],
           [ 3.,  7.],
           [ 6., 10.]])
    """
    why, way = "Windows lie within the session.", f"Pass seconds: {_USAGE}."
    begin, end = (float(to_seconds(one, name)) for one, name in ((start, "start"), (stop, "stop")))
    width, step = (
        validate_positive(_to_number(one), name, unit="s", why=why, how=[way])
        for one, name in ((width, "width"), (step, "step"))
    )
    if not np.isfinite([begin, end]).all():
        problem = f"The session runs from {begin} s to {end} s."
    elif width > (end - begin) * (1 + 1e-12):
        problem = f"A window of {width:g} s is longer than the session, {end - begin:g} s."
        way = f"Pass width={end - begin:g} or less."
    else:
        # A last window that ends with the session up to rounding is one of them.
        count = int(np.floor((end - begin - width) / step + 1e-9)) + 1
        begins = begin + step * np.arange(count, dtype=np.float64)
        return np.column_stack([begins, np.minimum(begins + width, end)])
    raise ValueError(explain(problem, why, [way]))


def _to_number(lasting: TimeLike) -> float | np.generic:
    """Convert a duration to seconds; a number is one already."""
    if isinstance(lasting, (datetime, timedelta, np.datetime64, np.timedelta64)):
        return float(to_seconds(lasting, "duration"))
    return lasting


def compute_window_centers(
    windows: NDArray[np.float64], times: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Compute the middle of each window [s]; one without begin or end lasts as the session.

    Examples
    --------
    >>> compute_window_centers(np.array([[0, 4], [6, np.inf]]), np.array([0.0, 9.0]))
    array([2. , 7.5])
    """
    ends = np.clip(windows, times[:1], times[-1:]) if times.size else np.zeros(windows.shape)
    return np.asarray(np.where(np.isinf(windows), ends, windows).mean(axis=1))


def check_windows(windows: NDArray[np.float64], times: NDArray[np.float64]) -> None:
    """Warn where most windows lie outside the session.

    Raises
    ------
    ValueError
        If all do.

    Examples
    --------
    >>> check_windows(np.array([[0.0, 4.0], [4.0, 8.0]]), np.array([0.0, 9.0]))
    """
    if len(times) < 2:
        return
    begin, end = times[0], times[-1]
    outside = (windows[:, 1] <= begin) | (windows[:, 0] >= end)
    n, n_outside = len(windows), int(np.count_nonzero(outside))
    if 2 * n_outside <= n:
        return
    found = (
        f"{n_outside:,} of {n:,} windows lie outside the session: they run from "
        f"{format_time(windows.min())} to {format_time(windows.max())}, times from "
        f"{format_time(begin)} to {format_time(end)}."
    )
    guess = guess_time_unit(np.unique(windows), times, "windows", "times")
    if n_outside < n:
        warn_user(f"{found}\n  No rate is known in them. {guess}".rstrip())
        return
    ways = ["Make them with sliding_windows(times[0], times[-1], width=60, step=5)."]
    why = "A map is made of what happened within its window."
    raise ValueError(explain(found, why, [guess, *ways] if guess else ways))


def validate_windows(windows: ArrayLike | None) -> NDArray[np.float64]:
    """Validate windows (n_windows, 2) [s]; None is one window that holds everything.

    Raises
    ------
    ValueError
        If the shape is wrong or a window ends before it begins.

    Examples
    --------
    >>> validate_windows(None)
    array([[-inf,  inf]])
    """
    if windows is None:
        return np.array([[-np.inf, np.inf]])
    array = to_seconds(windows, "windows")
    if array.ndim != 2 or array.shape[1] != 2 or len(array) == 0:
        problem = f"windows have shape {array.shape}, expected (n_windows, 2)."
    elif not (array[:, 0] < array[:, 1]).all():
        bad = int(np.argmin(array[:, 0] < array[:, 1]))
        problem = f"Window {bad} runs from {array[bad, 0]:g} s to {array[bad, 1]:g} s."
    else:
        return array
    raise ValueError(
        explain(
            problem,
            "Each window is its begin and its end, in seconds.",
            ["Make them with sliding_windows(times[0], times[-1], width=60, step=5)."],
        )
    )
