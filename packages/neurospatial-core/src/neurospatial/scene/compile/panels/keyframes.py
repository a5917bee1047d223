"""How large a panel shows everything, and when."""

from collections.abc import Mapping
from math import isfinite
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.validate import to_number, warn_user

Keyframes: TypeAlias = Mapping[float, float]
"""Zoom by time [s]."""

ZoomLike: TypeAlias = float | Mapping[float, float] | None
"""One zoom for all frames, or keyframes."""

_LARGEST = 100.0
"""Times as large: a bin of a hundred by a hundred then fills a panel."""


def read_keyframes(zoom: ZoomLike) -> Keyframes | None:
    """Read a zoom as keyframes.

    Parameters
    ----------
    zoom : float, mapping of float to float, or None

    Returns
    -------
    mapping of float to float, or None
        Sorted by time [s].

    Raises
    ------
    ValueError
        If a zoom is no number in 1 … 100, a time not finite, or there are none.

    Examples
    --------
    >>> read_keyframes(2), read_keyframes({10: 4, 0: 1})
    ({0.0: 2.0}, {0.0: 1.0, 10.0: 4.0})
    """
    if zoom is None:
        return None
    given = dict(zoom) if isinstance(zoom, Mapping) else {0.0: zoom}
    read = {to_number(time): to_number(factor) for time, factor in given.items()}
    if not read or not all(_is_time(x) and _is_zoom(y) for x, y in read.items()):
        raise ValueError(
            explain(
                f"zoom is {zoom!r}.",
                "It is how many times as large everything is shown as when all of it is, by "
                "time where it changes.",
                [f"Pass a number in 1 … {_LARGEST:g}.", "Pass {time in s: number}: {0: 1, 10: 4}"],
            )
        )
    return {float(time): float(read[time]) for time in sorted(read)}


def ease_zoom(keyframes: Keyframes, times: NDArray[np.float64]) -> NDArray[np.float64]:
    """Compute the zoom of each frame: at rest at every keyframe, and smooth between them.

    The logarithm of the zoom follows 3 t² - 2 t³ from one keyframe to the next, so that
    growing and shrinking look equally fast; before the first and after the last it stays.

    Parameters
    ----------
    keyframes : mapping of float to float
        Zoom by time [s], sorted.
    times : ndarray, shape (n_frames,)

    Returns
    -------
    ndarray, shape (n_frames,)

    Warns
    -----
    UserWarning
        If all of several keyframes lie before the first frame, or after the last.

    Examples
    --------
    >>> ease_zoom({1.0: 1.0, 3.0: 4.0}, np.arange(5.0)).round(3)
    array([1., 1., 2., 4., 4.])
    """
    at = np.array(list(keyframes))
    if len(at) > 1 and (at[-1] < times[0] or at[0] > times[-1]):
        warn_user(
            f"The keyframes of zoom lie from {at[0]:g} to {at[-1]:g} s, and the frames from "
            f"{times[0]:g} to {times[-1]:g} s.\n"
            "  The zoom does not change while frames are shown: are the keyframes in another "
            "unit, or on another clock?"
        )
    number = np.arange(len(at))
    passed, part = np.divmod(np.interp(times, at, number), 1)
    logarithms = np.log(list(keyframes.values()))
    eased = np.interp(passed + part**2 * (3 - 2 * part), number, logarithms)
    return np.asarray(np.exp(eased), dtype=np.float64)


def _is_time(value: Any) -> bool:
    return isinstance(value, (int, float)) and isfinite(value)


def _is_zoom(value: Any) -> bool:
    return isinstance(value, (int, float)) and value is not True and 1 <= value <= _LARGEST
