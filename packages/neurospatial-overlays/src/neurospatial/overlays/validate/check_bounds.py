"""A warning: places that do not lie in the environment."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from neurospatial.layouts import get_track
from neurospatial.layouts.blocks import iter_blocks
from neurospatial.overlays.validate.format_range import format_range
from neurospatial.scene import OverlayContext
from neurospatial.validate import warn_user
from neurospatial.validate.space_unit import guess_space_unit

_TOLERATED = 0.05
"""Fraction of places: tracking errors are seldom more."""

_TINY = 0.11
"""Of the environment: centimetres among millimetres span a tenth of it."""

_BESIDE_TRACK = 0.1
"""An animal walks beside the line of its track, by a tenth of the track's extent at most."""

_SAMPLE = 5000
"""Places looked at to guess a unit: enough for its percentiles, in a millisecond."""


@dataclass(frozen=True, eq=False)
class _Box:
    """Ranges of the environment, with a name each, and how far beyond them is still inside."""

    ranges: NDArray[np.float64]
    labels: tuple[str, ...]
    margin: float = 0.0


def check_bounds(
    arrays: Sequence[NDArray[np.float64]], context: OverlayContext, name: str
) -> None:
    """Warn if more than one in twenty places lies outside the environment.

    Also if all of them lie in a corner of it, and another unit would spread them.

    Parameters
    ----------
    arrays : sequence of ndarray, shape (n_samples, 2), or (n_samples,) along a track
        As the user gave them, already checked; NaN is not counted.
    context : OverlayContext
    name : str
        What the text calls the overlay.

    Warns
    -----
    UserWarning
        With both ranges, and the unit that the places look to be in.
    """
    places = [array[:, np.newaxis] if array.ndim == 1 else array for array in arrays]
    for box, group in _group_by_box(context, places):
        _warn_outside(group, box, context.units, name)


def _group_by_box(
    context: OverlayContext, places: list[NDArray[np.float64]]
) -> list[tuple[_Box, list[NDArray[np.float64]]]]:
    """Lead places to the ranges they are measured by: distances, or the plane's."""
    layout = context.layout
    track = get_track(layout)
    along = [array for array in places if array.shape[1] == 1]
    plane = [array for array in places if array.shape[1] == 2]
    axis = layout if track is None else track
    line = _Box(np.array(axis.bounds, dtype=np.float64), ("distance",))
    x_min, y_min, x_max, y_max = context.bounds
    area = _Box(np.array([[x_min, x_max], [y_min, y_max]]), ("x", "y"))
    if track is not None:
        nodes = track.segments.reshape(-1, 2)
        ranges = np.stack([nodes.min(axis=0), nodes.max(axis=0)], axis=1)
        area = _Box(ranges, ("x", "y"), _BESIDE_TRACK * float(np.ptp(ranges, axis=1).max()))
    return [pair for pair in ((line, along), (area, plane)) if pair[1]]


def _warn_outside(places: list[NDArray[np.float64]], box: _Box, units: str, name: str) -> None:
    extent = _compute_extent(places)
    edges = box.ranges + np.array([-box.margin, box.margin])
    reaches_out = bool((extent[:, 0] < edges[:, 0]).any() or (extent[:, 1] > edges[:, 1]).any())
    tiny = bool((np.ptp(extent, axis=1) < _TINY * np.ptp(box.ranges, axis=1).max()).all())
    if not reaches_out and not tiny:
        return
    n_recorded = sum(int(np.count_nonzero(_is_recorded(array))) for array in places)
    n_outside = sum(_count_outside(array, edges) for array in places)
    if not n_recorded:
        return
    fraction = n_outside / n_recorded
    if fraction <= _TOLERATED and not tiny:
        return
    guess = guess_space_unit(_thin(places), box.ranges, units)
    ranges = _format_ranges(box, extent, units)
    if fraction > _TOLERATED:
        text = (
            f"{fraction:.1%} of overlay points ({n_outside} / {n_recorded}) are outside "
            f"environment bounds.\n{ranges}\n\n"
            "  The picture shows the environment and a narrow margin: what lies beyond is not "
            "seen.\n  Verify coordinate system and units match."
        )
        warn_user(f"{name}: {text}" + (guess and f"\n  {guess}"))
    elif guess and "pixels" not in guess:
        text = f"overlay points lie in a corner of the environment. {guess}\n{ranges}"
        warn_user(f"{name}: {text}")


def _is_recorded(array: NDArray[np.float64]) -> NDArray[np.bool_]:
    # Column by column it is ten times faster than all(axis=1).
    recorded = ~np.isnan(array[:, 0])
    for column in array.T[1:]:
        recorded &= ~np.isnan(column)
    return recorded


def _count_outside(array: NDArray[np.float64], edges: NDArray[np.float64]) -> int:
    outside = np.zeros(len(array), dtype=bool)
    for column, (low, high) in zip(array.T, edges, strict=True):
        outside |= (column < low) | (column > high)
    return int(np.count_nonzero(outside & _is_recorded(array)))


def _compute_extent(places: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Find the lowest and highest value of each coordinate; infinite where none is known."""
    low = np.full(places[0].shape[1], np.inf)
    high = -low
    for array in places:
        for block in iter_blocks(len(array)):
            # Contiguous columns that stay in the cache: eight times as fast as strided ones.
            columns = np.ascontiguousarray(array[block].T)
            low = np.fmin(low, np.fmin.reduce(columns, axis=1))
            high = np.fmax(high, np.fmax.reduce(columns, axis=1))
    return np.stack([low, high], axis=1)


def _thin(places: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Keep a few thousand of the recorded places, spread evenly."""
    thin = [array[:: max(1, len(array) * len(places) // _SAMPLE)] for array in places]
    together = np.concatenate(thin)
    return together[np.isfinite(together).all(axis=1)]


def _format_ranges(box: _Box, extent: NDArray[np.float64], units: str) -> str:
    unit = f" {units}" if units else ""
    lines = [
        f"  {whose} {label} range: {format_range(low, high)}{unit}{note}"
        for whose, ranges, note in (
            ("Environment", box.ranges, ""),
            ("Overlay", extent, " (min/max)"),
        )
        for label, (low, high) in zip(box.labels, ranges, strict=True)
    ]
    return "\n".join(lines)
