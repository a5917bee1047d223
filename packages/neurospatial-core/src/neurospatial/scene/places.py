"""From coordinates as they were recorded to places on the picture."""

import logging

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain, listed
from neurospatial.layouts import Layout, get_track, is_linear
from neurospatial.layouts.linear import linearize_positions
from neurospatial.scene.raster import Bounds

_log = logging.getLogger("neurospatial")


def checked_places(
    data: ArrayLike, n_dims: int, name: str = "Overlay data"
) -> NDArray[np.float64]:
    """Give coordinates as (n_samples, n_dims), or raise.

    Parameters
    ----------
    data : array-like, shape (n_samples, n_dims)
        NaN marks a gap.
    n_dims : int
        Of the environment.
    name : str
        What the text of an error calls them.

    Raises
    ------
    ValueError
        If the shape does not match the environment, or a value is infinite.

    Examples
    --------
    >>> checked_places([[1, 2], [3, 4]], 2)
    array([[1., 2.],
           [3., 4.]])
    """
    places = np.asarray(data, dtype=np.float64)
    if places.ndim != 2 or places.shape[1] != n_dims or not len(places):
        raise ValueError(
            explain(
                f"{name} has incorrect shape.\n"
                f"  Expected: (n_samples, {n_dims}) for {n_dims}D environment\n"
                f"  Got: {places.shape}",
                f"Coordinate dimensionality must match environment.n_dims = {n_dims}.",
                [
                    "Pass one row of coordinates per sample.",
                    "Project 3D data to 2D: data[:, :2]",
                    "Recreate the environment with matching dimensions.",
                ],
            )
        )
    _check_finite(places, name)
    return places


def _check_finite(places: NDArray[np.float64], name: str) -> None:
    infinite = np.isinf(places)
    if not infinite.any():
        return
    wrong = np.flatnonzero(infinite.any(axis=1))
    first = int(wrong[0])
    raise ValueError(
        explain(
            f"{name}: found {len(wrong)} samples with Inf values at indices: {listed(wrong)}.\n"
            f"  First invalid value at index {first}: {places[first].tolist()}",
            "Nothing can be placed at infinity; NaN marks a gap.",
            [
                "Mask invalid values: data[~np.isfinite(data)] = np.nan",
                "Remove invalid samples: keep = np.isfinite(data).all(axis=1); "
                "data = data[keep]; times = times[keep]",
            ],
        )
    )


def in_space(path: ArrayLike) -> bool:
    """Whether a path has more than two coordinates.

    Examples
    --------
    >>> in_space([[1, 2, 3]]), in_space([[1, 2]]), in_space([1, 2, 3])
    (True, False, False)
    """
    return np.ndim(path) == 2 and np.shape(path)[1] > 2


def path_on(layout: Layout, path: ArrayLike, name: str) -> NDArray[np.float64]:
    """Give a path in the coordinates of the layout that is drawn.

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
    >>> path_on(track.ribbon(), [2.5], "path")
    array([[1.5, 2. ]])
    >>> path_on(track, [[1.5, 2.0]], "path")
    array([[2.5]])
    """
    if in_space(path):
        path = np.asarray(path, dtype=np.float64)
        _log.info("%s has %d coordinates: two are drawn", name, path.shape[1])
        path = path[:, :2]
    if is_linear(layout) and np.ndim(path) == 2 and np.shape(path)[1] == 2:
        return linearize_positions(layout, sampled_places(layout, path, name))[:, np.newaxis]
    if layout.n_dims == 1:
        distance = np.asarray(path, dtype=np.float64)
        return checked_places(distance[:, np.newaxis] if distance.ndim == 1 else distance, 1, name)
    return sampled_places(layout, path, name)


def sampled_places(layout: Layout, data: ArrayLike, name: str) -> NDArray[np.float64]:
    """Give samples in the coordinates between which a path may be drawn straight.

    On a track these are the plane's: the arms of a maze meet in the plane, and
    lie far apart along the distance. The parameters are those of `path_on`.

    Returns
    -------
    ndarray, shape (n_samples, 2), or (n_samples, 1) for 1-D layouts with no place in the plane

    Raises
    ------
    ValueError
        If the shape does not match the layout, or a value is infinite.
    """
    places = np.asarray(data, dtype=np.float64)
    if places.ndim == 1:
        places = places[:, np.newaxis]
    track = get_track(layout)
    if track is not None:
        if places.shape[1:] == (1,):
            return track.to_2d(checked_places(places, 1, name)[:, 0])
        return checked_places(places, 2, name)
    return checked_places(places, layout.n_dims, name)


def on_picture(
    layout: Layout, bounds: Bounds, places: NDArray[np.floating]
) -> NDArray[np.float64]:
    """Give places in world coordinates of the picture.

    Parameters
    ----------
    layout : Layout
    bounds : tuple of float
        World rectangle of the environment; of a line, distance by value.
    places : ndarray, shape (..., k)
        As `sampled_places` gives them.

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
