"""The ribbon of a track against shapely."""

import copy
import pickle

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from neurospatial.layouts import GraphTrack, Layout, TrackRibbon
from neurospatial.layouts.track.from_graph import build_track_from_graph
from neurospatial.scene import Geometry, Raster

W_NODES = {0: (0, 0), 1: (0, 80), 2: (40, 0), 3: (40, 80), 4: (80, 0), 5: (80, 80)}
W_ORDER = [(2, 3), (3, 1), (1, 0), (3, 5), (5, 4)]


def w_track() -> GraphTrack:
    return build_track_from_graph(W_NODES, W_ORDER, 15.0, 5.0)


@st.composite
def stars(draw: st.DrawFn) -> TrackRibbon:
    """Arms from one node, no two in nearly the same direction, some bent at a second node."""
    n_arms = draw(st.integers(1, 6))
    slots = draw(st.lists(st.integers(0, 11), min_size=n_arms, max_size=n_arms, unique=True))
    nodes: dict[int, tuple[float, float]] = {0: (3.0, -2.0)}
    order = []
    for slot in slots:
        angle = 2 * np.pi * (slot + draw(st.floats(0, 0.3))) / 12
        length = draw(st.floats(10, 30))
        tip = len(nodes)
        nodes[tip] = (3 + length * np.cos(angle), -2 + length * np.sin(angle))
        order.append(draw(st.sampled_from([(0, tip), (tip, 0)])))
    track = build_track_from_graph(nodes, order, 2.0, draw(st.floats(0.5, 20)))
    return track.ribbon(draw(st.floats(0.5, 6)))


def polygons(ribbon: TrackRibbon) -> list[shapely.Polygon]:
    return [shapely.Polygon(ring) for ring in ribbon.bin_polygons]


@settings(deadline=None, max_examples=60)
@given(stars())
def test_bins_are_whole_and_do_not_overlap(ribbon: TrackRibbon) -> None:
    bins = polygons(ribbon)
    assert len(bins) == ribbon.n_bins
    assert all(bin_.is_valid and bin_.exterior.is_ccw for bin_ in bins)
    np.testing.assert_allclose(ribbon.bin_measures, [bin_.area for bin_ in bins])
    one, two = shapely.STRtree(bins).query(bins)
    # On a grid: GEOS takes nearly equal sides for wrong ones otherwise.
    both = shapely.intersection(np.array(bins)[one], np.array(bins)[two], grid_size=1e-9)
    shared = shapely.area(both)
    assert shared[one != two].max(initial=0) < 1e-6


@settings(deadline=None, max_examples=60)
@given(stars(), st.integers(0, 2**32 - 1))
def test_locate_names_the_polygon_around_each_point(ribbon: TrackRibbon, seed: int) -> None:
    points = np.random.default_rng(seed).uniform(-35, 35, (2000, 2))
    found = ribbon.locate(points)
    places = shapely.points(points)
    expected = np.full(len(points), -1)
    sure = np.ones(len(points), bool)
    for number, bin_ in enumerate(polygons(ribbon)):
        expected[shapely.contains(bin_, places)] = number
        sure &= shapely.distance(bin_.exterior, places) > 1e-6
    np.testing.assert_array_equal(found[sure], expected[sure])
    np.testing.assert_array_equal(ribbon.locate(ribbon.bin_centers), np.arange(ribbon.n_bins))


@settings(deadline=None, max_examples=60)
@given(stars())
def test_points_between_two_bins_are_in_one_of_them(ribbon: TrackRibbon) -> None:
    """Nothing falls through the line where an angle is halved."""
    corners = np.concatenate(ribbon.bin_polygons)
    middles = np.concatenate([(r + np.roll(r, -1, axis=0)) / 2 for r in ribbon.bin_polygons])
    assert (ribbon.locate(np.concatenate([corners, middles]) * (1 + 1e-15)) >= 0).all()


def test_a_free_end_is_flat_and_a_corner_square() -> None:
    ribbon = build_track_from_graph(
        {0: (0, 0), 1: (10, 0), 2: (10, 10)}, [(0, 1), (1, 2)], 0, 5
    ).ribbon(2)
    expected = shapely.LineString([(0, 0), (10, 0), (10, 10)]).buffer(
        1, cap_style="flat", join_style="mitre"
    )
    assert shapely.union_all(polygons(ribbon)).symmetric_difference(expected).area < 1e-9
    assert ribbon.bounds == ((0.0, 11.0), (-1.0, 10.0))
    assert ribbon.locate(np.array([[-0.1, 0.0], [10.9, -0.9], [10.9, -0.8]])).tolist() == [
        -1,
        1,
        2,
    ]


@settings(deadline=None, max_examples=60)
@given(stars(), st.integers(2, 90), st.integers(2, 90))
def test_each_pixel_shows_the_bin_around_its_centre(
    ribbon: TrackRibbon, width: int, height: int
) -> None:
    geometry = Geometry(ribbon)
    raster = Raster(width, height, geometry.bounds)
    index, centers = geometry.index_map(raster).ravel(), raster.pixel_centers()
    np.testing.assert_array_equal(index, nothing_last(ribbon.locate(centers), ribbon))
    places, bins = shapely.points(centers), np.array(polygons(ribbon))
    # A pixel's centre on a side, to rounding, is in one of the bins that share it.
    near, beside = shapely.STRtree(bins).query(places, predicate="dwithin", distance=1e-9)
    allowed = np.zeros((len(places), ribbon.n_bins + 1), bool)
    allowed[near, beside] = True
    inside = np.zeros(len(places), bool)
    inside[shapely.STRtree(bins).query(places, predicate="within")[0]] = True
    allowed[~inside, ribbon.n_bins] = True
    assert allowed[np.arange(len(places)), index].all()


def test_every_pixel_of_a_w_track_is_that_of_its_polygon() -> None:
    ribbon = w_track().ribbon()
    raster = Raster(211, 207, (-6.0, -5.0, 87.0, 86.0))
    index, centers = Geometry(ribbon).index_map(raster).ravel(), raster.pixel_centers()
    # None of these centres lies on a side, so there is nothing to choose.
    pixel, bin_ = shapely.STRtree(polygons(ribbon)).query(
        shapely.points(centers), predicate="within"
    )
    expected = np.full(index.size, ribbon.n_bins)
    expected[pixel] = bin_
    np.testing.assert_array_equal(index, expected)
    np.testing.assert_array_equal(index, nothing_last(ribbon.locate(centers), ribbon))
    assert set(index.tolist()) == set(range(ribbon.n_bins + 1))


def nothing_last(bins: NDArray[np.intp], ribbon: TrackRibbon) -> NDArray[np.intp]:
    return np.where(bins < 0, ribbon.n_bins, bins)


def test_ribbons_that_cross_without_a_node_give_each_point_to_the_nearest() -> None:
    nodes = {0: (-10, 0), 1: (10, 0), 2: (0, -10), 3: (0, 10)}
    ribbon = build_track_from_graph(nodes, [(0, 1), (2, 3)], 1.0, 20.0).ribbon(4.0)
    assert ribbon.locate(np.array([[1.5, 0.5], [0.5, 1.5], [0.0, 9.0]])).tolist() == [0, 1, 1]


def test_it_has_the_bins_of_its_track() -> None:
    track = w_track()
    ribbon = track.ribbon()
    assert isinstance(ribbon, Layout)
    assert ribbon.width == 4.0
    assert (ribbon.n_bins, ribbon.n_dims) == (track.n_bins, 2)
    np.testing.assert_array_equal(ribbon.bin_centers, track.centers_2d)
    np.testing.assert_array_equal(ribbon.adjacency.toarray(), track.adjacency.toarray())
    np.testing.assert_allclose(ribbon.conductances.toarray(), 4 * track.conductances.toarray())


def test_equal_ribbons_are_equal_and_travel_whole() -> None:
    ribbon = w_track().ribbon(3.0)
    _ = ribbon.bin_polygons
    for twin in (w_track().ribbon(3.0), pickle.loads(pickle.dumps(ribbon)), copy.copy(ribbon)):
        assert twin == ribbon
        assert hash(twin) == hash(ribbon)
    assert ribbon != w_track().ribbon(3.5)
    with pytest.raises(ValueError, match="read-only"):
        ribbon.bin_polygons[0][0] = 0


def test_points_without_a_place_are_in_no_bin() -> None:
    points = np.array([[np.nan, 0.0], [np.inf, 0.0], [40.0, np.nan], [40.0, 1e300]])
    assert w_track().ribbon().locate(points).tolist() == [-1] * 4
    with pytest.raises(ValueError, match="2 coordinates"):
        w_track().ribbon().locate(np.zeros((3, 1)))


@pytest.mark.parametrize("width", [0.0, -1.0, np.nan, np.inf])
def test_a_ribbon_has_a_width(width: float) -> None:
    with pytest.raises(ValueError, match="width of a ribbon"):
        w_track().ribbon(width)
