"""Which positions, and which bins, lie in regions."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.environment.base import BaseEnvironment
from neurospatial.environment.topology import Bins
from neurospatial.layouts import Layout
from neurospatial.layouts.linear import linearize_positions
from neurospatial.layouts.protocol import is_linear
from neurospatial.regions import Region
from neurospatial.regions.contains import contains_points
from neurospatial.validate import to_texts, validate_one_or_more, validate_points


def find_bins_in_region(env: BaseEnvironment, name: str) -> Bins:
    """Find the bins whose centre lies in a region: `Environment.bins_in_region`."""
    return np.flatnonzero(compute_region_membership(env, env.bin_centers, [name])[:, 0])


def build_region_mask(env: BaseEnvironment, names: str | Sequence[str]) -> NDArray[np.bool_]:
    """Mark the bins (n_bins,) that are in any of some regions: `Environment.region_mask`."""
    chosen = [names] if isinstance(names, str) else to_texts(names, "names")
    return np.asarray(compute_region_membership(env, env.bin_centers, chosen).any(axis=1))


def compute_region_membership(
    env: BaseEnvironment, positions: ArrayLike, names: Sequence[str] | None = None
) -> NDArray[np.bool_]:
    """Mark in which regions each position lies: `Environment.region_membership`."""
    where, is_one = validate_one_or_more(positions, env.n_dims, "positions")
    chosen = list(env.regions.values())
    if names is not None:
        chosen = [env.regions[name] for name in to_texts(names, "names")]
    inside = np.zeros((len(where), len(chosen)), dtype=bool)
    for column, region in enumerate(chosen):
        inside[:, column] = _is_inside(env.layout, region, where)
    return inside[0] if is_one else inside


def _is_inside(layout: Layout, region: Region, where: NDArray[np.float64]) -> NDArray[np.bool_]:
    if region.point is None:
        plane = layout.to_2d(where[:, 0]) if is_linear(layout) else where
        return contains_points(region, plane)
    point = region.point[np.newaxis]
    if is_linear(layout) and region.point.size == 2:
        point = linearize_positions(layout, point)[:, np.newaxis]
    [held] = layout.locate(validate_points(point, layout.n_dims))
    return np.asarray((layout.locate(where) == held) & (held >= 0))
