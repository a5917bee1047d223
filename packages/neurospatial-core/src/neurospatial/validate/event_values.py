"""Values handed over as the times of events: a trace, or counts of each sample."""

import numpy as np
from numpy.typing import NDArray

_FEWEST = 10
"""Values: fewer are as likely times in some order."""

_REPEATED = 0.5
"""Fraction of values equal to the one before: no unit fires twice at once so often."""

_DISORDER = 0.25
"""Fraction of values below the one before: of trains put together few are, of a trace half."""

_FASTEST = 200.0
"""Events in a second over a whole train: no neuron keeps that up."""


def guess_event_values(events: NDArray[np.float64], n_samples: int) -> str:
    """Say what events are that are not times, or nothing.

    Times of events come in order or nearly so, and none twice; a value for each
    sample, such as a calcium trace or spikes counted per frame, does neither.

    Parameters
    ----------
    events : ndarray, shape (n_events,)
        As they were handed over, unsorted.
    n_samples : int
        Of the trajectory that they belong to.

    Returns
    -------
    str
        What they look like and what to pass instead; empty where they may be times.

    Examples
    --------
    >>> guess_event_values(np.array([0, 0, 1, 0, 2, 0, 0, 0, 0, 1.0]), 10)[:38]
    'They look like counts per sample: pass'
    """
    if events.size < _FEWEST:
        return ""
    steps = np.diff(events)
    falling = float(np.mean(steps < 0))
    if not falling:
        return ""
    rate = events.size / max(float(np.ptp(events)), np.finfo(np.float64).tiny)
    repeated = float(np.mean(steps == 0))
    disordered = falling > _DISORDER and rate > _FASTEST
    if not (events.size == n_samples or repeated > _REPEATED or disordered):
        return ""
    if (events == np.floor(events)).all() and (events >= 0).all():
        return "They look like counts per sample: pass np.repeat(times, counts)."
    return (
        "They look like a trace, one value per sample: find its events first, "
        "times[np.flatnonzero(trace > threshold)]."
    )
