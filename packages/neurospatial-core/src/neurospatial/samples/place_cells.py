"""Place cells that fire along a trajectory as told, so that maps can be checked."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.validate import (
    MaxGap,
    check_slow_clock,
    find_long_steps,
    to_number,
    to_seconds,
    validate_limit,
    validate_positions,
    validate_positive,
    validate_times,
)
from neurospatial.validate.numbers import Scalar

_WIDTH_PER_SIDE = 0.1
"""Width of a field over the longest side of the box: 10 cm in the usual box of 1 m."""


@dataclass(frozen=True, eq=False)
class PlaceCells:
    """Simulated units, each with one Gaussian place field.

    Parameters
    ----------
    centers : ndarray, shape (n_cells, n_dims)
        Where each field is centred at the begin of the session.
    drift : ndarray, shape (n_cells, n_dims)
        How far each centre moves, evenly, by the end of the session.
    field_width : float
        Standard deviation of a field, in the units of the positions.
    peak_rate, background_rate : float
        Rate at the centre and far from it [Hz].
    start, stop : float
        Begin and end of the session [s].
    spike_times : tuple of ndarray
        When each cell fired [s], increasing.

    Examples
    --------
    >>> cells = simulate_place_cells([0.0, 1.0, 2.0], [[0, 0], [9, 0], [0, 9]], n_cells=2)
    >>> len(cells.spike_times)
    2
    """

    centers: NDArray[np.float64]
    drift: NDArray[np.float64]
    field_width: float
    peak_rate: float
    background_rate: float
    start: float
    stop: float
    spike_times: tuple[NDArray[np.float64], ...]

    def centers_at(self, time: float) -> NDArray[np.float64]:
        """Compute the centres of the fields at a time [s], shape (n_cells, n_dims)."""
        return self.centers + self._compute_elapsed_share(time) * self.drift

    def rates(
        self, cell: int, times: NDArray[np.float64], positions: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Compute one cell's true rate [Hz] at times and positions, shape (n_times,)."""
        center = (
            self.centers[cell]
            + self._compute_elapsed_share(times)[..., np.newaxis] * self.drift[cell]
        )
        squared = np.sum((positions - center) ** 2, axis=1) / self.field_width**2
        above = self.peak_rate - self.background_rate
        return np.asarray(self.background_rate + above * np.exp(-squared / 2))

    def _compute_elapsed_share(self, time: float | NDArray[np.float64]) -> NDArray[np.float64]:
        return (to_seconds(time, "times") - self.start) / (self.stop - self.start)


def simulate_place_cells(
    times: ArrayLike,
    positions: ArrayLike,
    n_cells: int = 20,
    *,
    seed: int = 0,
    field_width: float | None = None,
    peak_rate: float = 15.0,
    background_rate: float = 0.1,
    drift: float = 0.0,
    max_gap: MaxGap = "auto",
) -> PlaceCells:
    """Let place cells fire along a trajectory.

    Each cell is an inhomogeneous Poisson process, drawn by thinning (Lewis &
    Shedler, Nav. Res. Logist. Q. 26:403, 1979) with the position interpolated
    between samples. Field centres are spread over the box that the positions fill.

    Parameters
    ----------
    times : array-like, shape (n_samples,)
        Sample times [s], strictly increasing.
    positions : array-like, shape (n_samples, n_dims)
        Where the animal was; no cell fires where it is NaN.
    n_cells : int
        Number of cells.
    seed : int
        The same seed gives the same spikes.
    field_width : float, optional
        Standard deviation of a field, in the units of `positions`; left out, about
        a tenth of the longest side of the box (to one digit: 10 in a box of 1 m).
    peak_rate, background_rate : float
        Rate at a field's centre and far from it [Hz].
    drift : float
        Distance that each centre moves over the session, in a direction of its own.
    max_gap : float, "auto" or None
        No cell fires in a step between samples longer than this [s]: by default than
        one second or five usual intervals, whichever is longer; None allows every step.

    Raises
    ------
    ValueError
        If a number makes no sense, or times and positions do not fit.

    Examples
    --------
    >>> from neurospatial.samples import open_field
    >>> cells = simulate_place_cells(*open_field(), n_cells=3, seed=1)
    >>> cells.centers.shape
    (3, 2)
    """
    where = validate_positions(positions)
    when = validate_times(times, len(where))
    check_slow_clock(when)
    n_cells = _validate_counts(n_cells, when.size)
    rates = _validate_rates(peak_rate, background_rate)
    low, high = _compute_box(where)
    width = _choose_field_width(field_width, float((high - low).max()))
    rng = np.random.default_rng(seed)
    centers = rng.uniform(low, high, (n_cells, where.shape[1]))
    moves = _draw_drift(rng, centers, low, high, _validate_drift(drift))
    start, stop = float(when[0]), float(when[-1])
    shape = (width, *rates, start, stop)
    silent = PlaceCells(centers, moves, *shape, spike_times=())
    gaps = find_long_steps(when, max_gap)
    trains = tuple(_draw_spikes(rng, silent, cell, when, where, gaps) for cell in range(n_cells))
    return PlaceCells(centers, moves, *shape, spike_times=trains)


def _compute_box(
    positions: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    known = positions[~np.isnan(positions).any(axis=1)]
    if len(known):
        return known.min(axis=0), known.max(axis=0)
    raise ValueError(
        explain(
            f"All {len(positions)} positions are NaN.",
            "No cell fires where the animal is lost.",
            ["Pass positions of which at least one is known."],
        )
    )


def _choose_field_width(field_width: float | None, longest: float) -> float:
    """Validate the width of a field, or choose one that suits the longest side of a box."""
    if field_width is None and longest > 0:
        return float(f"{_WIDTH_PER_SIDE * longest:.0e}")
    why = "It is the standard deviation of a field, in the units of positions."
    how = ["Pass a positive number, say a tenth of the arena."]
    return validate_positive(field_width, "field_width", why=why, how=how)


def _draw_drift(
    rng: np.random.Generator,
    centers: NDArray[np.float64],
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    distance: float,
) -> NDArray[np.float64]:
    """Draw steps of one length in any direction, turned back where they leave the box."""
    steps = rng.standard_normal(centers.shape)
    steps *= distance / np.linalg.norm(steps, axis=1, keepdims=True)
    leaves = (centers + steps < low) | (centers + steps > high)
    return np.where(leaves, -steps, steps)


def _draw_spikes(
    rng: np.random.Generator,
    cells: PlaceCells,
    cell: int,
    times: NDArray[np.float64],
    positions: NDArray[np.float64],
    too_long: NDArray[np.bool_] | None,
) -> NDArray[np.float64]:
    number = rng.poisson(cells.peak_rate * (cells.stop - cells.start))
    candidates = np.sort(rng.uniform(cells.start, cells.stop, number))
    kept = rng.uniform(0, cells.peak_rate, number)
    sample = np.minimum(np.searchsorted(times, candidates, side="right"), times.size - 1)
    in_gap = np.False_ if too_long is None else too_long[sample - 1]
    where = np.stack([np.interp(candidates, times, x) for x in positions.T], axis=1)
    # A comparison with NaN is false: a lost animal makes no cell fire.
    fires = (kept < cells.rates(cell, candidates, where)) & ~in_gap
    fired: NDArray[np.float64] = candidates[fires]
    return fired


def _validate_counts(n_cells: Scalar, n_samples: int) -> int:
    number = to_number(n_cells)
    if n_samples < 2:
        problem, way = f"There are {n_samples} samples.", "Pass a trajectory of two or more."
    elif not isinstance(number, int) or number < 1:
        problem, way = f"n_cells is {number!r}.", "Pass n_cells=20."
    else:
        return number
    raise ValueError(explain(problem, "Cells fire along a trajectory.", [way]))


def _validate_rates(peak_rate: Scalar, background_rate: Scalar) -> tuple[float, float]:
    why, how = "Cells fire at rates in Hz.", ["Pass peak_rate=15.0, background_rate=0.1."]
    peak = validate_limit(peak_rate, "peak_rate", why, how)
    background = validate_limit(background_rate, "background_rate", why, how)
    if background <= peak < np.inf and peak > 0:
        return peak, background
    problem = f"peak_rate is {peak_rate} Hz, background_rate {background_rate} Hz."
    raise ValueError(explain(problem, why, how))


def _validate_drift(drift: Scalar) -> float:
    why, how = "It is a distance.", ["Pass drift=0.0 for fields that stay."]
    distance = validate_limit(drift, "drift", why, how)
    if np.isfinite(distance):
        return distance
    raise ValueError(explain(f"drift is {distance}.", why, how))
