"""What holds for every way of cutting a plane into bins."""

import copy
import pickle
from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from neurospatial import Environment
from neurospatial.fields.diffusion import HeatKernel
from neurospatial.layouts import HexagonalGrid, Layout, RegularGrid, TriangularMesh
from neurospatial.scene import Geometry, Raster, compile_scene

Floats = NDArray[np.float64]

KINDS = {
    "grid": {"layout": "grid"},
    "grid of four neighbours": {"layout": "grid", "connect_diagonal_neighbors": False},
    "pointy hexagons": {"layout": "hexagonal"},
    "flat hexagons": {"layout": "hexagonal", "orientation": "flat"},
    "triangles": {"layout": "triangular"},
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
    return Environment.from_polygon(arena, size, **KINDS[kind]).layout


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
        if isinstance(layout, RegularGrid):
            # Half-open cells: on an upper side next to a cell that is no bin, there is none.
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
    tree = shapely.STRtree(polygons(layout))
    row, column = rng.integers(0, (23, 37), (60, 2)).T
    x = x_low + (column + 0.5) * (x_high - x_low) / 37
    y = y_high - (row + 0.5) * (y_high - y_low) / 23
    centers = shapely.points(x, y)
    near, _ = tree.query(centers, predicate="dwithin", distance=1e-9)
    n_near = np.bincount(near, minlength=60)
    place, bin_ = tree.query(centers, predicate="within")
    clear = n_near[place] == 1
    assert (index[row, column][place] == bin_)[clear].all()
    assert (index[row, column] == layout.n_bins)[n_near == 0].all()
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


def moved(layout: Layout, shift: tuple[float, float]) -> Layout:
    if isinstance(layout, RegularGrid):
        edges = tuple(edge + by for edge, by in zip(layout.edges, shift, strict=True))
        return RegularGrid(edges, layout.active, layout.diagonal)
    if isinstance(layout, HexagonalGrid):
        x, y = np.add(layout.origin, shift).tolist()
        return HexagonalGrid((x, y), layout.bin_size, layout.active, layout.orientation)
    assert isinstance(layout, TriangularMesh)
    return TriangularMesh(layout.vertices + shift, layout.triangles)


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
