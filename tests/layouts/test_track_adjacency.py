"""Neighbours on a track against networkx, and its diffusion against a network of wires."""

from itertools import combinations, pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.sparse import csgraph

from neurospatial.layouts.track.from_graph import Edge, build_track_from_graph
from tests.layouts.tracks import Places, graphs, w_track


@settings(deadline=None, max_examples=60)
@given(graphs(), st.floats(1, 20))
def test_distances_are_those_along_the_graph(
    case: tuple[Places, list[Edge], list[Edge], list[float]], bin_size: float
) -> None:
    nodes, _, order, gaps = case
    track = build_track_from_graph(nodes, order, gaps, bin_size)
    graph = nx.Graph()
    for edge, (begin, end) in enumerate(order):
        bins = np.flatnonzero(track.edge_of_bin == edge)
        stops = [("node", begin), *(("bin", bin_) for bin_ in bins), ("node", end)]
        middles = [nodes[begin], *track.centers_2d[bins], nodes[end]]  # type: ignore[index]
        for (one, two), (a, b) in zip(pairwise(stops), pairwise(middles), strict=True):
            graph.add_edge(one, two, weight=float(np.hypot(*np.subtract(a, b))))
    found = csgraph.shortest_path(track.adjacency)
    lengths = dict(nx.all_pairs_dijkstra_path_length(graph))
    for a, b in combinations(range(track.n_bins), 2):
        expected = lengths["bin", a].get(("bin", b), np.inf)
        assert found[a, b] == pytest.approx(expected)
    np.testing.assert_array_equal(track.adjacency.toarray(), track.adjacency.toarray().T)


@settings(deadline=None, max_examples=40)
@given(graphs(), st.floats(2, 20))
def test_conductances_are_those_of_the_track_as_a_wire(
    case: tuple[Places, list[Edge], list[Edge], list[float]], bin_size: float
) -> None:
    """The resistance between bins is that of the network with its nodes in it."""
    nodes, _, order, gaps = case
    track = build_track_from_graph(nodes, order, gaps, bin_size)
    size = track.n_bins + len(nodes)
    wires = np.zeros((size, size))
    for edge, (begin, end) in enumerate(order):
        bins = np.flatnonzero(track.edge_of_bin == edge).tolist()
        half = track.bin_measures[bins[0]] / 2
        links = [(a, b, 2 * half) for a, b in pairwise(bins)]
        links += [(bins[0], track.n_bins + begin, half), (bins[-1], track.n_bins + end, half)]  # type: ignore[operator]
        for a, b, resistance in links:
            wires[a, b] = wires[b, a] = wires[a, b] + 1 / resistance
    bins_only = slice(0, track.n_bins)
    expected = resistances(wires)[bins_only, bins_only]
    together = csgraph.shortest_path(track.adjacency) < np.inf
    found = resistances(track.conductances.toarray())
    np.testing.assert_allclose(found[together], expected[together], rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(track.conductances.toarray(), track.conductances.toarray().T)


def resistances(conductances: NDArray[np.float64]) -> NDArray[np.float64]:
    # What is null rounds to more than pinv's own limit with some LAPACKs.
    laplacian = np.diag(conductances.sum(axis=1)) - conductances
    inverse = np.linalg.pinv(laplacian, rcond=1e-10, hermitian=True)
    diagonal = np.diag(inverse)
    return np.asarray(diagonal[:, None] + diagonal[None] - 2 * inverse)


def test_gaps_part_nothing_that_shares_a_node_and_join_nothing_that_does_not() -> None:
    track = w_track(spacing=[15, 15, 0, 15], bin_size=80.0)
    stem, left, left_arm, right, right_arm = range(5)
    rows, columns = track.adjacency.nonzero()
    neighbours = {(int(a), int(b)) for a, b in zip(rows, columns, strict=True) if a < b}
    assert neighbours == {
        (stem, left), (stem, right), (left, right), (left, left_arm), (right, right_arm),
    }  # fmt: skip


def test_pieces_of_a_graph_lie_apart_for_ever() -> None:
    track = build_track_from_graph(
        {0: (0, 0), 1: (9, 0), 2: (0, 5), 3: (9, 5)}, [(0, 1), (2, 3)], 0, 3
    )
    distance = csgraph.shortest_path(track.adjacency)
    assert np.isinf(distance[:3, 3:]).all()
    assert np.isfinite(distance[:3, :3]).all()
