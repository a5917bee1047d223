"""The population of one frame against that of another, for every two frames."""

import numpy as np
from numpy.typing import NDArray

from neurospatial.fields.metrics.pearson import CONSTANT, standardize

Floats = NDArray[np.float64]

_VALUES_AT_ONCE = 2_000_000
"""Correlations held together, with the six sums of each: 100 MB."""


def correlate_frames(a: Floats, b: Floats) -> Floats:
    """Correlate the population vectors of each two frames, and take the mean over the bins.

    Parameters
    ----------
    a, b : ndarray, shapes (n_units, n_frames_a, n_bins) and (n_units, n_frames_b, n_bins)

    Returns
    -------
    ndarray of float64, shape (n_frames_a, n_frames_b)

    Examples
    --------
    >>> a = np.array([[[1.0], [3.0]], [[2.0], [2.0]], [[3.0], [1.0]]])
    >>> correlate_frames(a, a)
    array([[ 1., -1.],
           [-1.,  1.]])
    """
    shape = (a.shape[1], b.shape[1])
    at_once = max(1, _VALUES_AT_ONCE // max(1, max(shape) * max(*shape, len(a))))
    sums, count = np.zeros(shape), np.zeros(shape)
    for first in range(0, a.shape[2], at_once):
        some = slice(first, first + at_once)
        rows = np.ascontiguousarray(a[..., some].transpose(2, 1, 0))
        columns = np.ascontiguousarray(b[..., some].transpose(2, 0, 1))
        vectors = _correlate_in_bins(rows, columns)
        known = ~np.isnan(vectors)
        sums += np.where(known, vectors, 0.0).sum(axis=0)
        count += known.sum(axis=0)
    mean = np.divide(sums, count, out=np.full(shape, np.nan), where=count > 0)
    return np.asarray(mean)


def _correlate_in_bins(a: Floats, b: Floats) -> Floats:
    """Correlate rows (n_bins, n_a, n_units) with columns (n_bins, n_units, n_b) of each bin.

    The sums over the units that both have are products of matrices, with zeros and
    a mask for those that are missing.
    """
    left, right = ~np.isnan(a), ~np.isnan(b)
    x, y = standardize(a, left, 2), standardize(b, right, 1)
    m, n = left.astype(np.float64), right.astype(np.float64)
    count, sum_x, sum_y = m @ n, x @ n, m @ y
    spread_x, spread_y = count * (x**2 @ n) - sum_x**2, count * (m @ y**2) - sum_y**2
    varies = np.minimum(spread_x, spread_y) > CONSTANT * count**2
    root = np.sqrt(np.where(varies, spread_x * spread_y, 1.0))
    r = np.clip((count * (x @ y) - sum_x * sum_y) / root, -1, 1)
    return np.where(varies, r, np.nan)
