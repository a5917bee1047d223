"""Place cells that fire along a trajectory as told, so that maps can be checked."""

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.samples.walk import (
    choose_field_width,
    make_walk,
    validate_n_cells,
    validate_rates,
)
from neurospatial.validate import MaxGap, to_seconds, validate_limit
from neurospatial.validate.numbers import Scalar


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
    walk = make_walk(times, positions, max_gap)
    n_cells = validate_n_cells(n_cells)
    rates = validate_rates(peak_rate, background_rate)
    low, high = walk.box
    width = choose_field_width(field_width, walk.box)
    rng = np.random.default_rng(seed)
    centers = rng.uniform(low, high, (n_cells, low.size))
    moves = _draw_drift(rng, centers, low, high, _validate_drift(drift))
    shape = (width, *rates, float(walk.times[0]), float(walk.times[-1]))
    silent = PlaceCells(centers, moves, *shape, spike_times=())
    trains = tuple(
        walk.draw_spikes(rng, silent.peak_rate, partial(silent.rates, cell))
        for cell in range(n_cells)
    )
    return PlaceCells(centers, moves, *shape, spike_times=trains)


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


def _validate_drift(drift: Scalar) -> float:
    why, how = "It is a distance.", ["Pass drift=0.0 for fields that stay."]
    distance = validate_limit(drift, "drift", why, how)
    if np.isfinite(distance):
        return distance
    raise ValueError(explain(f"drift is {distance}.", why, how))
