"""Times of behaviour that are likely no seconds: they tick too slowly."""

import numpy as np
from numpy.typing import NDArray

from neurospatial.validate.sampling import compute_usual_interval
from neurospatial.validate.user_warning import warn_user

_FEWEST = 10
"""Samples: fewer are an example, not a recording."""

_SLOW = 1.5
"""Seconds: longer than the interval of one sample a second, which is good tracking."""

_SLOWEST = 5.0
"""Seconds between samples beyond which no path between them can be told."""

_LONG = 86_400.0
"""Seconds of a day: sessions sampled about once in two seconds end before."""

_MOST_MILLISECONDS, _MOST_MICROSECONDS = 1e3, 1e6
"""Usual interval up to which a clock of at least one sample a second is in this unit."""


def check_slow_clock(times: NDArray[np.float64], name: str = "times") -> None:
    """Warn where behaviour is sampled more slowly than it ever is, as if in another unit.

    Parameters
    ----------
    times : ndarray, shape (n_samples,)
        Increasing [s].
    name : str
        What the text calls them.

    Examples
    --------
    >>> check_slow_clock(np.arange(0.0, 600.0))
    """
    n = len(times)
    span = float(times[-1] - times[0]) if n else 0.0
    # The mean is had for nothing; the median, which a pause does not move, takes its time.
    if n < _FEWEST or span <= _SLOW * (n - 1):
        return
    usual = compute_usual_interval(times)
    if usual <= _SLOW or (usual <= _SLOWEST and span <= _LONG):
        return
    warn_user(
        f"{name} tick every {usual:g} s over {format_span(span)} ({n:,} samples): behaviour is "
        f"seldom sampled so slowly.\n  {_guess_unit(usual, name)}"
    )


def format_span(seconds: float) -> str:
    """Format how long something lasts, in the unit that one would say.

    Examples
    --------
    >>> format_span(90.0), format_span(60_000.0), format_span(6e8)
    ('90 s', '16.7 hours', '19 years')
    """
    for unit, length in (("years", 31_557_600.0), ("days", _LONG), ("hours", 3600.0)):
        if seconds >= 2 * length:
            return f"{seconds / length:.3g} {unit}"
    return f"{seconds:.4g} s"


def _guess_unit(usual: float, name: str) -> str:
    if usual < _MOST_MILLISECONDS:
        unit, factor = "milliseconds", "1000"
    elif usual < _MOST_MICROSECONDS:
        unit, factor = "microseconds", "1e6"
    else:
        unit, factor = "nanoseconds", "1e9"
    return (
        f"They look like {unit}: pass {name} / {factor}. If they count samples, divide them by "
        "the samples per second."
    )
