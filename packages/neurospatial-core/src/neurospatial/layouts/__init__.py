"""The ways of cutting a space into bins."""

from neurospatial.layouts.grid.regular_grid import RegularGrid
from neurospatial.layouts.hexagonal.hexagonal_grid import HexagonalGrid
from neurospatial.layouts.protocol import Layout
from neurospatial.layouts.subset import LayoutPart
from neurospatial.layouts.track.graph_track import GraphTrack
from neurospatial.layouts.track.ribbon import TrackRibbon
from neurospatial.layouts.triangular.triangular_mesh import TriangularMesh

__all__ = [
    "GraphTrack",
    "HexagonalGrid",
    "Layout",
    "LayoutPart",
    "RegularGrid",
    "TrackRibbon",
    "TriangularMesh",
]
