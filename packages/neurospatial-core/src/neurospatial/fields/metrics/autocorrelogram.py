"""The spatial autocorrelogram: how a map resembles itself, shifted."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.environment import Environment
from neurospatial.fields.metrics.field_stack import to_image_stack
from neurospatial.fields.metrics.pearson import standardize

Floats = NDArray[np.float64]

MIN_OVERLAP = 20
"""Bins that have to overlap at a lag, as in Sargolini et al. (2006)."""

_CONSTANT = 1e-10
"""Variance where maps overlap over that of the whole: less is rounding of the transform."""

_VALUES_AT_ONCE = 1_000_000
"""Values of pictures transformed together: each has about ten arrays of its size, 80 MB."""


def compute_autocorrelogram(env: Environment, fields: ArrayLike) -> Floats:
    """Correlate each map with itself at every shift along the axes of the grid.

    At each lag it is Pearson's correlation over the bins that overlap and have
    a value on both sides (Sargolini et al., Science 312:758, 2006, after
    Hafting et al., Nature 436:801, 2005).

    Parameters
    ----------
    env : Environment
        Its bins are cells of one size on a grid, in any number of dimensions.
    fields : array-like, shape (n_bins,) or (…, n_bins)
        Firing rates [Hz], or other values; bins that are NaN count for nothing.

    Returns
    -------
    ndarray of float64, shape (…, 2 n_x - 1, 2 n_y - 1)
        One at the middle, the lag zero; lags are a bin apart, in x along the
        first of these axes. NaN where less than 20 bins overlap, or the values
        there do not vary.

    Raises
    ------
    ValueError
        If the bins are not cells of a grid, all alike, or the fields do not fit.

    Examples
    --------
    >>> env = Environment.from_mask(np.ones((8, 6), bool), [range(9), range(7)])
    >>> stripes = np.cos(np.pi * env.bin_centers[:, 0])
    >>> likeness = compute_autocorrelogram(env, np.sin(np.pi * env.bin_centers[:, 0]))
    >>> likeness.shape, likeness[6:9, 5].round(6)
    ((15, 11), array([-1.,  1., -1.]))
    """
    images, leading = to_image_stack(env, fields)
    lags = tuple(2 * size - 1 for size in images.shape[1:])
    result = np.empty((len(images), *lags))
    at_once = max(1, _VALUES_AT_ONCE // int(np.prod(lags)))
    for first in range(0, len(images), at_once):
        block = slice(first, first + at_once)
        result[block] = _correlate_lags(images[block])
    return result.reshape(*leading, *lags)


def _correlate_lags(images: Floats) -> Floats:
    """Correlate each picture (n, n_x, …) with itself by sums over the overlap."""
    axes = tuple(range(1, images.ndim))
    known = ~np.isnan(images)
    if (known == known[:1]).all():
        known = known[:1]
    values = standardize(images, known, axes)
    lengths = [_find_fast_length(2 * size - 1) for size in images.shape[1:]]
    mask, first, second = (
        np.fft.rfftn(one, lengths, axes) for one in (known.astype(np.float64), values, values**2)
    )

    def sum_overlap(spectrum: NDArray[np.complex128]) -> Floats:
        """Sum over the bins that overlap, at each lag from the most negative up."""
        return _cut_lags(np.fft.irfftn(spectrum, lengths, axes), images.shape[1:])

    count = np.round(sum_overlap(mask * mask.conj()))
    products = sum_overlap(first * first.conj())
    sums, squares = sum_overlap(first * mask.conj()), sum_overlap(second * mask.conj())
    spread = count * squares - sums**2
    # What lies under the shifted map at a lag is what is shifted at the opposite lag.
    norm = np.sqrt(np.maximum(spread, 0) * np.maximum(np.flip(spread, axes), 0))
    least = _CONSTANT * count * (values**2).sum(axis=axes, keepdims=True)
    varies = (count >= MIN_OVERLAP) & (spread > least) & (np.flip(spread, axes) > least)
    covariance = count * products - sums * np.flip(sums, axes)
    r = np.divide(covariance, norm, out=np.full(norm.shape, np.nan), where=varies)
    return np.asarray(np.clip(r, -1, 1))


def _find_fast_length(least: int) -> int:
    """Find the shortest length, even and at least so long, that is transformed fast.

    One without a prime factor above 5. scipy.fft knows it too, and takes longer to
    import than a hundred maps to transform.
    """
    length = least + least % 2
    while True:
        rest = length
        for prime in (2, 3, 5):
            while rest % prime == 0:
                rest //= prime
        if rest == 1:
            return length
        length += 2


def _cut_lags(sums: Floats, sizes: tuple[int, ...]) -> Floats:
    """Order the lags of a circular correlation, and keep those that overlap."""
    for axis, size in enumerate(sizes, 1):
        sums = np.take(sums, np.arange(1 - size, size), axis=axis, mode="wrap")
    return sums
