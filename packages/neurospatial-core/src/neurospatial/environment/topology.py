"""Which bins lie beside one, at the border, in one piece."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.layouts import Layout
from neurospatial.validate import to_indices

Bins = NDArray[np.intp]

_ROUNDING = 1e-9
"""Of a perimeter: what is not shared of it, if shorter than this, is rounding."""


def find_neighbors(layout: Layout, bin: int) -> Bins:
    """Find the bins beside one, ascending: `Environment.neighbors`."""
    from scipy import sparse

    links = sparse.csr_array(layout.adjacency)
    return np.sort(links.indices[links.indptr[bin] : links.indptr[bin + 1]]).astype(np.intp)


def find_boundary_bins(layout: Layout) -> Bins:
    """Find the bins with a side that they share with no other: `Environment.boundary_bins`."""
    return np.flatnonzero(_find_border(layout))


def label_components(layout: Layout) -> Bins:
    """Label each bin by the connected piece it is in: `Environment.components`."""
    from scipy.sparse import csgraph

    _, labels = csgraph.connected_components(layout.adjacency, directed=False)
    return np.asarray(labels, dtype=np.intp)


def validate_bins(bins: ArrayLike, n_bins: int) -> Bins:
    """Validate bins given as numbers, ascending or not, or as a mask (n_bins,) of those.

    Raises
    ------
    ValueError
        If they are not whole numbers from 0 to n_bins - 1, or a mask has another shape.

    Examples
    --------
    >>> validate_bins([True, False, True], 3), validate_bins([2, 0], 3)
    (array([0, 2]), array([2, 0]))
    """
    array = to_indices(bins, "bins")
    if array.dtype == bool and array.shape == (n_bins,):
        return np.flatnonzero(array)
    if array.ndim == 1 and not array.size:
        return np.empty(0, dtype=np.intp)
    if array.ndim != 1 or array.dtype.kind not in "iu":
        problem = f"bins have shape {array.shape} and dtype {array.dtype}."
    elif (array < 0).any() or (array >= n_bins).any():
        wrong = array[(array < 0) | (array >= n_bins)]
        problem = f"There is no bin {wrong[0]}."
    else:
        return array.astype(np.intp)
    raise ValueError(
        explain(
            problem,
            f"The bins of this environment are numbered 0 to {n_bins - 1}.",
            [
                "Pass whole numbers, shape (n,): env.bin_at(points) gives them, -1 for none.",
                f"Pass a mask: True and False, shape ({n_bins},).",
            ],
        )
    )


def _find_border(layout: Layout) -> NDArray[np.bool_]:
    from scipy import sparse

    links = sparse.csr_array(layout.conductances)
    touching = np.diff(links.indptr)
    if layout.n_dims != 2:
        return np.asarray(touching < 2 * layout.n_dims)
    # A conductance is the shared side over the distance: times it, they sum to the perimeter.
    shared = np.asarray(links.multiply(layout.adjacency).sum(axis=1)).ravel()
    return np.asarray(shared < _compute_perimeters(layout.bin_polygons) * (1 - _ROUNDING))


def _compute_perimeters(rings: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    corners = np.concatenate(rings)
    first = np.cumsum([0, *map(len, rings)])
    after = np.arange(1, len(corners) + 1)
    after[first[1:] - 1] = first[:-1]
    sides = np.linalg.norm(corners[after] - corners, axis=1)
    return np.asarray(np.add.reduceat(sides, first[:-1]), dtype=np.float64)
