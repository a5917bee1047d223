"""The range of values that the colours span."""

import logging
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.scene.color import make_range_error
from neurospatial.scene.compile.fields.validate_fields import check_fields
from neurospatial.scene.source import FramesLike, Source, as_source, split_frames

_log = logging.getLogger("neurospatial")

_WHOLE_PASS_BYTES = 512_000_000
"""Bytes up to which all values are looked at: a fast disk reads them in a second."""

_EXACT = 2.0**53
"""Up to which float64 holds every whole number."""

_LARGEST = float(np.finfo(np.float64).max)
"""What a range ends at where it would leave the numbers there are."""

_SAMPLED_VALUES = 20_000_000
"""Most values of a sample, for percentiles sort them all in memory: 160 MB."""

_SAMPLED_FRAMES = 10_000
"""Most frames of a sample, each of which is a read of its own."""


def find_limits(source: Source) -> tuple[float, float]:
    """Find the lowest and highest finite value.

    One pass with bounded memory; above 512 MB a seeded sample of frames is
    looked at instead, and that is logged.

    Parameters
    ----------
    source : Source
        Shape (n_frames, n_bins).

    Returns
    -------
    vmin, vmax : float
        Infinite, in the wrong order, when there is no finite value.
    """
    n_frames, n_bins = source.shape
    if n_frames * n_bins * source.dtype.itemsize <= _WHOLE_PASS_BYTES:
        return _find_extremes(source.read(start, stop) for start, stop in split_frames(source))
    chosen = _choose_frames(n_frames, n_bins, _SAMPLED_FRAMES, seed=0)
    vmin, vmax = _find_extremes(source.read(int(i), int(i) + 1) for i in chosen)
    _log.info(
        "Colour range [%g, %g] found in %d of %d frames; pass vmin and vmax to set it.",
        vmin, vmax, len(chosen), n_frames,
    )  # fmt: skip
    return vmin, vmax


def estimate_colormap_range_from_subset(
    fields: FramesLike,
    n_samples: int = 10_000,
    percentile: tuple[float, float] = (1.0, 99.0),
    seed: int | None = None,
) -> tuple[float, float]:
    """Estimate a colour range from randomly chosen frames.

    Parameters
    ----------
    fields : array, sequence or Source
        Shape (n_frames, n_bins); only the chosen frames are read.
    n_samples : int
        Most frames to look at; fewer where they would not fit in 20 million values.
    percentile : tuple of float
        Lower and upper percentile of the finite values, in [0, 100].
    seed : int or None
        For the same choice every time.

    Returns
    -------
    vmin, vmax : float
        In the units of the fields, `vmin` always the lower. Where both percentiles are one
        value, as of fields that are 0 almost everywhere, the lowest and the highest that were
        found; of a constant field, a range around its value.

    Raises
    ------
    ValueError
        If `n_samples` is below 1, the percentiles are out of order, or no value is finite.

    Examples
    --------
    >>> fields = np.tile(np.arange(101.0), (50, 1))
    >>> [float(x) for x in estimate_colormap_range_from_subset(fields, seed=1)]
    [1.0, 99.0]
    """
    low, high = percentile
    if n_samples < 1 or not 0 <= low < high <= 100:
        raise ValueError(
            explain(
                f"n_samples is {n_samples} and percentile is {percentile}.",
                "The range is taken between two percentiles of at least one frame.",
                [
                    "Pass n_samples >= 1.",
                    "Pass percentile=(low, high) with 0 <= low < high <= 100.",
                ],
            )
        )
    source = as_source(fields)
    check_fields(source)
    n_frames, n_bins = source.shape
    chosen = _choose_frames(n_frames, n_bins, n_samples, seed)
    values = np.concatenate([source.read(int(i), int(i) + 1).ravel() for i in chosen])
    finite = values[np.isfinite(values)]
    if not len(finite):
        raise make_no_finite_value_error(len(chosen))
    # A quarter of the largest number leaves room for the difference of two.
    vmin, vmax = map(float, 4 * np.percentile(finite.astype(np.float64) / 4, percentile))
    if vmin < vmax:
        return vmin, vmax
    lowest, highest = float(finite.min()), float(finite.max())
    return (lowest, highest) if lowest < highest else _surround(lowest)


def complete_limits(
    source: Source,
    vmin: float | None,
    vmax: float | None,
    percentile: tuple[float, float] | None = None,
) -> tuple[float, float]:
    """Fill in whichever end of the colour range was left out.

    A constant field gets a range around its value, so that it has a colour.

    Parameters
    ----------
    source : Source
        Shape (n_frames, n_bins).
    vmin, vmax : float or None
        What the user gave.
    percentile : tuple of float, or None
        Where an end is found among the finite values; None for the lowest and the highest.

    Raises
    ------
    ValueError
        If an end has to be found and no value is finite.
    """
    if vmin is not None and vmax is not None:
        return float(vmin), float(vmax)
    if percentile is None:
        found_min, found_max = find_limits(source)
    else:
        found_min, found_max = estimate_colormap_range_from_subset(
            source, percentile=percentile, seed=0
        )
    if found_min > found_max:
        raise make_no_finite_value_error(source.shape[0])
    low = found_min if vmin is None else float(vmin)
    high = found_max if vmax is None else float(vmax)
    if low < high:
        return low, high
    if source.dtype.kind in "iu" and max(abs(low), abs(high)) > _EXACT:
        # Equal as numbers with a fraction, which they may not be as whole ones.
        raise make_range_error(low, high)
    reach = max(1.0, abs(low), abs(high))
    if vmin is not None:
        return low, min(low + reach, _LARGEST)
    if vmax is not None:
        return max(high - reach, -_LARGEST), high
    return _surround(low)


def _surround(value: float) -> tuple[float, float]:
    """Make a range around the one value of a constant field: as wide as it is large."""
    reach = max(1.0, abs(value)) / 2
    return max(value - reach, -_LARGEST), min(value + reach, _LARGEST)


def make_no_finite_value_error(n_frames: int) -> ValueError:
    """Build the error for fields that hold nothing to colour."""
    return ValueError(
        explain(
            f"No finite value in {n_frames} frames: every bin is NaN or infinite.",
            "The colour range is found from the values, and there is nothing to draw.",
            [
                "Check how the fields were computed (too strict a minimum occupancy?).",
                "Pass vmin and vmax to draw the empty frames all the same.",
            ],
        )
    )


def _find_extremes(chunks: Iterable[NDArray[np.generic]]) -> tuple[float, float]:
    vmin, vmax = np.inf, -np.inf
    for chunk in chunks:
        finite = chunk[np.isfinite(chunk)]
        if len(finite):
            vmin, vmax = min(vmin, float(finite.min())), max(vmax, float(finite.max()))
    return vmin, vmax


def _choose_frames(
    n_frames: int, n_bins: int, n_samples: int, seed: int | None
) -> NDArray[np.intp]:
    n = min(n_frames, n_samples, max(1, _SAMPLED_VALUES // max(1, n_bins)))
    return np.sort(np.random.default_rng(seed).choice(n_frames, size=n, replace=False))
