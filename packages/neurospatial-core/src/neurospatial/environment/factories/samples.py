"""The space that positions cover, cut into bins."""

from collections.abc import Sequence

from numpy.typing import ArrayLike

from neurospatial.environment.discretize.choose_layout import (
    LayoutName,
    build_layout_from_samples,
)
from neurospatial.environment.discretize.grid import ActiveRule
from neurospatial.environment.discretize.stray_positions import check_stray_positions
from neurospatial.layouts import Layout
from neurospatial.layouts.hexagonal.lattice import Orientation
from neurospatial.validate import validate_positions


def cut_samples(
    positions: ArrayLike,
    bin_size: float | Sequence[float],
    layout: LayoutName,
    rule: ActiveRule,
    orientation: Orientation,
) -> Layout:
    """Cut the space that positions (n_samples, n_dims) cover: `Environment.from_samples`."""
    where = validate_positions(positions)
    check_stray_positions(where)
    return build_layout_from_samples(where, bin_size, layout, rule, orientation)
