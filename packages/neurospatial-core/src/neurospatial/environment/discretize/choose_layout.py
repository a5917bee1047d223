"""From positions or an arena to the layout that was asked for by name."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from neurospatial.environment.discretize.grid import (
    ActiveRule,
    build_grid_from_samples,
    build_whole_grid,
    compute_extent,
    validate_bin_sizes,
)
from neurospatial.environment.discretize.hexagons import (
    build_hexagons_from_samples,
    build_whole_hexagons,
)
from neurospatial.errors import explain
from neurospatial.layouts import HexagonalGrid, Layout, RegularGrid
from neurospatial.layouts.hexagonal.lattice import Orientation
from neurospatial.layouts.shapes import is_in_arena
from neurospatial.validate import to_real_array, validate_known

if TYPE_CHECKING:
    from shapely import MultiPolygon, Polygon

LayoutName = Literal["grid", "hexagonal", "triangular"]


def build_layout_from_samples(
    positions: NDArray[np.float64],
    bin_size: float | Sequence[float],
    layout: LayoutName,
    rule: ActiveRule,
    orientation: Orientation,
) -> Layout:
    """Cut the space that positions (n_samples, n_dims) cover.

    Raises
    ------
    ValueError
        If the layout is unknown or plane and the positions are not, `bin_size`
        does not suit them, or no bin is active.

    Examples
    --------
    >>> positions = np.random.default_rng(0).uniform(0, 9, (500, 2))
    >>> build_layout_from_samples(positions, 3.0, "grid", ActiveRule(), "pointy").n_bins
    9
    """
    _check_name(layout)
    if layout == "grid":
        return build_grid_from_samples(positions, bin_size, rule)
    _check_plane(layout, positions.shape[1])
    size = _validate_one_size(layout, bin_size)
    if layout == "hexagonal":
        return build_hexagons_from_samples(positions, size, rule, orientation)
    from neurospatial.environment.discretize.outline import MAX_BINS, compute_outline
    from neurospatial.layouts.triangular.mesh import mesh_polygon
    from neurospatial.layouts.triangular.triangulation import check_count

    low, high = compute_extent(positions)
    sizes = validate_bin_sizes(size, low, high)
    extent = high - low
    if np.prod(np.ceil(extent / sizes)) > MAX_BINS:
        check_count(float(extent.prod()), 2 * float(extent.sum()), size)
    return mesh_polygon(compute_outline(positions, size, rule), size)


def build_layout_in_arena(
    arena: "Polygon | MultiPolygon",
    bin_size: float | Sequence[float],
    layout: LayoutName,
    orientation: Orientation,
    diagonal: bool,
) -> Layout:
    """Cut an arena; of squares and hexagons, those whose centre it holds become bins.

    Raises
    ------
    ValueError
        If the layout is unknown, `bin_size` does not suit the arena, or it
        holds no centre.

    Examples
    --------
    >>> import shapely
    >>> build_layout_in_arena(shapely.box(0, 0, 9, 6), 3.0, "grid", "pointy", True).n_bins
    6
    """
    _check_name(layout)
    low, high = np.array(arena.bounds).reshape(2, 2)
    if layout == "grid":
        grid = build_whole_grid(low, high, bin_size, diagonal, "corners")
        active = _select_held(arena, grid, bin_size).reshape(grid.grid_shape)
        return RegularGrid(grid.edges, active, diagonal)
    size = _validate_one_size(layout, bin_size)
    if layout == "hexagonal":
        whole = build_whole_hexagons(low, high, size, orientation, "corners")
        active = _select_held(arena, whole, size).reshape(whole.active.shape)
        return HexagonalGrid(whole.origin, size, active, orientation)
    from neurospatial.layouts.triangular.mesh import mesh_polygon

    validate_bin_sizes(size, low, high, "corners")
    return mesh_polygon(arena, size)


def _select_held(
    arena: "Polygon | MultiPolygon", whole: Layout, bin_size: float | Sequence[float]
) -> NDArray[np.bool_]:
    active = is_in_arena(arena, whole.bin_centers)
    if not active.any():
        raise ValueError(
            explain(
                f"The polygon, of area {arena.area:.4g}, holds no centre of a bin of {bin_size}.",
                "A square or hexagon becomes a bin when its centre lies in the polygon.",
                ["Pass a smaller bin_size.", "Use layout='triangular', which follows the border."],
            )
        )
    return active


def _check_name(layout: str) -> None:
    names = get_args(LayoutName)
    validate_known(
        layout,
        names,
        "layout",
        "The layout says how the space is cut.",
        how=[
            f"Pass one of {', '.join(map(repr, names))}.",
            "A layout of your own? Use Environment.from_layout(layout).",
        ],
    )


def _check_plane(layout: str, n_dims: int) -> None:
    if n_dims != 2:
        raise ValueError(
            explain(
                f"layout is {layout!r}, positions have {n_dims} dimension(s).",
                "Hexagons and triangles tile a plane.",
                ["Pass two columns: positions[:, :2].", "Use layout='grid'."],
            )
        )


def _validate_one_size(layout: str, bin_size: float | Sequence[float]) -> float:
    sizes = np.unique(to_real_array(bin_size, "bin_size"))
    if sizes.size != 1:
        raise ValueError(
            explain(
                f"layout is {layout!r}, bin_size is {bin_size}.",
                "Hexagons and triangles are as wide as they are high: one size says all.",
                [
                    "Pass one number: bin_size=2.5.",
                    "Use layout='grid', of one size per dimension.",
                ],
            )
        )
    return float(sizes[0])
