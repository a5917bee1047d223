import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point, Polygon

from neurospatial.layouts import RegularGrid
from neurospatial.scene import Geometry, Raster
from neurospatial.testing import LAYOUTS


@st.composite
def grids(draw):
    edges = []
    for _ in range(2):
        widths = draw(st.lists(st.floats(0.5, 20), min_size=1, max_size=6))
        edges.append(draw(st.floats(-500, 500)) + np.concatenate([[0], np.cumsum(widths)]))
    shape = tuple(len(edge) - 1 for edge in edges)
    active = draw(st.lists(st.booleans(), min_size=shape[0] * shape[1], max_size=40))
    active = np.array(active[: shape[0] * shape[1]]).reshape(shape)
    active[0, 0] |= not active.any()
    return RegularGrid(tuple(edges), active)


@settings(max_examples=40, deadline=None)
@given(grids(), st.integers(1, 17), st.integers(1, 17), st.floats(-3, 3))
def test_every_pixel_has_the_bin_that_contains_its_center(grid, width, height, margin):
    geometry = Geometry(grid)
    x_min, y_min, x_max, y_max = geometry.bounds
    raster = Raster(width, height, (x_min - margin, y_min - 1, x_max + 5, y_max + abs(margin)))
    index = geometry.index_map(raster)
    assert index.shape == (height, width)
    polygons = [Polygon(ring) for ring in geometry.polygons()]
    for number, center in zip(index.ravel(), raster.pixel_centers(), strict=True):
        distance = [polygon.distance(Point(center)) for polygon in polygons]
        if number < geometry.n_bins:
            assert distance[number] < 1e-9
        else:
            assert number == geometry.n_bins
            inside = [polygon.buffer(-1e-9).contains(Point(center)) for polygon in polygons]
            assert not any(inside)


@pytest.mark.parametrize("name", LAYOUTS)
def test_agrees_with_locate(name):
    layout = LAYOUTS[name]()
    geometry = Geometry(layout)
    x_min, y_min, x_max, y_max = geometry.bounds
    raster = Raster(61, 43, (x_min - 3, y_min - 7, x_max + 5, y_max + 2))
    located = layout.locate(raster.pixel_centers()).reshape(43, 61)
    index = geometry.index_map(raster)
    assert np.array_equal(np.where(index == layout.n_bins, -1, index), located)
    assert set(np.unique(index)) == set(range(layout.n_bins + 1))


def test_map_is_remembered_and_cannot_be_changed():
    geometry = Geometry(LAYOUTS["masked"]())
    raster = Raster(20, 10, geometry.bounds)
    index = geometry.index_map(raster)
    assert geometry.index_map(Raster(20, 10, geometry.bounds)) is index
    assert geometry.index_map(Raster(21, 10, geometry.bounds)) is not index
    with pytest.raises(ValueError, match="read-only"):
        index[0, 0] = 0


def test_bounds_hold_every_polygon():
    for make in LAYOUTS.values():
        geometry = Geometry(make())
        corners = np.concatenate(geometry.polygons())
        np.testing.assert_allclose(
            geometry.bounds, [*corners.min(axis=0), *corners.max(axis=0)], rtol=1e-12
        )


@pytest.mark.parametrize("name", ["regular", "masked", "anisotropic", "translated"])
def test_native_raster_of_a_grid_has_a_pixel_for_each_cell(name):
    layout = LAYOUTS[name]()
    geometry = Geometry(layout)
    raster = geometry.native_raster
    assert (raster.width, raster.height) == layout.grid_shape
    index = geometry.index_map(raster)[::-1].T
    np.testing.assert_array_equal(np.where(layout.active, index, -1), layout.bin_of_cell)


def test_there_is_no_native_raster_without_equal_cells():
    uneven = RegularGrid((np.array([0.0, 1.0, 3.0]), np.arange(3.0)), np.ones((2, 2), bool))
    assert Geometry(uneven).native_raster is None
    assert Geometry(LAYOUTS["triangles"]()).native_raster is None


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_place_is_in_the_bin_whose_middle_it_is(name):
    layout = LAYOUTS[name]()
    geometry = Geometry(layout)
    for bin_ in (0, layout.n_bins - 1):
        assert geometry.locate(*layout.bin_centers[bin_]) == bin_
    assert geometry.locate(1e6, 1e6) is None
