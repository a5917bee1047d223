"""The ways of cutting a space into bins."""

from neurospatial.layouts.circular.circle import Circle
from neurospatial.layouts.grid.regular_grid import RegularGrid
from neurospatial.layouts.hexagonal.hexagonal_grid import HexagonalGrid
from neurospatial.layouts.protocol import (
    Gridded,
    Layout,
    Linear,
    Periodic,
    Ribbon,
    SupportsCoarsen,
    SupportsSubset,
    get_track,
    is_gridded,
    is_linear,
    is_periodic,
    is_ribbon,
    supports_coarsen,
    supports_subset,
)
from neurospatial.layouts.subset import LayoutPart
from neurospatial.layouts.track.graph_track import GraphTrack
from neurospatial.layouts.track.ribbon import TrackRibbon
from neurospatial.layouts.triangular.triangular_mesh import TriangularMesh

__all__ = [
    "Circle",
    "GraphTrack",
    "Gridded",
    "HexagonalGrid",
    "Layout",
    "LayoutPart",
    "Linear",
    "Periodic",
    "RegularGrid",
    "Ribbon",
    "SupportsCoarsen",
    "SupportsSubset",
    "TrackRibbon",
    "TriangularMesh",
    "get_track",
    "is_gridded",
    "is_linear",
    "is_periodic",
    "is_ribbon",
    "supports_coarsen",
    "supports_subset",
]
