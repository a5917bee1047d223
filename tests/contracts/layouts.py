"""Every layout assigned to the protocols that it is to keep; mypy is strict with this file."""

import numpy as np

from neurospatial.layouts import (
    Circle,
    GraphTrack,
    Gridded,
    HexagonalGrid,
    Layout,
    LayoutPart,
    Linear,
    Periodic,
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
circle = Circle(np.ones(6, dtype=bool))
ring = RingTrack(10.0, 12)
ring_ribbon = RingRibbon(ring, 2.0)

LAYOUTS: list[Layout] = [grid, hexagons, mesh, track, ribbon, part, circle, ring, ring_ribbon]
SUBSETS: list[SupportsSubset] = [grid, hexagons, mesh, track, ribbon, part, circle, ring]
COARSENED: list[SupportsCoarsen] = [grid, hexagons, mesh, track, ribbon, circle, ring]
GRIDDED: list[Gridded] = [grid, circle]
PERIODIC: list[Periodic] = [circle]
TRACKS: list[Linear] = [track, ring]
RIBBONS: list[Ribbon] = [ribbon, ring_ribbon]
