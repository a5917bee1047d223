"""What is wrong with a trajectory of which most counts for nothing."""

from typing import TYPE_CHECKING

import numpy as np

from neurospatial.errors import explain
from neurospatial.layouts.periodic import wrap_places
from neurospatial.layouts.protocol import is_periodic
from neurospatial.validate import check_slow_clock, warn_user
from neurospatial.validate.angles import warn_of_degrees
from neurospatial.validate.space_unit import guess_space_unit

if TYPE_CHECKING:
    from neurospatial.environment.trajectory import BinnedTrajectory

_MOST = 0.5
"""Fraction that counts for nothing from which on it is said."""

_CORNER = 0.05
"""Fraction of the bins: an animal that visits fewer may be in another unit."""

_REACH = 0.2
"""Fraction of the environment's extent: an animal in another unit reaches over a tenth or less."""

_LOOKED_AT = 10_000
"""Samples that tell a unit of length: more tell no more."""

_STAY = 60.0
"""Seconds: an animal that stays so long, then is away, rests in another box."""


def check_trajectory(trajectory: "BinnedTrajectory", units: str) -> None:
    """Warn where most samples count for nothing; raise where none does.

    What was asked for is no fault: samples below a speed, or lost and so NaN.

    Parameters
    ----------
    trajectory : BinnedTrajectory
    units : str
        Of the environment.

    Raises
    ------
    ValueError
        If no position is known, or none is in the environment.
    """
    if trajectory.times.size < 2:
        return
    check_slow_clock(trajectory.times)
    if is_periodic(trajectory.layout) and trajectory.layout.period == 2 * np.pi:
        warn_of_degrees(trajectory.positions[:, 0], "angles")
    _check_places(trajectory, units)


def _check_places(trajectory: "BinnedTrajectory", units: str) -> None:
    bins = trajectory.bins
    n_inside = int(np.count_nonzero(bins >= 0))
    if n_inside < _MOST * bins.size:
        _check_outside(trajectory, n_inside, units)
        return
    visited = np.unique(bins[:: max(1, bins.size // _LOOKED_AT)])
    if visited.size >= _CORNER * trajectory.layout.n_bins or _is_spread(trajectory):
        return
    guess = _guess_unit(trajectory, units)
    if guess:
        ranges = _format_ranges(trajectory)
        warn_user(f"positions lie in a corner of the environment: they run {ranges}.\n  {guess}")


def _is_spread(trajectory: "BinnedTrajectory") -> bool:
    """Tell whether positions reach over more of the environment than a corner of it."""
    known = trajectory.positions[~np.isnan(trajectory.positions).any(axis=1)]
    first, last = np.transpose(trajectory.layout.bounds)
    return bool((np.ptp(known, axis=0) > _REACH * (last - first)).any())


def _check_outside(trajectory: "BinnedTrajectory", n_inside: int, units: str) -> None:
    """Tell what is beyond the environment from what lies between its bins, or is lost."""
    places = wrap_places(trajectory.layout, trajectory.positions)
    known = ~np.isnan(places).any(axis=1)
    n = int(np.count_nonzero(known))
    if not n:
        way = "Pass positions of which some are known."
        problem = f"All {known.size:,} positions are NaN."
        raise ValueError(explain(problem, "NaN is where the animal was lost.", [way]))
    low, high = np.transpose(trajectory.layout.bounds)
    n_beyond = int(np.count_nonzero(((places < low) | (places > high)).any(axis=1)))
    if n_beyond <= _MOST * n or _is_staying(trajectory):
        return
    found = (
        f"{n_beyond:,} of {n:,} positions ({100 * n_beyond / n:.3g} %) lie outside the "
        f"environment: they run {_format_ranges(trajectory)}."
    )
    guess = _guess_unit(trajectory, units)
    if not n_inside:
        ways = ["Pass positions in the units of the environment, from the same origin."]
        why = "Time is counted in the bin that the animal is in."
        raise ValueError(explain(found, why, [guess, *ways] if guess else ways))
    warn_user(f"{found}\n  They count for nothing. {guess}".rstrip())


def _is_staying(trajectory: "BinnedTrajectory") -> bool:
    """Tell whether the animal is inside for long stretches, and rests elsewhere in between."""
    inside = trajectory.bins >= 0
    n_stays = np.count_nonzero(inside[1:] & ~inside[:-1]) + int(inside[0])
    held = trajectory.durations[inside].sum()
    return bool(n_stays and held >= _STAY * n_stays)


def _guess_unit(trajectory: "BinnedTrajectory", units: str) -> str:
    some = trajectory.positions[:: max(1, len(trajectory.positions) // _LOOKED_AT)]
    known = some[np.isfinite(some).all(axis=1)]
    return guess_space_unit(known, np.array(trajectory.layout.bounds), units, "positions")


def _format_ranges(trajectory: "BinnedTrajectory") -> str:
    known = trajectory.positions[~np.isnan(trajectory.positions).any(axis=1)]
    lows, highs = known.min(axis=0), known.max(axis=0)
    return "; ".join(
        f"from {low:.4g} to {high:.4g} in bins from {first:.4g} to {last:.4g}"
        for low, high, (first, last) in zip(lows, highs, trajectory.layout.bounds, strict=True)
    )
