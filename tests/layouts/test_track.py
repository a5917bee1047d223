"""Tracks against track_linearization and shapely."""

import copy
import pickle

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from track_linearization import get_linearized_position, make_track_graph, project_1d_to_2d

from neurospatial.layouts import GraphTrack, Layout, RegularGrid
from neurospatial.layouts.contiguous_runs import find_contiguous_runs
from neurospatial.layouts.linear import interpolate_along
from neurospatial.layouts.track.from_graph import Edge, build_track_from_graph
from tests.layouts.tracks import W_NODES, W_ORDER, Places, graphs, network, w_track


def distances_to_edges(
    points: NDArray[np.float64], segments: NDArray[np.float64]
) -> NDArray[np.float64]:
    """By shapely: (n_points, n_edges)."""
    import shapely

    places = np.asarray(shapely.points(points))[:, None]
    return np.asarray(shapely.distance(places, shapely.linestrings(segments)))


def test_it_is_a_layout_of_one_dimension() -> None:
    track = w_track()
    # Not isinstance: before Python 3.12 it reads the polygons, which a line does not have.
    assert not [name for name in vars(Layout) if name[0] != "_" and not hasattr(GraphTrack, name)]
    assert track.n_dims == 1
    assert track.bin_centers.shape == (track.n_bins, 1)


def test_w_track_is_linearised_as_track_linearization_does() -> None:
    """Corners too, where two edges are equally near."""
    graph = make_track_graph(list(W_NODES.values()), W_ORDER)
    track = build_track_from_graph(graph, W_ORDER, 15.0, 5.0)
    positions = np.random.default_rng(0).uniform(-20, 100, (5000, 2))
    positions[:7] = [*W_NODES.values(), (-9.0, 91.0)]
    expected = get_linearized_position(positions, graph, W_ORDER, 15.0)
    linear = track.linearize(positions)
    np.testing.assert_allclose(linear, expected.linear_position, atol=1e-9)
    places = expected[["projected_x_position", "projected_y_position"]]
    np.testing.assert_allclose(track.to_2d(linear), places, atol=1e-9)


@settings(deadline=None, max_examples=60)
@given(graphs(), st.integers(0, 2**32 - 1))
def test_any_graph_is_linearised_as_track_linearization_does(
    case: tuple[Places, list[Edge], list[Edge], list[float]], seed: int
) -> None:
    nodes, edges, order, gaps = case
    graph = network(nodes, edges)
    track = build_track_from_graph(graph, order, gaps, 2.0)
    positions = np.random.default_rng(seed).uniform(-25, 25, (200, 2))
    apart = np.sort(distances_to_edges(positions, track.segments), axis=1)
    if apart.shape[1] > 1:
        positions = positions[apart[:, 1] - apart[:, 0] > 1e-6]
    assume(len(positions))
    expected = get_linearized_position(positions, graph, order, gaps).linear_position
    np.testing.assert_allclose(track.linearize(positions), expected, atol=1e-9)


@settings(deadline=None, max_examples=60)
@given(graphs(), st.integers(0, 2**32 - 1))
def test_to_2d_is_what_track_linearization_gives(
    case: tuple[Places, list[Edge], list[Edge], list[float]], seed: int
) -> None:
    nodes, edges, order, gaps = case
    track = build_track_from_graph(network(nodes, edges), order, gaps, 2.0)
    linear = np.random.default_rng(seed).uniform(-5, track.bounds[0][1] + 5, 200)
    linear[3] = np.nan
    expected = project_1d_to_2d(linear, network(nodes, edges), order, gaps)
    np.testing.assert_allclose(track.to_2d(linear), expected, atol=1e-9)


@settings(deadline=None, max_examples=60)
@given(graphs(), st.integers(0, 2**32 - 1))
def test_linearize_finds_the_nearest_place_and_to_2d_gives_it_back(
    case: tuple[Places, list[Edge], list[Edge], list[float]], seed: int
) -> None:
    nodes, edges, order, gaps = case
    track = build_track_from_graph(network(nodes, edges), order, gaps, 2.0)
    positions = np.random.default_rng(seed).uniform(-25, 25, (200, 2))
    positions[: len(nodes)] = list(nodes.values())
    linear = track.linearize(positions)
    away = np.linalg.norm(track.to_2d(linear) - positions, axis=1)
    nearest = distances_to_edges(positions, track.segments).min(axis=1)
    np.testing.assert_allclose(away, nearest, atol=1e-6)
    assert (track.locate(linear[:, None]) >= 0).all()


def test_lost_and_far_positions_are_nan() -> None:
    positions = np.array([[40.0, 3.0], [np.nan, 3.0], [1.0, np.nan], [40.0, -6.0]])
    linear = w_track().linearize(positions, max_distance=5.0)
    np.testing.assert_array_equal(linear, [3, np.nan, np.nan, np.nan])
    assert w_track().linearize(positions)[3] == 0


def test_edges_are_cut_into_equal_bins_with_gaps_between() -> None:
    track = build_track_from_graph(
        {0: (0, 0), 1: (10, 0), 2: (10, 3)}, [(0, 1), (1, 2)], [2.5], 4.0
    )
    edges = [(0, 10 / 3), (10 / 3, 20 / 3), (20 / 3, 10), (12.5, 15.5)]
    np.testing.assert_allclose(track.bin_edges, edges)
    np.testing.assert_allclose(track.bin_measures, [10 / 3] * 3 + [3])
    assert track.bounds == ((0.0, 15.5),)
    np.testing.assert_allclose(track.centers_2d[[0, 3]], [[5 / 3, 0], [10, 1.5]])


@pytest.mark.parametrize("length", [0.3, 0.7, 2.1, 4.9])
def test_a_whole_number_of_bins_gets_no_bin_more(length: float) -> None:
    track = build_track_from_graph({0: (0.1, 0), 1: (0.1 + length, 0)}, [(0, 1)], 0.0, 0.1)
    assert track.n_bins == round(length / 0.1)


def located_by_hand(track: GraphTrack, x: float) -> int:
    for bin_, (begin, end) in enumerate(track.bin_edges.tolist()):
        follows = bin_ + 1 < track.n_bins and track.bin_edges[bin_ + 1, 0] == end
        if begin <= x < end or (x == end and not follows):
            return bin_
    return -1


@settings(deadline=None, max_examples=60)
@given(graphs(), st.floats(0.3, 30))
def test_locate_is_exact_at_and_beside_every_edge(
    case: tuple[Places, list[Edge], list[Edge], list[float]], bin_size: float
) -> None:
    nodes, _, order, gaps = case
    track = build_track_from_graph(nodes, order, gaps, bin_size)
    edges = track.bin_edges.ravel()
    x = np.concatenate([edges, np.nextafter(edges, np.inf), np.nextafter(edges, -np.inf)])
    x = np.concatenate([x, track.bin_centers[:, 0], [np.nan, np.inf, -np.inf, -1.0]])
    expected = [located_by_hand(track, value) for value in x.tolist()]
    assert track.locate(x[:, None]).tolist() == expected
    assert track.locate(track.bin_centers).tolist() == list(range(track.n_bins))


def test_a_place_at_the_end_of_an_arm_stays_on_it_without_a_gap() -> None:
    """Arms end to end on the axis are far apart on the track."""
    arms = [(0, 1), (2, 3)]
    track = build_track_from_graph({0: (0, 0), 1: (9, 0), 2: (0, 50), 3: (9, 50)}, arms, 0.0, 3.0)
    linear = track.linearize(np.array([[9.0, 0.0], [12.0, 1.0], [0.0, 50.0]]))
    assert track.locate(linear[:, None]).tolist() == [2, 2, 3]
    np.testing.assert_allclose(track.to_2d(linear), [[9, 0], [9, 0], [0, 50]])


def test_a_jump_between_edges_is_interpolated_through_the_plane() -> None:
    track = w_track()
    before = track.linearize(np.array([[40.0, 78.0], [40.0, 10.0], [36.0, 80.0]]))
    after = track.linearize(np.array([[44.0, 80.0], [40.0, 20.0], [44.0, 80.0]]))
    distances = interpolate_along(track, before, after, np.array([0.25, 0.5, 0.75]))
    expected = track.linearize(np.array([[41.0, 78.5], [40.0, 15.0], [42.0, 80.0]]))
    np.testing.assert_allclose(distances, expected)


def test_lines_break_at_gaps_and_where_the_track_does_not_continue() -> None:
    assert [len(piece) for piece in find_contiguous_runs(w_track(0.0, 20.0))] == [6 + 4, 2 + 4]
    assert [len(piece) for piece in find_contiguous_runs(w_track(1.0, 20.0))] == [4, 2, 4, 2, 4]
    mask = np.array([True, True, False, True])
    assert [p.tolist() for p in find_contiguous_runs(RegularGrid((np.arange(5.0),), mask))] == [
        [0, 1],
        [2],
    ]


def test_equal_tracks_are_equal_and_travel_whole() -> None:
    track = w_track()
    _ = track.adjacency, track.centers_2d
    for twin in (w_track(), pickle.loads(pickle.dumps(track)), copy.copy(track)):
        assert twin == track
        assert hash(twin) == hash(track)
    assert track != w_track(spacing=16.0)
    assert track != w_track(bin_size=6.0)
    assert len(pickle.dumps(track)) < 2000
    for array in (track.segments, track.bin_centers, track.bin_edges, track.bin_measures):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


@pytest.mark.parametrize(
    ("turn", "shift"), [(0.3, (0.0, 0.0)), (2.0, (1e4, -300.0)), (0.0, (-5.0, 9.0))]
)
def test_a_track_may_lie_anywhere(turn: float, shift: tuple[float, float]) -> None:
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    moved = {node: rotation @ place + shift for node, place in W_NODES.items()}
    track, other = w_track(), build_track_from_graph(moved, W_ORDER, 15.0, 7.0)
    np.testing.assert_allclose(other.bin_edges, track.bin_edges, atol=1e-9)
    positions = np.random.default_rng(3).uniform(-9, 90, (1000, 2))
    apart = np.sort(distances_to_edges(positions, track.segments), axis=1)
    positions = positions[apart[:, 1] - apart[:, 0] > 1e-6]
    linear = other.linearize(positions @ rotation.T + shift)
    np.testing.assert_allclose(linear, track.linearize(positions), atol=1e-7)


def test_it_has_no_polygons_of_its_own() -> None:
    with pytest.raises(ValueError, match=r"ribbon\(\)"):
        _ = w_track().bin_polygons


@pytest.mark.parametrize("points", [np.zeros(3), np.zeros((3, 2))])
def test_places_are_single_numbers(points: NDArray[np.float64]) -> None:
    with pytest.raises(ValueError, match="linearize"):
        w_track().locate(points)
