"""Spatial coherence: how well the rate in a bin is foretold by those around it."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from neurospatial.environment import Environment
from neurospatial.fields.metrics.field_stack import to_field_stack
from neurospatial.fields.metrics.pearson import correlate_pairs


def compute_coherence(env: Environment, fields: ArrayLike) -> NDArray[np.float64]:
    """Correlate the rate in each bin with the mean rate of its neighbours, from -1 to 1.

    It measures how smooth a map is (Muller & Kubie, J. Neurosci. 9:4101, 1989),
    so that it means something of maps that were not smoothed, those of
    ``method="binned"``. Muller & Kubie report ``np.arctanh`` of it.

    Parameters
    ----------
    env : Environment
        The bins; neighbours are those of ``env.connectivity``, eight in a grid
        that connects them diagonally.
    fields : array-like, shape (n_bins,) or (…, n_bins)
        Firing rates [Hz]; bins that are NaN count for nothing.

    Returns
    -------
    ndarray of float64, shape (…)
        NaN of a map that does not vary.

    Raises
    ------
    ValueError
        If the fields do not fit.

    Examples
    --------
    >>> env = Environment.from_mask([[True] * 5], [[0, 1], range(6)])
    >>> compute_coherence(env, [[1.0, 2.0, 3.0, 4.0, 5.0], [9.0, 1.0, 9.0, 1.0, 9.0]])
    array([ 0.9486833, -1.       ])
    """
    stack, leading = to_field_stack(env, fields)
    links = sparse.csr_array(env.connectivity).astype(bool).astype(np.float64)
    known = ~np.isnan(stack)
    # The links are symmetric, and a sparse matrix stands on the left.
    count = np.asarray(links @ known.T.astype(np.float64)).T
    sums = np.asarray(links @ np.where(known, stack, 0.0).T).T
    around = np.divide(sums, count, out=np.full(sums.shape, np.nan), where=count > 0)
    return correlate_pairs(stack, around).reshape(leading)
