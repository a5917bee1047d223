"""The regular grid against numpy, scipy and shapely."""

import copy
import pickle
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from neurospatial.layouts import Layout, RegularGrid

FLOATS = st.floats(-1e6, 1e6, allow_nan=False)


def full(*shape: int, size: float = 1.0, diagonal: bool = True) -> RegularGrid:
    edges = tuple(size * np.arange(n + 1) for n in shape)
    return RegularGrid(edges, np.ones(shape, bool), diagonal)


@st.composite
def grids(draw: Callable[..., object], max_dims: int = 3) -> RegularGrid:
    shape = draw(st.lists(st.integers(1, 5), min_size=1, max_size=max_dims))
    edges = []
    for n in shape:
        widths = draw(
            st.one_of(
                st.floats(1e-3, 50).map(lambda width, n=n: [width] * n),
                st.lists(st.floats(0.1, 9), min_size=n, max_size=n),
            )
        )
        start = draw(st.floats(-100, 100))
        edges.append(start + np.concatenate([[0.0], np.cumsum(widths)]))
    active = draw(hnp.arrays(bool, tuple(shape)))
    active.flat[draw(st.integers(0, active.size - 1))] = True
    return RegularGrid(tuple(edges), active, draw(st.booleans()))


def located_by_searchsorted(grid: RegularGrid, points: NDArray[np.float64]) -> list[int]:
    bins = np.full(grid.grid_shape, -1)
    bins[grid.active] = np.arange(grid.n_bins)
    found = []
    for point in points:
        cell = []
        for x, edge in zip(point, grid.edges, strict=True):
            index = int(np.searchsorted(edge, x, side="right")) - 1
            cell.append(index - 1 if x == edge[-1] else index)
        on_grid = all(0 <= i < n for i, n in zip(cell, grid.grid_shape, strict=True))
        found.append(int(bins[tuple(cell)]) if on_grid and np.isfinite(point).all() else -1)
    return found


@settings(deadline=None)
@given(grids(), st.data())
def test_locate_is_exact_at_and_beside_every_edge(grid: RegularGrid, data: st.DataObject) -> None:
    columns = []
    for edge in grid.edges:
        beside = np.concatenate([edge, np.nextafter(edge, np.inf), np.nextafter(edge, -np.inf)])
        choices = st.sampled_from([*beside.tolist(), np.nan, np.inf, -np.inf, 1e308, -1e308])
        columns.append(data.draw(st.lists(choices | FLOATS, min_size=20, max_size=20)))
    points = np.array(columns).T
    assert grid.locate(points).tolist() == located_by_searchsorted(grid, points)


@settings(deadline=None)
@given(st.integers(1, 2000), st.floats(1e-6, 1e4), st.floats(-1e5, 1e5))
def test_locate_agrees_with_histogram_on_even_edges(n: int, size: float, start: float) -> None:
    edges = start + size * np.arange(n + 1)
    if not (np.diff(edges) > 0).all():
        return
    grid = RegularGrid((edges,), np.ones(n, bool))
    rng = np.random.default_rng(n)
    x = np.concatenate([edges, rng.uniform(edges[0] - size, edges[-1] + size, 500)])
    bins = grid.locate(x[:, np.newaxis])
    inside = bins >= 0
    assert (np.bincount(bins[inside], minlength=n) == np.histogram(x, edges)[0]).all()


@settings(deadline=None)
@given(grids())
def test_every_center_lies_in_its_bin(grid: RegularGrid) -> None:
    assert grid.locate(grid.bin_centers).tolist() == list(range(grid.n_bins))
    assert grid.bin_of_cell.ravel()[grid.cell_of_bin].tolist() == list(range(grid.n_bins))


def test_locate_works_across_blocks() -> None:
    grid = full(7, 5)
    points = np.random.default_rng(0).uniform(-1, 8, (50_001, 2))
    expected = np.where(
        ((points >= 0) & (points < [7, 5])).all(axis=1),
        np.floor(points[:, 0]) * 5 + np.floor(points[:, 1]),
        -1,
    )
    assert (grid.locate(points) == expected).all()


def test_bins_are_active_cells_in_c_order() -> None:
    active = np.array([[True, False, True], [False, True, True]])
    grid = RegularGrid((np.arange(3.0), np.arange(4.0)), active)
    assert grid.bin_centers.tolist() == [[0.5, 0.5], [0.5, 2.5], [1.5, 1.5], [1.5, 2.5]]
    assert grid.bin_of_cell.tolist() == [[0, -1, 1], [-1, 2, 3]]


@settings(deadline=None)
@given(grids(max_dims=2))
def test_polygons_are_counter_clockwise_and_have_the_measure(grid: RegularGrid) -> None:
    if grid.n_dims != 2:
        with pytest.raises(ValueError, match="has no bin polygons"):
            _ = grid.bin_polygons
        return
    shapely = pytest.importorskip("shapely")
    polygons = [shapely.Polygon(ring) for ring in grid.bin_polygons]
    assert all(polygon.exterior.is_ccw for polygon in polygons)
    np.testing.assert_allclose([p.area for p in polygons], grid.bin_measures)
    np.testing.assert_allclose([(p.centroid.x, p.centroid.y) for p in polygons], grid.bin_centers)


@settings(deadline=None)
@given(grids())
def test_neighbours_are_those_whose_closed_cells_touch(grid: RegularGrid) -> None:
    """Found the slow way: cells that overlap along every dimension, and how."""
    cells = np.stack(np.unravel_index(grid.cell_of_bin, grid.grid_shape), axis=1)
    apart = np.abs(cells[:, None] - cells[None])
    touch = (apart.max(axis=2) == 1) & (grid.diagonal | (apart.sum(axis=2) == 1))
    distance = np.linalg.norm(grid.bin_centers[:, None] - grid.bin_centers[None], axis=2)
    np.testing.assert_allclose(grid.adjacency.toarray(), np.where(touch, distance, 0))

    widths = np.stack([w[cells[:, d]] for d, w in enumerate(map(np.diff, grid.edges))], axis=1)
    face = np.where(apart == 0, widths[:, None], 1).prod(axis=2)
    shares_face = apart.sum(axis=2) == 1
    expected = np.divide(face, distance, where=shares_face, out=np.zeros_like(face))
    np.testing.assert_allclose(grid.conductances.toarray(), expected)


def test_conductances_of_a_square_grid_are_one_and_only_across_faces() -> None:
    links = full(3, 3, size=2.5).conductances
    assert np.unique(links.data).tolist() == [1.0]
    assert links.nnz == 2 * 12


def test_grids_compare_and_hash_by_content() -> None:
    assert full(3, 4) == full(3, 4)
    assert hash(full(3, 4)) == hash(full(3, 4))
    assert full(3, 4) != full(4, 3)
    assert full(3, 4) != full(3, 4, size=2.0)
    assert full(3, 4) != full(3, 4, diagonal=False)
    holed = np.ones((3, 4), bool)
    holed[1, 1] = False
    assert full(3, 4) != RegularGrid(full(3, 4).edges, holed)
    assert full(3, 4) != "grid"


@pytest.mark.parametrize("duplicate", [lambda g: pickle.loads(pickle.dumps(g)), copy.copy])
def test_derived_arrays_do_not_travel(duplicate: Callable[[RegularGrid], RegularGrid]) -> None:
    grid = full(30, 30)
    size = len(pickle.dumps(grid))
    _ = grid.adjacency, grid.bin_polygons, grid.bin_of_cell
    assert len(pickle.dumps(grid)) == size
    again = duplicate(grid)
    assert again == grid
    assert "adjacency" not in vars(again)
    assert (again.adjacency != grid.adjacency).nnz == 0


def test_a_grid_does_not_change() -> None:
    edges, active = np.arange(4.0), np.ones(3, bool)
    grid = RegularGrid((edges,), active)
    edges[0], active[0] = -9, False
    assert grid.bounds == ((0.0, 3.0),)
    assert grid.n_bins == 3
    for array in (grid.edges[0], grid.active, grid.bin_centers, grid.bin_measures):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 5
    with pytest.raises(AttributeError):
        grid.diagonal = False


def test_a_grid_is_a_layout() -> None:
    assert isinstance(full(2, 2), Layout)


@pytest.mark.parametrize(
    ("edges", "active", "found"),
    [
        (([0.0, 1.0, 1.0],), [True, True], "1 is followed by 1"),
        (([0.0],), [True], r"shape \(1,\)"),
        (([0.0, np.nan],), [True], "1 edges not finite"),
        (([0.0, 1.0],), [[True]], r"`active` has shape \(1, 1\)"),
        (([0.0, 1.0],), [False], "None of the 1 cells"),
        ((), True, r"grid of shape \(\)"),
    ],
)
def test_bad_grids(edges: tuple[list[float], ...], active: object, found: str) -> None:
    with pytest.raises(ValueError, match=found):
        RegularGrid(tuple(map(np.array, edges)), np.array(active))


def test_points_of_another_dimension_are_refused() -> None:
    with pytest.raises(ValueError, match=r"Points have shape \(4, 3\)[\s\S]*\(n_points, 2\)"):
        full(2, 2).locate(np.zeros((4, 3)))
