"""The time bins that positions are decoded in."""

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.validate import to_seconds, validate_positive, validate_times, warn_user
from neurospatial.validate.event_clock import format_time
from neurospatial.validate.time_unit import guess_time_unit

TimeBins: TypeAlias = tuple[Any, Any, Any] | ArrayLike
"""Begin, end and width, as a tuple of three; or the edges, shape (n_frames + 1,)."""

_WHY = "A position is decoded in each time bin, from the spikes that fall into it."
_WAYS = (
    "Pass a tuple of begin, end and width [s]: time_bins=(0.0, 600.0, 0.25).",
    "Pass the edges as an array: time_bins=np.arange(0.0, 600.0, 0.25).",
)
_ROUNDING = 1e-9
"""Of a width: a last time bin that lacks no more than this is whole."""


def read_time_bins(time_bins: TimeBins) -> NDArray[np.float64]:
    """Read the edges of time bins [s], shape (n_frames + 1,).

    What is left at the end and is shorter than a width is no time bin.

    Raises
    ------
    TypeError
        If they are neither numbers nor times.
    ValueError
        If the width is not positive or longer than the time, or edges do not increase.

    Examples
    --------
    >>> read_time_bins((0.0, 1.1, 0.5))
    array([0. , 0.5, 1. ])
    >>> read_time_bins([0.0, 0.5, 2.0])
    array([0. , 0.5, 2. ])
    """
    if isinstance(time_bins, tuple) and len(time_bins) == 3:
        return _make_edges(*time_bins)
    edges = to_seconds(time_bins, "time_bins")
    if edges.ndim == 1 and edges.size > 1:
        return validate_times(edges, edges.size, "time_bins", of="edges")
    problem = f"time_bins have shape {edges.shape}, expected (n_frames + 1,)."
    raise ValueError(explain(problem, _WHY, _WAYS))


def check_time_bins(edges: NDArray[np.float64], trains: Sequence[NDArray[np.float64]]) -> None:
    """Warn where most time bins lie before the first spike of all units or after the last.

    Nothing fires there, which a decoder takes for what the units say.

    Parameters
    ----------
    edges : ndarray, shape (n_frames + 1,)
        Increasing [s].
    trains : sequence of ndarray, each (n_spikes,)
        Increasing [s].

    Raises
    ------
    ValueError
        If all do, or no unit fires at all.

    Examples
    --------
    >>> check_time_bins(np.array([0.0, 1.0, 2.0]), [np.array([0.5, 1.5])])
    """
    ends = np.array([train[[0, -1]] for train in trains if train.size]).reshape(-1, 2)
    if not len(ends):
        problem = f"None of {len(trains)} units has a spike."
        raise ValueError(explain(problem, _WHY, ["Pass spike times in seconds, unit by unit."]))
    first, last = ends[:, 0].min(), ends[:, 1].max()
    n_frames = edges.size - 1
    n_outside = int(np.count_nonzero((edges[1:] <= first) | (edges[:-1] > last)))
    if 2 * n_outside <= n_frames:
        return
    found = (
        f"{n_outside:,} of {n_frames:,} time bins lie outside the times of the spikes: they run "
        f"from {format_time(edges[0])} to {format_time(edges[-1])}, spikes from "
        f"{format_time(first)} to {format_time(last)}."
    )
    guess = guess_time_unit(np.unique(np.concatenate(trains)), edges, "spike_times", "time_bins")
    if n_outside < n_frames:
        warn_user(f"{found}\n  That nothing fires there counts for a place. {guess}".rstrip())
        return
    ways = ["Count both from the same zero, in seconds."]
    raise ValueError(explain(found, _WHY, [guess, *ways] if guess else ways))


def _make_edges(start: Any, stop: Any, width: Any) -> NDArray[np.float64]:
    begin, end = (float(to_seconds(one, "time_bins")) for one in (start, stop))
    long = validate_positive(
        float(to_seconds(width, "time_bins")), "The width of time_bins", unit="s", why=_WHY,
        how=_WAYS,
    )  # fmt: skip
    if not np.isfinite([begin, end]).all():
        problem = f"time_bins run from {begin} s to {end} s."
    elif long > (end - begin) * (1 + _ROUNDING):
        problem = f"A time bin of {long:g} s is longer than the session, {end - begin:g} s."
    else:
        count = int(np.floor((end - begin) / long + _ROUNDING))
        return begin + long * np.arange(count + 1, dtype=np.float64)
    raise ValueError(explain(problem, _WHY, _WAYS))
