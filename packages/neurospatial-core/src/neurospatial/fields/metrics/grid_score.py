"""The grid score: whether a map looks the same turned by 60 degrees, and not by 30."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.environment import Environment
from neurospatial.fields.metrics.autocorrelogram import compute_autocorrelogram
from neurospatial.fields.metrics.field_stack import require_plane

Floats = NDArray[np.float64]

_LOW = 0.2
"""Correlation at which the central peak has ended, as in Langston et al. (2010)."""

_MARGIN = 0.1
"""Of the shortest side: an annulus is at least that wide, and ends that far from the side.

Langston et al. took 10 cm in a box of 1 m.
"""

_DIRECTIONS = 120
"""Directions in a turn: 3 degrees apart, so that turns by 30 are whole steps."""

_ALIKE, _UNLIKE = (60, 120), (30, 90, 150)
"""Turns [degrees] after which a hexagonal grid is the same, and after which it is least so."""


def compute_grid_score(env: Environment, fields: ArrayLike) -> Floats:
    """Compute how much each map is a hexagonal grid, from -2 to 2.

    The autocorrelogram is turned about its middle. The score is the lower of
    its correlations with itself after 60 and 120 degrees, less the highest of
    those after 30, 90 and 150 (Sargolini et al., Science 312:758, 2006), over an
    annulus without the central peak. Of annuli whose outer radius grows by a
    bin the highest score counts (Langston et al., Science 328:1576, 2010), so
    that noise scores somewhat above zero: compare with shuffled spikes.

    Parameters
    ----------
    env : Environment
        In the plane; its bins are cells of one size on a grid.
    fields : array-like, shape (n_bins,) or (…, n_bins)
        Firing rates [Hz], smoothed; bins that are NaN count for nothing.

    Returns
    -------
    ndarray of float64, shape (…)
        NaN where there is no annulus: of a map that does not vary, or whose
        central peak fills the environment.

    Raises
    ------
    ValueError
        If the environment is no such plane, or the fields do not fit.

    Examples
    --------
    >>> env = Environment.from_mask(np.ones((40, 40), bool), [range(41), range(41)])
    >>> angles = np.radians([0, 60, 120])
    >>> waves = env.bin_centers @ np.array([np.cos(angles), np.sin(angles)]) * 0.6
    >>> float(compute_grid_score(env, np.cos(waves).sum(axis=1)).round(1))
    1.4
    """
    require_plane(env)
    likeness = compute_autocorrelogram(env, fields)
    images = likeness.reshape(-1, *likeness.shape[-2:])
    sizes = np.array(env.bin_size)
    side = float((sizes * (np.array(images.shape[1:]) + 1) / 2).min())
    radii = np.arange(0, (1 - _MARGIN) * side, float(sizes.min()))
    rings = _sample_rings(images, sizes, radii)
    scores = _compute_scores(rings, radii, _find_inner_ring(rings), _MARGIN * side)
    return scores.reshape(likeness.shape[:-2])


def _sample_rings(images: Floats, sizes: Floats, radii: Floats) -> Floats:
    """Sample pictures around their middle, shape (n, n_radii, n_directions)."""
    angles = 2 * np.pi * np.arange(_DIRECTIONS) / _DIRECTIONS
    directions = np.stack([np.cos(angles), np.sin(angles)])
    middle = (np.array(images.shape[1:]) - 1) / 2
    place = middle[:, None, None] + radii[:, None] * directions[:, None] / sizes[:, None, None]
    low = np.floor(place).astype(np.intp)
    low = np.minimum(low, np.array(images.shape[1:])[:, None, None] - 2)
    low = np.maximum(low, 0)
    share = place - low
    rings = np.zeros((len(images), *place.shape[1:]))
    for right in (0, 1):
        for up in (0, 1):
            weight = np.abs(1 - right - share[0]) * np.abs(1 - up - share[1])
            corner = images[:, low[0] + right, low[1] + up]
            # A corner without weight may be NaN: it counts for nothing.
            rings += np.where(weight > 0, weight * corner, 0.0)
    return rings


def _find_inner_ring(rings: Floats) -> NDArray[np.intp]:
    """Find the first ring (n,) without the central peak; n_radii where there is none.

    The peak ends where the mean along the ring is below 0.2 or at its first
    minimum, whichever is nearer.
    """
    known = ~np.isnan(rings)
    count = known.sum(axis=-1)
    sums = np.where(known, rings, 0.0).sum(axis=-1)
    profile = np.divide(sums, count, out=np.full(sums.shape, np.nan), where=count > 0)
    with np.errstate(invalid="ignore"):
        ends = profile < _LOW
        falls = profile[:, 1:-1] < profile[:, :-2]
        ends[:, 1:-1] |= falls & (profile[:, 1:-1] <= profile[:, 2:])
    return np.asarray(np.where(ends.any(axis=1), ends.argmax(axis=1), profile.shape[1]))


class _Sums(NamedTuple):
    """Sums over an annulus that ends at each ring, of one turn; each (n, n_radii)."""

    weight: Floats
    a: Floats
    b: Floats
    product: Floats
    a_squared: Floats
    b_squared: Floats

    def correlate(self) -> Floats:
        covariance = self.weight * self.product - self.a * self.b
        spread = (self.weight * self.a_squared - self.a**2) * (
            self.weight * self.b_squared - self.b**2
        )
        varies = spread > 0
        root = np.sqrt(np.where(varies, spread, 1.0))
        return np.where(varies, covariance / root, np.nan)


def _compute_scores(
    rings: Floats, radii: Floats, inner: NDArray[np.intp], narrowest: float
) -> Floats:
    """Compute the highest score over the annuli of each map, shape (n,)."""
    outside = np.arange(radii.size) >= inner[:, np.newaxis]
    turned = {
        degrees: _sum_annuli(rings, radii, outside, degrees).correlate()
        for degrees in (*_ALIKE, *_UNLIKE)
    }
    alike = np.minimum.reduce([turned[degrees] for degrees in _ALIKE])
    unlike = np.maximum.reduce([turned[degrees] for degrees in _UNLIKE])
    start = radii[np.minimum(inner, radii.size - 1)]
    wide = outside & (radii >= start[:, np.newaxis] + narrowest)
    scores = np.where(wide & ~np.isnan(alike - unlike), alike - unlike, -np.inf)
    best = scores.max(axis=1, initial=-np.inf)
    return np.where(np.isfinite(best), best, np.nan)


def _sum_annuli(rings: Floats, radii: Floats, outside: NDArray[np.bool_], degrees: int) -> _Sums:
    turned = np.roll(rings, degrees * _DIRECTIONS // 360, axis=-1)
    paired = ~(np.isnan(rings) | np.isnan(turned)) & outside[..., np.newaxis]
    one, two = np.where(paired, rings, 0.0), np.where(paired, turned, 0.0)
    # All rings have as many samples: a wide one stands for more of the plane.
    sums = (
        np.cumsum(radii * part.sum(axis=-1), axis=1)
        for part in (paired, one, two, one * two, one**2, two**2)
    )
    return _Sums(*sums)
