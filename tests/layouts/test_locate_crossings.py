"""Bins at the crossings of rows and columns are those that points there lie in."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurospatial.layouts import RegularGrid, TriangularMesh
from neurospatial.layouts.triangular.mesh import mesh_polygon
from neurospatial.scene import Geometry, Raster
from tests.layouts.test_mesh import ARENAS

MESHES = {name: mesh_polygon(*arena) for name, arena in ARENAS.items()}


def locate_points(mesh, x, y):
    columns, rows = np.meshgrid(x, y)
    return mesh.locate(np.stack([columns, rows], axis=-1).reshape(-1, 2)).reshape(len(y), len(x))


def choose_lines(rng, mesh, dim, n):
    """Lines anywhere, some of them through corners, and a hair beside these."""
    low, high = mesh.bounds[dim]
    extent = high - low
    through = rng.choice(mesh.vertices[:, dim], n)
    beside = np.nextafter(through, rng.choice([-np.inf, np.inf], n))
    anywhere = rng.uniform(low - extent / 10, high + extent / 10, n)
    return np.unique(np.concatenate([through, beside, anywhere]))


@pytest.mark.parametrize("name", ARENAS)
@given(st.integers(0, 2**32 - 1))
def test_crossings_are_located_as_points_are(name, seed):
    mesh, rng = MESHES[name], np.random.default_rng(seed)
    x, y = (choose_lines(rng, mesh, dim, 12) for dim in (0, 1))
    np.testing.assert_array_equal(mesh.locate_crossings(x, y), locate_points(mesh, x, y))


@given(st.integers(0, 2**32 - 1), st.sampled_from([1.0, 1e-5, 1e5]))
def test_slivers_are_located_as_points_are(seed, squeeze):
    rng = np.random.default_rng(seed)
    fan = np.concatenate([[[0.0, 0.0]], rng.uniform(0.1, 1, (5, 2))])
    fan[1:] = fan[1:][np.argsort(np.arctan2(fan[1:, 1], fan[1:, 0]))]
    vertices = fan * (1, squeeze) + rng.choice([0, 1e6], 2)
    try:
        mesh = TriangularMesh(vertices, np.array([(0, k, k + 1) for k in range(1, 5)]))
    except ValueError:  # Far away, a sliver has no area left.
        return
    x, y = (choose_lines(rng, mesh, dim, 9) for dim in (0, 1))
    np.testing.assert_array_equal(mesh.locate_crossings(x, y), locate_points(mesh, x, y))


def test_triangles_on_one_another_are_located_by_the_lowest():
    vertices = np.array([[0.0, 0], [4, 0], [0, 4], [1, 1], [5, 1], [1, 5]])
    mesh = TriangularMesh(vertices, np.array([[0, 1, 2], [3, 4, 5]]))
    lines = np.linspace(-0.5, 5.5, 25)
    np.testing.assert_array_equal(
        mesh.locate_crossings(lines, lines), locate_points(mesh, lines, lines)
    )


@pytest.mark.parametrize("y_down", [False, True])
def test_the_map_of_pixels_is_that_of_their_centres(y_down):
    geometry = Geometry(MESHES["hole"])
    raster = Raster(321, 203, (-10.0, -5.0, 105.0, 83.0), y_down)
    located = geometry.layout.locate(raster.pixel_centers()).reshape(203, 321)
    expected = np.where(located < 0, geometry.n_bins, located)
    np.testing.assert_array_equal(geometry.index_map(raster), expected)


@given(st.integers(0, 2**32 - 1))
def test_cells_are_located_as_points_are(seed):
    rng = np.random.default_rng(seed)
    shape = tuple(rng.integers(1, 7, 2))
    edges = tuple(np.cumsum(rng.choice([1.0, 1.0, 2.5], n + 1)) for n in shape)
    active = rng.random(shape) < 0.7
    active[0, 0] = True
    grid = RegularGrid(edges, active)
    x, y = (
        np.unique(np.concatenate([line, np.nextafter(line, np.inf), rng.uniform(-2, 20, 9)]))
        for line in edges
    )
    np.testing.assert_array_equal(grid.locate_crossings(x, y), locate_points(grid, x, y))
