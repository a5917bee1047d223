"""A real trajectory to try things on, and place cells simulated along it."""

from neurospatial.samples.demo import DemoKeywords, DemoSession, demo_session
from neurospatial.samples.open_field import Trajectory, open_field
from neurospatial.samples.place_cells import PlaceCells, simulate_place_cells

__all__ = [
    "DemoKeywords",
    "DemoSession",
    "PlaceCells",
    "Trajectory",
    "demo_session",
    "open_field",
    "simulate_place_cells",
]
