"""Whether a clock and the frames cover each other."""

import warnings

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.overlays.validate.format_range import format_range
from neurospatial.validate.time_unit import guess_time_unit, is_unlike_seconds

_WANTED_OVERLAP = 0.5
"""Fraction of the frames: with less, most of what is shown would have no overlay."""


def check_overlap(clock: NDArray[np.float64], frames: NDArray[np.float64], name: str) -> None:
    """Raise if a clock misses all frames, warn if it misses many of them.

    Parameters
    ----------
    clock : ndarray, shape (n_samples,)
        Strictly increasing [s].
    frames : ndarray, shape (n_frames,)
        The times of the frames [s].
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
        unit than seconds.
    """
    begin, end = max(clock[0], frames[0]), min(clock[-1], frames[-1])
    span = float(frames[-1] - frames[0])
    fraction = float(end - begin) / span if span else float(end >= begin)
    overlay_range, frame_range = _format_clock(clock), _format_clock(frames)
    ranges = f"  Overlay time range: {overlay_range}\n  Frame time range: {frame_range}"
    suspicion = guess_time_unit(clock, frames)
    if end < begin:
        raise ValueError(_explain_no_overlap(name, ranges, suspicion))
    if fraction < _WANTED_OVERLAP:
        text = (
            f"{name}: Limited temporal overlap between overlay and frames.\n{ranges}\n"
            f"  Overlap: {fraction:.1%} ({end - begin:.4g} / {span:.4g} seconds)\n\n"
            "  Some frames will show NaN (no overlay data).\n"
            "  Consider providing overlay data spanning the full frame time range."
        )
        warnings.warn(text + (suspicion and f"\n  {suspicion}"), UserWarning, stacklevel=2)
    elif is_unlike_seconds(clock, frames):
        warnings.warn(f"{name}: {suspicion}\n{ranges}", UserWarning, stacklevel=2)


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
