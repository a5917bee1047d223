"""The clock of an overlay, checked against the clock of the frames."""

import warnings

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.overlays.validate.time_unit import guess_time_unit, is_unlike_seconds
from neurospatial.scene import OverlayContext
from neurospatial.validate import validate_times

_WANTED_OVERLAP = 0.5
"""Fraction of the frames: with less, most of what is shown would have no overlay."""


def validate_overlapping_timestamps(
    times: ArrayLike | None, n_samples: int, context: OverlayContext, name: str
) -> NDArray[np.float64]:
    """Read the times of samples, or raise.

    Parameters
    ----------
    times : array-like, shape (n_samples,), or None
        On the data's clock [s]. None stands for one sample per field.
    n_samples : int
        How many samples they belong to.
    context : OverlayContext
    name : str
        What the texts call the overlay, such as its class.

    Returns
    -------
    ndarray, shape (n_samples,)
        Finite and strictly increasing [s].

    Raises
    ------
    ValueError
        If there is not one time per sample, the times do not increase, or none
        of them lies within those of the frames.

    Warns
    -----
    UserWarning
        If they span less than half of the frames, or look like another unit than seconds.

    Examples
    --------
    >>> from neurospatial.layouts import RegularGrid
    >>> grid = RegularGrid((np.arange(5.0), np.arange(3.0)), np.ones((4, 2), bool))
    >>> clock = np.arange(3) / 10
    >>> context = OverlayContext(clock, clock, (0.0, 0.0, 4.0, 2.0), grid)
    >>> validate_overlapping_timestamps(None, 3, context, "PositionOverlay")
    array([0. , 0.1, 0.2])
    """
    clock = validate_timestamps(times, n_samples, context, name)
    check_overlap(clock, context.times, name)
    return clock


def validate_timestamps(
    times: ArrayLike | None, n_samples: int, context: OverlayContext, name: str
) -> NDArray[np.float64]:
    """Read the times of samples, or raise; the frames may lie anywhere else.

    Raises
    ------
    ValueError
        If there is not one time per sample, or the times do not increase.
    """
    if times is None:
        return _take_field_times(n_samples, context, name)
    return validate_times(times, n_samples, owner=name, least=1)


def _take_field_times(n_samples: int, context: OverlayContext, name: str) -> NDArray[np.float64]:
    n_fields = len(context.field_times)
    if n_samples == n_fields:
        return context.field_times
    raise ValueError(
        explain(
            f"{name} has {n_samples} samples without times, and there are {n_fields} fields.",
            "Without times, each field has one sample: their numbers must be equal.",
            [
                "Pass times= [s], one per sample; animate_fields takes frame_times= [s].",
                f"Pass {n_fields} samples.",
            ],
        )
    )


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
    overlay_range, frame_range = _format_range(clock), _format_range(frames)
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


def _format_range(clock: NDArray[np.float64]) -> str:
    span = float(clock[-1] - clock[0])
    decimals = int(np.clip(2 - np.floor(np.log10(span)), 1, 6)) if span else 3
    return f"[{clock[0]:.{decimals}f}, {clock[-1]:.{decimals}f}] seconds"
