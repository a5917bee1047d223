"""Object vector cells that fire along a trajectory as told."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.samples.walk import (
    choose_field_width,
    make_walk,
    validate_n_cells,
    validate_rates,
)
from neurospatial.validate import MaxGap, validate_positions

Floats = NDArray[np.float64]

_WIDTHS_AWAY = (1.0, 3.0)
"""Widths of a field from an object to a field: apart from it, and within a usual box."""


@dataclass(frozen=True, eq=False)
class ObjectVectorCells:
    """Simulated units that fire at one distance and direction from every object.

    Parameters
    ----------
    objects : ndarray, shape (n_objects, 2)
        Where the objects are.
    vectors : ndarray, shape (n_cells, 2)
        From an object to the field of each cell, in the units of the positions.
    field_width : float
        Standard deviation of a field, in the same units.
    peak_rate, background_rate : float
        Rate at a field's centre and far from all [Hz].
    spike_times : tuple of ndarray
        When each cell fired [s], increasing.

    Examples
    --------
    >>> path = [0.0, 1.0, 2.0], [[0, 0], [9, 0], [0, 9]]
    >>> cells = simulate_object_vector_cells(*path, objects=[[4.0, 4.0]], n_cells=2)
    >>> cells.rates(1, cells.objects + cells.vectors[1])
    array([15.])
    """

    objects: Floats
    vectors: Floats
    field_width: float
    peak_rate: float
    background_rate: float
    spike_times: tuple[Floats, ...]

    def rates(self, cell: int, positions: Floats) -> Floats:
        """Compute one cell's true rate [Hz] at positions (n, 2), shape (n,)."""
        off = positions[:, np.newaxis] - (self.objects + self.vectors[cell])
        nearest = (off**2).sum(axis=2).min(axis=1) / self.field_width**2
        above = self.peak_rate - self.background_rate
        return np.asarray(self.background_rate + above * np.exp(-nearest / 2))


def simulate_object_vector_cells(
    times: ArrayLike,
    positions: ArrayLike,
    objects: ArrayLike,
    n_cells: int = 20,
    *,
    seed: int = 0,
    field_width: float | None = None,
    peak_rate: float = 15.0,
    background_rate: float = 0.1,
    max_gap: MaxGap = "auto",
) -> ObjectVectorCells:
    """Let object vector cells fire along a trajectory in the plane.

    Each has a field at its own distance and direction from every object, whichever
    they are (Høydal et al., Nature 568:400, 2019).

    Parameters
    ----------
    times : array-like, shape (n_samples,)
        Sample times [s], strictly increasing.
    positions : array-like, shape (n_samples, 2)
        Where the animal was; no cell fires where it is NaN.
    objects : array-like, shape (n_objects, 2)
        Where the objects are, in the units of `positions`.
    n_cells : int
        Number of cells.
    seed : int
        The same seed gives the same spikes.
    field_width : float, optional
        Standard deviation of a field, in the units of `positions`; left out, about a
        tenth of the longest side of the box. Fields are one to three times as far
        from their object.
    peak_rate, background_rate : float
        Rate at a field's centre and far from all [Hz].
    max_gap : float, "auto" or None
        No cell fires in a step between samples longer than this [s], as in
        `simulate_place_cells`.

    Raises
    ------
    ValueError
        If a number makes no sense, there is no object, or times and positions do not fit.

    Examples
    --------
    >>> from neurospatial.samples import open_field
    >>> cells = simulate_object_vector_cells(
    ...     *open_field(), objects=[[30, 30], [70, 60]], n_cells=3
    ... )
    >>> cells.vectors.shape
    (3, 2)
    """
    walk = make_walk(times, positions, max_gap, 2)
    places = _validate_objects(objects)
    n_cells = validate_n_cells(n_cells)
    rates = validate_rates(peak_rate, background_rate)
    width = choose_field_width(field_width, walk.box)
    rng = np.random.default_rng(seed)
    away = width * rng.uniform(*_WIDTHS_AWAY, n_cells)
    ways = rng.uniform(0, 2 * np.pi, n_cells)
    vectors = away[:, np.newaxis] * np.stack([np.cos(ways), np.sin(ways)], axis=1)
    shape = (places, vectors, width, *rates)
    silent = ObjectVectorCells(*shape, spike_times=())
    trains = walk.draw_trains(rng, silent.peak_rate, silent.rates, n_cells)
    return ObjectVectorCells(*shape, spike_times=trains)


def _validate_objects(objects: ArrayLike) -> Floats:
    places = validate_positions(objects, 2, "objects", least=1)
    n_lost = int(np.count_nonzero(np.isnan(places).any(axis=1)))
    if n_lost:
        problem, way = f"objects hold {n_lost} places that are NaN.", "Leave them out."
        raise ValueError(explain(problem, "A field lies beside an object.", [way]))
    return places
