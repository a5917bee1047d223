"""What an environment says of its bins, against networkx and counting by hand."""

from functools import partial

import networkx as nx
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from neurospatial import Environment
from neurospatial.layouts import RegularGrid
from neurospatial.layouts.track.from_graph import build_track_from_graph
from tests.environment.kinds import ARMS, PLANAR, W, layout_of, seeds, some_kind


def graph_of(env: Environment) -> nx.Graph:
    return nx.from_scipy_sparse_array(env.connectivity)


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
    track = build_track_from_graph(W, ARMS, 3.0, 2.0)
    ends = {0, 2, 4, 6, 7}  # nodes at which one edge ends
    at = [np.linalg.norm(track.centers_2d - W[node], axis=1).argmin() for node in ends]
    assert Environment(track).boundary_bins.tolist() == sorted(at)
    ribbon = Environment(track.ribbon(1.0))
    assert ribbon.boundary_bins.size == ribbon.n_bins


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
    steps = int(limit)
    near = set().union(*(nx.single_source_shortest_path_length(graph, one, steps)
                         for one in starts))  # fmt: skip
    assert env.reachable_from(starts, max_steps=steps).tolist() == sorted(near)
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


@pytest.mark.parametrize("layout", ["grid", "hexagonal", "triangular"])
def test_no_way_leads_through_a_wall(layout: str) -> None:
    wall = shapely.box(18, 0, 22, 30)  # two squares thick: a thinner one may lie between centres
    room = shapely.box(0, 0, 40, 40).difference(wall)
    env = Environment.from_polygon(room, 2.0, layout=layout)
    ends = np.array([[15.0, 5.0], [25.0, 5.0]])
    around = 2 * np.hypot(3, 25) + 4  # up to one corner of the wall, over it, and down again
    found = env.distance_between(ends[:1], ends[1:])[0]
    assert around - 4 < found < 1.34 * around + 4
    path = env.bin_centers[env.path_between(ends[:1], ends[1:])]
    steps = shapely.linestrings(np.stack([path[:-1], path[1:]], axis=1))
    # Bins reach into the wall by half their size at most.
    assert not shapely.intersects(steps, wall.buffer(-1.2)).any()
    near = env.bin_centers[env.reachable_from(env.bin_at(ends[:1]), 20.0)]
    assert len(near) > 50
    assert (near[:, 0] < 20).all()


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
        ("reachable_from", (0, None, -2), "max_steps is -2"),
        ("rings", (0, -1), "n is -1"),
    ],
)
def test_mistakes(name: str, given: tuple[object, ...], found: str) -> None:
    env = Environment.from_mask(np.ones((3, 3), bool), [np.arange(4.0)] * 2)
    call = getattr(env, name)
    if len(given) == 3:
        call, given = partial(call, max_steps=given[2]), given[:2]
    with pytest.raises(ValueError, match=rf"{found}[\s\S]*WHY[\s\S]*HOW"):
        call(*given)


def test_one_limit_in_whole_steps() -> None:
    env = Environment.from_mask(np.ones((3, 3), bool), [np.arange(4.0)] * 2)
    with pytest.raises(TypeError, match=r"max_distance is 1\.0 and max_steps is 2"):
        env.reachable_from(0, 1.0, max_steps=2)
    with pytest.raises(TypeError, match=r"max_steps is 1\.5"):
        env.reachable_from(0, max_steps=1.5)
    assert env.reachable_from(0, max_steps=0).tolist() == [0]
    assert env.reachable_from(0).size == env.reachable_from(0, max_steps=9).size == 9
