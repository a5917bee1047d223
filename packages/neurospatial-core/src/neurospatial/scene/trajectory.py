"""The short form of a path over the field, lowered to layers."""

import logging

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.layouts.protocol import Layout
from neurospatial.scene.color import rgba
from neurospatial.scene.context import OverlayContext
from neurospatial.scene.layers import Layer, Points, Segments
from neurospatial.scene.places import path_on
from neurospatial.scene.timeline import nearest_index

_TRAIL_FRAMES = 30
_log = logging.getLogger("neurospatial")


def trajectory_layers(trajectory: ArrayLike, context: OverlayContext) -> tuple[Layer, ...]:
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
    path = trajectory_on(context.layout, trajectory).astype(np.float32)
    if len(path) == len(context.field_times):
        followed = path[nearest_index(context.field_times, context.times)]
        return (
            Points(
                name="Trajectory",
                xy=followed[:, None, :],
                color=rgba("red"),
                trail=_TRAIL_FRAMES,
                z=3.0,
            ),
        )
    if _is_deep(trajectory):
        # What looks near from above may be far apart: no line joins it.
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


def trajectory_on(layout: Layout, path: ArrayLike) -> NDArray[np.float64]:
    """Give a path in the coordinates of the layout that is drawn, seen from above.

    Parameters
    ----------
    layout : Layout
    path : array-like, shape (n_timepoints,) or (n_timepoints, n_dims)
        Of more than two coordinates the first two are taken.

    Returns
    -------
    ndarray, shape (n_timepoints, layout.n_dims)

    Raises
    ------
    ValueError
        If the shape does not match the layout, or a value is infinite.

    Examples
    --------
    >>> from neurospatial.layouts import RegularGrid
    >>> grid = RegularGrid((np.arange(9), np.arange(9)), np.ones((8, 8), dtype=bool))
    >>> trajectory_on(grid, [[1, 2, 3], [4, 5, 6]])
    array([[1., 2.],
           [4., 5.]])
    """
    places = np.asarray(path, dtype=np.float64)
    if _is_deep(places):
        _log.info("overlay_trajectory has %d coordinates: two are drawn", places.shape[1])
        places = places[:, :2]
    return path_on(layout, places, "overlay_trajectory")


def _is_deep(path: ArrayLike) -> bool:
    return np.ndim(path) == 2 and np.shape(path)[1] > 2
