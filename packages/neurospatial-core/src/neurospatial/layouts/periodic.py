"""Coordinates on an axis that begins again: steps and places by the shortest way."""

import numpy as np
from numpy.typing import NDArray

from neurospatial.layouts.protocol import Layout, is_periodic

Floats = NDArray[np.float64]


def shorten_steps(layout: Layout, steps: Floats) -> Floats:
    """Take steps between coordinates the shorter way around, of a layout with a seam.

    Parameters
    ----------
    layout : Layout
    steps : ndarray
        Differences of coordinates.

    Returns
    -------
    ndarray
        Within half a period; of a layout without one, the steps as they are.

    Examples
    --------
    >>> from neurospatial.layouts import Circle
    >>> shorten_steps(Circle(np.ones(4, bool)), np.array([0.5, 2 * np.pi - 0.5])).round(6)
    array([ 0.5, -0.5])
    """
    if not is_periodic(layout):
        return steps
    with np.errstate(invalid="ignore"):
        return np.asarray(steps - layout.period * np.round(steps / layout.period))


def wrap_places(layout: Layout, places: Floats) -> Floats:
    """Bring coordinates into the bounds of a layout with a seam; others stay as they are.

    Examples
    --------
    >>> from neurospatial.layouts import Circle
    >>> wrap_places(Circle(np.ones(4, bool)), np.array([[-1.0], [1.0]])).round(4)
    array([[5.2832],
           [1.    ]])
    """
    if not is_periodic(layout):
        return places
    [(low, _)] = layout.bounds
    with np.errstate(invalid="ignore"):
        return np.asarray(low + np.mod(places - low, layout.period))


def average_places(layout: Layout, places: Floats, weights: Floats) -> Floats:
    """Average coordinates with weights; around a seam, the direction of their mean vector.

    Parameters
    ----------
    layout : Layout
    places : ndarray, shape (n_places, n_dims)
    weights : ndarray, shape (…, n_places)
        Not negative, with a sum above 0.

    Returns
    -------
    ndarray, shape (…, n_dims)
        Of vectors that cancel each other, any place.

    Examples
    --------
    >>> from neurospatial.layouts import Circle
    >>> circle = Circle(np.ones(6, bool))
    >>> average_places(circle, np.array([[0.1], [6.1]]), np.ones(2)).round(4)
    array([6.2416])
    """
    if not is_periodic(layout):
        return np.asarray(weights @ places / weights.sum(axis=-1, keepdims=True))
    turn = 2 * np.pi / layout.period
    angles = places * turn
    mean = np.arctan2(weights @ np.sin(angles), weights @ np.cos(angles))
    return wrap_places(layout, mean / turn)


def unwrap_places(layout: Layout, places: Floats) -> Floats:
    """Lay a path (n_samples, n_dims) out without jumps at a seam; NaN stays NaN.

    Examples
    --------
    >>> from neurospatial.layouts import Circle
    >>> path = np.array([[6.0], [np.nan], [0.5]])
    >>> unwrap_places(Circle(np.ones(4, bool)), path).ravel().round(4)
    array([6.    ,    nan, 6.7832])
    """
    if not is_periodic(layout):
        return places
    path = places.copy()
    known = np.isfinite(places[:, 0])
    path[known] = np.unwrap(places[known], period=layout.period, axis=0)
    return path
