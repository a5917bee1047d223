"""Grid cells that fire along a trajectory as told."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.samples.walk import make_walk, validate_n_cells, validate_rates
from neurospatial.validate import MaxGap, to_number, validate_positive

Floats = NDArray[np.float64]

_SPACING_PER_SIDE = 0.4
"""Spacing over the longest side of the box: 40 cm in the usual box of 1 m."""

_WAYS = np.radians([30.0, 90.0, 150.0])
"""Directions of the plane waves, beside those of the fields [rad]."""


@dataclass(frozen=True, eq=False)
class GridCells:
    """Simulated grid cells of one module: one spacing and orientation, a phase each.

    Parameters
    ----------
    phases : ndarray, shape (n_cells, 2)
        Where one field of each cell is centred.
    spacing : float
        From a field to the next, in the units of the positions.
    orientation : float
        Direction from a field to a next one [rad], from the x axis.
    peak_rate, background_rate : float
        Rate at the centre of a field and where it is lowest [Hz].
    spike_times : tuple of ndarray
        When each cell fired [s], increasing.

    Examples
    --------
    >>> cells = simulate_grid_cells([0.0, 1.0, 2.0], [[0, 0], [9, 0], [0, 9]], n_cells=2)
    >>> cells.rates(0, cells.phases[:1] + [cells.spacing, 0.0])
    array([15.])
    """

    phases: Floats
    spacing: float
    orientation: float
    peak_rate: float
    background_rate: float
    spike_times: tuple[Floats, ...]

    def rates(self, cell: int, positions: Floats) -> Floats:
        """Compute one cell's true rate [Hz] at positions (n, 2), shape (n,)."""
        ways = _WAYS + self.orientation
        number = 4 * np.pi / (np.sqrt(3) * self.spacing)
        waves = number * np.stack([np.cos(ways), np.sin(ways)])
        # Three cosines sum to between -1.5 and 3.
        height = np.cos((positions - self.phases[cell]) @ waves).sum(axis=1) / 4.5 + 1 / 3
        above = self.peak_rate - self.background_rate
        return np.asarray(self.background_rate + above * height)


def simulate_grid_cells(
    times: ArrayLike,
    positions: ArrayLike,
    n_cells: int = 20,
    *,
    seed: int = 0,
    spacing: float | None = None,
    orientation: float = 0.0,
    peak_rate: float = 15.0,
    background_rate: float = 0.0,
    max_gap: MaxGap = "auto",
) -> GridCells:
    """Let grid cells fire along a trajectory in the plane.

    The rate of each is a sum of three plane waves 60 degrees apart (Solstad, Moser
    & Einevoll, Hippocampus 16:1026, 2006); all have one spacing and orientation, as
    those of a module (Stensola et al., Nature 492:72, 2012).

    Parameters
    ----------
    times : array-like, shape (n_samples,)
        Sample times [s], strictly increasing.
    positions : array-like, shape (n_samples, 2)
        Where the animal was; no cell fires where it is NaN.
    n_cells : int
        Number of cells.
    seed : int
        The same seed gives the same spikes.
    spacing : float, optional
        From a field to the next, in the units of `positions`; left out, about four
        tenths of the longest side of the box (to one digit: 40 in a box of 1 m).
    orientation : float
        Direction from a field to a next one [rad], from the x axis.
    peak_rate, background_rate : float
        Rate at the centre of a field and where it is lowest [Hz].
    max_gap : float, "auto" or None
        No cell fires in a step between samples longer than this [s], as in
        `simulate_place_cells`.

    Raises
    ------
    ValueError
        If a number makes no sense, or times and positions do not fit.

    Examples
    --------
    >>> from neurospatial.samples import open_field
    >>> cells = simulate_grid_cells(*open_field(), n_cells=3)
    >>> cells.spacing, cells.phases.shape
    (40.0, (3, 2))
    """
    walk = make_walk(times, positions, max_gap, 2)
    n_cells = validate_n_cells(n_cells)
    rates = validate_rates(peak_rate, background_rate)
    low, high = walk.box
    if spacing is None and (high > low).any():
        spacing = float(f"{_SPACING_PER_SIDE * (high - low).max():.0e}")
    why, how = "It is the way from one field to the next.", ["Pass spacing=40.0, in cm."]
    spacing = validate_positive(spacing, "spacing", why=why, how=how)
    rng = np.random.default_rng(seed)
    shape = (
        rng.uniform(low, high, (n_cells, 2)),
        spacing,
        _validate_orientation(orientation),
        *rates,
    )
    silent = GridCells(*shape, spike_times=())
    trains = walk.draw_trains(rng, silent.peak_rate, silent.rates, n_cells)
    return GridCells(*shape, spike_times=trains)


def _validate_orientation(orientation: float) -> float:
    number = to_number(orientation)
    if isinstance(number, (int, float)) and np.isfinite(number):
        return float(number)
    problem, way = f"orientation is {number!r}.", "Pass radians: orientation=np.deg2rad(10)."
    raise ValueError(explain(problem, "It is the direction from field to field.", [way]))
