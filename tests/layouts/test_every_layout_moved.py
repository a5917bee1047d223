"""What holds when the plane is moved, turned or stretched."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from neurospatial.layouts import HexagonalGrid, Layout, RegularGrid, TriangularMesh
from neurospatial.layouts.track.from_graph import build_track_from_graph
from tests.layouts.kinds import anywhere, cut, moved, of_kind
from tests.layouts.tracks import W_NODES, W_ORDER


@of_kind
def test_moving_everything_changes_nothing(layout: Layout, rng: np.random.Generator) -> None:
    shift = rng.integers(-1000, 1000, 2).astype(float)
    there = moved(layout, (shift[0], shift[1]))
    points = anywhere(layout, rng, 200)
    assert (there.locate(points + shift) == layout.locate(points)).all()
    np.testing.assert_allclose(there.bin_centers, layout.bin_centers + shift, atol=1e-9)
    np.testing.assert_allclose(there.bin_measures, layout.bin_measures, rtol=1e-9)
    np.testing.assert_allclose(there.adjacency.toarray(), layout.adjacency.toarray(), atol=1e-9)


@settings(deadline=None, max_examples=25)
@given(cut("triangles"), st.floats(0, 6.28), st.integers(0, 99))
def test_turned_triangles_hold_turned_points(layout: Layout, angle: float, seed: int) -> None:
    assert isinstance(layout, TriangularMesh)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    turned = TriangularMesh(layout.vertices @ turn, layout.triangles)
    points = anywhere(layout, np.random.default_rng(seed), 200)
    assert (turned.locate(points @ turn) == layout.locate(points)).all()
    np.testing.assert_allclose(turned.adjacency.toarray(), layout.adjacency.toarray(), atol=1e-9)


@settings(deadline=None, max_examples=25)
@given(cut("pointy hexagons"), st.integers(0, 99))
def test_pointy_hexagons_with_x_and_y_exchanged_are_flat(layout: Layout, seed: int) -> None:
    assert isinstance(layout, HexagonalGrid)
    flat = HexagonalGrid(layout.origin[::-1], layout.bin_size, layout.active.T, "flat")
    points = anywhere(layout, np.random.default_rng(seed), 200)
    one, other = layout.locate(points), flat.locate(points[:, ::-1])
    assert ((one >= 0) == (other >= 0)).all()
    cells, exchanged = layout.cell_of_bin[one[one >= 0]], flat.cell_of_bin[other[one >= 0]]
    assert (cells == exchanged[:, ::-1]).all()


@settings(deadline=None, max_examples=25)
@given(cut("grid", st.tuples(st.floats(1.5, 4), st.floats(1.5, 4))), st.integers(0, 99))
def test_grids_stretch(layout: Layout, seed: int) -> None:
    assert isinstance(layout, RegularGrid)
    wide = RegularGrid((layout.edges[0] * 4, layout.edges[1]), layout.active, layout.diagonal)
    points = anywhere(layout, np.random.default_rng(seed), 200)
    assert (wide.locate(points * [4, 1]) == layout.locate(points)).all()
    np.testing.assert_allclose(wide.bin_measures, 4 * layout.bin_measures)


@settings(deadline=None, max_examples=25)
@given(st.floats(0, 6.28), st.tuples(st.integers(-900, 900), st.integers(-900, 900)))
def test_ribbons_may_lie_anywhere(angle: float, shift: tuple[int, int]) -> None:
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    places = {node: np.array(place, dtype=float) @ turn + shift for node, place in W_NODES.items()}
    ribbon = build_track_from_graph(W_NODES, W_ORDER, 15.0, 7.0).ribbon(6.0)
    there = build_track_from_graph(places, W_ORDER, 15.0, 7.0).ribbon(6.0)
    points = np.random.default_rng(0).uniform(-5, 85, (500, 2))
    assert (there.locate(points @ turn + shift) == ribbon.locate(points)).all()
    np.testing.assert_allclose(there.bin_centers, ribbon.bin_centers @ turn + shift, atol=1e-9)
    np.testing.assert_allclose(there.bin_measures, ribbon.bin_measures)
    np.testing.assert_allclose(there.adjacency.toarray(), ribbon.adjacency.toarray())
