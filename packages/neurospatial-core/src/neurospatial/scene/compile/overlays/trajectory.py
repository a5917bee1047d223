"""The short form of a path over the field, lowered to layers."""

from numpy.typing import ArrayLike

from neurospatial.scene.compile.overlays.context import OverlayContext
from neurospatial.scene.compile.overlays.coordinates import is_3d, trajectory_coordinates
from neurospatial.scene.layers import Layer, Points, Segments
from neurospatial.scene.timeline import find_nearest_index
from neurospatial.validate import rgba

_TRAIL_FRAMES = 30
"""Frames: a second of what is played at the usual rate."""


def make_trajectory_layers(trajectory: ArrayLike, context: OverlayContext) -> tuple[Layer, ...]:
    """Draw a path: followed frame by frame when it has one position per field, else whole.

    Parameters
    ----------
    trajectory : array-like, shape (n_timepoints, n_dims)
        In environment units; NaN leaves a gap. On a track, distances (n_timepoints,) do too.
        Of more than two coordinates the first two are drawn.
    context : OverlayContext

    Returns
    -------
    tuple of Layer
        Points with a trail when ``n_timepoints == n_fields``; else Segments, or Points
        where there are more than two coordinates.

    Raises
    ------
    ValueError
        If the shape does not match the environment, or a value is infinite.
    """
    path = trajectory_coordinates(context.layout, trajectory, "overlay_trajectory")
    # What looks near from above may be far apart: no line joins it.
    joined = not is_3d(trajectory)
    if len(path) == len(context.field_times):
        followed = path[find_nearest_index(context.field_times, context.times)]
        return (
            Points(
                name="Trajectory",
                xy=followed[:, None, :],
                color=rgba("red"),
                trail=_TRAIL_FRAMES if joined else 0,
                z=3.0,
            ),
        )
    if not joined:
        color = rgba("red", 0.6)
        return (Points(name="Trajectory", xy=path[None], color=color, size=3.0, z=3.0),)
    return (
        Segments(
            name="Trajectory",
            start=path[None, :-1],
            stop=path[None, 1:],
            color=rgba("red", 0.8),
            width=1.5,
            z=3.0,
        ),
    )
