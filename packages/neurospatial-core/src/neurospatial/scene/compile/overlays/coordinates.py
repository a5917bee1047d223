"""From coordinates as they were recorded to places on the picture."""

import logging

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.layouts import Layout, get_track, is_linear
from neurospatial.layouts.linear import linearize_positions
from neurospatial.scene.raster import Bounds
from neurospatial.validate import to_real_array, validate_positions

_log = logging.getLogger("neurospatial")


def is_3d(path: ArrayLike) -> bool:
    """Say whether a path has more than two coordinates.

    Examples
    --------
    >>> is_3d([[1, 2, 3]]), is_3d([[1, 2]]), is_3d([1, 2, 3])
    (True, False, False)
    """
    return np.ndim(path) == 2 and np.shape(path)[1] > 2


def trajectory_coordinates(layout: Layout, path: ArrayLike, name: str) -> NDArray[np.float64]:
    """Convert a path to the coordinates of the layout that is drawn.

    Parameters
    ----------
    layout : Layout
    path : array-like, shape (n_samples,) or (n_samples, n_dims)
        On a track, distances or places in the plane alike. Of more than two coordinates
        the first two are taken: it is seen from above.
    name : str
        What the text of an error calls it.

    Returns
    -------
    ndarray, shape (n_samples, layout.n_dims)

    Raises
    ------
    ValueError
        If the shape does not match the layout, or a value is infinite.

    Examples
    --------
    >>> from neurospatial.layouts.track.from_graph import build_track_from_graph
    >>> track = build_track_from_graph({0: (0, 0), 1: (3, 4)}, [(0, 1)], 0.0, 1.0)
    >>> trajectory_coordinates(track.ribbon(), [2.5], "path")
    array([[1.5, 2. ]])
    >>> trajectory_coordinates(track, [[1.5, 2.0]], "path")
    array([[2.5]])
    """
    if is_3d(path):
        path = to_real_array(path, name)
        _log.info("%s has %d coordinates: two are drawn", name, path.shape[1])
        path = path[:, :2]
    if is_linear(layout) and np.ndim(path) == 2 and np.shape(path)[1] == 2:
        drawable = to_drawable_coordinates(layout, path, name)
        return linearize_positions(layout, drawable)[:, np.newaxis]
    if layout.n_dims == 1:
        return validate_positions(path, 1, name, least=1)
    return to_drawable_coordinates(layout, path, name)


def to_drawable_coordinates(layout: Layout, data: ArrayLike, name: str) -> NDArray[np.float64]:
    """Convert samples to the coordinates between which a path may be drawn straight.

    On a track these are the plane's: the arms of a maze meet in the plane, and
    lie far apart along the distance. The parameters are those of `trajectory_coordinates`.

    Returns
    -------
    ndarray, shape (n_samples, 2), or (n_samples, 1) for 1-D layouts with no place in the plane

    Raises
    ------
    ValueError
        If the shape does not match the layout, or a value is infinite.
    """
    places = to_real_array(data, name)
    if places.ndim == 1:
        places = places[:, np.newaxis]
    track = get_track(layout)
    if track is not None:
        if places.shape[1:] == (1,):
            return track.to_2d(validate_positions(places, 1, name, least=1)[:, 0])
        return validate_positions(places, 2, name, least=1)
    return validate_positions(places, layout.n_dims, name, least=1)


def to_world(layout: Layout, bounds: Bounds, places: NDArray[np.floating]) -> NDArray[np.float64]:
    """Convert places to world coordinates of the picture.

    Parameters
    ----------
    layout : Layout
    bounds : tuple of float
        World rectangle of the environment; of a line, distance by value.
    places : ndarray, shape (..., k)
        As `to_drawable_coordinates` gives them.

    Returns
    -------
    ndarray, shape (..., 2)
        On a line, the foot: distance, and the lower end of the value axis.
    """
    if layout.n_dims == 2:
        return np.asarray(places, dtype=np.float64)
    distance = np.asarray(places[..., 0], dtype=np.float64)
    if is_linear(layout):
        flat = np.asarray(places, dtype=np.float64).reshape(-1, 2)
        distance = linearize_positions(layout, flat).reshape(distance.shape)
    return np.stack([distance, np.full_like(distance, bounds[1])], axis=-1)
