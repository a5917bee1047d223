"""The path that simulated cells fire along, and spikes drawn on it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.validate import (
    MaxGap,
    check_slow_clock,
    find_long_steps,
    to_number,
    validate_limit,
    validate_positions,
    validate_positive,
    validate_times,
)
from neurospatial.validate.numbers import Scalar

Floats = NDArray[np.float64]
Rate = Callable[[Floats, Floats], Floats]
"""From times (n,) and positions (n, n_dims) to rates (n,) [Hz]."""

WIDTH_PER_SIDE = 0.1
"""Width of a field over the longest side of the box: 10 cm in the usual box of 1 m."""


@dataclass(frozen=True, eq=False)
class Walk:
    """Where an animal was, and in which steps between samples nothing fires.

    Parameters
    ----------
    times : ndarray, shape (n_samples,)
        Sample times [s], at least two.
    positions : ndarray, shape (n_samples, n_dims)
        NaN where lost.
    too_long : ndarray of bool, shape (n_samples - 1,), or None
        Which steps are longer than the longest that counts.
    """

    times: Floats
    positions: Floats
    too_long: NDArray[np.bool_] | None

    @property
    def box(self) -> tuple[Floats, Floats]:
        """Lowest and highest coordinates of the positions, each (n_dims,)."""
        known = self.positions[~np.isnan(self.positions).any(axis=1)]
        if len(known):
            return known.min(axis=0), known.max(axis=0)
        raise ValueError(
            explain(
                f"All {len(self.positions)} positions are NaN.",
                "No cell fires where the animal is lost.",
                ["Pass positions of which at least one is known."],
            )
        )

    def draw_spikes(self, rng: np.random.Generator, peak_rate: float, rate: Rate) -> Floats:
        """Draw when one cell fires [s], increasing.

        An inhomogeneous Poisson process, by thinning one of the peak rate (Lewis &
        Shedler, Nav. Res. Logist. Q. 26:403, 1979), with the position interpolated
        between samples.
        """
        start, stop = float(self.times[0]), float(self.times[-1])
        number = rng.poisson(peak_rate * (stop - start))
        candidates = np.sort(rng.uniform(start, stop, number))
        kept = rng.uniform(0, peak_rate, number)
        sample = np.searchsorted(self.times, candidates, side="right")
        sample = np.minimum(sample, self.times.size - 1)
        in_gap = np.False_ if self.too_long is None else self.too_long[sample - 1]
        where = np.stack([np.interp(candidates, self.times, x) for x in self.positions.T], axis=1)
        # A rate may depend on one coordinate alone, and the animal be lost in another.
        is_lost = np.isnan(where).any(axis=1)
        fires = (kept < rate(candidates, where)) & ~in_gap & ~is_lost
        fired: Floats = candidates[fires]
        return fired

    def draw_trains(
        self,
        rng: np.random.Generator,
        peak_rate: float,
        rates: Callable[[int, Floats], Floats],
        n_cells: int,
    ) -> tuple[Floats, ...]:
        """Draw when each cell fired [s], of rates by its number and the positions (n, n_dims)."""

        def draw_train(cell: int) -> Floats:
            return self.draw_spikes(rng, peak_rate, lambda _, where: rates(cell, where))

        return tuple(map(draw_train, range(n_cells)))


def make_walk(
    times: ArrayLike, positions: ArrayLike, max_gap: MaxGap, n_dims: int | None = None
) -> Walk:
    """Validate a path.

    Raises
    ------
    ValueError
        If times and positions do not fit, or there are less than two samples.

    Examples
    --------
    >>> make_walk([0.0, 1.0], [[0.0, 1.0], [2.0, 5.0]], None).box
    (array([0., 1.]), array([2., 5.]))
    """
    where = validate_positions(positions, n_dims)
    when = validate_times(times, len(where))
    check_slow_clock(when)
    if when.size < 2:
        problem, way = f"There are {when.size} samples.", "Pass a trajectory of two or more."
        raise ValueError(explain(problem, "Cells fire along a trajectory.", [way]))
    return Walk(when, where, find_long_steps(when, max_gap))


def validate_n_cells(n_cells: Scalar) -> int:
    """Validate a number of cells, one or more.

    Raises
    ------
    ValueError
        If it is none.

    Examples
    --------
    >>> validate_n_cells(3)
    3
    """
    number = to_number(n_cells)
    if isinstance(number, int) and number >= 1:
        return number
    why = "Cells fire along a trajectory."
    raise ValueError(explain(f"n_cells is {number!r}.", why, ["Pass n_cells=20."]))


def validate_rates(peak_rate: Scalar, background_rate: Scalar) -> tuple[float, float]:
    """Validate the highest and the lowest rate of cells [Hz].

    Raises
    ------
    ValueError
        If they are no rates, or the highest is below the lowest or zero.

    Examples
    --------
    >>> validate_rates(15, 0.1)
    (15.0, 0.1)
    """
    why, how = "Cells fire at rates in Hz.", ["Pass peak_rate=15.0, background_rate=0.1."]
    peak = validate_limit(peak_rate, "peak_rate", why, how)
    background = validate_limit(background_rate, "background_rate", why, how)
    if background <= peak < np.inf and peak > 0:
        return peak, background
    problem = f"peak_rate is {peak_rate} Hz, background_rate {background_rate} Hz."
    raise ValueError(explain(problem, why, how))


def choose_field_width(field_width: float | None, box: tuple[Floats, Floats]) -> float:
    """Validate the width of a field, or choose one that suits the longest side of a box.

    Raises
    ------
    ValueError
        If it is not positive.

    Examples
    --------
    >>> choose_field_width(None, (np.zeros(2), np.array([98.0, 90.0])))
    10.0
    """
    longest = float((box[1] - box[0]).max())
    if field_width is None and longest > 0:
        return float(f"{WIDTH_PER_SIDE * longest:.0e}")
    why = "It is the standard deviation of a field, in the units of positions."
    how = ["Pass a positive number, say a tenth of the arena."]
    return validate_positive(field_width, "field_width", why=why, how=how)
