"""The strip of a track against shapely."""

import copy
import pickle

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from neurospatial.layouts import GraphTrack, Layout, TrackStrip
from neurospatial.layouts.track.from_graph import track_from_graph
from neurospatial.scene import Geometry, Raster

W_NODES = {0: (0, 0), 1: (0, 80), 2: (40, 0), 3: (40, 80), 4: (80, 0), 5: (80, 80)}
W_ORDER = [(2, 3), (3, 1), (1, 0), (3, 5), (5, 4)]


def w_track() -> GraphTrack:
    return track_from_graph(W_NODES, W_ORDER, 15.0, 5.0)


@st.composite
def stars(draw: st.DrawFn) -> TrackStrip:
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
    track = track_from_graph(nodes, order, 2.0, draw(st.floats(0.5, 20)))
    return track.strip(draw(st.floats(0.5, 6)))


def polygons(strip: TrackStrip) -> list[shapely.Polygon]:
    return [shapely.Polygon(ring) for ring in strip.bin_polygons]


@settings(deadline=None, max_examples=60)
@given(stars())
def test_bins_are_whole_and_do_not_overlap(strip: TrackStrip) -> None:
    bins = polygons(strip)
    assert len(bins) == strip.n_bins
    assert all(bin_.is_valid and bin_.exterior.is_ccw for bin_ in bins)
    np.testing.assert_allclose(strip.bin_measures, [bin_.area for bin_ in bins])
    one, two = shapely.STRtree(bins).query(bins)
    # On a grid: GEOS takes nearly equal sides for wrong ones otherwise.
    both = shapely.intersection(np.array(bins)[one], np.array(bins)[two], grid_size=1e-9)
    shared = shapely.area(both)
    assert shared[one != two].max(initial=0) < 1e-6


@settings(deadline=None, max_examples=60)
@given(stars(), st.integers(0, 2**32 - 1))
def test_locate_names_the_polygon_around_each_point(strip: TrackStrip, seed: int) -> None:
    points = np.random.default_rng(seed).uniform(-35, 35, (2000, 2))
    found = strip.locate(points)
    places = shapely.points(points)
    expected = np.full(len(points), -1)
    sure = np.ones(len(points), bool)
    for number, bin_ in enumerate(polygons(strip)):
        expected[shapely.contains(bin_, places)] = number
        sure &= shapely.distance(bin_.exterior, places) > 1e-6
    np.testing.assert_array_equal(found[sure], expected[sure])
    np.testing.assert_array_equal(strip.locate(strip.bin_centers), np.arange(strip.n_bins))


@settings(deadline=None, max_examples=60)
@given(stars())
def test_points_between_two_bins_are_in_one_of_them(strip: TrackStrip) -> None:
    """Nothing falls through the line where an angle is halved."""
    corners = np.concatenate(strip.bin_polygons)
    middles = np.concatenate([(r + np.roll(r, -1, axis=0)) / 2 for r in strip.bin_polygons])
    assert (strip.locate(np.concatenate([corners, middles]) * (1 + 1e-15)) >= 0).all()


def test_a_free_end_is_flat_and_a_corner_square() -> None:
    strip = track_from_graph({0: (0, 0), 1: (10, 0), 2: (10, 10)}, [(0, 1), (1, 2)], 0, 5).strip(2)
    expected = shapely.LineString([(0, 0), (10, 0), (10, 10)]).buffer(
        1, cap_style="flat", join_style="mitre"
    )
    assert shapely.union_all(polygons(strip)).symmetric_difference(expected).area < 1e-9
    assert strip.bounds == ((0.0, 11.0), (-1.0, 10.0))
    assert strip.locate(np.array([[-0.1, 0.0], [10.9, -0.9], [10.9, -0.8]])).tolist() == [-1, 1, 2]


@settings(deadline=None, max_examples=60)
@given(stars(), st.integers(2, 90), st.integers(2, 90))
def test_each_pixel_shows_the_bin_around_its_centre(
    strip: TrackStrip, width: int, height: int
) -> None:
    geometry = Geometry(strip)
    raster = Raster(width, height, geometry.bounds)
    index, centers = geometry.index_map(raster).ravel(), raster.pixel_centers()
    np.testing.assert_array_equal(index, nothing_last(strip.locate(centers), strip))
    places, bins = shapely.points(centers), np.array(polygons(strip))
    # A pixel's centre on a side, to rounding, is in one of the bins that share it.
    near, beside = shapely.STRtree(bins).query(places, predicate="dwithin", distance=1e-9)
    allowed = np.zeros((len(places), strip.n_bins + 1), bool)
    allowed[near, beside] = True
    inside = np.zeros(len(places), bool)
    inside[shapely.STRtree(bins).query(places, predicate="within")[0]] = True
    allowed[~inside, strip.n_bins] = True
    assert allowed[np.arange(len(places)), index].all()


def test_every_pixel_of_a_w_track_is_that_of_its_polygon() -> None:
    strip = w_track().strip()
    raster = Raster(211, 207, (-6.0, -5.0, 87.0, 86.0))
    index, centers = Geometry(strip).index_map(raster).ravel(), raster.pixel_centers()
    # None of these centres lies on a side, so there is nothing to choose.
    pixel, bin_ = shapely.STRtree(polygons(strip)).query(
        shapely.points(centers), predicate="within"
    )
    expected = np.full(index.size, strip.n_bins)
    expected[pixel] = bin_
    np.testing.assert_array_equal(index, expected)
    np.testing.assert_array_equal(index, nothing_last(strip.locate(centers), strip))
    assert set(index.tolist()) == set(range(strip.n_bins + 1))


def nothing_last(bins: NDArray[np.intp], strip: TrackStrip) -> NDArray[np.intp]:
    return np.where(bins < 0, strip.n_bins, bins)


def test_strips_that_cross_without_a_node_give_each_point_to_the_nearest() -> None:
    nodes = {0: (-10, 0), 1: (10, 0), 2: (0, -10), 3: (0, 10)}
    strip = track_from_graph(nodes, [(0, 1), (2, 3)], 1.0, 20.0).strip(4.0)
    assert strip.locate(np.array([[1.5, 0.5], [0.5, 1.5], [0.0, 9.0]])).tolist() == [0, 1, 1]


def test_it_has_the_bins_of_its_track() -> None:
    track = w_track()
    strip = track.strip()
    assert isinstance(strip, Layout)
    assert strip.width == 4.0
    assert (strip.n_bins, strip.n_dims) == (track.n_bins, 2)
    np.testing.assert_array_equal(strip.bin_centers, track.centers_2d)
    np.testing.assert_array_equal(strip.adjacency.toarray(), track.adjacency.toarray())
    np.testing.assert_allclose(strip.conductances.toarray(), 4 * track.conductances.toarray())


def test_equal_strips_are_equal_and_travel_whole() -> None:
    strip = w_track().strip(3.0)
    _ = strip.bin_polygons
    for twin in (w_track().strip(3.0), pickle.loads(pickle.dumps(strip)), copy.copy(strip)):
        assert twin == strip
        assert hash(twin) == hash(strip)
    assert strip != w_track().strip(3.5)
    with pytest.raises(ValueError, match="read-only"):
        strip.bin_polygons[0][0] = 0


def test_points_without_a_place_are_in_no_bin() -> None:
    points = np.array([[np.nan, 0.0], [np.inf, 0.0], [40.0, np.nan], [40.0, 1e300]])
    assert w_track().strip().locate(points).tolist() == [-1] * 4
    with pytest.raises(ValueError, match="2 coordinates"):
        w_track().strip().locate(np.zeros((3, 1)))


@pytest.mark.parametrize("width", [0.0, -1.0, np.nan, np.inf])
def test_a_strip_has_a_width(width: float) -> None:
    with pytest.raises(ValueError, match="width of a strip"):
        w_track().strip(width)
