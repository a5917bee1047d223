"""Pearson's correlation of values in pairs, of which some are missing."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

CONSTANT = 1e-12
"""Deviation over the largest value: smaller ones are rounding."""


def correlate_pairs(a: Floats, b: Floats) -> Floats:
    """Correlate along the last axis, over the pairs in which neither is NaN.

    Parameters
    ----------
    a, b : ndarray, shapes (…, n) that go together

    Returns
    -------
    ndarray of float64, shape (…)
        NaN where there are less than two pairs, or either side is the same in all.

    Examples
    --------
    >>> correlate_pairs(np.array([1.0, 2.0, np.nan, 4.0]), np.array([2.0, 3.0, 0.0, 5.0]))
    array(1.)
    """
    paired = ~(np.isnan(a) | np.isnan(b))
    one, two = (standardize(np.broadcast_to(side, paired.shape), paired, -1) for side in (a, b))
    norm = np.sqrt((one**2).sum(axis=-1) * (two**2).sum(axis=-1))
    product = (one * two).sum(axis=-1)
    r = np.divide(product, norm, out=np.full(norm.shape, np.nan), where=norm > 0)
    return np.asarray(np.clip(r, -1, 1))


def standardize(values: Floats, mask: NDArray[np.bool_], axis: int | tuple[int, ...]) -> Floats:
    """Shift and scale values to mean 0 and largest deviation 1 along some axes.

    Values outside the mask become 0, and so do all where they are the same up
    to rounding.

    Examples
    --------
    >>> values = np.array([1.0, np.nan, 5.0])
    >>> standardize(values, ~np.isnan(values), 0)
    array([-1.,  0.,  1.])
    """
    values = np.where(mask, values, 0.0)
    # Over the largest, neither squares nor sums leave the range of a double.
    largest = np.abs(values).max(axis=axis, keepdims=True, initial=0.0)
    values = np.divide(values, largest, out=np.zeros(values.shape), where=largest > 0)
    count = np.maximum(mask.sum(axis=axis, keepdims=True), 1)
    above = np.where(mask, values - values.sum(axis=axis, keepdims=True) / count, 0.0)
    widest = np.abs(above).max(axis=axis, keepdims=True, initial=0.0)
    scaled = np.divide(above, widest, out=np.zeros(above.shape), where=widest > CONSTANT)
    return np.asarray(scaled)
