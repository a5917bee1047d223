"""Whether a head points where the animal runs: a check of how angles are counted."""

import numpy as np
from numpy.typing import NDArray

from neurospatial.nwb.read.head_direction import Directions
from neurospatial.nwb.read.position import Positions
from neurospatial.validate.user_warning import warn_user

_SMOOTH = 0.1
"""Positions are averaged over this long [s] before they are differentiated."""
_FASTEST = 0.2
"""Share of the samples that is compared: an animal that stands looks anywhere."""
_CLEAR = 0.25
"""The heads of running animals agree with their way at least so far (mean vector length)."""
_BETTER = 1.5
"""The mirrored angle agrees better by this factor before it is taken for the right one."""
_OFF = np.pi / 4
"""Angles counted from another axis are off by a quarter turn; half of one [rad] tells them."""


def check_heading_sign(positions: Positions, directions: Directions) -> str:
    """Check head direction against running: how they differ, what to pass; empty if they agree.

    Animals mostly run the way they look. The mean vector of the angle between
    the two, over the fifth of the session in which the animal is fastest, is
    compared with that of the mirrored angle (Batschelet, Circular Statistics in
    Biology, 1981).

    Examples
    --------
    >>> times = np.arange(0, 60, 0.02)
    >>> places = np.column_stack([np.cos(times), np.sin(times)])
    >>> path, head = Positions("p", times, places, "xy", "m"), times + np.pi / 2
    >>> check_heading_sign(path, Directions("d", times, head))
    ''
    >>> check_heading_sign(path, Directions("d", times, head - np.pi / 2)).split(":")[0]
    'd points -90 degrees away from where the animal runs (agreement 1 of 1)'
    """
    run, head = _pair_headings(positions, directions)
    if len(run) < 2:
        return ""
    straight, mirrored = np.exp(1j * (run - head)).mean(), np.exp(1j * (run + head)).mean()
    if abs(mirrored) > max(_CLEAR, _BETTER * abs(straight)):
        return (
            f"{directions.path} turns against where the animal runs (agreement "
            f"{abs(straight):.2g} as it is, {abs(mirrored):.2g} mirrored): if its angles are "
            f"counted the other way round, change clockwise=, with "
            f"angle_origin={np.angle(mirrored):.2f}."
        )
    off = float(np.angle(straight))
    if abs(straight) > _CLEAR and abs(off) > _OFF:
        return (
            f"{directions.path} points {-np.degrees(off):.0f} degrees away from where the animal "
            f"runs (agreement {abs(straight):.2g} of 1): pass angle_origin={off:.2f} [rad] more "
            "than now if angles are counted from another axis."
        )
    return ""


def warn_heading_sign(positions: Positions, directions: Directions) -> None:
    """Warn where the head does not point where the animal runs."""
    found = check_heading_sign(positions, directions)
    if found:
        warn_user(found)


def _pair_headings(
    positions: Positions, directions: Directions
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Pair the directions of running and of the head [rad] at the same times."""
    tracked = np.isfinite(positions.places).all(axis=1)
    times, places = positions.times[tracked], positions.places[tracked]
    if positions.places.shape[1] != 2 or len(times) < 3:
        return np.empty(0), np.empty(0)
    width = max(1, round(_SMOOTH / float(np.median(np.diff(times)))))
    kernel = np.full(width, 1 / width)
    smooth = np.column_stack([np.convolve(axis, kernel, mode="valid") for axis in places.T])
    when = np.convolve(times, kernel, mode="valid")
    if len(when) < 3:
        return np.empty(0), np.empty(0)
    vx, vy = (np.gradient(axis, when) for axis in smooth.T)
    speed = np.hypot(vx, vy)
    fast = speed > np.quantile(speed, 1 - _FASTEST)
    nearest = np.clip(np.searchsorted(directions.times, when[fast]), 0, len(directions.times) - 1)
    head = directions.angles[nearest]
    paired = np.isfinite(head)
    return np.arctan2(vy[fast], vx[fast])[paired], head[paired]
