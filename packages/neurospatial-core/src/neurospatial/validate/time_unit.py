"""A guess: times that are not seconds."""

import numpy as np
from numpy.typing import NDArray

_UNITS = {1e3: "milliseconds", 1e6: "microseconds", 1e9: "nanoseconds"}
"""By how many of them are a second."""

_LIKELY = 0.5
"""Fraction covered from which on a unit explains a clock: a recording's better half is shown."""

_SLOW = 1.0
"""Behaviour is seldom sampled at intervals longer than this [s]."""


def guess_time_unit(
    clock: NDArray[np.float64],
    frames: NDArray[np.float64],
    name: str = "The overlay times",
    of_frames: str = "frame_times",
) -> str:
    """Guess which of two clocks is in a smaller unit than seconds, from where they would overlap.

    Parameters
    ----------
    clock : ndarray, shape (n_samples,)
        Of an overlay, increasing.
    frames : ndarray, shape (n_frames,)
        Increasing.
    name, of_frames : str
        What the text calls the two.

    Returns
    -------
    str
        What to do about it; empty when no unit explains it.

    Examples
    --------
    >>> guess_time_unit(np.array([2e5, 9e5]), np.array([200.0, 800.0]))
    'The overlay times look like milliseconds; if they are, pass times / 1000.'
    """
    for factor, unit in _UNITS.items():
        if _is_slow(clock) and _compute_coverage(frames, clock / factor) >= _LIKELY:
            return f"{name} look like {unit}; if they are, pass times / {factor:.0f}."
        if _is_slow(frames) and _compute_coverage(frames / factor, clock) >= _LIKELY:
            return f"{of_frames} look like {unit}; if they are, pass {of_frames} / {factor:.0f}."
    return ""


def is_unlike_seconds(clock: NDArray[np.float64], frames: NDArray[np.float64]) -> bool:
    """Tell whether a clock covers the frames, and would cover them as well in a smaller unit.

    The parameters are those of `guess_time_unit`. A long recording of which a
    second is shown is not meant: it is sampled many times a second.

    Examples
    --------
    >>> recording, frames = np.arange(0.0, 1000.0, 0.02), np.arange(0.0, 1.0, 0.03)
    >>> is_unlike_seconds(recording, frames), is_unlike_seconds(recording * 1000, recording)
    (False, True)
    """
    scaled = (clock[[0, -1]] / factor for factor in _UNITS)
    return _is_slow(clock) and any(_compute_coverage(frames, s) >= _LIKELY for s in scaled)


def _is_slow(times: NDArray[np.float64]) -> bool:
    """Tell whether the mean interval is longer than behaviour is sampled at."""
    return len(times) > 1 and float(times[-1] - times[0]) > _SLOW * (len(times) - 1)


def _compute_coverage(of: NDArray[np.float64], by: NDArray[np.float64]) -> float:
    """Compute the fraction of one range that another one covers."""
    span = float(of[-1] - of[0])
    common = float(min(of[-1], by[-1]) - max(of[0], by[0]))
    return common / span if span else float(common >= 0)
