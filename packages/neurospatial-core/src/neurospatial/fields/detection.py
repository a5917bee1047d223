"""The place fields in a firing rate map: contiguous bins of high rate."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.sparse import csgraph

from neurospatial.environment import Environment
from neurospatial.errors import explain
from neurospatial.layouts.periodic import average_places
from neurospatial.validate import to_number, to_real_array
from neurospatial.validate.numbers import Scalar


@dataclass(frozen=True, eq=False)
class DetectedField:
    """Contiguous bins in which a unit fires.

    Parameters
    ----------
    bins : ndarray of int, shape (n,)
        Ascending.
    peak_bin : int
        Bin of the highest rate; the first, where several are highest.
    peak : float
        That rate [Hz].
    size : float
        Length, area or volume of the bins together.
    centroid : ndarray, shape (n_dims,)
        Mean of the bins' centres, weighted by their rate and size; along the axis of
        a track.
    """

    bins: NDArray[np.intp]
    peak_bin: int
    peak: float
    size: float
    centroid: NDArray[np.float64]


def detect_fields(
    env: Environment, field: ArrayLike, *, fraction: float = 0.2
) -> tuple[DetectedField, ...]:
    """Find contiguous bins whose rate is at least a fraction of the map's peak.

    Bins are contiguous when they are neighbours in ``env.connectivity``, so
    never through a wall. Contiguous bins above a threshold are the fields of
    Muller, Kubie & Ranck, J. Neurosci. 7:1935, 1987.

    Parameters
    ----------
    env : Environment
        The bins.
    field : array-like, shape (n_bins,)
        Firing rate [Hz]; bins that are NaN are in no field.
    fraction : float
        Of the peak, above 0 and at most 1.

    Returns
    -------
    tuple of DetectedField
        From the highest peak down; empty for a unit that never fired.

    Raises
    ------
    ValueError
        If the field has another shape, or the fraction is not in (0, 1].

    Examples
    --------
    >>> env = Environment.from_mask([[True] * 5], [[0, 1], [0, 1, 2, 3, 4, 5]])
    >>> found = detect_fields(env, [4.0, 9.0, 0.0, 3.0, 0.0])
    >>> [(one.bins.tolist(), one.peak) for one in found]
    [([0, 1], 9.0), ([3], 3.0)]
    >>> found[1].size, found[1].centroid
    (1.0, array([0.5, 3.5]))
    """
    rates = to_real_array(field, "field")
    share = _validate_field(rates, env.n_bins, fraction)
    peak = float(np.nanmax(rates, initial=0.0))
    if peak <= 0:
        return ()
    high = np.flatnonzero(rates >= share * peak)
    links = sparse.csr_array(env.connectivity)[high][:, high]
    n_labels, label = csgraph.connected_components(links, directed=False)
    order = np.argsort(label, kind="stable")
    starts = np.searchsorted(label[order], np.arange(1, n_labels))
    found = [_make_detected_field(env, rates, high[part]) for part in np.split(order, starts)]
    return tuple(sorted(found, key=lambda one: (-one.peak, one.peak_bin)))


def _make_detected_field(
    env: Environment, rates: NDArray[np.float64], bins: NDArray[np.intp]
) -> DetectedField:
    top = int(bins[np.argmax(rates[bins])])
    peak, sizes = float(rates[top]), env.layout.bin_measures[bins]
    # Over the peak: weights of any rates then stay in the range of a double.
    weights = rates[bins] / peak * sizes
    centroid = average_places(env.layout, env.bin_centers[bins], weights)
    return DetectedField(bins, top, peak, float(sizes.sum()), centroid)


def _validate_field(rates: NDArray[np.float64], n_bins: int, fraction: Scalar) -> float:
    share = to_number(fraction)
    if rates.shape != (n_bins,):
        problem = f"field has shape {rates.shape}, expected ({n_bins},)."
        way = "Pass one field at a time: fields[0]."
    elif np.isinf(rates).any():
        problem = "field holds infinite rates."
        way = "Set them to NaN: field[np.isinf(field)] = np.nan."
    elif not isinstance(share, (int, float)) or not 0 < share <= 1:
        problem = f"fraction is {share!r}."
        way = "Pass a fraction of the peak above 0 and at most 1: fraction=0.2."
    else:
        return float(share)
    why = "A field is made of the bins whose rate is at least a fraction of the highest."
    raise ValueError(explain(problem, why, [way]))
