"""How much a firing rate map says of place."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.validate import to_real_array

Floats = NDArray[np.float64]


def spatial_information(field: ArrayLike, occupancy: ArrayLike) -> Floats:
    """Compute how much a spike says of place [bits/spike].

    ``Σ pᵢ (λᵢ/λ) log₂(λᵢ/λ)`` with pᵢ the share of time in bin i, λᵢ the rate
    there and λ the mean rate (Skaggs, McNaughton, Gothard & Markus, NIPS
    5:1030, 1993). It is zero for a flat map.

    Parameters
    ----------
    field : array-like, shape (n_bins,) or (n_fields, n_bins)
        Firing rates [Hz]; bins that are NaN count for nothing.
    occupancy : array-like, shape (n_bins,)
        Time spent in each bin [s], as `Environment.occupancy` gives it.

    Returns
    -------
    ndarray of float64, shape () or (n_fields,)
        NaN for a unit that never fired.

    Raises
    ------
    ValueError
        If shapes do not fit, or a rate or a time is negative or infinite.

    Examples
    --------
    >>> spatial_information([8.0, 0.0, 0.0, 0.0], [1.0, 1.0, 1.0, 1.0])
    array(2.)
    """
    share, ratio = _compute_relative_rates(field, occupancy)
    # A bin without spikes adds nothing: x log x tends to 0.
    log = np.log2(ratio, out=np.zeros(ratio.shape), where=~(ratio == 0))
    return np.asarray((share * ratio * log).sum(axis=-1))


def sparsity(field: ArrayLike, occupancy: ArrayLike) -> Floats:
    """Compute over which share of the environment a unit fires, from 0 to 1.

    ``(Σ pᵢ λᵢ)² / Σ pᵢ λᵢ²`` with pᵢ the share of time in bin i and λᵢ the rate
    there (Skaggs, McNaughton, Wilson & Barnes, Hippocampus 6:149, 1996). It is
    one for a flat map. Parameters, NaN and errors are those of
    `spatial_information`.

    Returns
    -------
    ndarray of float64, shape () or (n_fields,)

    Examples
    --------
    >>> sparsity([8.0, 0.0, 0.0, 0.0], [1.0, 1.0, 1.0, 1.0])
    array(0.25)
    """
    share, ratio = _compute_relative_rates(field, occupancy)
    return np.asarray(1 / (share * ratio**2).sum(axis=-1))


def _compute_relative_rates(field: ArrayLike, occupancy: ArrayLike) -> tuple[Floats, Floats]:
    """Share of time in each bin, and its rate over the mean rate, (…, n_bins)."""
    rates, times = _validate_field(field, occupancy)
    valid = ~np.isnan(rates)
    rates = np.where(valid, rates, 0.0)
    # Scaled by the peak, neither squares nor sums leave the range of a double.
    peak = rates.max(axis=-1, keepdims=True, initial=0.0)
    rates = np.divide(rates, peak, out=np.full(rates.shape, np.nan), where=peak > 0)
    times = times * valid
    total = times.sum(axis=-1, keepdims=True)
    share = np.divide(times, total, out=np.full(times.shape, np.nan), where=total > 0)
    mean = (share * rates).sum(axis=-1, keepdims=True)
    return share, np.divide(rates, mean, out=np.full(rates.shape, np.nan), where=mean > 0)


def _validate_field(field: ArrayLike, occupancy: ArrayLike) -> tuple[Floats, Floats]:
    rates, times = to_real_array(field, "field"), to_real_array(occupancy, "occupancy")
    if times.ndim != 1 or rates.ndim not in (1, 2) or rates.shape[-1] != times.size:
        problem = f"field has shape {rates.shape}, occupancy has shape {times.shape}."
    elif (rates < 0).any() or np.isinf(rates).any():
        problem = f"field runs from {np.nanmin(rates):g} to {np.nanmax(rates):g}."
    elif not (np.isfinite(times) & (times >= 0)).all():
        wrong = times[~(np.isfinite(times) & (times >= 0))][0]
        problem = f"occupancy holds {wrong:g}."
    else:
        return rates, times
    raise ValueError(
        explain(
            problem,
            "Each bin has a rate [Hz] and the time spent there [s], neither below zero.",
            [
                "Pass fields of shape (n_bins,) or (n_fields, n_bins) and "
                "env.occupancy(times, positions).",
                "Set bins without a rate to NaN.",
            ],
        )
    )
