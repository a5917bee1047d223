"""Dates on the clock of a file, whose zero the file says."""

from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from neurospatial.nwb.file.tree import Container
from neurospatial.validate import read_seconds, to_array, to_seconds

_MICROSECOND = 6
"""Decimals of a second that dates of Python have: their difference is exact when rounded so."""


def to_session_seconds(times: Any, name: str, root: Container) -> NDArray[np.float64]:
    """Convert times to seconds on the clock of a file.

    Numbers and durations are counted from its zero already; dates are counted from
    its `timestamps_reference_time`.

    Parameters
    ----------
    times : array-like, any shape
    name : str
        What the text of an error calls them.
    root : Container
        The NWBFile.

    Raises
    ------
    TypeError
        If they are neither numbers nor times.

    Examples
    --------
    >>> from datetime import UTC
    >>> from pynwb import NWBFile
    >>> nwbfile = NWBFile("a session", "1", datetime(2024, 5, 17, tzinfo=UTC))
    >>> to_session_seconds(np.array(["2024-05-17T00:01"], "datetime64[s]"), "times", nwbfile)
    array([60.])
    """
    zero = getattr(root, "timestamps_reference_time", None)
    seconds, are_dates = read_seconds(times, name)
    if not isinstance(zero, datetime) or not are_dates:
        return seconds
    from_1970 = to_seconds([zero], "timestamps_reference_time")[0]
    dates = to_array(times, name)
    if dates.dtype.kind != "M":
        return np.asarray(np.round(seconds - from_1970, _MICROSECOND))
    # Before they are counted: since 1970 a float64 tells no closer than a quarter microsecond.
    start = np.datetime64(round(from_1970 * 10**_MICROSECOND), "us")
    return to_seconds(dates - start, name)
