"""Triangles that keep to the border of a polygon."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csgraph
from shapely import affinity

from neurospatial.layouts import TriangularMesh
from neurospatial.layouts.triangular.mesh import mesh_polygon

SPOKES = shapely.union_all(
    [affinity.rotate(shapely.box(0, -0.5, 50, 0.5), a, origin=(0, 0)) for a in range(0, 360, 20)]
)
TOUCHING = shapely.Polygon(
    [(0, 0), (10, 0), (10, 10), (0, 10)], [[(5, 0), (7, 3), (3, 3)], [(2, 5), (4, 6), (2, 8)]]
)
ARENAS = {
    "box": (shapely.box(0, 0, 100, 80), 2.5),
    "hole": (shapely.box(0, 0, 100, 80) - shapely.Point(40, 40).buffer(20), 5.0),
    "needle": (shapely.Polygon([(0, 0), (100, 0), (100, 3)]), 5.0),
    "slit": (shapely.box(0, 0, 100, 80) - shapely.box(50, 0, 50.01, 60), 5.0),
    "far away": (affinity.translate(shapely.Point(0, 0).buffer(50), 1e6, -1e6), 5.0),
    "hole that touches a side": (TOUCHING, 1.0),
    "spokes": (SPOKES, 2.0),
    "one bin": (shapely.box(0, 0, 1, 1), 1.0),
    "parts": (shapely.MultiPolygon([shapely.box(0, 0, 9, 9), shapely.box(9, 9, 19, 19)]), 2.0),
}


@pytest.mark.parametrize("name", ARENAS)
def test_the_triangles_cover_exactly_the_polygon(name: str) -> None:
    arena, side = ARENAS[name]
    mesh = mesh_polygon(arena, side)
    triangles = np.array([shapely.Polygon(ring) for ring in mesh.bin_polygons])
    assert mesh.bin_measures.sum() == pytest.approx(arena.area, rel=1e-9)
    covered = shapely.union_all(triangles, grid_size=1e-9)
    assert shapely.symmetric_difference(covered, arena).area < 1e-6 * arena.area
    np.testing.assert_allclose(mesh.bounds, np.reshape(arena.bounds, (2, 2)).T)


@pytest.mark.parametrize("name", ["box", "hole", "far away"])
def test_most_triangles_are_equilateral_and_none_is_much_longer(name: str) -> None:
    arena, side = ARENAS[name]
    corners = np.stack(mesh_polygon(arena, side).bin_polygons)
    lengths = np.linalg.norm(corners - np.roll(corners, 1, axis=1), axis=2)
    assert np.median(lengths) == pytest.approx(side)
    assert lengths.max() < 2 * side


def test_two_sides_of_a_slit_are_not_neighbours() -> None:
    arena, side = ARENAS["slit"]
    mesh = mesh_polygon(arena, side)
    left, right = mesh.locate(np.array([[49.9, 5.0], [50.2, 5.0]]))
    assert csgraph.dijkstra(mesh.adjacency, indices=left)[right] > 100
    inside = np.array([[50.005, 5.0]])
    assert mesh.locate(inside).tolist() == [-1]


def test_parts_that_meet_in_a_point_are_apart() -> None:
    mesh = mesh_polygon(*ARENAS["parts"])
    assert csgraph.connected_components(mesh.adjacency)[0] == 2


@settings(deadline=None, max_examples=40)
@given(st.lists(st.floats(0.02, 1), min_size=5, max_size=24), st.floats(0.05, 0.8))
def test_spikes_are_followed(radii: list[float], side: float) -> None:
    angles = 2 * np.pi * np.arange(len(radii)) / len(radii)
    corners = np.array(radii)[:, np.newaxis] * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    arena = shapely.Polygon(corners)
    mesh = mesh_polygon(arena, side)
    assert mesh.bin_measures.sum() == pytest.approx(arena.area, rel=1e-8)
    assert mesh.locate(mesh.bin_centers).tolist() == list(range(mesh.n_bins))


def test_bins_run_from_left_to_right() -> None:
    centers = mesh_polygon(*ARENAS["hole"]).bin_centers
    assert (np.diff(centers[:, 0]) >= 0).all()


def test_too_many_triangles_says_how_many_and_what_fits() -> None:
    with pytest.raises(ValueError, match=r"would make 18[\d,]+ triangles") as caught:
        mesh_polygon(shapely.box(0, 0, 100, 80), 0.01)
    fits = float(str(caught.value).partition("bin_size=")[2].split()[0])
    assert 100 * 80 * 4 / np.sqrt(3) / fits**2 < 2e6


SQUARE = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [2.0, 0.0]])


def test_clockwise_triangles_are_turned_about() -> None:
    mesh = TriangularMesh(SQUARE, np.array([[0, 2, 1], [0, 2, 3]]))
    assert mesh.bin_measures.tolist() == [0.5, 0.5]
    assert mesh.adjacency.nnz == 2


@pytest.mark.parametrize(
    ("triangles", "found"),
    [
        (np.empty((0, 3), int), "no triangle"),
        (np.array([[0, 1, 9]]), r"vertices 0 … 9; there are 5"),
        (np.array([[0, 1, 4]]), "1 triangles have no area, the first is number 0"),
        (np.array([[0.0, 1.0, 2.0]]), "dtype float64"),
        (np.array([[0, 1], [1, 2]]), r"shape \(2, 2\)"),
        (np.array([[0, 1, 2], [0, 1, 3], [1, 0, 2]]), "belong to more than two"),
    ],
)
def test_bad_triangles(triangles: np.ndarray, found: str) -> None:
    with pytest.raises(ValueError, match=found):
        TriangularMesh(SQUARE, triangles)


def test_bad_vertices() -> None:
    with pytest.raises(ValueError, match="not all are two finite numbers"):
        TriangularMesh(SQUARE * np.nan, np.array([[0, 1, 2]]))
