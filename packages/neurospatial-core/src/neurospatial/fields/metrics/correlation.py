"""How alike two sets of maps are: of a cell, of a population, of frames over time."""

from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.fields.metrics.frame_correlation import correlate_frames
from neurospatial.fields.metrics.pearson import correlate_pairs
from neurospatial.fields.metrics.unit_matching import Maps, match_units
from neurospatial.validate import validate_known

Floats = NDArray[np.float64]
Correlation = Literal["spatial", "population", "frames"]

_FEWEST_UNITS = 3
"""Units in a population: vectors of two correlate by 1 or -1, whatever the rates."""


def correlate_fields(a: Maps, b: Maps, kind: Correlation = "spatial") -> Floats:
    """Correlate maps with maps, for remapping and drift.

    * "spatial": of each unit, one map with the other over the bins.
    * "population": in each bin, the rates of all units in one with those in the
      other, the population vectors (Leutgeb et al., Science 309:619, 2005). It
      is a field; of several frames, one to animate.
    * "frames": of each frame of `a` with each frame of `b`, the mean over the
      bins of the population vectors' correlations. Of a series with itself,
      what is off the diagonal tells the drift over that lag (Ziv et al., Nat.
      Neurosci. 16:264, 2013).

    All are Pearson's, over the pairs in which neither is NaN.

    Parameters
    ----------
    a, b : FieldSeries, mapping or array-like
        Rates of the same units in the same bins, shape ``(n_units, n_bins)`` or
        ``(n_units, n_frames, n_bins)``; for "spatial" ``(n_bins,)`` too. Units
        with names go together by name, others in their order. Where only one
        has frames, each of them goes with the other.
    kind : str
        "spatial", "population" or "frames".

    Returns
    -------
    ndarray of float64
        "spatial" ``(n_units,)`` or ``(n_units, n_frames)``, "population"
        ``(n_bins,)`` or ``(n_frames, n_bins)``, "frames"
        ``(n_frames_a, n_frames_b)``. NaN where less than two pairs have a value,
        or the values are all the same.

    Raises
    ------
    ValueError
        If the kind is unknown, the shapes, the units or the environments are not
        the same, or a population has less than three units.

    Examples
    --------
    >>> before = [[4.0, 1.0, 0.0], [0.0, 3.0, 1.0], [0.0, 1.0, 5.0]]
    >>> after = [[4.0, 1.0, 0.0], [1.0, 3.0, 0.0], [5.0, 1.0, 0.0]]
    >>> correlate_fields(before, after).round(3)
    array([ 1.   ,  0.786, -0.786])
    >>> correlate_fields(before, after, "population").round(3)
    array([0.277, 1.   ,   nan])
    """
    ways = [f"Pass kind={name!r}." for name in get_args(Correlation)]
    why = "Maps are compared in one of three ways."
    validate_known(kind, get_args(Correlation), "kind", why, how=ways)
    one, two = match_units(a, b)
    _check_shapes(one, two, kind)
    if kind == "frames":
        return correlate_frames(_add_frames(one), _add_frames(two))
    if one.ndim != two.ndim:
        one, two = _add_frames(one), _add_frames(two)
    if kind == "spatial":
        return correlate_pairs(one, two)
    return correlate_pairs(np.moveaxis(one, 0, -1), np.moveaxis(two, 0, -1))


def _add_frames(maps: Floats) -> Floats:
    """Make one frame of maps (n_units, n_bins) that have none."""
    return maps[:, np.newaxis] if maps.ndim == 2 else maps


def _check_shapes(one: Floats, two: Floats, kind: Correlation) -> None:
    shapes, least = (one.shape, two.shape), 1 if kind == "spatial" else 2
    units_and_bins = {(*shape[: len(shape) > 1], *shape[-1:]) for shape in shapes}
    frames = {shape[1:-1] for shape in shapes} - {()}
    fits = all(least <= len(shape) <= 3 for shape in shapes) and len(units_and_bins) == 1
    if not fits or (kind != "frames" and len(frames) > 1):
        problem = f"a has shape {one.shape}, b has shape {two.shape}."
        why = "Both are maps of the same units in the same bins, and frames go by pairs."
        how = ["Pass both as (n_units, n_bins), or as (n_units, n_frames, n_bins)."]
    elif kind != "spatial" and len(one) < _FEWEST_UNITS:
        problem = f"There are {len(one)} units."
        why = "A population vector has the rate of each; two correlate by 1 or -1 always."
        how = ["Pass three units or more: (n_units, n_bins).", "Pass kind='spatial'."]
    else:
        return
    raise ValueError(explain(problem, why, how))
