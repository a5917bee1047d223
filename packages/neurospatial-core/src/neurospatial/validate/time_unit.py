"""A guess: times that are not seconds."""

import numpy as np
from numpy.typing import NDArray

UNITS = {1e3: "milliseconds", 1e6: "microseconds", 1e9: "nanoseconds"}
"""By how many of them are a second."""

_LIKELY = 0.5
"""Fraction covered from which on a unit explains a clock: a recording's better half is shown."""

_SLOW = 1.0
"""Behaviour is seldom sampled at intervals longer than this [s]."""

SAMPLING_RATES = (20_000.0, 24_000.0, 24_414.0625, 25_000.0, 30_000.0, 32_000.0, 40_000.0)
"""Samples a second of the usual amplifiers, whose numbers stand for times."""

_ALIKE = 0.9
"""What two ranges have in common over what either has, from which on a rate explains a clock."""

_NUMBERED = 100
"""Samples numbered 0, 1, 2, …: fewer are an example, not a film."""

_CAMERA_RATES = (5.0, 2000.0)
"""Frames a second, least and most, that cameras take."""


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
        What the text calls the two, the last word being what is passed.

    Returns
    -------
    str
        What to do about it; empty when no unit explains it.

    Examples
    --------
    >>> guess_time_unit(np.array([2e5, 9e5]), np.array([200.0, 800.0]))
    'The overlay times look like milliseconds; if they are, pass times / 1000.'
    """
    given = name.split()[-1]
    if _is_numbered(clock, frames):
        rate = _compute_span(clock) / _compute_span(frames)
        return (
            f"{name} look like frame numbers; if they are, pass {given} / fps, "
            f"about {rate:.4g} frames per second."
        )
    found = {
        factor: compute_likeness(clock / factor, frames)
        for factor in UNITS
        if _is_slow(clock) and _compute_coverage(frames, clock / factor) >= _LIKELY
    }
    rate, likeness = _find_sampling_rate(clock, frames)
    if likeness > max(_ALIKE, *found.values(), 0.0):
        return f"{name} look like sample numbers; if they are, pass {given} / {rate:g}."
    if found:
        factor = max(found, key=found.__getitem__)
        return f"{name} look like {UNITS[factor]}; if they are, pass {given} / {factor:.0f}."
    for factor, unit in UNITS.items():
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
    scaled = (clock[[0, -1]] / factor for factor in UNITS)
    slow = _is_slow(clock) and any(_compute_coverage(frames, s) >= _LIKELY for s in scaled)
    return slow or _is_numbered(clock, frames)


def _is_slow(times: NDArray[np.float64]) -> bool:
    """Tell whether the mean interval is longer than behaviour is sampled at."""
    return len(times) > 1 and _compute_span(times) > _SLOW * (len(times) - 1)


def _is_numbered(clock: NDArray[np.float64], frames: NDArray[np.float64]) -> bool:
    """Tell whether a clock counts 0, 1, 2, … over frames that are closer than a second."""
    n, last = len(clock), float(clock[-1])
    if n < _NUMBERED or clock[0] not in (0, 1) or last - float(clock[0]) != n - 1:
        return False
    span = _compute_span(frames)
    usual = len(frames) > 1 and span < _SLOW * (len(frames) - 1)
    slowest, fastest = _CAMERA_RATES
    return usual and slowest <= (n - 1) / span <= fastest and bool((np.diff(clock) == 1).all())


def _find_sampling_rate(
    clock: NDArray[np.float64], frames: NDArray[np.float64]
) -> tuple[float, float]:
    """Find the rate at which sample numbers would be the frames' times, and how alike they are."""
    if not _is_slow(clock) or not (clock == np.floor(clock)).all():
        return 0.0, 0.0
    return max(
        ((rate, compute_likeness(clock / rate, frames)) for rate in SAMPLING_RATES),
        key=lambda pair: pair[1],
    )


def _compute_span(times: NDArray[np.float64]) -> float:
    return float(times[-1] - times[0])


def compute_likeness(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Compute what two ranges have in common over what either has."""
    common = float(min(one[-1], other[-1]) - max(one[0], other[0]))
    whole = float(max(one[-1], other[-1]) - min(one[0], other[0]))
    return common / whole if whole else 1.0


def _compute_coverage(of: NDArray[np.float64], by: NDArray[np.float64]) -> float:
    """Compute the fraction of one range that another one covers."""
    span = _compute_span(of)
    common = float(min(of[-1], by[-1]) - max(of[0], by[0]))
    return common / span if span else float(common >= 0)
