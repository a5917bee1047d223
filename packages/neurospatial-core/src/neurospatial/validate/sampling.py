"""How often a clock ticks, and which steps between its samples are gaps."""

from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.validate.numbers import validate_positive
from neurospatial.validate.user_warning import warn_user

MaxGap: TypeAlias = float | Literal["auto"] | None
"""The longest step that counts [s]; "auto" is `choose_max_gap`, None counts every step."""

SHORTEST_GAP = 1.0
"""Seconds that an animal's path is straight enough to be bridged."""

_MOST = 0.5
"""Fraction of steps that count for nothing from which on it is said."""

_STRETCHES, _STRETCH = 100, 1000
"""How many stretches of a long recording are looked at, and their samples."""

_GAP_INTERVALS = 5.0
"""Usual intervals: a few lost samples are bridged in sparse recordings too."""

_SPARSE = SHORTEST_GAP / _GAP_INTERVALS
"""Usual interval [s] from which on five of them are longer than the shortest gap."""


def compute_usual_interval(times: NDArray[np.float64]) -> float:
    """Compute the median time between samples [s]; 0 of a lone one.

    Of a long recording it is that of a hundred stretches spread over it: how often a clock
    ticks is known after a hundred thousand samples, and ten million would take a second.

    Parameters
    ----------
    times : ndarray, shape (n_samples,)
        Increasing [s].

    Examples
    --------
    >>> compute_usual_interval(np.array([0.0, 1.0, 2.0, 9.0]))
    1.0
    """
    if len(times) < 2:
        return 0.0
    if len(times) <= _STRETCHES * _STRETCH:
        return float(np.median(np.diff(times)))
    begins = np.linspace(0, len(times) - _STRETCH, _STRETCHES).astype(np.intp)
    steps = [np.diff(times[begin : begin + _STRETCH]) for begin in begins]
    return float(np.median(np.concatenate(steps)))


def choose_max_gap(times: NDArray[np.float64]) -> float:
    """Choose the longest stretch without samples that is bridged [s].

    Parameters
    ----------
    times : ndarray, shape (n_samples,)
        Increasing [s].

    Returns
    -------
    float
        One second, or five usual intervals where samples are sparser than that.

    Examples
    --------
    >>> choose_max_gap(np.arange(0.0, 10.0, 0.02)), choose_max_gap(np.arange(0.0, 100.0, 10.0))
    (1.0, 50.0)
    """
    return max(SHORTEST_GAP, _GAP_INTERVALS * compute_usual_interval(times))


def find_long_steps(times: NDArray[np.float64], max_gap: MaxGap) -> NDArray[np.bool_] | None:
    """Find the steps between samples that are too long to count, shape (n_samples - 1,).

    Parameters
    ----------
    times : ndarray, shape (n_samples,)
        Increasing [s].
    max_gap : float, "auto" or None
        The longest step that counts [s]; "auto" chooses it, None counts every step.

    Returns
    -------
    ndarray of bool, or None
        None where every step counts.

    Raises
    ------
    ValueError
        If `max_gap` is not positive, or every step is longer; where most are, a
        warning says so.

    Examples
    --------
    >>> find_long_steps(np.array([0.0, 0.1, 0.2, 3.0]), "auto")
    array([False, False,  True])
    """
    if max_gap is None:
        return None
    steps = np.diff(times)
    if max_gap != "auto":
        too_long = steps > _validate_max_gap(max_gap)
        _check_steps(steps, int(np.count_nonzero(too_long)), max_gap)
    else:
        too_long = steps > SHORTEST_GAP
        # The median of a long session takes its time: it is computed where it can matter.
        if too_long.any() and 2 * np.count_nonzero(steps > _SPARSE) >= steps.size:
            too_long = steps > choose_max_gap(times)
    return too_long if too_long.any() else None


def _check_steps(steps: NDArray[np.float64], n_long: int, max_gap: float) -> None:
    if n_long <= _MOST * steps.size:
        return
    usual = float(np.median(steps))
    found = (
        f"{n_long:,} of {steps.size:,} steps between samples ({100 * n_long / steps.size:.3g} %) "
        f"are longer than max_gap={max_gap} s; the usual one is {usual:g} s."
    )
    way = "Leave max_gap out: it then follows the sampling."
    if n_long == steps.size:
        why = "Where the animal was in a step that is too long is not known."
        raise ValueError(explain(found, why, [way, f"Pass max_gap={5 * usual:g}, or None."]))
    warn_user(f"{found}\n  They count for nothing. {way}")


def _validate_max_gap(max_gap: float) -> float:
    if max_gap == np.inf:
        return max_gap
    why = "Steps between samples longer than max_gap count for nothing."
    how = ["Leave it out: it follows the sampling.", "Pass max_gap=0.5, or None for no limit."]
    return validate_positive(max_gap, "max_gap", unit="s", why=why, how=how)
