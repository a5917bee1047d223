"""Head direction cells that fire along a session as told."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.samples.walk import make_walk, validate_n_cells, validate_rates
from neurospatial.validate import MaxGap, validate_positive
from neurospatial.validate.angles import validate_angles, warn_of_degrees

Floats = NDArray[np.float64]

_TUNING_WIDTH = 0.5
"""Standard deviation of a tuning curve [rad]: fields of about 90 degrees (Taube et al. 1990)."""


@dataclass(frozen=True, eq=False)
class HeadDirectionCells:
    """Simulated units, each tuned to one direction of the head.

    Parameters
    ----------
    directions : ndarray, shape (n_cells,)
        Direction that each prefers [rad], from 0 to 2π.
    tuning_width : float
        Standard deviation of a tuning curve about its peak [rad].
    peak_rate, background_rate : float
        Rate in that direction, and what it falls to [Hz].
    spike_times : tuple of ndarray
        When each cell fired [s], increasing.

    Examples
    --------
    >>> cells = simulate_head_direction_cells([0.0, 1.0, 2.0], [0.0, 0.5, 1.0], n_cells=2)
    >>> cells.rates(1, cells.directions[1:] + 2 * np.pi)
    array([15.])
    """

    directions: Floats
    tuning_width: float
    peak_rate: float
    background_rate: float
    spike_times: tuple[Floats, ...]

    def rates(self, cell: int, angles: Floats) -> Floats:
        """Compute one cell's true rate [Hz] at angles (n,) [rad], shape (n,)."""
        fall = (np.cos(angles - self.directions[cell]) - 1) / self.tuning_width**2
        above = self.peak_rate - self.background_rate
        return np.asarray(self.background_rate + above * np.exp(fall))


def simulate_head_direction_cells(
    times: ArrayLike,
    angles: ArrayLike,
    n_cells: int = 20,
    *,
    seed: int = 0,
    tuning_width: float = _TUNING_WIDTH,
    peak_rate: float = 15.0,
    background_rate: float = 0.1,
    max_gap: MaxGap = "auto",
) -> HeadDirectionCells:
    """Let head direction cells fire along a session.

    The rate of each is a von Mises curve about the direction that it prefers (Taube,
    Muller & Ranck, J. Neurosci. 10:420, 1990, for the cells; Zhang, J. Neurosci.
    16:2112, 1996, for the curve).

    Parameters
    ----------
    times : array-like, shape (n_samples,)
        Sample times [s], strictly increasing.
    angles : array-like, shape (n_samples,)
        Direction of the head [rad], wrapped or not; no cell fires where it is NaN.
    n_cells : int
        Number of cells.
    seed : int
        The same seed gives the same spikes.
    tuning_width : float
        Standard deviation of a tuning curve about its peak [rad].
    peak_rate, background_rate : float
        Rate in the preferred direction, and what it falls to [Hz].
    max_gap : float, "auto" or None
        No cell fires in a step between samples longer than this [s], as in
        `simulate_place_cells`.

    Raises
    ------
    ValueError
        If a number makes no sense, or times and angles do not fit; where the
        angles look like degrees, a warning says so.

    Examples
    --------
    >>> times = np.arange(0, 60, 0.02)
    >>> cells = simulate_head_direction_cells(times, np.sin(times), n_cells=3)
    >>> cells.directions.shape
    (3,)
    """
    turned = validate_angles(angles)
    warn_of_degrees(turned, "angles")
    # As points on a circle they are interpolated across the seam.
    walk = make_walk(times, np.stack([np.cos(turned), np.sin(turned)], axis=1), max_gap)
    n_cells = validate_n_cells(n_cells)
    rates = validate_rates(peak_rate, background_rate)
    why, how = "It is how far a cell is tuned, in radians.", ["Pass tuning_width=0.5."]
    width = validate_positive(tuning_width, "tuning_width", why=why, how=how)
    rng = np.random.default_rng(seed)
    shape = (rng.uniform(0, 2 * np.pi, n_cells), width, *rates)
    silent = HeadDirectionCells(*shape, spike_times=())

    def compute_rates(cell: int, points: Floats) -> Floats:
        return silent.rates(cell, np.arctan2(points[:, 1], points[:, 0]))

    trains = walk.draw_trains(rng, silent.peak_rate, compute_rates, n_cells)
    return HeadDirectionCells(*shape, spike_times=trains)
