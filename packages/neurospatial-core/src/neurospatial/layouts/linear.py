"""What is done with any track: from the plane to distance, and between two samples."""

import numpy as np
from numpy.typing import NDArray

from neurospatial.layouts.protocol import Linear

Floats = NDArray[np.float64]


def linearize_positions(
    track: Linear, positions: Floats, max_distance: float | None = None
) -> Floats:
    """Compute the distance along a track of the place nearest to each position.

    Parameters
    ----------
    track : Linear
    positions : ndarray, shape (n_samples, 2)
        In the plane; NaN stays NaN.
    max_distance : float, optional
        Positions farther than this from the track become NaN.

    Returns
    -------
    ndarray, shape (n_samples,)
    """
    linear, away = track.project(positions)
    return linear if max_distance is None else np.where(away > max_distance, np.nan, linear)


def interpolate_along(track: Linear, before: Floats, after: Floats, fraction: Floats) -> Floats:
    """Interpolate between distances along a track.

    Where two lie on different edges the numbers between them belong to other
    edges or to none: the straight way is taken in the plane, and projected.

    Parameters
    ----------
    track : Linear
    before, after : ndarray, shape (n,)
        Distances along the axis.
    fraction : ndarray, shape (n,)
        How far from `before` to `after`, in [0, 1].

    Returns
    -------
    ndarray, shape (n,)
    """
    distance = before + fraction * (after - before)
    jumps = track.locate_edge(before) != track.locate_edge(after)
    begin, end = track.to_2d(before[jumps]), track.to_2d(after[jumps])
    places = begin + fraction[jumps, np.newaxis] * (end - begin)
    distance[jumps], _ = track.project(places)
    return np.asarray(distance)
