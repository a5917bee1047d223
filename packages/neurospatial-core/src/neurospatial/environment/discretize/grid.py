"""From positions to a grid: where its edges lie and which cells are bins."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.layouts.grid.regular_grid import RegularGrid
from neurospatial.layouts.protocol import Layout
from neurospatial.validate import to_real_array
from neurospatial.validate.extreme_coordinates import refuse_extreme, refuse_too_fine

MAX_CELLS = 50_000_000
"""A grid of more cells than this is taken for a mistake."""

_log = logging.getLogger("neurospatial")


@dataclass(frozen=True)
class ActiveRule:
    """Which cells of a grid become bins.

    Parameters
    ----------
    infer : bool
        Only cells that were visited; else every cell.
    threshold : int
        A cell is visited when it holds more samples than this.
    close_gaps, fill_holes, dilate : bool
        Applied in this order, within the grid: close narrow gaps by one cell,
        fill holes that are enclosed, grow outwards by one cell.
    diagonal : bool
        Whether cells that share only a corner are neighbours.

    Examples
    --------
    >>> ActiveRule(fill_holes=True).select_active(np.array([[3, 1], [1, 0]]))
    array([[ True,  True],
           [ True, False]])
    """

    infer: bool = True
    threshold: int = 0
    dilate: bool = False
    fill_holes: bool = False
    close_gaps: bool = False
    diagonal: bool = True

    def select_active(self, counts: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Select the active cells from the number of samples in each."""
        if not self.infer:
            return np.ones(counts.shape, dtype=bool)
        active = counts > self.threshold
        if not (self.close_gaps or self.fill_holes or self.dilate):
            return np.asarray(active)
        from scipy import ndimage

        reach = ndimage.generate_binary_structure(active.ndim, active.ndim if self.diagonal else 1)
        if self.close_gaps:
            # Padded, for a closing eats into cells at the rim of its array.
            closed = ndimage.binary_closing(np.pad(active, 1), reach)
            active = active | closed[(slice(1, -1),) * active.ndim]
        if self.fill_holes:
            active = ndimage.binary_fill_holes(active)
        if self.dilate:
            active = ndimage.binary_dilation(active, reach)
        return np.asarray(active, dtype=bool)


def build_grid_from_samples(
    positions: NDArray[np.float64], bin_size: float | Sequence[float], rule: ActiveRule
) -> RegularGrid:
    """Cover positions (n_samples, n_dims) with a grid.

    Raises
    ------
    ValueError
        If `bin_size` does not suit the positions, or no cell is active.

    Examples
    --------
    >>> grid = build_grid_from_samples(
    ...     np.array([[0.0, 0.0], [9.0, 4.0]]), 5.0, ActiveRule(infer=False)
    ... )
    >>> grid.grid_shape
    (2, 1)
    """
    low, high = compute_extent(positions)
    whole = build_whole_grid(low, high, bin_size, rule.diagonal)
    if not rule.infer:
        return whole
    counts = count_samples(whole, positions).reshape(whole.grid_shape)
    active = rule.select_active(counts)
    check_any_visited(active, rule, counts)
    return whole if active.all() else RegularGrid(whole.edges, active, rule.diagonal)


def build_whole_grid(
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    bin_size: float | Sequence[float],
    diagonal: bool = True,
    coordinates: str = "positions",
) -> RegularGrid:
    """Cover a box with a grid of which every cell is active.

    Raises
    ------
    ValueError
        If `bin_size` does not suit the box.

    Examples
    --------
    >>> build_whole_grid(np.zeros(2), np.array([9.0, 4.0]), 5.0).grid_shape
    (2, 1)
    """
    sizes = validate_bin_sizes(bin_size, low, high, coordinates)
    check_cells(high - low, sizes)
    edges = tuple(_compute_edges(*sides) for sides in zip(low, high, sizes, strict=True))
    return RegularGrid(edges, np.ones([edge.size - 1 for edge in edges], bool), diagonal)


def count_samples(layout: Layout, positions: NDArray[np.float64]) -> NDArray[np.intp]:
    """Count the samples in each bin, shape (n_bins,), and log how many are in none.

    Examples
    --------
    >>> grid = RegularGrid((np.arange(3.0),), np.ones(2, bool))
    >>> count_samples(grid, np.array([[0.5], [0.6], [1.5], [np.nan]]))
    array([2, 1])
    """
    # Samples lost to NaN are numbered -1: shifted by one they fall in a slot of their own.
    held = np.bincount(layout.locate(positions) + 1, minlength=layout.n_bins + 1)
    if held[0]:
        _log.info("%d of %d positions are NaN and were dropped.", held[0], len(positions))
    return held[1:]


def check_any_visited(
    active: NDArray[np.bool_], rule: ActiveRule, counts: NDArray[np.intp]
) -> None:
    """Raise unless some cell is active.

    Raises
    ------
    ValueError
        If none is, saying how many samples the fullest holds.
    """
    if not active.any():
        raise ValueError(
            explain(
                f"No bin holds more than bin_count_threshold={rule.threshold} samples; "
                f"the fullest holds {counts.max()}.",
                "An environment needs at least one bin.",
                ["Lower bin_count_threshold.", "Raise bin_size, so that each bin holds more."],
            )
        )


def compute_extent(
    positions: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Compute the lowest and the highest coordinates of positions (n_samples, n_dims).

    Raises
    ------
    ValueError
        If all are the same or NaN.

    Examples
    --------
    >>> compute_extent(np.array([[0.0, 4.0], [9.0, 1.0]]))
    (array([0., 1.]), array([9., 4.]))
    """
    low = np.array([column.min(initial=np.inf) for column in positions.T])
    high = np.array([column.max(initial=-np.inf) for column in positions.T])
    if np.isnan(low).any():
        positions = positions[~np.isnan(positions).any(axis=1)]
        low, high = positions.min(axis=0, initial=np.inf), positions.max(axis=0, initial=-np.inf)
    if not (high > low).any():
        raise ValueError(
            explain(
                f"positions hold {len(positions)} samples with no extent.",
                "The grid covers the space between the lowest and the highest position.",
                [
                    "Pass at least two different positions without NaN.",
                    "Whole numbers near 2**63? Count from an origin near by before anything else.",
                    "Use Environment.from_mask(mask, edges) when the arena is known beforehand.",
                ],
            )
        )
    return low, high


def validate_bin_sizes(
    bin_size: float | Sequence[float],
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    coordinates: str = "positions",
) -> NDArray[np.float64]:
    """Validate bin sizes, one per dimension of a box.

    Raises
    ------
    ValueError
        If a size is not positive or larger than the box.

    Examples
    --------
    >>> validate_bin_sizes(2.0, np.zeros(2), np.array([9.0, 4.0]))
    array([2., 2.])
    """
    refuse_extreme(np.append(low, high), coordinates)
    extent = high - low
    sizes = to_real_array(bin_size, "bin_size")
    if sizes.ndim > 1 or sizes.size not in (1, extent.size):
        problem = f"bin_size has shape {sizes.shape}, {coordinates} have {extent.size} dimensions."
    elif not (np.isfinite(sizes) & (sizes > 0)).all():
        problem = f"bin_size is {bin_size}."
    elif (sizes > extent).all():
        found = " by ".join(f"{side:.4g}" for side in extent)
        problem = f"bin_size {bin_size} is larger than the arena, {found}."
    else:
        refuse_too_fine(sizes, low, high, coordinates)
        return np.broadcast_to(sizes, extent.shape)
    raise ValueError(
        explain(
            problem,
            f"Bins divide the space between the lowest and the highest of the {coordinates}.",
            [
                f"Pass one positive number below {extent.max():.4g}, "
                f"in the units of the {coordinates}.",
                f"Pass one per dimension: bin_size=({', '.join(['2.5'] * extent.size)}).",
            ],
        )
    )


def check_cells(extent: NDArray[np.float64], sizes: NDArray[np.float64]) -> None:
    """Raise where cells of these sizes would be too many for a box of this extent.

    Raises
    ------
    ValueError
        Saying how many there would be and which size would fit.
    """
    cells = float(np.prod(np.maximum(np.ceil(extent / sizes), 1)))
    if cells <= MAX_CELLS:
        return
    factor = (cells / MAX_CELLS) ** (1 / np.count_nonzero(extent > sizes))
    fits = ", ".join(f"{size:.2g}" for size in sizes * factor * 1.1)
    raise ValueError(
        explain(
            f"bin_size {', '.join(f'{size:g}' for size in sizes)} would make {cells:,.0f} cells.",
            f"More than {MAX_CELLS:,} cells do not fit in memory with their neighbours; a stray "
            "position far from the others stretches the grid too.",
            [f"Pass bin_size={fits} or more.", "Mark stray positions as NaN."],
        )
    )


def _compute_edges(low: float, high: float, size: float) -> NDArray[np.float64]:
    # An extent that is a whole number of bins up to rounding gets no bin more.
    count = max(1, int(np.ceil((high - low) / size - 1e-9)))
    start = (low + high) / 2 - count * size / 2
    edges = start + size * np.arange(count + 1, dtype=np.float64)
    # To a billionth of a bin, so that an edge at zero is zero and labels are tidy.
    edges = np.round(edges, 9 - int(np.floor(np.log10(size))))
    edges[0], edges[-1] = min(edges[0], low), max(edges[-1], high)
    return edges
