"""The layouts on which every backend is tried."""

from collections.abc import Callable, Mapping

import numpy as np

from neurospatial import layouts
from neurospatial.layouts import (
    Circle,
    GraphTrack,
    HexagonalGrid,
    Layout,
    LayoutPart,
    RegularGrid,
    TriangularMesh,
)
from neurospatial.layouts.track.from_graph import build_track_from_graph


def _make_grid(x: tuple[float, float, int], y: tuple[float, float, int]) -> RegularGrid:
    """Make a full grid, each axis given as lowest edge, highest edge, number of bins."""
    return RegularGrid((_make_edges(*x), _make_edges(*y)), np.ones((x[2], y[2]), dtype=bool))


def _make_edges(
    low: float, high: float, n_bins: int
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.linspace(low, high, n_bins + 1)


def _make_regular() -> RegularGrid:
    return _make_grid((0, 100, 10), (0, 80, 8))


def _make_masked() -> RegularGrid:
    """An arena with a corner, a hole and a ragged side cut out; nothing symmetric."""
    active = np.ones((10, 8), dtype=bool)
    active[7:, 6:] = False
    active[4:6, 2] = False
    active[0, 0:5:2] = False
    return RegularGrid((_make_edges(0, 100, 10), _make_edges(0, 80, 8)), active)


def _make_anisotropic() -> RegularGrid:
    return _make_grid((0, 90, 6), (0, 45, 11))


def _make_translated() -> RegularGrid:
    return _make_grid((-1250.5, -1150.5, 9), (3000.25, 3100.25, 10))


def _make_far() -> RegularGrid:
    """Metres of a map (UTM), which float32 holds to half a metre: marks would be moved."""
    return _make_grid((500_012.5, 500_032.5, 10), (5_000_040.0, 5_000_056.0, 8))


def _make_ragged_mask() -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """Cells of an arena with a corner, a hole and a ragged side cut out."""
    active = np.ones((11, 9), dtype=bool)
    active[8:, 7:] = False
    active[4:6, 2] = False
    active[0, 0:5:2] = False
    return active


def _make_pointy_hexagons() -> HexagonalGrid:
    return HexagonalGrid((4.0, -3.0), 9.0, _make_ragged_mask(), "pointy")


def _make_flat_hexagons() -> HexagonalGrid:
    return HexagonalGrid((-750.5, 1210.25), 9.0, _make_ragged_mask(), "flat")


def _make_triangles() -> TriangularMesh:
    """An arena with a notch and a hole, its triangles of unequal size."""
    from shapely import Polygon

    from neurospatial.layouts.triangular.mesh import mesh_polygon

    outline = [(0, 0), (100, 0), (100, 60), (70, 60), (60, 80), (0, 80)]
    return mesh_polygon(Polygon(outline, [[(8, 10), (22, 12), (12, 25)]]), 12.0)


def _make_track() -> GraphTrack:
    """An L of two arms, with a gap between them on the line."""
    nodes = {0: (0.0, 0.0), 1: (0.0, 80.0), 2: (60.0, 80.0)}
    return build_track_from_graph(nodes, [(0, 1), (1, 2)], 15.0, 5.0)


def _make_strip() -> Layout:
    """A slanted corridor, wide enough that marks lie on it."""
    nodes = {0: (0.0, 0.0), 1: (110.0, 15.0)}
    return build_track_from_graph(nodes, [(0, 1)], 0.0, 6.0).ribbon(75.0)


def _make_part() -> LayoutPart:
    """Hexagons without a second corner and a slit: bins are numbered anew."""
    whole = _make_pointy_hexagons()
    column, row = whole.cell_of_bin.T
    slit = (row == 7) & (column > 4)
    return LayoutPart(whole, np.flatnonzero((column - row < 7) & ~slit))


def _make_line() -> RegularGrid:
    return RegularGrid((np.arange(0.0, 101.0, 4.0),), np.ones(25, dtype=bool))


LAYOUTS: Mapping[str, Callable[[], Layout]] = {
    "regular": _make_regular,
    "masked": _make_masked,
    "anisotropic": _make_anisotropic,
    "translated": _make_translated,
    "far": _make_far,
    "pointy hexagons": _make_pointy_hexagons,
    "flat hexagons": _make_flat_hexagons,
    "triangles": _make_triangles,
    "strip": _make_strip,
    "part": _make_part,
}
"""Makers of 2-D layouts by name; a layout that is exported has at least one here."""


def _make_circle() -> Circle:
    """Directions of the head, with two of them left out."""
    return Circle(~np.isin(np.arange(24), [5, 6]))


LINES: Mapping[str, Callable[[], Layout]] = {
    "track": _make_track,
    "line": _make_line,
    "circle": _make_circle,
}
"""Makers of 1-D layouts by name: fields on them are curves."""


def find_untried_layouts() -> list[str]:
    """Name the layouts that `neurospatial.layouts` exports and that are not tried.

    Examples
    --------
    >>> find_untried_layouts()
    []
    """
    exported = {name: getattr(layouts, name) for name in layouts.__all__}
    kinds = {
        name: kind
        for name, kind in exported.items()
        if isinstance(kind, type) and hasattr(kind, "locate") and not _is_protocol(kind)
    }
    tried: set[type] = {type(make()) for make in (*LAYOUTS.values(), *LINES.values())}
    return sorted(name for name, kind in kinds.items() if kind not in tried)


def _is_protocol(kind: type) -> bool:
    # typing.is_protocol is there from Python 3.13 on.
    return bool(getattr(kind, "_is_protocol", False))
