"""When the fields of a panel were recorded."""

from collections.abc import Mapping, Set
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.scene.compile.fields.xarray_input import get_own_times
from neurospatial.scene.compile.panel_spec import PanelClock
from neurospatial.scene.source import FramesLike
from neurospatial.validate import (
    is_date,
    read_seconds,
    to_texts,
    validate_length,
    validate_times,
)


def read_field_clock(
    fields: FramesLike, n_fields: int, frame_times: ArrayLike | None
) -> PanelClock:
    """Read when the fields of a panel were recorded.

    Parameters
    ----------
    fields : FramesLike
        Which may carry their times.
    n_fields : int
        How many there are. A single one is shown at each of several `frame_times`.
    frame_times : array-like, shape (n_fields,) or (n_fields, 2), or None
        What the user says of it.

    Returns
    -------
    PanelClock

    Raises
    ------
    TypeError, ValueError
        If there is not one time for each field, or they do not increase.

    Examples
    --------
    >>> read_field_clock(np.zeros((2, 6)), 2, [[0.0, 1.0], [1.0, 2.0]]).times
    array([0.5, 1.5])
    """
    times = get_own_times(fields) if frame_times is None else frame_times
    if times is None:
        return PanelClock(n_fields)
    seconds, are_dates = read_seconds(times, "frame_times")
    middles = _get_middles(seconds)
    is_still = n_fields == 1 and middles.ndim == 1 and len(middles) > 1
    n_frames = len(middles) if is_still else n_fields
    clock = validate_times(middles, n_frames, "frame_times", of="frames")
    # What fields carry has been turned into seconds where they were computed.
    is_dated = are_dates or (frame_times is None and is_date(clock[0]))
    return PanelClock(n_frames, clock, is_dated)


def read_frame_labels(labels: Any, n_frames: int) -> tuple[str, ...] | None:
    """Read what the user calls each frame.

    Raises
    ------
    TypeError
        If they have no order, or are no texts.
    ValueError
        If there is not one for each frame.
    """
    if labels is None:
        return None
    if isinstance(labels, (Mapping, Set)):
        raise TypeError(
            explain(
                f"frame_labels are a {type(labels).__name__}, which has no order.",
                "Labels go by position, the first to the first frame.",
                ["Pass a list in the order of the frames: frame_labels=[...]."],
            )
        )
    texts = to_texts(labels, "frame_labels")
    validate_length(texts, "frame_labels", n_frames, "frames", kind="labels")
    return tuple(texts)


def _get_middles(seconds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Get times [s]; of windows (n, 2), their middles."""
    if seconds.ndim != 2 or seconds.shape[1] != 2:
        return seconds
    ends_first = np.flatnonzero(seconds[:, 1] < seconds[:, 0])
    if len(ends_first):
        number = int(ends_first[0])
        start, stop = seconds[number]
        raise ValueError(
            explain(
                f"frame_times[{number}] is a window from {start:.12g} to {stop:.12g} s.",
                "Of two columns the first is where each window starts, the second where it stops.",
                ["Swap the columns: frame_times[:, ::-1]", "Pass one time for each frame."],
            )
        )
    return np.asarray(seconds[:, 0] + (seconds[:, 1] - seconds[:, 0]) / 2)
