"""Environments to save, and a way to change what was saved."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
from shapely import box

from neurospatial import Environment, Regions
from neurospatial.layouts import RegularGrid
from neurospatial.regions import Region


def arena() -> Environment:
    places = Regions([Region("goal", point=(1.5, 2.5)), Region("home", polygon=box(0, 0, 1, 2))])
    grid = RegularGrid((np.arange(4.0), np.arange(5.0)), np.eye(3, 4) == 0)
    return Environment(grid, units="cm", name="arena", regions=places)


def rewritten(path: Path, change: Callable[[dict], object]) -> None:
    """Change the header of a saved environment."""
    with np.load(path) as held:
        arrays = dict(held)
    header = json.loads(arrays["header"].tobytes())
    change(header)
    arrays["header"] = np.frombuffer(json.dumps(header).encode(), np.uint8)
    np.savez(path, **arrays)
