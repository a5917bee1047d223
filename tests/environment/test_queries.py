"""What an environment says of its bins, against networkx and counting by hand."""

import networkx as nx
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from neurospatial import Environment
from neurospatial.layouts import HexagonalGrid, Layout, RegularGrid
from neurospatial.layouts.graph_read import track_from_graph
from neurospatial.layouts.mesh import mesh_polygon

KINDS = ["grid", "four", "solid", "pointy", "flat", "triangles", "track", "strip"]
PLANAR = ["grid", "four", "pointy", "flat", "triangles"]
WIDE = shapely.Polygon(
    [(0, 0), (9, 0), (9, 5), (6, 5), (5, 8), (0, 8)], [[(2, 2), (4, 2), (3, 4)]]
)
W = {0: (0, 0), 1: (0, 8), 2: (4, 0), 3: (4, 8), 4: (8, 0), 5: (8, 8), 6: (20, 0), 7: (23, 4)}
ARMS = [(2, 3), (3, 1), (1, 0), (3, 5), (5, 4), (6, 7)]  # the last is not joined to the others

seeds = st.integers(0, 10_000)
some_kind = st.sampled_from(KINDS)


def layout_of(kind: str, seed: int) -> Layout:
    rng = np.random.default_rng(seed)
    if kind == "triangles":
        return mesh_polygon(WIDE, rng.uniform(1, 2))
    if kind in ("track", "strip"):
        track = track_from_graph(W, ARMS, float(rng.choice([0.0, 3.0])), rng.uniform(0.7, 3))
        return track.strip(1.0) if kind == "strip" else track
    active = rng.uniform(size=(4, 3, 3) if kind == "solid" else (7, 6)) < rng.uniform(0.4, 1)
    active.flat[0] = True
    if kind in ("pointy", "flat"):
        return HexagonalGrid((1.0, -2.0), 1.5, active, kind)  # type: ignore[arg-type]
    edges = tuple(np.cumsum(rng.uniform(0.5, 2, size + 1)) for size in active.shape)
    return RegularGrid(edges, active, diagonal=kind != "four")


def graph_of(env: Environment) -> nx.Graph:
    return nx.from_scipy_sparse_array(env.connectivity)


def walk(env: Environment, seed: int, n: int = 200) -> tuple[NDArray[np.float64], ...]:
    """Times with pauses, and positions of which some are outside or lost."""
    rng = np.random.default_rng(seed)
    times = np.cumsum(rng.choice([0.1, 0.1, 0.1, 0.9], n))
    picked = np.repeat(rng.integers(0, env.n_bins, n), rng.integers(1, 5, n))[:n]
    positions = env.bin_centers[picked].copy()
    positions[rng.uniform(size=n) < 0.1] = np.nan
    positions[rng.uniform(size=n) < 0.1] += 1e4
    return times, positions


@settings(deadline=None, max_examples=60)
@given(some_kind, seeds)
def test_neighbours_and_components_are_those_of_the_graph(kind: str, seed: int) -> None:
    env = Environment(layout_of(kind, seed))
    graph = graph_of(env)
    for number in range(env.n_bins):
        assert env.neighbors(number).tolist() == sorted(graph[number])
    labels = env.components
    found = {frozenset(np.flatnonzero(labels == label).tolist()) for label in np.unique(labels)}
    assert found == {frozenset(piece) for piece in nx.connected_components(graph)}
    assert labels.max() == len(found) - 1


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(PLANAR), seeds)
def test_boundary_bins_have_a_side_on_the_outline(kind: str, seed: int) -> None:
    env = Environment(layout_of(kind, seed))
    cells = [shapely.Polygon(ring) for ring in env.layout.bin_polygons]
    # Grown a little, bins that are computed apart overlap and leave no slit between them.
    outline = shapely.union_all([cell.buffer(1e-6, join_style="mitre") for cell in cells]).boundary
    near = outline.buffer(1e-5)
    expected = [number for number, cell in enumerate(cells)
                if cell.boundary.intersection(near).length > 1e-2]  # fmt: skip
    assert env.boundary_bins.tolist() == expected


def test_boundary_bins_of_lines_and_solids() -> None:
    line = Environment(RegularGrid((np.arange(6.0),), np.array([1, 1, 1, 0, 1], bool)))
    assert line.boundary_bins.tolist() == [0, 2, 3]
    cube = Environment(RegularGrid((np.arange(4.0),) * 3, np.ones((3, 3, 3), bool)))
    assert np.setdiff1d(np.arange(27), cube.boundary_bins).tolist() == [13]
    track = track_from_graph(W, ARMS, 3.0, 2.0)
    ends = {0, 2, 4, 6, 7}  # nodes at which one edge ends
    at = [np.linalg.norm(track.centers_2d - W[node], axis=1).argmin() for node in ends]
    assert Environment(track).boundary_bins.tolist() == sorted(at)
    strip = Environment(track.strip(1.0))
    assert strip.boundary_bins.size == strip.n_bins


@settings(deadline=None, max_examples=60)
@given(some_kind, seeds)
def test_visits_last_as_long_as_the_occupancy(kind: str, seed: int) -> None:
    env = Environment(layout_of(kind, seed))
    times, positions = walk(env, seed)
    visits = env.bin_sequence(times, positions)
    held = np.bincount(visits.bins, visits.leave - visits.enter, env.n_bins)
    np.testing.assert_allclose(held, env.occupancy(times, positions), atol=1e-9)
    assert (visits.leave[:-1] <= visits.enter[1:]).all()
    assert (visits.enter <= visits.leave).all()


@settings(deadline=None, max_examples=60)
@given(some_kind, seeds)
def test_transitions_are_counted_by_hand(kind: str, seed: int) -> None:
    env = Environment(layout_of(kind, seed))
    times, positions = walk(env, seed)
    bins = env.bin_at(positions)
    expected = np.zeros((env.n_bins, env.n_bins), dtype=int)
    for here, there, step in zip(bins[:-1], bins[1:], np.diff(times), strict=True):
        if step <= 0.5 and here >= 0 and there >= 0 and here != there:
            expected[here, there] += 1
    counts = env.transitions(times, positions)
    assert counts.dtype == np.int64
    np.testing.assert_array_equal(counts.toarray(), expected)


def test_a_path_of_no_samples() -> None:
    env = Environment(layout_of("grid", 0))
    assert env.bin_sequence([], np.empty((0, 2))).bins.size == 0
    assert env.transitions([], np.empty((0, 2))).nnz == 0
    one = env.bin_sequence([3.0], env.bin_centers[:1])
    assert [part.tolist() for part in one] == [[0], [3.0], [3.0]]


@settings(deadline=None, max_examples=60)
@given(some_kind, seeds)
def test_distances_are_those_of_networkx(kind: str, seed: int) -> None:
    env = Environment(layout_of(kind, seed))
    rng = np.random.default_rng(seed)
    a, b = rng.integers(0, env.n_bins, (2, 9))
    graph = graph_of(env)
    away = {one: nx.single_source_dijkstra_path_length(graph, one) for one in a.tolist()}
    expected = [
        away[one].get(two, np.inf) for one, two in zip(a.tolist(), b.tolist(), strict=True)
    ]
    np.testing.assert_allclose(env.distance_between(a, b), expected)
    np.testing.assert_allclose(env.distance_between(b, a), expected)
    points = env.bin_centers[a], env.bin_centers[b]
    np.testing.assert_allclose(env.distance_between(*points), expected)
    from_one = [away[int(a[0])].get(two, np.inf) for two in b.tolist()]
    np.testing.assert_allclose(env.distance_between(int(a[0]), b), from_one)
    np.testing.assert_allclose(env.distance_between(b, points[0][:1]), from_one)


@settings(deadline=None, max_examples=60)
@given(some_kind, seeds)
def test_a_path_is_a_walk_as_long_as_the_distance(kind: str, seed: int) -> None:
    env = Environment(layout_of(kind, seed))
    a, b = np.random.default_rng(seed).integers(0, env.n_bins, 2).tolist()
    path = env.path_between(a, b)
    if env.components[a] != env.components[b]:
        assert path.size == 0
        assert env.distance_between(a, b) == np.inf
        return
    assert (path[0], path[-1]) == (a, b)
    graph = graph_of(env)
    assert nx.is_path(graph, path.tolist())
    length = nx.path_weight(graph, path.tolist(), "weight")
    np.testing.assert_allclose(length, env.distance_between(a, b))


@settings(deadline=None, max_examples=60)
@given(some_kind, seeds, st.floats(0, 8))
def test_what_is_reachable_is_near_enough(kind: str, seed: int, limit: float) -> None:
    env = Environment(layout_of(kind, seed))
    starts = np.random.default_rng(seed).integers(0, env.n_bins, 3).tolist()
    graph = graph_of(env)
    near = set(nx.multi_source_dijkstra_path_length(graph, set(starts), cutoff=limit))
    assert env.reachable_from(starts, limit).tolist() == sorted(near)
    assert env.reachable_from(np.isin(np.arange(env.n_bins), starts), limit).size == len(near)
    everywhere = np.isin(env.components, env.components[starts])
    assert env.reachable_from(starts).tolist() == np.flatnonzero(everywhere).tolist()


@settings(deadline=None, max_examples=60)
@given(some_kind, seeds, st.integers(0, 5))
def test_rings_are_layers_of_the_graph(kind: str, seed: int, n: int) -> None:
    env = Environment(layout_of(kind, seed))
    center = int(np.random.default_rng(seed).integers(env.n_bins))
    layers = list(nx.bfs_layers(graph_of(env), center))
    layers += [[]] * (n + 1 - len(layers))
    assert [ring.tolist() for ring in env.rings(center, n)] == [sorted(x) for x in layers[: n + 1]]
    again = env.rings(env.bin_centers[[center]], n)
    assert [ring.tolist() for ring in again] == [sorted(x) for x in layers[: n + 1]]


def test_points_outside_are_nowhere() -> None:
    env = Environment(layout_of("triangles", 1))
    outside = [[-5.0, 0.0], env.bin_centers[3]]
    away = env.distance_between(outside, 3)
    assert np.isnan(away[0])
    assert away[1] == 0
    assert env.reachable_from(outside[:1]).size == 0
    assert np.shape(env.distance_between(0, 3)) == ()
    with pytest.raises(ValueError, match="lies in no bin"):
        env.path_between(outside[:1], 3)


@pytest.mark.parametrize(
    ("name", "given", "found"),
    [
        ("neighbors", (99,), "There is no bin 99"),
        ("neighbors", (-1,), "There is no bin -1"),
        ("distance_between", (0, [1, 99]), "There is no bin 99"),
        ("distance_between", ([0, 1], [0, 1, 2]), "2 places a and 3 places b"),
        ("path_between", (0, [1, 2]), "There are 2 places"),
        ("path_between", (-1, 2), "There is no bin -1"),
        ("reachable_from", (0, -1.0), r"max_distance is -1\.0"),
        ("reachable_from", (0, np.nan), "max_distance is nan"),
        ("reachable_from", ([True, False], 1.0), "dtype bool"),
        ("rings", (0, -1), "n is -1"),
    ],
)
def test_mistakes(name: str, given: tuple[object, ...], found: str) -> None:
    env = Environment.from_mask(np.ones((3, 3), bool), [np.arange(4.0)] * 2)
    with pytest.raises(ValueError, match=rf"{found}[\s\S]*WHY[\s\S]*HOW"):
        getattr(env, name)(*given)
