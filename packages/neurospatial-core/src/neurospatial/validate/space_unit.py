"""A guess: places in another unit than the environment's."""

import numpy as np
from numpy.typing import NDArray

_METRES = {"metres": 1.0, "centimetres": 0.01, "millimetres": 0.001}
_SYMBOLS = {"m": "metres", "cm": "centimetres", "mm": "millimetres"}

_INSIDE = 0.95
"""Fraction of places within the environment from which on a unit fits: outliers are few."""

_SPREAD = 0.75
"""Fraction of the environment's extent that they reach over: animals go nearly everywhere."""

_PIXELS = 64.0
"""Pictures have more pixels than this along a side."""

_ALIKE = 0.25
"""Fraction by which scales along x and y may differ: square pixels have one scale."""


def guess_space_unit(
    places: NDArray[np.float64], ranges: NDArray[np.float64], units: str, name: str = "data"
) -> str:
    """Say in which unit places would fill the environment.

    Parameters
    ----------
    places : ndarray, shape (n_samples, n_dims)
        Finite.
    ranges : ndarray, shape (n_dims, 2)
        Lower and upper bounds of the environment.
    units : str
        Those of the environment; where it names none, centimetres are assumed, and of
        others that are no metres nothing is guessed.
    name : str
        What the text calls the places.

    Returns
    -------
    str
        What they look like, and what to do; empty when no one factor explains them.

    Examples
    --------
    >>> places = np.random.default_rng(0).random((100, 2))
    >>> guess_space_unit(places, np.array([[0, 100.0], [0, 100.0]]), "cm")
    'These look like metres: pass data * 100.'
    """
    if not len(places) or (units and units not in {*_SYMBOLS, *_METRES}):
        return ""  # How long a pixel is, say, is not known.
    spans = np.percentile(places, [2.5, 97.5], axis=0)
    own = _SYMBOLS.get(units, units if units in _METRES else "centimetres")
    assumed = "" if units else " (if the environment is in centimetres)"
    for unit, metres in _METRES.items():
        factor = metres / _METRES[own]
        if factor != 1 and _is_filling(places * factor, spans * factor, ranges):
            times = f"* {factor:g}" if factor > 1 else f"/ {1 / factor:g}"
            return f"These look like {unit}{assumed}: pass {name} {times}."
    return _guess_pixels(places, spans, ranges, units) if len(ranges) == 2 else ""


def _guess_pixels(
    places: NDArray[np.float64],
    spans: NDArray[np.float64],
    ranges: NDArray[np.float64],
    units: str,
) -> str:
    ratios = (spans[1] - spans[0]) / (ranges[:, 1] - ranges[:, 0])
    # The spans hold 95 % of the places.
    scale = float(ratios.max()) / 0.95
    like_pixels = places.min() >= 0 and places.max() >= _PIXELS and scale > 1
    if not like_pixels or float(ratios.min()) < (1 - _ALIKE) * float(ratios.max()):
        return ""
    if not _is_filling(places / scale, spans / scale, ranges):
        return ""
    per = f"{scale:.3g} to {'one ' + units if units else 'a unit'}"
    return f"These look like pixels, about {per}: calibrate_video converts them."


def _is_filling(
    places: NDArray[np.float64], spans: NDArray[np.float64], ranges: NDArray[np.float64]
) -> bool:
    """Tell whether places are inside, and spread over most of it in some direction."""
    inside = ((places >= ranges[:, 0]) & (places <= ranges[:, 1])).all(axis=1).mean()
    spread = ((spans[1] - spans[0]) / (ranges[:, 1] - ranges[:, 0])).max()
    return bool(inside >= _INSIDE and spread >= _SPREAD)
