"""Environments on tracks: made of a graph, and led from the plane to the track and back."""

from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, Self, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.environment.base import BaseEnvironment
from neurospatial.errors import explain
from neurospatial.layouts.protocol import Layout
from neurospatial.layouts.track.graph_track import GraphTrack
from neurospatial.validate import validate_points, validate_positions

if TYPE_CHECKING:
    from neurospatial.layouts.track.from_graph import Edge, NodesAndEdges

Node = TypeVar("Node", bound=Hashable)


class OnTrack(BaseEnvironment):
    """What an environment does when its layout is a track."""

    @classmethod
    def from_graph(
        cls,
        graph: "NodesAndEdges | Mapping[Node, ArrayLike]",
        edge_order: "Sequence[Edge] | None",
        edge_spacing: float | Sequence[float],
        bin_size: float,
        *,
        units: str | None = None,
        name: str = "",
    ) -> Self:
        """Cut a track, given as a graph, into bins along its length.

        The edges are laid one after another on one axis, as `track_linearization`
        does. Positions of such an environment are distances on that axis, which
        `linearize` gives; where the track branches, distance jumps from one
        sample to the next, and speeds and the places of spikes between samples
        are taken in the plane.

        Parameters
        ----------
        graph : networkx.Graph or mapping
            Nodes with the attribute ``pos``, an ``(x, y)``; or a mapping of
            nodes to ``(x, y)``. Edges are straight, whatever their attributes.
        edge_order : sequence of pairs of nodes, or None
            The edges in order along the axis, each from the node where its
            distances begin. Edges left out are not part of the environment.
            None takes every edge of the graph, in the graph's order.
        edge_spacing : float or sequence of float
            Gap on the axis after each edge but the last; one number is every gap.
        bin_size : float
            The longest a bin may be: each edge is cut into equal bins.
        units : str, optional
            Unit of the nodes' positions, for labels.
        name : str
            A name for the environment.

        Raises
        ------
        TypeError
            If `graph` is neither a graph nor a mapping.
        ValueError
            If a node has no place or shares one, an edge is missing, repeated or
            without length, or spacing or bin size do not fit.

        Examples
        --------
        >>> nodes = {"home": (0, 0), "fork": (0, 10), "left": (-8, 10), "right": (8, 10)}
        >>> arms = [("home", "fork"), ("fork", "left"), ("fork", "right")]
        >>> from neurospatial import Environment
        >>> env = Environment.from_graph(nodes, arms, 5.0, 2.0, units="cm")
        >>> env.n_bins, env.dimension_ranges
        (13, ((0.0, 36.0),))
        """
        from neurospatial.layouts.track.from_graph import build_track_from_graph

        track = build_track_from_graph(graph, edge_order, edge_spacing, bin_size)
        return cls(track, units=units, name=name)

    def linearize(
        self, positions: ArrayLike, *, max_distance: float | None = None
    ) -> NDArray[np.float64]:
        """Give the distance along the track of the place nearest to each position.

        Parameters
        ----------
        positions : array-like, shape (n_samples, 2)
            In the plane, in environment units; NaN where lost.
        max_distance : float, optional
            Positions farther than this from the track are lost.

        Returns
        -------
        ndarray of float64, shape (n_samples,)
            In environment units; NaN where lost.

        Raises
        ------
        ValueError
            If the environment is not on a track, a position is infinite, or
            `max_distance` is negative.

        Examples
        --------
        >>> corner = {0: (0, 0), 1: (4, 0), 2: (4, 2)}
        >>> from neurospatial import Environment
        >>> env = Environment.from_graph(corner, [(0, 1), (1, 2)], 1.0, 2.0)
        >>> env.linearize([[1.0, -0.5], [4.5, 1.5], [9.0, 9.0]], max_distance=1.0)
        array([1. , 6.5, nan])
        """
        if max_distance is not None and not max_distance >= 0:
            raise ValueError(
                explain(
                    f"max_distance is {max_distance}.",
                    "Positions farther than this from the track are lost.",
                    ["Pass a distance in environment units.", "Pass None to keep all."],
                )
            )
        return _get_track(self.layout).linearize(validate_positions(positions, 2), max_distance)

    def to_2d(self, linear: ArrayLike) -> NDArray[np.float64]:
        """Give the place in the plane of each distance along the track.

        Parameters
        ----------
        linear : array-like, shape (n_samples,) or (n_samples, 1)
            In environment units; NaN where lost. A distance in a gap is taken
            to the end of the edge before it, one beyond the axis to its end.

        Returns
        -------
        ndarray of float64, shape (n_samples, 2)
            In environment units; NaN where lost.

        Raises
        ------
        ValueError
            If the environment is not on a track, or the shape is wrong.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> env = Environment.from_graph({0: (0, 0), 1: (3, 4)}, [(0, 1)], 0.0, 1.0)
        >>> env.to_2d([0.0, 2.5])
        array([[0. , 0. ],
               [1.5, 2. ]])
        """
        return _get_track(self.layout).to_2d(validate_points(linear, 1)[:, 0])


def _get_track(layout: Layout) -> GraphTrack:
    if isinstance(layout, GraphTrack):
        return layout
    raise ValueError(
        explain(
            f"The environment is on a {type(layout).__name__}, not on a track.",
            "Distance along a track and place in the plane belong to a graph's edges.",
            ["Build it with Environment.from_graph(graph, edge_order, edge_spacing, bin_size)."],
        )
    )
