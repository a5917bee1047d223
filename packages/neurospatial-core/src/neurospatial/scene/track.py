"""Which layout is drawn of an environment, and what lies where on it."""

from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain, nearest
from neurospatial.layouts.graph import GraphTrack
from neurospatial.layouts.graph_strip import TrackStrip
from neurospatial.layouts.protocol import Layout
from neurospatial.scene.trajectory import checked_path

TrackForm = Literal["line", "strip"]
"""Value over distance, or coloured bins where the track lies in the plane."""


def drawn_layout(layout: Layout, track: TrackForm) -> Layout:
    """Give the layout that is drawn: a strip for a track where asked, else the layout itself.

    Raises
    ------
    ValueError
        If `track` is unknown, a strip is asked of a layout that has no place in
        the plane, or the layout has more than two dimensions.

    Examples
    --------
    >>> from neurospatial.layouts import RegularGrid
    >>> grid = RegularGrid((np.arange(4.0),), np.ones(3, bool))
    >>> drawn_layout(grid, "line") is grid
    True
    """
    if track not in get_args(TrackForm):
        raise ValueError(
            explain(
                f"track is {track!r}.{nearest(str(track), get_args(TrackForm))}",
                "A 1-D environment is drawn as a line over distance or as a strip in the plane.",
                [f"Pass track={form!r}." for form in get_args(TrackForm)],
            )
        )
    if layout.n_dims > 2:
        raise ValueError(
            explain(
                f"The environment has {layout.n_dims} dimensions.",
                "A picture shows a plane: two dimensions.",
                [
                    "Build the environment from two of the columns: positions[:, :2]",
                    "For a slice, build a 2-D environment and pass the fields of that slice.",
                ],
            )
        )
    if layout.n_dims == 2 or track == "line":
        return layout
    if isinstance(layout, GraphTrack):
        return layout.strip()
    raise ValueError(
        explain(
            f"track is 'strip', and the environment is a 1-D {type(layout).__name__}.",
            "Nothing says where in the plane its bins lie.",
            [
                "Pass track='line'.",
                "Build it with Environment.from_graph, whose nodes have places in the plane.",
            ],
        )
    )


def path_on(layout: Layout, trajectory: ArrayLike) -> NDArray[np.float64]:
    """Give a path in the coordinates of the layout that is drawn.

    Parameters
    ----------
    layout : Layout
        As `drawn_layout` gives it.
    trajectory : array-like, shape (n_timepoints,) or (n_timepoints, n_dims)
        On a track, distances or places in the plane alike.

    Raises
    ------
    ValueError
        If a value is infinite.

    Examples
    --------
    >>> from neurospatial.layouts.graph_read import track_from_graph
    >>> track = track_from_graph({0: (0, 0), 1: (3, 4)}, [(0, 1)], 0.0, 1.0)
    >>> path_on(track.strip(), [2.5])
    array([[1.5, 2. ]])
    >>> path_on(track, [[1.5, 2.0]])
    array([[2.5]])
    """
    path = np.asarray(trajectory, dtype=np.float64)
    if path.ndim == 1:
        path = path[:, np.newaxis]
    if isinstance(layout, TrackStrip) and path.shape[1:] == (1,):
        checked_path(path, 1)
        return layout.track.to_2d(path[:, 0])
    if isinstance(layout, GraphTrack) and path.shape[1:] == (2,):
        checked_path(path, 2)
        return layout.linearize(path)[:, np.newaxis]
    return path
