"""Whether a clock and the frames cover each other."""

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.overlays.validate.format_range import format_range
from neurospatial.scene import OverlayContext
from neurospatial.validate import format_date, warn_user
from neurospatial.validate.seconds import EARLIEST_DATE
from neurospatial.validate.time_unit import guess_time_unit, is_unlike_seconds

_WANTED_OVERLAP = 0.5
"""Fraction of the frames: with less, most of what is shown would have no overlay."""

_FAR_LONGER = 2.0
"""Times what the frames last without frame_times: half of the recording would not be shown."""


def check_overlap(clock: NDArray[np.float64], context: OverlayContext, name: str) -> None:
    """Raise if a clock misses all frames, warn if it misses many of them.

    Parameters
    ----------
    clock : ndarray, shape (n_samples,)
        Strictly increasing [s].
    context : OverlayContext
        It has the times of the frames.
    name : str
        What the texts call the overlay.

    Raises
    ------
    ValueError
        If the one ends before the other begins.

    Warns
    -----
    UserWarning
        If the clock spans less than half of the frames, or looks like another
        unit than seconds; or more than twice as long as frames last that have no
        times of their own.
    """
    frames = context.times
    begin, end = max(clock[0], frames[0]), min(clock[-1], frames[-1])
    span = float(frames[-1] - frames[0])
    fraction = float(end - begin) / span if span else float(end >= begin)
    overlay_range, frame_range = _format_clock(clock), _format_clock(frames)
    ranges = f"  Overlay time range: {overlay_range}\n  Frame time range: {frame_range}"
    suspicion = guess_time_unit(clock, frames) or _guess_dates(clock, frames)
    if not context.is_recorded and not suspicion:
        suspicion = (
            "The frames are played from 0 s: pass frame_times= [s], when each was recorded."
        )
    if end < begin:
        raise ValueError(_explain_no_overlap(name, ranges, suspicion))
    if fraction < _WANTED_OVERLAP:
        text = (
            f"{name}: Limited temporal overlap between overlay and frames.\n{ranges}\n"
            f"  Overlap: {fraction:.1%} ({end - begin:.4g} / {span:.4g} seconds)\n\n"
            "  Some frames will show NaN (no overlay data).\n"
            "  Consider providing overlay data spanning the full frame time range."
        )
        warn_user(text + (suspicion and f"\n  {suspicion}"))
    elif is_unlike_seconds(clock, frames):
        warn_user(f"{name}: {suspicion}\n{ranges}")
    else:
        warn_far_longer(float(clock[0]), float(clock[-1]), context, name)


def warn_far_longer(first: float, last: float, context: OverlayContext, name: str) -> None:
    """Warn if what was recorded lasts much longer than frames that have no times.

    Parameters
    ----------
    first, last : float
        Times of the first and the last sample or event [s].
    context : OverlayContext
    name : str
        What the text calls the overlay.

    Warns
    -----
    UserWarning
        With both durations.
    """
    n_frames, span = context.n_frames, float(context.times[-1] - context.times[0])
    if context.is_recorded or n_frames < 2 or last - first <= _FAR_LONGER * span:
        return
    warn_user(
        f"{name}: its times span {last - first:.4g} s, and the {n_frames} frames, played without "
        f"frame_times, {span:.4g} s: they show its begin only.\n"
        "  Pass frame_times= [s], when each frame was recorded. If the frames are to show so "
        "little, pass frame_times=np.arange(n_frames) / fps."
    )


def _guess_dates(clock: NDArray[np.float64], frames: NDArray[np.float64]) -> str:
    """Say that one of two clocks is counted from 1970, and the other is not."""
    for dates, other, name, of_other in (
        (clock, frames, "The overlay times", "frame_times"),
        (frames, clock, "frame_times", "the overlay times"),
    ):
        if dates[0] > EARLIEST_DATE > other[-1]:
            return (
                f"{name} begin at {dates[0]:.10g} s, as dates from {format_date(dates[0])} do, "
                f"and {of_other} do not: count both from the same moment."
            )
    return ""


def _explain_no_overlap(name: str, ranges: str, suspicion: str) -> str:
    return explain(
        f"{name}: No temporal overlap between overlay and frames.\n{ranges}\n  Overlap: 0.0%",
        "Interpolation cannot generate values outside source data range.",
        [
            *([suspicion] if suspicion else []),
            "Adjust frame_times to overlap with overlay times",
            "Provide overlay data that covers frame time range",
            "Verify timestamp alignment (check units: seconds vs milliseconds; same zero: "
            "times - times[0])",
        ],
    )


def _format_clock(clock: NDArray[np.float64]) -> str:
    return f"{format_range(float(clock[0]), float(clock[-1]), decimals=3)} seconds"
