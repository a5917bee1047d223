"""How far every bin is from some places, along the graph."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.environment.base import BaseEnvironment
from neurospatial.environment.region_membership import find_bins_in_region
from neurospatial.environment.shortest_paths import locate_places
from neurospatial.environment.topology import Bins
from neurospatial.errors import explain


def compute_distance_field(env: BaseEnvironment, places: ArrayLike | str) -> NDArray[np.float64]:
    """Compute the length of the way to the nearest of some places: `Environment.distance_to`."""
    from scipy.sparse import csgraph

    goals = _find_goals(env, places)
    away = csgraph.dijkstra(env.layout.adjacency, indices=goals, min_only=True)
    return np.asarray(away, dtype=np.float64)


def _find_goals(env: BaseEnvironment, places: ArrayLike | str) -> Bins:
    if isinstance(places, str):
        goals = find_bins_in_region(env, places)
        problem = f"Region {places!r} holds the centre of no bin."
    else:
        bins = np.atleast_1d(locate_places(env.layout, places))
        goals = np.unique(bins[bins >= 0])
        problem = "There are no places." if not bins.size else "The places lie in no bin."
    if goals.size:
        return goals
    raise ValueError(
        explain(
            problem,
            "Distances are to the nearest of some bins.",
            [
                "Pass bins, as whole numbers or as a mask: env.distance_to([3, 4]).",
                "Pass points within the environment, or the name of a region that has bins.",
            ],
        )
    )
