"""How far bins are from one another: straight on, and along a track."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csgraph

from neurospatial.layouts import Layout, is_linear
from neurospatial.layouts.periodic import shorten_steps


def compute_bin_distances(layout: Layout, bins: NDArray[np.intp]) -> NDArray[np.float64]:
    """Compute the distance of every bin from some: along a track, elsewhere straight on.

    Around a circle it is the shorter arc.

    Parameters
    ----------
    layout : Layout
    bins : ndarray of int, shape (n,)

    Returns
    -------
    ndarray, shape (n, n_bins)
        From centre to centre; infinite where a track leads from one to the other nowhere.

    Examples
    --------
    >>> from neurospatial.layouts import RegularGrid
    >>> compute_bin_distances(RegularGrid((np.arange(4.0),), np.ones(3, bool)), np.array([2]))
    array([[2., 1., 0.]])
    """
    if is_linear(layout):
        return np.asarray(csgraph.dijkstra(layout.adjacency, indices=bins))
    centers = layout.bin_centers
    apart = shorten_steps(layout, centers[bins, np.newaxis] - centers)
    return np.asarray(np.linalg.norm(apart, axis=2))


def compute_distances_along(
    layout: Layout, one: NDArray[np.float64], other: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Compute the distance from places to places, pair by pair, shape (n,).

    On a track it is that along it: on one edge of it exactly, else from bin to bin.

    Parameters
    ----------
    layout : Layout
    one, other : ndarray, shape (n, n_dims)
        NaN where there is none.
    """
    apart: NDArray[np.float64] = np.linalg.norm(shorten_steps(layout, one - other), axis=1)
    if not is_linear(layout) or not apart.size:
        return apart
    bins, to = layout.locate(one), layout.locate(other)
    in_bins = (bins >= 0) & (to >= 0)
    edges = [layout.locate_edge(places[in_bins, 0]) for places in (one, other)]
    across = np.flatnonzero(in_bins)[edges[0] != edges[1]]
    sources, row = np.unique(bins[across], return_inverse=True)
    apart[across] = compute_bin_distances(layout, sources)[row, to[across]]
    return apart
