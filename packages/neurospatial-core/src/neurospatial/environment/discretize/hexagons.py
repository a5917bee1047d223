"""From positions or an arena to hexagons: where they lie and which of them are bins."""

import numpy as np
from numpy.typing import NDArray

from neurospatial.environment.discretize.grid import (
    ActiveRule,
    check_any_visited,
    check_cells,
    compute_extent,
    count_samples,
    validate_bin_sizes,
)
from neurospatial.layouts.hexagonal.hexagonal_grid import HexagonalGrid
from neurospatial.layouts.hexagonal.lattice import HexagonLattice, Orientation

Mask = NDArray[np.bool_]

_RIM = 2
"""Cells added all round: an even number, for odd rows are moved aside."""


def build_hexagons_from_samples(
    positions: NDArray[np.float64], bin_size: float, rule: ActiveRule, orientation: Orientation
) -> HexagonalGrid:
    """Cover positions (n_samples, 2) with hexagons.

    Raises
    ------
    ValueError
        If `bin_size` does not suit the positions, or no hexagon is active.

    Examples
    --------
    >>> positions = np.array([[0.0, 0.0], [9.0, 4.0]])
    >>> build_hexagons_from_samples(positions, 5.0, ActiveRule(), "pointy").n_bins
    2
    """
    whole = build_whole_hexagons(*compute_extent(positions), bin_size, orientation)
    if not rule.infer:
        return whole
    counts = count_samples(whole, positions).reshape(whole.active.shape)
    active = select_active_hexagons(counts, rule, whole.lattice)
    check_any_visited(active, rule, counts)
    return HexagonalGrid(whole.origin, whole.bin_size, active, orientation)


def build_whole_hexagons(
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    bin_size: float,
    orientation: Orientation,
    coordinates: str = "positions",
) -> HexagonalGrid:
    """Cover a box with hexagons, centred on it and all active.

    Raises
    ------
    ValueError
        If `bin_size` does not suit the box.

    Examples
    --------
    >>> build_whole_hexagons(np.zeros(2), np.array([9.0, 4.0]), 3.0, "pointy").active.shape
    (4, 2)
    """
    sizes = validate_bin_sizes(bin_size, low, high, coordinates)
    check_cells(high - low, sizes)
    size = float(sizes[0])
    turned = slice(None, None, -1 if orientation == "flat" else 1)
    along, across = (high - low)[turned]
    side, row = size / np.sqrt(3), size * np.sqrt(3) / 2
    # Rows are moved half a hexagon against each other, and their upper and lower rims are
    # zigzag: what all of them cover is half a hexagon and half a side less at either end.
    n_across = 1 + max(0, int(np.ceil((across - side) / row + 1e-9)))
    n_along = int(np.ceil(along / size + 0.5 * (n_across > 1) + 1e-9))
    reach = np.array([(n_along - 1 + 0.5 * (n_across > 1)) * size, (n_across - 1) * row])
    origin_x, origin_y = ((low + high - reach[turned]) / 2).tolist()
    active = np.ones((n_along, n_across)[turned], dtype=bool)
    return HexagonalGrid((origin_x, origin_y), size, active, orientation)


def select_active_hexagons(
    counts: NDArray[np.intp], rule: ActiveRule, lattice: HexagonLattice
) -> Mask:
    """Select the active cells from the number of samples in each: `ActiveRule` on hexagons.

    Examples
    --------
    >>> counts = np.array([[0, 1, 0], [1, 0, 1], [1, 1, 1]])
    >>> filled = ActiveRule(fill_holes=True)
    >>> select_active_hexagons(counts, filled, HexagonLattice((0, 0), 1.0))[1]
    array([ True,  True,  True])
    """
    active = np.pad(counts > rule.threshold, _RIM)
    within = (slice(_RIM, -_RIM),) * 2
    if rule.close_gaps:
        active |= ~_grow(~_grow(active, lattice), lattice)
    if rule.fill_holes:
        active |= _find_holes(active, lattice)
    if rule.dilate:
        active = _grow(active, lattice)
    return active[within]


def _grow(active: Mask, lattice: HexagonLattice) -> Mask:
    around = lattice.find_neighbours(np.argwhere(active)).reshape(-1, 2)
    around = around[((around >= 0) & (around < active.shape)).all(axis=1)]
    grown = active.copy()
    grown[around[:, 0], around[:, 1]] = True
    return grown


def _find_holes(active: Mask, lattice: HexagonLattice) -> Mask:
    """Find the cells not active that are not connected to the rim."""
    from scipy.sparse import csgraph

    empty = HexagonalGrid(lattice.origin, lattice.bin_size, ~active, lattice.orientation)
    _, component = csgraph.connected_components(empty.adjacency, directed=False)
    holes = np.zeros(active.shape, dtype=bool)
    holes[~active] = component != component[0]
    return holes
