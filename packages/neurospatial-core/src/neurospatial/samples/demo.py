"""The demonstration: place cells whose fields drift while a real rat forages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

import numpy as np
from numpy.typing import NDArray

from neurospatial.samples.open_field import open_field
from neurospatial.samples.place_cells import PlaceCells, simulate_place_cells

if TYPE_CHECKING:
    from neurospatial.environment import Environment

BIN_CM = 5.0
"""Width of a bin [cm]: half the standard deviation of a simulated field."""

DRIFT_CM = 50.0
"""How far a field moves in the session [cm]: half the box, which nobody overlooks."""

WINDOW_S = 180.0
"""Width of a window [s]: three of the session's ten minutes."""

STEP_S = 0.5
"""From one window to the next [s]: with `FPS`, 15 times the pace of the recording."""

FPS = 30
"""Frames played per second."""

SEED = 6
"""Of the random numbers: the demonstration is the same each time."""


class DemoKeywords(TypedDict):
    """How the demonstration is shown, as keywords of `animate_fields`."""

    fps: float
    cmap: str
    vmin: float
    vmax: float
    title: str
    frame_times: NDArray[np.float64]
    overlay_trajectory: NDArray[np.float64]
    colorbar_label: str


@dataclass(frozen=True, eq=False)
class DemoSession:
    """Place fields in windows that slide over a session.

    Parameters
    ----------
    environment : Environment
    cells : PlaceCells
        The simulated units.
    rates : ndarray, shape (n_cells, n_windows, n_bins)
        Place fields [Hz].
    frame_times : ndarray, shape (n_windows,)
        The middle of each window [s].
    positions : ndarray, shape (n_windows, 2)
        Where the animal was then [cm].
    """

    environment: "Environment"
    cells: PlaceCells
    rates: NDArray[np.floating]
    frame_times: NDArray[np.float64]
    positions: NDArray[np.float64]

    @property
    def fields(self) -> NDArray[np.floating] | Mapping[str, NDArray[np.floating]]:
        """What is shown: the fields of the only cell, or of each by name."""
        named = {f"cell {number}": cell for number, cell in enumerate(self.rates, 1)}
        return named if len(named) > 1 else named["cell 1"]

    def keywords(self) -> DemoKeywords:
        """Return how it is shown, as keywords of `animate_fields`."""
        return {
            "fps": FPS,
            "cmap": "viridis",
            "vmin": 0.0,
            # A bin crossed once in a window, during a burst, would set the range for all.
            "vmax": float(np.nanpercentile(self.rates, 99.9)),
            "title": "Place fields that drift (simulated) on a rat's path, "
            f"{FPS * STEP_S:g}× its pace",
            "frame_times": self.frame_times,
            "overlay_trajectory": self.positions,
            "colorbar_label": "rate [Hz]",
        }


def demo_session(n_cells: int = 1) -> DemoSession:
    """Simulate cells on a real rat's path and compute their fields in sliding windows.

    Parameters
    ----------
    n_cells : int

    Returns
    -------
    DemoSession

    Raises
    ------
    ValueError
        If `n_cells` is below 1.

    Examples
    --------
    >>> demo_session().rates.shape
    (1, 840, 387)
    """
    from neurospatial.environment import Environment
    from neurospatial.fields import compute_place_fields, sliding_windows

    path = open_field()
    cells = simulate_place_cells(*path, n_cells=n_cells, seed=SEED, drift=DRIFT_CM)
    env = Environment.from_samples(path.positions, bin_size=BIN_CM, units="cm")
    windows = sliding_windows(path.times[0], path.times[-1], width=WINDOW_S, step=STEP_S)
    rates = compute_place_fields(env, cells.spike_times, *path, windows=windows, dtype=np.float32)
    there = [np.interp(rates.times, path.times, column) for column in path.positions.T]
    return DemoSession(env, cells, rates.values, rates.times, np.stack(there, axis=1))
