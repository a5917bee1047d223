"""The clock of a scene: when its fields were recorded, and which of them are played when."""

import logging
from collections.abc import Mapping, Set
from typing import Any

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.scene.compile.scene_options import SceneOptions
from neurospatial.scene.compile.xarray_input import get_own_times
from neurospatial.scene.source import FramesLike
from neurospatial.scene.timeline import Timeline, find_nearest_index
from neurospatial.validate import (
    format_date,
    has_dates,
    is_date,
    to_seconds,
    to_texts,
    validate_length,
    validate_times,
)

_log = logging.getLogger("neurospatial")

_MOST_FRAMES = 10_000_000
"""Frames that a clock is resampled to: four days of playing at 30 frames a second."""


def make_timeline(
    named: Mapping[str, FramesLike], n_fields: int, options: SceneOptions
) -> tuple[Timeline, float]:
    """Make the timeline of the fields as they were given.

    Parameters
    ----------
    named : mapping of str to FramesLike
        The fields of each panel, which may carry their times.
    n_fields : int
    options : SceneOptions

    Returns
    -------
    timeline : Timeline
        Of dates, the seconds from the first of them.
    zero : float
        Where its clock begins [s], counted as overlays count: of dates from 1970, else 0.
    """
    labels = options.frame_labels
    if labels is not None:
        _refuse_unordered(labels)
        labels = to_texts(labels, "frame_labels")
        validate_length(labels, "frame_labels", n_fields, "frames", kind="labels")
    times = options.frame_times
    if times is None:
        times = _get_shared_times(named)
    fps = float(options.fps)
    if times is None:
        return Timeline(n_fields, fps, None, labels), 0.0
    clock = validate_times(_get_middles(times), n_fields, "frame_times", of="frames")
    # What fields carry has been turned into seconds where they were computed.
    if not has_dates(times) and (options.frame_times is not None or not is_date(clock[0])):
        return Timeline(n_fields, fps, clock, labels), 0.0
    zero = float(clock[0])
    _log.info("frame_times are dates: 0 s is %s.", format_date(zero))
    return Timeline(n_fields, fps, clock - zero, labels, format_date(zero)), zero


def resample_timeline(timeline: Timeline, speed: float) -> tuple[Timeline, NDArray[np.intp]]:
    """Resample the timeline so that recorded time passes at `speed` times its own pace.

    Returns
    -------
    timeline : Timeline
    index : ndarray of int
        The field that is shown in each of its frames.
    """
    times = timeline.times
    if times is None:
        raise ValueError(
            explain(
                f"speed is {speed:g}, but frame_times is not given.",
                "Speed compares the recording's clock with the player's.",
                ["Pass frame_times [s].", "Leave speed out and set fps."],
            )
        )
    step = speed / timeline.fps
    n_steps = np.floor((times[-1] - times[0]) / step)
    if not n_steps < _MOST_FRAMES:
        raise ValueError(_explain_gap(times, speed, n_steps))
    shown = times[0] + step * np.arange(int(n_steps) + 1)
    nearest = find_nearest_index(times, shown)
    labels = timeline.labels
    named = None if labels is None else tuple(labels[i] for i in nearest)
    return Timeline(len(shown), timeline.fps, shown, named, timeline.zero), nearest


def _get_shared_times(fields: Mapping[str, FramesLike]) -> Any:
    """Get the clock that the fields of all panels carry, as they carry it."""
    carried = {name: get_own_times(field) for name, field in fields.items()}
    clocks = [(name, clock) for name, clock in carried.items() if clock is not None]
    if not clocks:
        return None
    (first, clock), *others = clocks
    seconds = to_seconds(clock, "frame_times")
    for name, other in others:
        found = to_seconds(other, "frame_times")
        if seconds.shape != found.shape or not np.allclose(seconds, found, rtol=0, atol=1e-6):
            raise ValueError(
                explain(
                    f"The panels {first!r} and {name!r} carry different times.",
                    "Panels side by side share one timeline.",
                    ["Select the same times of both.", "Pass frame_times= for all panels."],
                )
            )
    return clock


def _get_middles(times: Any) -> NDArray[np.float64]:
    """Read times [s]; of windows (n, 2), their middles."""
    seconds = to_seconds(times, "frame_times")
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


def _explain_gap(times: NDArray[np.float64], speed: float, n_steps: float) -> str:
    gaps = np.diff(times)
    number = int(gaps.argmax())
    return explain(
        f"speed={speed:g} asks for {n_steps:.3g} frames of the {times[-1] - times[0]:.6g} s that "
        f"frame_times span; the longest gap, {gaps[number]:.6g} s, is between frames {number} "
        f"and {number + 1}.",
        f"With a speed, gaps are played in full, and {_MOST_FRAMES:,} frames are the most.",
        [
            "Check frame_times: are they seconds, and all of one session?",
            "Cut at the gap, and animate each part.",
            "Raise speed, or lower fps.",
            "Leave speed out: each field is then shown for one frame.",
        ],
    )


def _refuse_unordered(labels: object) -> None:
    if not isinstance(labels, (Mapping, Set)):
        return
    raise TypeError(
        explain(
            f"frame_labels are a {type(labels).__name__}, which has no order.",
            "Labels go by position, the first to the first frame.",
            ["Pass a list in the order of the frames: frame_labels=[...]."],
        )
    )
