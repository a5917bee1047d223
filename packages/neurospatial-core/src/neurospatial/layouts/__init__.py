"""The ways of cutting a space into bins."""

from neurospatial.layouts.graph import GraphTrack
from neurospatial.layouts.graph_strip import TrackStrip
from neurospatial.layouts.grid import RegularGrid
from neurospatial.layouts.hexagonal import HexagonalGrid
from neurospatial.layouts.part import LayoutPart
from neurospatial.layouts.protocol import Layout
from neurospatial.layouts.triangular import TriangularMesh

__all__ = [
    "GraphTrack",
    "HexagonalGrid",
    "Layout",
    "LayoutPart",
    "RegularGrid",
    "TrackStrip",
    "TriangularMesh",
]
