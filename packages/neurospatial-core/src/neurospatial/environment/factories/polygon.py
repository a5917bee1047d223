"""The space within a polygon, cut into bins."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from numpy.typing import ArrayLike

from neurospatial.environment.discretize.choose_layout import LayoutName, build_layout_in_arena
from neurospatial.layouts import Layout
from neurospatial.layouts.hexagonal.lattice import Orientation
from neurospatial.layouts.shapes import validate_arena

if TYPE_CHECKING:
    from shapely import MultiPolygon, Polygon


def cut_polygon(
    polygon: "ArrayLike | Polygon | MultiPolygon",
    bin_size: float | Sequence[float],
    layout: LayoutName,
    orientation: Orientation,
    diagonal: bool,
) -> Layout:
    """Cut the space within a polygon: `Environment.from_polygon`."""
    arena = validate_arena(polygon)
    return build_layout_in_arena(arena, bin_size, layout, orientation, diagonal)
