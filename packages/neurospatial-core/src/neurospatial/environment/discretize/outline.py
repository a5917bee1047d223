"""The outline of the space that positions cover."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from neurospatial.environment.discretize.grid import ActiveRule, build_grid_from_samples

if TYPE_CHECKING:
    from shapely import MultiPolygon, Polygon
    from shapely.geometry.base import BaseGeometry

MAX_BINS = 2_000_000
"""Beyond so many bins, their small squares would not fit in memory."""

_FINE = 4
"""Squares in a bin, along each dimension: the outline follows what was visited of a bin."""

_ROUNDED = 0.5
"""Of a bin: the outline closes bays narrower than twice this."""

_STRAIGHTENED = 0.2
"""Of a bin: more than the stairs of the squares stand out."""


def compute_outline(
    positions: NDArray[np.float64], bin_size: float, rule: ActiveRule
) -> "Polygon | MultiPolygon":
    """Draw a smooth line around positions (n_samples, 2).

    The active bins of a grid hold the samples that count; of these bins, small
    squares that were visited (whole bins that the rule added) are joined, bays
    narrower than a bin closed and stairs straightened. The outline stands off
    from those samples by less than three quarters of a bin.

    Returns
    -------
    shapely Polygon or MultiPolygon
        It holds every sample of the active bins.

    Raises
    ------
    ValueError
        If `bin_size` does not suit the positions, or no bin is active.

    Examples
    --------
    >>> x, y = np.meshgrid(np.arange(0, 100.5), np.arange(0, 80.5))
    >>> positions = np.stack([x.ravel(), y.ravel()], axis=1)
    >>> compute_outline(positions, 5.0, ActiveRule()).bounds
    (-1.0, -1.0, 101.0, 81.0)
    """
    import shapely

    grid = build_grid_from_samples(positions, bin_size, rule)
    (x_low, y_low), (x_high, y_high) = (
        np.array([axis.edges[end] for axis in grid.axes]) for end in (0, -1)
    )
    if not rule.infer:
        return shapely.Polygon(
            [(x_low, y_low), (x_high, y_low), (x_high, y_high), (x_low, y_high)]
        )
    fine = tuple(_subdivide(axis.edges) for axis in grid.axes)
    counts = _count_visits(positions, fine)
    coarse = counts.reshape(grid.grid_shape[0], _FINE, grid.grid_shape[1], _FINE)
    unvisited = coarse.sum(axis=(1, 3), keepdims=True) <= rule.threshold
    active = grid.active[:, np.newaxis, :, np.newaxis]
    shown = (active & ((coarse > 0) | unvisited)).reshape(counts.shape)
    ix, iy = np.nonzero(shown)
    x, y = fine
    squares = shapely.box(x[ix], y[iy], x[ix + 1], y[iy + 1])
    # Squares of one grid share whole sides or corners: no crossings need to be looked for.
    # Where a ring starts decides which stairs are straightened: always at its lowest corner.
    joined = shapely.normalize(shapely.coverage_union_all(squares))
    closed = joined.buffer(_ROUNDED * bin_size, join_style="mitre")
    grown = closed.buffer((_STRAIGHTENED - _ROUNDED) * bin_size, join_style="mitre")
    parts = shapely.get_parts(_straighten(grown, joined, _STRAIGHTENED * bin_size)).tolist()
    if rule.fill_holes:
        filled = shapely.union_all([shapely.Polygon(part.exterior) for part in parts])
        parts = shapely.get_parts(filled).tolist()
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _straighten(area: "BaseGeometry", within: "BaseGeometry", most: float) -> "BaseGeometry":
    """Straighten the border of an area by at most so much, so that what is within stays there.

    Simplifying may move a border of few corners further than it was told to.
    """
    for tolerance in (most, most / 2, most / 4):
        straightened = area.simplify(tolerance)
        if straightened.covers(within):
            return straightened
    return area


def _subdivide(edges: NDArray[np.float64]) -> NDArray[np.float64]:
    fraction = np.arange(_FINE) / _FINE
    inner = edges[:-1, np.newaxis] + np.diff(edges)[:, np.newaxis] * fraction
    return np.append(inner.ravel(), edges[-1])


def _count_visits(
    positions: NDArray[np.float64], edges: tuple[NDArray[np.float64], ...]
) -> NDArray[np.intp]:
    counts, _ = np.histogramdd(positions[~np.isnan(positions).any(axis=1)], list(edges))
    return counts.astype(np.intp)
