"""Seconds, of whatever tells a time: numbers, durations and dates."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from neurospatial.validate.containers import is_pynapple, to_array
from neurospatial.validate.numbers import to_real_array

_EPOCH = np.datetime64(0, "s")
"""Where dates are counted from, 1970-01-01 00:00 UTC, so that all clocks of a call agree."""

EARLIEST_DATE = 1e8
"""Seconds: longer than any clock runs that is not counted from 1970."""

_SECOND = np.timedelta64(1, "s")
"""The unit in which all times are."""


def to_seconds(times: Any, name: str) -> NDArray[np.float64]:
    """Convert times of any usual kind to seconds.

    Numbers are seconds already. Durations (``timedelta64``, of pandas and of Python)
    are counted in seconds; dates (``datetime64``, of pandas, polars and Python) in
    seconds from 1970-01-01 00:00 UTC, one without a time zone being taken as UTC.
    A series of pynapple has its times read.

    Parameters
    ----------
    times : array-like, any shape
    name : str
        What the text of an error calls them.

    Returns
    -------
    ndarray of float64
        Of the same shape [s]; NaN where a date is missing.

    Raises
    ------
    TypeError
        If they are neither numbers nor times.

    Examples
    --------
    >>> to_seconds(np.array([0, 1500], dtype="timedelta64[ms]"), "times")
    array([0. , 1.5])
    """
    return read_seconds(times, name)[0]


def read_seconds(times: Any, name: str) -> tuple[NDArray[np.float64], bool]:
    """Convert times as `to_seconds` does, and tell whether they are dates, counted from 1970.

    Raises
    ------
    TypeError
        If they are neither numbers nor times.

    Examples
    --------
    >>> read_seconds([datetime(1970, 1, 2)], "times"), read_seconds([0.5], "times")
    ((array([86400.]), True), (array([0.5]), False))
    """
    array = _read(times, name)
    if array.dtype.kind == "M":
        # Whole seconds apart: counted in nanoseconds, dates are beyond what a float64 tells.
        whole = array.astype("datetime64[s]")
        return np.asarray((whole - _EPOCH) / _SECOND + (array - whole) / _SECOND), True
    if array.dtype.kind == "m":
        return np.asarray(array / _SECOND), False
    return to_real_array(array, name), False


def is_date(seconds: float) -> bool:
    """Tell from its size whether a number of seconds is a date counted from 1970.

    Examples
    --------
    >>> is_date(1704067200.0), is_date(86400.0)
    (True, False)
    """
    return EARLIEST_DATE < seconds < 1000 * EARLIEST_DATE


def format_date(seconds: float) -> str:
    """Format a date counted in seconds from 1970, to the microsecond where it has a fraction.

    Examples
    --------
    >>> format_date(1704067200.5)
    '2024-01-01 00:00:00.500000 UTC'
    """
    date = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=round(seconds * 1e6))
    return f"{date.replace(tzinfo=None)} UTC"


def _read(times: Any, name: str) -> NDArray[Any]:
    array = to_array(times.t if is_pynapple(times) else times, name)
    if array.dtype != object or not array.size:
        return array
    entries = array.ravel()
    if all(isinstance(entry, datetime) for entry in entries):
        return np.array(_to_utc(entries), dtype="datetime64[us]").reshape(array.shape)
    if all(isinstance(entry, timedelta) for entry in entries):
        return entries.astype("timedelta64[us]").reshape(array.shape)
    return array


def _to_utc(dates: Sequence[datetime] | NDArray[Any]) -> list[datetime]:
    """Move dates to UTC and forget the zone, for which NumPy has no type."""
    return [
        date if date.tzinfo is None else date.astimezone(UTC).replace(tzinfo=None)
        for date in dates
    ]
