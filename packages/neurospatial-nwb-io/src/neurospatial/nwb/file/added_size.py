"""How many bytes a file will grow by."""

from collections.abc import Iterator, Sequence
from math import prod
from typing import TYPE_CHECKING, cast

import numpy as np

if TYPE_CHECKING:
    from hdmf.container import AbstractContainer
    from pynwb import NWBFile

_MARGIN = 4 * 2**20
"""Bytes for what is not counted: the specifications of extensions (0.2 MB), the heads of objects
(0.3 MB for 100 positions), rows added to tables that are there."""

_SHARE = 1 / 64
"""Of what is counted: the index of chunks, and noise that grows by 0.1 % when it is compressed."""

_NUMBER = 8
"""Bytes of a number of Python."""


def estimate_added_bytes(nwbfile: "NWBFile") -> int:
    """Estimate how many bytes the objects take that are in no file yet, with a margin.

    Counted as if nothing were compressed: noise is not smaller when it is. What links to
    another file takes nothing.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> from pynwb import NWBFile, TimeSeries
    >>> nwbfile = NWBFile("a session", "1", datetime(2026, 1, 1, tzinfo=UTC))
    >>> before = estimate_added_bytes(nwbfile)
    >>> trace = TimeSeries(name="trace", data=np.zeros(10**6), unit="V", rate=1.0)
    >>> nwbfile.add_acquisition(trace)
    >>> (estimate_added_bytes(nwbfile) - before) // 1000
    8125
    """
    counted = sum(_count_bytes(value) for value in _iter_new_values(nwbfile))
    return add_margin(counted)


def add_margin(counted: int) -> int:
    """Add to the bytes of arrays what a file needs beside them.

    Examples
    --------
    >>> add_margin(64_000_000)
    69194304
    """
    return counted + int(counted * _SHARE) + _MARGIN


def _iter_new_values(thing: "AbstractContainer") -> Iterator[object]:
    """Iterate over the values of objects that were not read from a file."""
    if thing.container_source is None:
        # Columns have data that are none of their fields.
        yield from {"data": getattr(thing, "data", None), **thing.fields}.values()
    for child in thing.children:
        yield from _iter_new_values(child)


def _count_bytes(value: object) -> int:
    if type(value).__name__ == "H5DataIO":
        value = value.data  # type: ignore[attr-defined]
    if hasattr(value, "recommended_data_shape"):
        return _count_iterator(value)
    if hasattr(value, "nbytes"):
        # A dataset of another file is linked to.
        return 0 if hasattr(value, "file") else int(value.nbytes)
    if isinstance(value, str | bytes):
        return len(value)
    if isinstance(value, list | tuple):
        return sum(map(_count_bytes, cast("Sequence[object]", value)))
    return _NUMBER if isinstance(value, int | float) else 0


def _count_iterator(data: object) -> int:
    """Count what is still to come in pieces; 0 where nobody knows how much that is."""
    shape = data.recommended_data_shape()  # type: ignore[attr-defined]
    if shape is None or None in shape:
        return 0
    return int(prod(shape)) * np.dtype(data.dtype).itemsize  # type: ignore[attr-defined]
