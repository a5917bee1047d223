"""Every layout assigned to the protocols that it is to keep; mypy is strict with this file."""

import numpy as np

from neurospatial.layouts import (
    GraphTrack,
    Gridded,
    HexagonalGrid,
    Layout,
    LayoutPart,
    Linear,
    RegularGrid,
    Ribbon,
    SupportsCoarsen,
    SupportsSubset,
    TrackRibbon,
    TriangularMesh,
)
from tests.layouts.ring_track import RingRibbon, RingTrack

grid = RegularGrid((np.arange(5.0), np.arange(3.0)), np.ones((4, 2), dtype=bool))
hexagons = HexagonalGrid((0.0, 0.0), 1.0, np.ones((3, 2), dtype=bool))
mesh = TriangularMesh(
    np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]]), np.array([[0, 1, 2], [0, 2, 3]])
)
track = GraphTrack(
    np.array([[[0.0, 0.0], [4.0, 0.0]]]), np.array([[0, 1]]), np.empty(0), 1.0, np.arange(1)
)
ribbon = TrackRibbon(track, 1.0)
part = LayoutPart(grid, np.array([0, 2]))
ring = RingTrack(10.0, 12)
ring_ribbon = RingRibbon(ring, 2.0)

LAYOUTS: list[Layout] = [grid, hexagons, mesh, track, ribbon, part, ring, ring_ribbon]
SUBSETS: list[SupportsSubset] = [grid, hexagons, mesh, track, ribbon, part, ring]
COARSENED: list[SupportsCoarsen] = [grid, hexagons, mesh, track, ribbon, ring]
GRIDDED: list[Gridded] = [grid]
TRACKS: list[Linear] = [track, ring]
RIBBONS: list[Ribbon] = [ribbon, ring_ribbon]
