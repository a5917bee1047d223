"""Boundary cells that fire along a trajectory as told."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.samples.walk import (
    choose_field_width,
    make_walk,
    validate_n_cells,
    validate_rates,
)
from neurospatial.validate import MaxGap

Floats = NDArray[np.float64]

_WALLS = ("left", "right", "bottom", "top")


@dataclass(frozen=True, eq=False)
class BoundaryCells:
    """Simulated units that fire at some distance from one wall of a box.

    Parameters
    ----------
    walls : tuple of str
        Wall of each cell: "left" and "right" are those of low and high x, "bottom"
        and "top" those of low and high y.
    distances : ndarray, shape (n_cells,)
        How far from it the rate is highest.
    box : ndarray, shape (2, 2)
        Lowest and highest x and y: where the walls are.
    field_width : float
        Standard deviation of a field across the wall, in the units of the positions.
    peak_rate, background_rate : float
        Rate at that distance and far from it [Hz].
    spike_times : tuple of ndarray
        When each cell fired [s], increasing.

    Examples
    --------
    >>> cells = simulate_boundary_cells([0.0, 1.0, 2.0], [[0, 0], [9, 0], [0, 9]], n_cells=2)
    >>> cells.walls
    ('left', 'right')
    """

    walls: tuple[str, ...]
    distances: Floats
    box: Floats
    field_width: float
    peak_rate: float
    background_rate: float
    spike_times: tuple[Floats, ...]

    def rates(self, cell: int, positions: Floats) -> Floats:
        """Compute one cell's true rate [Hz] at positions (n, 2), shape (n,)."""
        axis, is_far = divmod(_WALLS.index(self.walls[cell]), 2)
        away = np.abs(positions[:, axis] - self.box[is_far, axis])
        off = (away - self.distances[cell]) / self.field_width
        above = self.peak_rate - self.background_rate
        return np.asarray(self.background_rate + above * np.exp(-(off**2) / 2))


def simulate_boundary_cells(
    times: ArrayLike,
    positions: ArrayLike,
    n_cells: int = 20,
    *,
    seed: int = 0,
    field_width: float | None = None,
    peak_rate: float = 15.0,
    background_rate: float = 0.1,
    max_gap: MaxGap = "auto",
) -> BoundaryCells:
    """Let boundary cells fire along a trajectory in the plane.

    Each prefers one distance from one wall, up to the width of a field, so that
    the first of them are border cells too (Hartley et al., Hippocampus 10:369, 2000;
    Lever et al., J. Neurosci. 29:9771, 2009). The walls are those of the box that
    the positions fill, taken in turns.

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
    field_width : float, optional
        Standard deviation of a field across the wall, in the units of `positions`;
        left out, about a tenth of the longest side of the box.
    peak_rate, background_rate : float
        Rate at the distance preferred and far from it [Hz].
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
    >>> cells = simulate_boundary_cells(*open_field(), n_cells=5)
    >>> cells.walls, cells.distances.shape
    (('left', 'right', 'bottom', 'top', 'left'), (5,))
    """
    walk = make_walk(times, positions, max_gap, 2)
    n_cells = validate_n_cells(n_cells)
    rates = validate_rates(peak_rate, background_rate)
    width = choose_field_width(field_width, walk.box)
    rng = np.random.default_rng(seed)
    walls = tuple(_WALLS[cell % len(_WALLS)] for cell in range(n_cells))
    shape = (walls, rng.uniform(0, width, n_cells), np.stack(walk.box), width, *rates)
    silent = BoundaryCells(*shape, spike_times=())
    trains = walk.draw_trains(rng, silent.peak_rate, silent.rates, n_cells)
    return BoundaryCells(*shape, spike_times=trains)
