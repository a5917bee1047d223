"""Events and a trajectory whose clocks do not meet."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.validate.seconds import format_date, is_date
from neurospatial.validate.time_unit import SAMPLING_RATES, UNITS, compute_likeness
from neurospatial.validate.user_warning import warn_user

_COVERED = 0.5
"""Fraction of a session covered from which on a unit explains a clock."""

_RAREST = 0.2
"""Events in a second and unit: in a smaller unit than seconds even a fast neuron seems rarer."""

_MANY = 100
"""Events: so many of which none is in the session are no silent unit by chance."""

_DAY = 86_400.0
"""Seconds: clocks farther apart have another zero."""

_NUMBERED = 1000
"""Samples numbered 0, 1, 2, …: so many at one a second would be rare."""

_PART = 0.2
"""Fraction of a session that events cover where frames are numbered, at 5 frames a second."""


def check_event_clock(
    trains: Sequence[NDArray[np.float64]],
    times: NDArray[np.float64],
    n_inside: int,
    name: str = "spike_times",
) -> None:
    """Warn or raise where events lie outside the session because their clock is another one.

    Events outside are no fault by themselves: units are recorded all day, tracking is not,
    and a unit may be silent. A fault is what another unit or another zero explains.

    Parameters
    ----------
    trains : sequence of ndarray, each (n_events,)
        Times of the events of each unit [s], increasing.
    times : ndarray, shape (n_samples,)
        Of the trajectory [s], increasing.
    n_inside : int
        How many events lie within the session.
    name : str
        What the text calls the events' times.

    Raises
    ------
    ValueError
        If no event lies in the session, and another unit or zero explains it.
    """
    trains = [train for train in trains if train.size]
    n = sum(train.size for train in trains)
    if not n or len(times) < 2:
        return
    first = min(float(train[0]) for train in trains)
    last = max(float(train[-1]) for train in trains)
    begin, end = float(times[0]), float(times[-1])
    if 2 * n_inside >= n:
        if n >= _MANY:
            _check_numbered(times, last - first, name)
        return
    found = (
        f"{n - n_inside:,} of {n:,} {name} ({100 * (n - n_inside) / n:.3g} %) lie outside the "
        f"session: they run from {format_time(first)} to {format_time(last)}, times from "
        f"{format_time(begin)} to {format_time(end)}."
    )
    guess = _guess_unit(trains, times[[0, -1]], np.array([first, last]), name)
    apart = max(begin - last, first - end)
    # A unit that is silent for a while has a gap shorter than what is known of it.
    far = n >= _MANY and apart > max(last - first, end - begin)
    if not n_inside and (guess or apart > _DAY or (far and len(trains) > 1)):
        why = "An event is placed where the animal was when it happened."
        ways = [guess] if guess else []
        ways += [f"Count {name} and times from the same zero, in seconds.", "Pass all of times."]
        raise ValueError(explain(found, why, ways))
    if guess or far:
        warn_user(f"{found}\n  {guess or 'Check that both are counted from the same zero.'}")


def format_time(seconds: float) -> str:
    """Format a time, and what is counted from 1970 as the date that it is.

    Examples
    --------
    >>> format_time(12.5), format_time(1704067200.0)
    ('12.5 s', '2024-01-01 00:00:00 UTC')
    """
    return format_date(seconds) if is_date(seconds) else f"{seconds:.10g} s"


def _guess_unit(
    trains: Sequence[NDArray[np.float64]],
    session: NDArray[np.float64],
    events: NDArray[np.float64],
    name: str,
) -> str:
    """Find the unit in which the events would cover the session best."""
    span = events[1] - events[0]
    rare = sum(train.size for train in trains) < _RAREST * span * len(trains)
    if not rare:
        return ""
    overlap = {factor: compute_likeness(events / factor, session) for factor in UNITS}
    if all((train == np.floor(train)).all() for train in trains):
        for rate in SAMPLING_RATES:
            overlap[rate] = compute_likeness(events / rate, session)
    covered, factor = max((share, factor) for factor, share in overlap.items())
    common = min(events[1] / factor, session[1]) - max(events[0] / factor, session[0])
    if covered <= 0 or common < _COVERED * (session[1] - session[0]):
        return ""
    if factor in UNITS:
        return f"They look like {UNITS[factor]}: pass {name} / {factor:.0f}."
    return f"They look like sample numbers: pass {name} / {factor:g}, your samples per second."


def _check_numbered(times: NDArray[np.float64], span: float, name: str) -> None:
    """Warn where samples are numbered and events cover the begin of their numbers only."""
    whole = float(times[-1] - times[0])
    numbered = whole == len(times) - 1 >= _NUMBERED and times[0] in (0, 1)
    if not numbered or span >= _PART * whole or not (np.diff(times) == 1).all():
        return
    warn_user(
        f"times are {times[0]:.0f}, {times[1]:.0f}, {times[2]:.0f}, … {times[-1]:.0f}, and {name} "
        f"cover {span:.4g} s of them.\n  They look like frame numbers: pass times / frames per "
        "second."
    )
