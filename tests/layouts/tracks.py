"""Tracks to try: a W, and whatever graph Hypothesis draws."""

from collections.abc import Callable
from itertools import combinations

import networkx as nx
import numpy as np
from hypothesis import strategies as st

from neurospatial.layouts import GraphTrack
from neurospatial.layouts.track.from_graph import Edge, build_track_from_graph

Places = dict[int, tuple[float, float]]

W_NODES: Places = {0: (0, 0), 1: (0, 80), 2: (40, 0), 3: (40, 80), 4: (80, 0), 5: (80, 80)}
W_ORDER = [(2, 3), (3, 1), (1, 0), (3, 5), (5, 4)]


def w_track(spacing: float | list[float] = 15.0, bin_size: float = 7.0) -> GraphTrack:
    return build_track_from_graph(W_NODES, W_ORDER, spacing, bin_size)


@st.composite
def graphs(draw: Callable[..., object]) -> tuple[Places, list[Edge], list[Edge], list[float]]:
    """Nodes, edges as a graph lists them, their order on the axis, and the gaps."""
    spot = st.tuples(st.integers(-20, 20), st.integers(-20, 20))
    spots = draw(st.lists(spot, min_size=2, max_size=6, unique=True))
    assert isinstance(spots, list)
    nodes = {number: (float(x), float(y)) for number, (x, y) in enumerate(spots)}
    possible = list(combinations(nodes, 2))
    edges = draw(st.lists(st.sampled_from(possible), min_size=1, max_size=7, unique=True))
    assert isinstance(edges, list)
    turned = [draw(st.sampled_from([(a, b), (b, a)])) for a, b in edges]
    order = draw(st.permutations(turned))
    gaps = [draw(st.sampled_from([0.0, 0.5, 3.25])) for _ in order[1:]]  # type: ignore[index]
    return nodes, edges, order, gaps  # type: ignore[return-value]


def network(nodes: Places, edges: list[Edge]) -> nx.Graph:
    graph = nx.Graph()
    for node, place in nodes.items():
        graph.add_node(node, pos=place)
    graph.add_edges_from(edges)
    for number, (begin, end) in enumerate(graph.edges):
        apart = float(np.hypot(*np.subtract(nodes[begin], nodes[end])))
        graph.edges[begin, end].update(distance=apart, edge_id=number)
    return graph
