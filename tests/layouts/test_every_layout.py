"""What holds for every way of cutting a plane into bins."""

import copy
import pickle

import numpy as np
import pytest
import shapely

from neurospatial import Environment
from neurospatial.environment.diffusion import HeatKernel
from neurospatial.layouts import Layout, RegularGrid
from neurospatial.layouts.subset import LayoutPart
from neurospatial.scene import Geometry, Raster, compile_scene
from tests.layouts.kinds import anywhere, moved, of_kind, polygons, sides


@of_kind
def test_is_a_layout(layout: Layout, rng: np.random.Generator) -> None:
    assert isinstance(layout, Layout)
    assert layout.bin_centers.shape == (layout.n_bins, layout.n_dims)
    assert layout.bin_measures.shape == (layout.n_bins,)
    corners = np.concatenate(layout.bin_polygons)
    assert (corners.min(axis=0) >= np.array(layout.bounds)[:, 0]).all()
    assert (corners.max(axis=0) <= np.array(layout.bounds)[:, 1]).all()


@of_kind
def test_locate_is_the_inverse_of_the_centres(layout: Layout, rng: np.random.Generator) -> None:
    assert layout.locate(layout.bin_centers).tolist() == list(range(layout.n_bins))


@of_kind
def test_a_point_lies_in_the_bin_named_or_in_none(
    layout: Layout, rng: np.random.Generator
) -> None:
    points = anywhere(layout, rng, 500)
    found = layout.locate(points)
    tree = shapely.STRtree(polygons(layout))
    place, bin_ = tree.query(shapely.points(points), predicate="intersects")
    expected = np.full(len(points), -1)
    expected[place] = bin_
    assert np.bincount(place, minlength=1).max() <= 1
    assert found.tolist() == expected.tolist()


@of_kind
def test_a_point_on_a_side_or_corner_lies_in_one_of_its_bins(
    layout: Layout, rng: np.random.Generator
) -> None:
    rings = layout.bin_polygons
    chosen = rng.choice(layout.n_bins, min(layout.n_bins, 4), replace=False)
    corners = np.concatenate([rings[bin_] for bin_ in chosen])
    following = np.concatenate([np.roll(rings[bin_], -1, axis=0) for bin_ in chosen])
    share = rng.choice([0.0, 0.25, 0.5, 0.9], (len(corners), 1))
    points = corners * (1 - share) + following * share
    beside = np.concatenate([points, np.nextafter(points, np.inf), np.nextafter(points, -np.inf)])
    boxes = np.array([(*ring.min(axis=0), *ring.max(axis=0)) for ring in rings])
    for point, found in zip(beside, layout.locate(beside), strict=True):
        near = (boxes[:, :2] <= point).all(axis=1) & (boxes[:, 2:] >= point).all(axis=1)
        held = [b for b in np.flatnonzero(near).tolist() if min(sides(rings[b], point)) >= 0]
        if isinstance(layout, RegularGrid | LayoutPart):
            # On a side that belongs to a cell that is no bin, there is none.
            assert found in held or (
                found == -1 and all(0 in sides(rings[b], point) for b in held)
            )
        else:
            assert found == min(held, default=-1)


@of_kind
def test_nothing_lies_far_away(layout: Layout, rng: np.random.Generator) -> None:
    far = np.array([[np.nan, 0], [0, np.nan], [np.inf, 0], [-np.inf, np.inf], [1e308, -1e308]])
    assert layout.locate(far).tolist() == [-1] * 5
    assert layout.locate(np.empty((0, 2))).shape == (0,)
    with pytest.raises(ValueError, match=r"Points have shape \(4, 3\)"):
        layout.locate(np.zeros((4, 3)))


@of_kind
def test_polygons_do_not_overlap_and_have_the_measures(
    layout: Layout, rng: np.random.Generator
) -> None:
    bins = polygons(layout)
    assert all(polygon.exterior.is_ccw for polygon in bins)
    np.testing.assert_allclose(shapely.area(bins), layout.bin_measures, rtol=1e-9)
    covered = shapely.union_all(bins, grid_size=1e-9).area
    assert layout.bin_measures.sum() == pytest.approx(covered, rel=1e-6)
    centroids = shapely.get_coordinates(shapely.centroid(bins))
    np.testing.assert_allclose(layout.bin_centers, centroids, atol=1e-9)


@of_kind
def test_neighbours_share_a_border_and_are_as_far_as_their_centres(
    layout: Layout, rng: np.random.Generator
) -> None:
    bins = polygons(layout)
    first, second = shapely.STRtree(bins).query(bins, predicate="dwithin", distance=1e-7)
    first, second = first[first != second], second[first != second]
    # The border shared is half of what is lost from the outlines when the two are joined.
    joined = shapely.union(bins[first], bins[second], grid_size=1e-9)
    outlines = shapely.length(bins)
    face = (outlines[first] + outlines[second] - shapely.length(joined)) / 2
    distance = np.linalg.norm(layout.bin_centers[first] - layout.bin_centers[second], axis=1)
    shares = face > 1e-6
    expected = np.zeros((layout.n_bins, layout.n_bins))
    expected[first[shares], second[shares]] = (face / distance)[shares]
    np.testing.assert_allclose(layout.conductances.toarray(), expected, atol=1e-5)
    corners_count = isinstance(layout, RegularGrid) and layout.diagonal
    counted = np.ones_like(shares) if corners_count else shares
    expected = np.zeros((layout.n_bins, layout.n_bins))
    expected[first[counted], second[counted]] = distance[counted]
    adjacency = layout.adjacency.toarray()
    np.testing.assert_allclose(adjacency, expected, rtol=1e-12)
    assert (adjacency == adjacency.T).all()
    assert (layout.conductances != layout.conductances.T).nnz == 0


@of_kind
def test_each_pixel_shows_the_bin_at_its_centre(layout: Layout, rng: np.random.Generator) -> None:
    geometry = Geometry(layout)
    raster = Raster(37, 23, geometry.bounds)
    index = geometry.index_map(raster)
    x_low, y_low, x_high, y_high = geometry.bounds
    bins = polygons(layout)
    tree = shapely.STRtree(bins)
    row, column = rng.integers(0, (23, 37), (60, 2)).T
    x = x_low + (column + 0.5) * (x_high - x_low) / 37
    y = y_high - (row + 0.5) * (y_high - y_low) / 23
    centers = shapely.points(x, y)
    near, _ = tree.query(centers, predicate="dwithin", distance=1e-9)
    place, bin_ = tree.query(centers, predicate="within")
    clear = shapely.distance(shapely.boundary(bins[bin_]), centers[place]) > 1e-9
    assert (index[row, column][place] == bin_)[clear].all()
    assert (index[row, column] == layout.n_bins)[np.bincount(near, minlength=60) == 0].all()
    located = layout.locate(raster.pixel_centers())
    located[located < 0] = layout.n_bins
    assert (index.ravel() == located).all()


@of_kind
def test_copies_are_equal_and_only_fields_travel(layout: Layout, rng: np.random.Generator) -> None:
    size = len(pickle.dumps(layout))
    _ = layout.adjacency, layout.conductances, layout.bin_polygons, layout.locate(np.zeros((1, 2)))
    assert len(pickle.dumps(layout)) == size
    points = anywhere(layout, rng, 50)
    for again in (pickle.loads(pickle.dumps(layout)), copy.copy(layout), copy.deepcopy(layout)):
        assert again == layout
        assert hash(again) == hash(layout)
        assert (again.locate(points) == layout.locate(points)).all()
    assert moved(layout, (1.0, 0.0)) != layout
    assert layout != "layout"


@of_kind
def test_a_layout_does_not_change(layout: Layout, rng: np.random.Generator) -> None:
    for array in (layout.bin_centers, layout.bin_measures, layout.bin_polygons[0]):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 5


@of_kind
def test_diffusion_keeps_mass_and_leaves_an_even_density(
    layout: Layout, rng: np.random.Generator
) -> None:
    kernel = HeatKernel(layout, 3.0)
    masses = rng.random((2, layout.n_bins))
    np.testing.assert_allclose(kernel.apply(masses).sum(axis=1), masses.sum(axis=1))
    even = layout.bin_measures[np.newaxis]
    np.testing.assert_allclose(kernel.apply(even), even, rtol=1e-8, atol=1e-12)


@of_kind
def test_a_scene_is_made_of_it(layout: Layout, rng: np.random.Generator) -> None:
    scene = compile_scene(Environment(layout), rng.random((3, layout.n_bins)))
    (field,) = scene.panels[0].fields
    assert field.geometry.n_bins == layout.n_bins
