"""From the plane to a track and back."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.layouts import Layout, Linear
from neurospatial.layouts.linear import linearize_positions
from neurospatial.layouts.protocol import is_linear
from neurospatial.validate import refuse_infinite, validate_limit, validate_one_or_more


def linearize(
    layout: Layout, positions: ArrayLike, max_distance: float | None
) -> NDArray[np.float64]:
    """Compute the distance along the track nearest to each position: `Environment.linearize`."""
    if max_distance is not None:
        why = "Positions farther than this from the track are lost."
        ways = ["Pass a distance in environment units.", "Pass None to keep all."]
        max_distance = validate_limit(max_distance, "max_distance", why, ways)
    track = _validate_track(layout)
    places, is_one = validate_one_or_more(positions, 2, "positions")
    refuse_infinite(places, "positions")
    linear = linearize_positions(track, places, max_distance)
    return linear[0] if is_one else linear


def convert_to_2d(layout: Layout, linear: ArrayLike) -> NDArray[np.float64]:
    """Compute the place in the plane of each distance along the track: `Environment.to_2d`."""
    distances, is_one = validate_one_or_more(linear, 1, "linear")
    places = _validate_track(layout).to_2d(distances[:, 0])
    return places[0] if is_one else places


def _validate_track(layout: Layout) -> Linear:
    if is_linear(layout):
        return layout
    raise ValueError(
        explain(
            f"The environment is on a {type(layout).__name__}, not on a track.",
            "Distance along a track and place in the plane belong to a graph's edges.",
            ["Build it with Environment.from_graph(graph, edge_order, edge_spacing, bin_size)."],
        )
    )
