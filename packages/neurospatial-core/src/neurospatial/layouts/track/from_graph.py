"""From a graph as the user has it to a track."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import NoReturn, Protocol, TypeVar, cast, runtime_checkable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.layouts.track.checks import make_length_error, validate_spacing
from neurospatial.layouts.track.graph_track import GraphTrack
from neurospatial.validate import to_indices, to_real_array

Edge = tuple[Hashable, Hashable]

Node = TypeVar("Node", bound=Hashable)


@runtime_checkable
class NodesAndEdges(Protocol):
    """A graph whose nodes have a place, such as a `networkx.Graph` with ``pos`` attributes."""

    @property
    def nodes(self) -> Callable[..., Iterable[tuple[Hashable, Mapping[str, object]]]]:
        """Called with ``data=True`` it gives the nodes with their attributes."""

    @property
    def edges(self) -> Iterable[tuple[Hashable, ...]]:
        """The edges, each a pair of nodes."""


def build_track_from_graph(
    graph: NodesAndEdges | Mapping[Node, ArrayLike],
    edge_order: Iterable[Edge] | NDArray[np.generic] | None,
    edge_spacing: float | Sequence[float],
    bin_size: float,
) -> GraphTrack:
    """Make a track of a graph's edges.

    The parameters are those of `Environment.from_graph`.

    Raises
    ------
    TypeError
        If `graph` is neither a graph nor a mapping.
    ValueError
        If a node has no place or shares one, an edge is missing, repeated or
        without length, or spacing or bin size do not fit.

    Examples
    --------
    >>> build_track_from_graph({"a": (0, 0), "b": (9, 0)}, [("b", "a")], 0.0, 3.0).n_bins
    3
    """
    asked = None if edge_order is None else _read_edges(edge_order)
    places, edges = _read_graph(graph, asked)
    rank = {frozenset(edge): number for number, edge in enumerate(edges)}
    order = edges if asked is None else asked
    _check_order(order, rank, edges)
    for begin, end in order:
        if (places[begin] == places[end]).all():
            raise make_length_error(f"({begin!r}, {end!r})", (places[begin][0], places[begin][1]))
    _check_apart(places)
    number = {node: n for n, node in enumerate(places)}
    return GraphTrack(
        np.array([[places[begin], places[end]] for begin, end in order]),
        np.array([[number[begin], number[end]] for begin, end in order]),
        validate_spacing(edge_spacing, len(order)),
        bin_size,
        np.array([rank[frozenset(edge)] for edge in order]),
    )


def _read_graph(
    graph: NodesAndEdges | Mapping[Node, ArrayLike], asked: list[Edge] | None
) -> tuple[dict[Hashable, NDArray[np.float64]], list[Edge]]:
    """Read the places of the nodes, and the edges as the graph lists them."""
    if isinstance(graph, Mapping):
        places: dict[Hashable, NDArray[np.float64]] = {
            node: _validate_place(node, place) for node, place in graph.items()
        }
        edges = asked or []
        for node in {node for edge in edges for node in edge} - set(places):
            _raise_no_place(node, f"Nodes are {_format_some(places)}.")
    elif isinstance(graph, NodesAndEdges):
        places = {
            node: _validate_place(node, attributes.get("pos"))
            for node, attributes in graph.nodes(data=True)
        }
        edges = [_validate_edge(edge) for edge in graph.edges]
    else:
        raise TypeError(
            explain(
                f"graph is a {type(graph).__name__}.",
                "A track is made of nodes that have a place, and of edges between them.",
                [
                    "Pass a networkx.Graph whose nodes have pos=(x, y).",
                    "Pass a dict of node: (x, y), and the edges as edge_order.",
                ],
            )
        )
    return places, edges


def _read_edges(edges: Iterable[Sequence[Hashable]] | NDArray[np.generic]) -> list[Edge]:
    """Read pairs of nodes from a list, or from an array or table (n_edges, 2)."""
    if hasattr(edges, "dtype") or hasattr(edges, "dtypes"):
        # Numbers and texts of Python, for nodes are looked up by what they are.
        edges = to_indices(edges, "edge_order").tolist()
    return [_validate_edge(edge) for edge in edges]


def _validate_edge(edge: Sequence[Hashable] | NDArray[np.generic]) -> Edge:
    pair = edge.tolist() if isinstance(edge, np.ndarray) else edge
    if isinstance(pair, str) or not hasattr(pair, "__len__") or len(pair) < 2:
        raise ValueError(
            explain(
                f"An edge is given as {edge!r}.",
                "An edge is a pair of nodes, begin and end.",
                ["Pass pairs: edge_order=[(0, 1), (1, 2)]."],
            )
        )
    return pair[0], pair[1]


def _validate_place(node: Hashable, place: object) -> NDArray[np.float64]:
    if place is None:
        _raise_no_place(node, "It has no attribute 'pos'.")
    try:
        array = to_real_array(cast("ArrayLike", place), "pos")
    except TypeError:
        array = np.empty(0)
    if array.shape != (2,) or not np.isfinite(array).all():
        _raise_no_place(node, f"Its position is {place!r}.")
    return array


def _raise_no_place(node: Hashable, found: str) -> NoReturn:
    raise ValueError(
        explain(
            f"Node {node!r} has no place in the plane. {found}",
            "The edges of a track run straight between the places of their nodes.",
            ["Give each node of a networkx.Graph pos=(x, y).", "Pass a dict of node: (x, y)."],
        )
    )


def _check_order(
    order: list[Edge], rank: dict[frozenset[Hashable], int], edges: list[Edge]
) -> None:
    if not order:
        problem, way = "There is no edge.", "Pass the edges of the track: edge_order=[(0, 1)]."
    elif missing := [edge for edge in order if frozenset(edge) not in rank]:
        problem = f"edge_order names {missing[0]}, which is not an edge of the graph."
        way = f"Its edges are {_format_some(edges)}."
    elif repeated := [edge for edge, n in Counter(map(frozenset, order)).items() if n > 1]:
        problem = f"The edge between {' and '.join(map(repr, repeated[0]))} is given twice."
        way = "Name each edge once, in the direction in which distance grows."
    else:
        return
    raise ValueError(explain(problem, "The axis is made of the edges, one after another.", [way]))


def _check_apart(places: dict[Hashable, NDArray[np.float64]]) -> None:
    nodes_at: dict[tuple[float, float], Hashable] = {}
    for node, place in places.items():
        at = (float(place[0]), float(place[1]))
        if at in nodes_at:
            raise ValueError(
                explain(
                    f"Nodes {nodes_at[at]!r} and {node!r} lie at the same place, {at}.",
                    "Edges are joined where they share a node: two nodes at one place look "
                    "joined and are not.",
                    ["Use one node in the edges of both.", "Move one of them apart."],
                )
            )
        nodes_at[at] = node


def _format_some(items: Iterable[object]) -> str:
    shown = [repr(item) for _, item in zip(range(10), items, strict=False)]
    return ", ".join(shown)
