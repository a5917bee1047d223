"""A real trajectory to try things on, and cells of known tuning simulated along it."""

from neurospatial.samples.boundary_cells import BoundaryCells, simulate_boundary_cells
from neurospatial.samples.demo import DemoKeywords, DemoSession, demo_session
from neurospatial.samples.grid_cells import GridCells, simulate_grid_cells
from neurospatial.samples.head_direction_cells import (
    HeadDirectionCells,
    simulate_head_direction_cells,
)
from neurospatial.samples.object_vector_cells import (
    ObjectVectorCells,
    simulate_object_vector_cells,
)
from neurospatial.samples.open_field import Trajectory, open_field
from neurospatial.samples.place_cells import PlaceCells, simulate_place_cells

__all__ = [
    "BoundaryCells",
    "DemoKeywords",
    "DemoSession",
    "GridCells",
    "HeadDirectionCells",
    "ObjectVectorCells",
    "PlaceCells",
    "Trajectory",
    "demo_session",
    "open_field",
    "simulate_boundary_cells",
    "simulate_grid_cells",
    "simulate_head_direction_cells",
    "simulate_object_vector_cells",
    "simulate_place_cells",
]
