"""What the rate maps of a file say of each unit, in lines."""

import numpy as np
from numpy.typing import NDArray

from neurospatial import compute_border_score, compute_coherence, compute_grid_score
from neurospatial.fields import spatial_information
from neurospatial.nwb.results.rate_maps_read import RateMaps

Floats = NDArray[np.float64]

_ROUNDING = 1e-6
"""Of a width: grids have bins of one size up to this."""


def describe_rate_maps(maps: RateMaps) -> list[tuple[str, str]]:
    """Describe each unit of a table by the metrics of its map.

    Grid and border score are of maps in the plane whose bins have one size.

    Raises
    ------
    ValueError
        If the maps hold what are no rates.
    """
    known = ~np.isnan(maps.fields)
    peaks = np.max(maps.fields, axis=1, initial=-np.inf, where=known)
    told: list[tuple[str, Floats, str]] = [
        ("peak", np.where(known.any(axis=1), peaks, np.nan), " Hz")
    ]
    if maps.occupancy is not None:
        times = np.nan_to_num(maps.occupancy)
        bits = [spatial_information(*one) for one in zip(maps.fields, times, strict=True)]
        told.append(("information", np.array(bits), " bits/spike"))
    told.append(("coherence", compute_coherence(maps.env, maps.fields), ""))
    if _is_even_plane(maps):
        told.append(("grid score", compute_grid_score(maps.env, maps.fields), ""))
        told.append(("border score", compute_border_score(maps.env, maps.fields), ""))
    return [
        (f"unit {unit}", _format_metrics([(name, values[row], end) for name, values, end in told]))
        for row, unit in enumerate(maps.unit_ids)
    ]


def _format_metrics(metrics: list[tuple[str, float, str]]) -> str:
    """Format what is known, and nothing where a unit never fired."""
    found = [f"{name} {value:.3g}{end}" for name, value, end in metrics if not np.isnan(value)]
    return ", ".join(found) or "no rate"


def _is_even_plane(maps: RateMaps) -> bool:
    # A grid whose bins have one area has one width along each axis.
    sizes = maps.env.layout.bin_measures
    return maps.env.n_dims == 2 and bool(np.ptp(sizes) <= _ROUNDING * sizes.mean())
