"""The short form of a path over the field, lowered to layers."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.scene.color import rgba
from neurospatial.scene.context import OverlayContext
from neurospatial.scene.layers import Layer, Points, Segments

_TRAIL_FRAMES = 30


def trajectory_layers(trajectory: ArrayLike, context: OverlayContext) -> tuple[Layer, ...]:
    """Draw a path: followed frame by frame when it has one position per frame, else whole.

    Parameters
    ----------
    trajectory : array-like, shape (n_timepoints, 2)
        In environment units; NaN leaves a gap.
    context : OverlayContext

    Returns
    -------
    tuple of Layer
        Points with a trail when ``n_timepoints == n_frames``, else Segments.

    Raises
    ------
    ValueError
        If the shape does not match the environment, or a value is infinite.
    """
    path = checked_path(trajectory, context.n_dims)
    if len(path) == context.n_frames:
        return (
            Points(
                name="Trajectory",
                xy=path[:, None, :],
                color=rgba("red"),
                trail=_TRAIL_FRAMES,
                z=3.0,
            ),
        )
    return (
        Segments(
            name="Trajectory",
            start=path[None, :-1],
            stop=path[None, 1:],
            color=rgba("red", 0.6),
            width=1.0,
            z=3.0,
        ),
    )


def checked_path(trajectory: ArrayLike, n_dims: int) -> NDArray[np.float32]:
    """Give a path as (n_timepoints, n_dims), or raise.

    Raises
    ------
    ValueError
        If the shape does not match the environment, or a value is infinite.
    """
    path = np.asarray(trajectory, dtype=np.float32)
    if path.ndim != 2 or path.shape[1] != n_dims or not len(path):
        raise ValueError(
            explain(
                "overlay_trajectory has incorrect shape.\n"
                f"  Expected: (n_timepoints, {n_dims}) for {n_dims}D environment\n"
                f"  Got: {path.shape}",
                f"Coordinate dimensionality must match environment.n_dims = {n_dims}.",
                ["Pass one row of coordinates per time point.", "Project it: path[:, :2]"],
            )
        )
    if np.isinf(path).any():
        raise ValueError(
            explain(
                f"overlay_trajectory holds {int(np.isinf(path).sum())} infinite values.",
                "A path cannot be drawn to infinity; NaN marks a gap.",
                ["Set them to NaN: path[~np.isfinite(path)] = np.nan"],
            )
        )
    return path
