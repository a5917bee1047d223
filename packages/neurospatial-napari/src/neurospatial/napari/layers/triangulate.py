"""Polygons cut into triangles."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def triangulate_polygons(
    polygons: Sequence[NDArray[np.float64]],
) -> tuple[NDArray[np.float64], NDArray[np.intp], NDArray[np.intp]]:
    """Cut convex polygons into fans of triangles.

    Parameters
    ----------
    polygons : sequence of ndarray
        Vertices of each bin, one open ring (n_vertices, 2) a bin.

    Returns
    -------
    vertices : ndarray, shape (n_vertices, 2)
    triangles : ndarray of int, shape (n_triangles, 3)
        Numbers of vertices.
    owner : ndarray of int, shape (n_vertices,)
        Polygon that a vertex belongs to.

    Examples
    --------
    >>> square = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
    >>> triangulate_polygons([square])[1]
    array([[0, 1, 2],
           [0, 2, 3]])
    """
    sizes = np.array([len(polygon) for polygon in polygons])
    first = np.cumsum(sizes) - sizes
    each = np.repeat(first, sizes - 2)
    step = np.arange(len(each)) - np.repeat(np.cumsum(sizes - 2) - (sizes - 2), sizes - 2)
    triangles = np.stack([each, each + step + 1, each + step + 2], axis=1)
    return np.concatenate(polygons), triangles, np.repeat(np.arange(len(sizes)), sizes)
