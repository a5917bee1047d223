"""Graphs as users have them, and what is wrong with some."""

from collections.abc import Hashable

import networkx as nx
import numpy as np
import pytest
from numpy.typing import NDArray

from neurospatial.layouts import GraphTrack
from neurospatial.layouts.track.checks import MAX_BINS
from neurospatial.layouts.track.from_graph import Edge, build_track_from_graph

NODES = {"home": (0, 0), "fork": (0, 10), "left": (-8, 10), "right": (8, 10)}
ARMS: list[Edge] = [("home", "fork"), ("fork", "left"), ("fork", "right")]


def network() -> nx.Graph:
    graph = nx.Graph()
    for node, place in NODES.items():
        graph.add_node(node, pos=place)
    graph.add_edges_from(ARMS)
    return graph


def test_a_graph_and_a_mapping_make_the_same_track() -> None:
    assert build_track_from_graph(network(), ARMS, 5.0, 2.0) == build_track_from_graph(
        NODES, ARMS, 5.0, 2.0
    )
    assert build_track_from_graph(network(), None, 5.0, 2.0) == build_track_from_graph(
        NODES, ARMS, 5.0, 2.0
    )


def test_edges_run_in_the_direction_given() -> None:
    track = build_track_from_graph(network(), [("left", "fork"), ("fork", "home")], 0.0, 2.0)
    np.testing.assert_allclose(
        track.to_2d(np.array([0.0, 8.0, 18.0])), [[-8, 10], [0, 10], [0, 0]]
    )


def test_edges_left_out_are_not_part_of_the_track() -> None:
    track = build_track_from_graph(network(), ARMS[:1], 0.0, 2.0)
    assert track.bounds == ((0.0, 10.0),)
    np.testing.assert_allclose(track.linearize(np.array([[8.0, 10.0]])), [10.0])


def test_a_number_is_every_gap() -> None:
    one, each = (build_track_from_graph(NODES, ARMS, gap, 2.0) for gap in (3, [3.0, 3.0]))
    assert one == each
    assert build_track_from_graph(NODES, ARMS[:1], 99.0, 2.0).bounds == ((0.0, 10.0),)


def without(graph: nx.Graph, node: str) -> nx.Graph:
    del graph.nodes[node]["pos"]
    return graph


@pytest.mark.parametrize(
    ("graph", "order", "found"),
    [
        (without(network(), "left"), ARMS, r"Node 'left' has no place.*'pos'"),
        ({"a": (0, 0, 0), "b": (1, 1, 1)}, [("a", "b")], r"Node 'a'.*\(0, 0, 0\)"),
        ({"a": (0, np.nan), "b": (1, 1)}, [("a", "b")], "Node 'a' has no place"),
        ({"a": "here", "b": (1, 1)}, [("a", "b")], "Node 'a' has no place.*'here'"),
        ({"a": (0, 0), "b": (1, 1), "c": (0, 0)}, [("a", "b")], "'a' and 'c' lie at the same"),
        ({"a": (0, 0), "b": (0, 0)}, [("a", "b")], r"Edge \('a', 'b'\) has no length"),
        ({"a": (0, 0), "b": (1, 0)}, [("a", "a")], r"Edge \('a', 'a'\) has no length"),
        (NODES, [("home", "away")], "Node 'away' has no place.*'home', 'fork'"),
        (
            network(),
            [("home", "left")],
            r"\('home', 'left'\), which is not an edge.*\n[^']*.*'fork'",
        ),
        (network(), [*ARMS, ("fork", "home")], "'home'.* is given twice"),
        (NODES, None, "no edge"),
        (network(), [], "no edge"),
        (NODES, ["ab"], "given as 'ab'"),
    ],
)
def test_a_graph_that_is_no_track_is_refused(
    graph: nx.Graph | dict[Hashable, tuple[float, ...]], order: list[Edge] | None, found: str
) -> None:
    with pytest.raises(ValueError, match=f"(?s){found}"):
        build_track_from_graph(graph, order, 0.0, 0.5)


def test_something_else_is_refused() -> None:
    with pytest.raises(TypeError, match=r"networkx\.Graph"):
        build_track_from_graph([(0, 0), (1, 1)], ARMS, 0.0, 0.5)  # type: ignore[arg-type]


@pytest.mark.parametrize("spacing", [[1.0], [1.0, 2.0, 3.0], [1.0, -1.0], np.nan, -1.0])
def test_gaps_that_do_not_fit_are_refused(spacing: float | list[float]) -> None:
    with pytest.raises(ValueError, match="edge_spacing"):
        build_track_from_graph(NODES, ARMS, spacing, 2.0)


@pytest.mark.parametrize("bin_size", [0.0, -1.0, np.nan, np.inf])
def test_a_bin_has_a_length(bin_size: float) -> None:
    with pytest.raises(ValueError, match="bin_size is"):
        build_track_from_graph(NODES, ARMS, 0.0, bin_size)


def test_too_many_bins_are_counted_and_a_size_that_fits_is_told() -> None:
    with pytest.raises(ValueError, match=r"26,000,000,000 bins.*\n(.*\n)*.*2\.9e-06") as caught:
        build_track_from_graph(NODES, ARMS, 0.0, 1e-9)
    assert f"{MAX_BINS:,}" in str(caught.value)


@pytest.mark.parametrize(
    ("segments", "nodes", "precedence", "found"),
    [
        (np.zeros((0, 2, 2)), np.zeros((0, 2), int), np.arange(0), "segments have shape"),
        (np.zeros((1, 2, 3)), np.array([[0, 1]]), np.arange(1), "segments have shape"),
        (np.eye(2)[None], np.array([0, 1]), np.arange(1), "nodes have shape"),
        (np.eye(2)[None], np.array([[0, 1]]), np.arange(2), "precedence"),
        (np.ones((1, 2, 2)), np.array([[0, 1]]), np.arange(1), "no length"),
        (np.full((1, 2, 2), np.nan), np.array([[0, 1]]), np.arange(1), "no length"),
    ],
)
def test_parts_that_do_not_fit_are_refused(
    segments: NDArray[np.float64],
    nodes: NDArray[np.intp],
    precedence: NDArray[np.intp],
    found: str,
) -> None:
    with pytest.raises(ValueError, match=found):
        GraphTrack(segments, nodes, np.empty(0), 1.0, precedence)
