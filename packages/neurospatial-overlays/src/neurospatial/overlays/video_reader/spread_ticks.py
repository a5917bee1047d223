"""Times of pictures that follow each other faster than the clock of their file ticks."""

import numpy as np
from numpy.typing import NDArray

from neurospatial.overlays.video_reader.packets import Ints


def spread_ticks(ticks: Ints) -> NDArray[np.float64]:
    """Spread pictures that share a time, so that each has one of its own.

    A container's clock may be coarser than the camera's: Matroska's ticks are
    milliseconds. Stamps that are those of a constant rate, rounded, become that rate's;
    others of one tick are spread evenly over it.

    Parameters
    ----------
    ticks : ndarray of int64, shape (n_frames,)
        Never falling.

    Returns
    -------
    ndarray of float64, shape (n_frames,)
        Strictly increasing [ticks], none moved by more than one.

    Examples
    --------
    >>> spread_ticks(np.array([0, 0, 1, 1, 2]))
    array([0. , 0.5, 1. , 1.5, 2. ])
    >>> spread_ticks(np.array([0, 0, 9, 30]))
    array([ 0. ,  0.5,  9. , 30. ])
    """
    if np.all(ticks[1:] > ticks[:-1]):
        return ticks.astype(np.float64)
    even = np.linspace(ticks[0], ticks[-1], len(ticks))
    if np.abs(even - ticks).max() <= 1:
        return even
    distinct, first, count = np.unique(ticks, return_index=True, return_counts=True)
    rank = np.arange(len(ticks)) - np.repeat(first, count)
    return np.repeat(distinct, count) + rank / np.repeat(count, count)
