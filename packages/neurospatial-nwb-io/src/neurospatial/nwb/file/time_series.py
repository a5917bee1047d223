"""Samples over time as NWB keeps them."""

import logging
import re
from collections.abc import Sequence
from typing import Protocol, cast, runtime_checkable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain, format_indices
from neurospatial.nwb.file.damage import check_stored
from neurospatial.nwb.file.datasets import Dataset, read_numbers, to_text
from neurospatial.nwb.file.tree import Item
from neurospatial.validate.user_warning import warn_user

_log = logging.getLogger("neurospatial")

_JITTER = 1.0
"""Times that go back by less than this [s] were stamped late; by more, a clock began anew."""


_UPWARD = re.compile(r"y is up|(bottom|lower)[ -]?left", re.I)
"""What `write_overlays` says of places, and where the documents of pynwb put their origin."""


class TimeSeries(Protocol):
    """What is asked of a TimeSeries of pynwb."""

    name: str
    data: Dataset
    unit: str
    conversion: float
    offset: float
    timestamps: Dataset | None
    rate: float | None
    starting_time: float | None


@runtime_checkable
class TimedSamples(Protocol):
    """Samples that carry their times [s], as those of pynapple do."""

    @property
    def t(self) -> ArrayLike:
        """Times [s], shape (n_samples,)."""

    @property
    def values(self) -> ArrayLike:
        """Samples, shape (n_samples, ...)."""


def as_series(item: Item) -> TimeSeries:
    """Type an object as the TimeSeries that it is."""
    return cast("TimeSeries", item.thing)


def get_shape(series: TimeSeries) -> tuple[int, ...]:
    """Get the shape of the samples without reading them."""
    shape = getattr(series.data, "shape", None)
    return tuple(shape) if shape is not None else np.shape(cast("Sequence[float]", series.data))


def read_unit(series: TimeSeries) -> str:
    """Read the unit of a series as the file says it, which may be bytes."""
    return to_text(series.unit)


def says_y_up(series: TimeSeries) -> bool:
    """Check whether the reference frame of a series says that y grows upward."""
    return bool(_UPWARD.search(to_text(getattr(series, "reference_frame", None) or "")))


def read_values(series: TimeSeries) -> NDArray[np.float64]:
    """Read the samples (n_samples, ...) in the unit of the series: conversion and offset applied.

    Raises
    ------
    ValueError
        If the file is damaged there.
    """
    values = read_numbers(series.data)
    conversion, offset = float(series.conversion), float(getattr(series, "offset", 0.0) or 0.0)
    return values if (conversion, offset) == (1.0, 0.0) else values * conversion + offset


def read_times(series: TimeSeries) -> NDArray[np.float64]:
    """Read the time of each sample [s], from timestamps or from the rate.

    Raises
    ------
    ValueError
        If the series has neither, or says that it is far larger than what is stored of it.
    """
    if series.timestamps is not None:
        return read_numbers(series.timestamps)
    if series.rate is None or not series.rate > 0:
        raise ValueError(
            explain(
                f"{series.name} has no timestamps, and its rate is {series.rate}.",
                "Each sample was recorded at some time.",
                ["Choose another series.", "Pass the data with its times: pynapple.TsdFrame"],
            )
        )
    check_stored(series.data)
    start = float(series.starting_time or 0.0)
    return np.asarray(start + np.arange(get_shape(series)[0]) / float(series.rate))


def sort_by_time(
    times: NDArray[np.float64], values: NDArray[np.float64], name: str
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Sort samples by time, each time once; what had to be done is warned of.

    Parameters
    ----------
    times : ndarray, shape (n_samples,)
        [s].
    values : ndarray, shape (n_samples, ...)
    name : str
        What texts call them.

    Raises
    ------
    ValueError
        If there is not one time per sample, none is finite, or times go back by
        a second or more, as where two recordings follow each other.

    Warns
    -----
    UserWarning
        If samples are left out or sorted.

    Examples
    --------
    >>> sort_by_time(np.array([0.0, 1.0]), np.array([5.0, 6.0]), "x")
    (array([0., 1.]), array([5., 6.]))
    """
    if len(times) != len(values):
        raise ValueError(
            explain(
                f"{name} has {len(times)} times and {len(values)} samples.",
                "Each sample was recorded at one time.",
                ["Choose another series.", "Mend the file."],
            )
        )
    steps = np.diff(times)
    if len(times) and np.isfinite(times).all() and (steps > 0).all():
        return times, values
    return _mend_samples(times, values, name)


def _mend_samples(
    times: NDArray[np.float64], values: NDArray[np.float64], name: str
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    finite = np.isfinite(times)
    if not finite.any():
        raise ValueError(
            explain(
                f"{name} has {len(times)} samples, and none has a time; where each is a frame "
                "of a camera, camera_fps= or camera_times= say when.",
                "Each sample was recorded at some time.",
                ["Pass camera_fps=30 or camera_times=...", "Choose another series."],
            )
        )
    when = times[finite]
    back = np.flatnonzero(np.diff(when) < 0)
    _check_one_clock(when, back, name)
    order = np.argsort(when, kind="stable")
    first = np.r_[True, np.diff(when[order]) > 0]
    kept = np.flatnonzero(finite)[order[first]]
    done = [
        (len(back), f"sorted, for times go back {len(back)} times, after {format_indices(back)}"),
        ((~finite).sum(), f"{(~finite).sum()} without a finite time left out"),
        ((~first).sum(), f"{(~first).sum()} that repeat a time left out"),
    ]
    summary = "; ".join(text for count, text in done if count)
    warn_user(f"{name}, {len(times)} samples: {summary}.")
    return times[kept], values[kept]


def _check_one_clock(when: NDArray[np.float64], back: NDArray[np.intp], name: str) -> None:
    far = [i for i in back if when[i] - when[i + 1] >= _JITTER]
    if not far:
        return
    i = far[0]
    raise ValueError(
        explain(
            f"{name}: times are out of order at {len(back)} of {len(when)} samples; after sample "
            f"{i} they go from {when[i]:g} s to {when[i + 1]:g} s.",
            f"Going back by {_JITTER:g} s or more, a clock began anew: sorted, two recordings "
            "would be mixed.",
            [
                "Pass the samples of one recording, with their times: "
                "position=pynapple.TsdFrame(t=times, d=positions)",
                "Choose another series.",
                "Mend the timestamps in the file.",
            ],
        )
    )
