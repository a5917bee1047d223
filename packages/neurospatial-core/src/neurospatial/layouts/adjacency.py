"""Pairs of neighbouring bins as a symmetric sparse matrix."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy import sparse


def build_symmetric_matrix(
    first: NDArray[np.intp], second: NDArray[np.intp], weight: NDArray[np.float64], n_bins: int
) -> "sparse.csr_array":
    """Build the (n_bins, n_bins) matrix that holds each pair's weight both ways.

    Examples
    --------
    >>> build_symmetric_matrix(np.array([0]), np.array([1]), np.array([2.5]), 2).toarray()
    array([[0. , 2.5],
           [2.5, 0. ]])
    """
    from scipy import sparse

    rows, columns = np.concatenate([first, second]), np.concatenate([second, first])
    weights = np.concatenate([weight, weight])
    matrix = sparse.coo_array((weights, (rows, columns)), shape=(n_bins, n_bins))
    return sparse.csr_array(matrix)
