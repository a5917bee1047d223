"""Which bins of a track touch, and how well."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class TouchingBins:
    """Pairs of touching bins, each pair once.

    Parameters
    ----------
    first, second : ndarray of int, shape (n_links,)
    distance : ndarray, shape (n_links,)
        From middle to middle along the track.
    conductance : ndarray, shape (n_links,)
        Weight of diffusion.
    """

    first: NDArray[np.intp]
    second: NDArray[np.intp]
    distance: NDArray[np.float64]
    conductance: NDArray[np.float64]


def find_touching_bins(
    nodes: NDArray[np.intp],
    first_bin: NDArray[np.intp],
    bins_of_edge: NDArray[np.intp],
    lengths: NDArray[np.float64],
    active: NDArray[np.bool_],
) -> TouchingBins:
    """Link neighbours within each edge, and all that meet at a node.

    Parameters
    ----------
    nodes : ndarray of int, shape (n_edges, 2)
        Node at either end of each edge.
    first_bin, bins_of_edge : ndarray of int, shape (n_edges,)
        Where the edge's bins begin, and how many they are.
    lengths : ndarray, shape (n_bins,)
        Length of each bin.
    active : ndarray of bool, shape (n_bins,)
        The others are linked to nothing.

    Examples
    --------
    >>> one = np.ones(2, dtype=int)
    >>> nodes, lengths, both = np.array([[0, 1], [1, 2]]), np.array([2.0, 4.0]), np.ones(2, bool)
    >>> links = find_touching_bins(nodes, np.arange(2), one, lengths, both)
    >>> links.distance, links.conductance
    (array([3.]), array([0.33333333]))
    """
    last_bin = first_bin + bins_of_edge - 1
    inner = np.setdiff1d(np.arange(lengths.size), last_bin)
    inner = inner[active[inner] & active[inner + 1]]
    distance = (lengths[inner] + lengths[inner + 1]) / 2
    ends = np.stack([first_bin, last_bin], axis=1).ravel()
    order = np.argsort(nodes.ravel(), kind="stable")
    _, begins = np.unique(nodes.ravel()[order], return_index=True)
    pairs: list[tuple[int, int]] = []
    far: list[float] = []
    weight: list[float] = []
    for every in np.split(ends[order], begins[1:]):
        meeting = every[active[every]]
        half = lengths[meeting] / 2
        total = float((1 / half).sum())
        for one, two in combinations(range(len(meeting)), 2):
            pairs.append((int(meeting[one]), int(meeting[two])))
            far.append(float(half[one] + half[two]))
            weight.append(1 / float(half[one] * half[two]) / total)
    across = np.array(pairs, dtype=np.intp).reshape(-1, 2)
    return TouchingBins(
        np.concatenate([inner, across[:, 0]]),
        np.concatenate([inner + 1, across[:, 1]]),
        np.concatenate([distance, far]),
        np.concatenate([1 / distance, weight]),
    )
