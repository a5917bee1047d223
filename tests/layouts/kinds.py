"""Layouts of every kind that cut the plane, anywhere."""

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from neurospatial import Environment
from neurospatial.layouts import HexagonalGrid, Layout, RegularGrid, TriangularMesh
from neurospatial.layouts.subset import LayoutPart

Floats = NDArray[np.float64]

KINDS = {
    "grid": {"layout": "grid"},
    "grid of four neighbours": {"layout": "grid", "connect_diagonal_neighbors": False},
    "pointy hexagons": {"layout": "hexagonal"},
    "flat hexagons": {"layout": "hexagonal", "orientation": "flat"},
    "triangles": {"layout": "triangular"},
    "part of a third party's hexagons": {"layout": "hexagonal"},
}
every_kind = pytest.mark.parametrize("kind", KINDS)


@st.composite
def arenas(draw: Callable[..., object]) -> shapely.Polygon:
    """Star-shaped polygons, some with a hole, anywhere."""
    radii = np.array(draw(st.lists(st.integers(3, 20), min_size=4, max_size=9)))
    angles = 2 * np.pi * (np.arange(radii.size) + draw(st.floats(0, 1))) / radii.size
    corners = radii[:, np.newaxis] * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    corners += draw(st.tuples(st.integers(-500, 500), st.integers(-500, 500)))
    holes = []
    if draw(st.booleans()):
        hole = corners.mean(axis=0) * 0.7 + corners * 0.3
        holes = [hole[::-1]] if shapely.Polygon(corners).contains(shapely.Polygon(hole)) else []
    arena = shapely.Polygon(corners, holes)
    assume(arena.is_valid and arena.area > 30)
    return arena


@st.composite
def cut(draw: Callable[..., object], kind: str, size: object = None) -> Layout:
    arena = draw(arenas())
    size = draw(st.floats(1.5, 4)) if size is None else draw(size)
    layout = Environment.from_polygon(arena, size, **KINDS[kind]).layout
    if not kind.startswith("part"):
        return layout
    kept = np.random.default_rng(draw(st.integers(0, 99))).random(layout.n_bins) < 0.7
    kept[0] = True
    return LayoutPart(layout, np.flatnonzero(kept))


def of_kind(test: Callable[..., None]) -> Callable[..., None]:
    """Run a test(layout, rng) on many layouts of every kind."""

    @every_kind
    @settings(deadline=None, max_examples=25)
    @given(data=st.data())
    def run(kind: str, data: st.DataObject) -> None:
        layout = data.draw(cut(kind))
        test(layout, np.random.default_rng(data.draw(st.integers(0, 99))))

    run.__name__, run.__doc__ = test.__name__, test.__doc__
    return run


def polygons(layout: Layout) -> NDArray[np.object_]:
    return np.array([shapely.Polygon(ring) for ring in layout.bin_polygons])


def anywhere(layout: Layout, rng: np.random.Generator, n: int) -> Floats:
    (x_low, x_high), (y_low, y_high) = layout.bounds
    return rng.uniform((x_low - 1, y_low - 1), (x_high + 1, y_high + 1), (n, 2))


def sides(ring: Floats, point: Floats) -> list[int]:
    """On which side of each of a bin's sides a point lies, in exact arithmetic."""
    px, py = map(Fraction, point.tolist())
    found = []
    for start, stop in zip(ring, np.roll(ring, -1, axis=0), strict=True):
        (ax, ay), (bx, by) = map(Fraction, start.tolist()), map(Fraction, stop.tolist())
        area = (bx - ax) * (py - ay) - (by - ay) * (px - ax)
        found.append((area > 0) - (area < 0))
    return found


def moved(layout: Layout, shift: tuple[float, float]) -> Layout:
    if isinstance(layout, RegularGrid):
        edges = tuple(edge + by for edge, by in zip(layout.edges, shift, strict=True))
        return RegularGrid(edges, layout.active, layout.diagonal)
    if isinstance(layout, HexagonalGrid):
        x, y = np.add(layout.origin, shift).tolist()
        return HexagonalGrid((x, y), layout.bin_size, layout.active, layout.orientation)
    if isinstance(layout, LayoutPart):
        return LayoutPart(moved(layout.whole, shift), layout.bins)
    assert isinstance(layout, TriangularMesh)
    return TriangularMesh(layout.vertices + shift, layout.triangles)
