"""Many points, a block of them at a time."""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

_BLOCK = 16_384
"""Points in a block: what is computed on the way stays in the processor's cache."""


def iter_blocks(n_points: int) -> Iterator[slice]:
    """Yield the slices that cut points into blocks, in order; none where there are no points.

    Examples
    --------
    >>> list(iter_blocks(20_000))
    [slice(0, 16384, None), slice(16384, 32768, None)]
    """
    return (slice(start, start + _BLOCK) for start in range(0, n_points, _BLOCK))


def locate_by_block(
    points: NDArray[np.float64],
    locate_block: Callable[[NDArray[np.float64]], NDArray[np.intp]],
) -> NDArray[np.intp]:
    """Find the bin of each point with a function that is handed one block after another.

    Parameters
    ----------
    points : ndarray, shape (n_points, n_dims)
    locate_block : callable
        Finds the bin of each point of a block, shape (n, n_dims) to (n,).

    Returns
    -------
    ndarray of int, shape (n_points,)

    Examples
    --------
    >>> locate_by_block(np.array([[0.5], [2.5]]), lambda block: block[:, 0].astype(np.intp))
    array([0, 2])
    """
    bins = np.empty(len(points), dtype=np.intp)
    for block in iter_blocks(len(points)):
        bins[block] = locate_block(points[block])
    return bins
