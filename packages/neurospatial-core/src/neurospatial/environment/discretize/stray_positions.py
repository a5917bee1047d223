"""Positions far from all others, which stretch the space that is cut."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from neurospatial.validate import warn_user

_FEW = 0.02
"""Fraction of positions: a place where an animal goes is visited for longer."""

_CELLS = 256
"""Pieces of the extent: enough to tell where nothing is."""

_APART = 0.5
"""Empty stretch, in extents of the others: nothing crosses so much without being seen on it."""

_LOOKED_AT = 10_000
"""Samples that show where an animal goes, in a long recording too."""


class StrayPositions(NamedTuple):
    """Positions that lie apart along one dimension.

    Parameters
    ----------
    number : int
        How many there are.
    low, high : float
        Between which all others lie.
    """

    number: int
    low: float
    high: float


def check_stray_positions(positions: NDArray[np.float64]) -> None:
    """Warn where few positions (n_samples, n_dims) lie far from all others."""
    if not _may_stray(positions):
        return
    known = _select_known(positions)
    for name, places in zip("xyz", known.T, strict=False):
        found = find_stray_positions(places)
        if not found.number:
            continue
        n, share = len(known), 100 * found.number / len(known)
        at_zero = int(np.count_nonzero((known == 0).all(axis=1)))
        lost = "where they are all 0" if at_zero >= found.number else "there"
        warn_user(
            f"{found.number:,} of {n:,} positions ({share:.2g} %) lie far from all others: {name} "
            f"runs from {places.min():.5g} to {places.max():.5g}, of the others from "
            f"{found.low:.5g} to {found.high:.5g}.\n  They stretch the environment. If the animal "
            f"was lost {lost}, set them to NaN first."
        )
        return  # They may be apart along the other axes as well.


def _may_stray(positions: NDArray[np.float64]) -> bool:
    """Tell from some of them whether any may lie apart: most recordings are done with that."""
    if len(positions) <= _LOOKED_AT:
        return True
    # By chance, not each tenth: what is lost is often lost at even intervals.
    chosen = np.random.default_rng(0).integers(0, len(positions), _LOOKED_AT)
    some = _select_known(positions[chosen])
    for few, column in zip(some.T, positions.T, strict=True):
        found = find_stray_positions(few, 2 * _FEW)
        # Half of the empty stretch that is looked for, which few samples may make look longer.
        beyond = _APART * (found.high / 2 - found.low / 2)
        low, high = np.fmin.reduce(column), np.fmax.reduce(column)
        if found.number or low < found.low - beyond or high > found.high + beyond:
            return True
    return False


def _select_known(positions: NDArray[np.float64]) -> NDArray[np.float64]:
    return positions[~np.isnan(positions).any(axis=1)]


def find_stray_positions(places: NDArray[np.float64], few: float = _FEW) -> StrayPositions:
    """Find few places (n,), at most a fraction, that an empty stretch separates from the others.

    Examples
    --------
    >>> find_stray_positions(np.append(np.linspace(0, 10, 1000), 400.0))
    StrayPositions(number=1, low=0.0, high=10.0)
    """
    others = places
    # One far away hides another that is less far: it is looked for again without the first.
    while (fewer := _select_close(others, few)).size < others.size:
        others = fewer
    low, high = (float(others.min()), float(others.max())) if others.size else (0.0, 0.0)
    return StrayPositions(places.size - others.size, low, high)


def _select_close(places: NDArray[np.float64], few: float) -> NDArray[np.float64]:
    """Select the places that no empty stretch separates from most."""
    n = places.size
    low, high = (float(places.min()), float(places.max())) if n else (0.0, 0.0)
    # Halved, for the extent of a double may be no double.
    extent = high / 2 - low / 2
    if not extent > 0:
        return places
    cell = ((places / 2 - low / 2) / extent * _CELLS).astype(np.intp).clip(max=_CELLS - 1)
    counts = np.bincount(cell, minlength=_CELLS)
    held = np.flatnonzero(counts)
    before, empty = np.cumsum(counts[held])[:-1], np.diff(held) - 1
    few_left, few_right = before <= few * n, before >= (1 - few) * n
    inner = np.flatnonzero(~few_left & ~few_right)
    first = held[inner[0]] if inner.size else held[np.argmax(counts[held])]
    last = held[inner[-1] + 1] if inner.size else first
    apart = empty >= max(1, _APART * (last - first + 1))
    left, right = np.flatnonzero(apart & few_left), np.flatnonzero(apart & few_right)
    begin = held[left[-1] + 1] if left.size else 0
    end = held[right[0]] if right.size else _CELLS - 1
    return places[(cell >= begin) & (cell <= end)]
