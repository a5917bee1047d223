"""On which side of a line a point lies, decided exactly."""

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_ROUNDING = 2.0**-53
"""Relative: half the distance between doubles about 1."""

_BOUND = (3 + 16 * _ROUNDING) * _ROUNDING
"""Relative error of the determinant in doubles: Shewchuk's bound for `orient2d`."""

_SPLITTER = 2.0**27 + 1
"""Times a double it leaves the upper half of the double's 53 bits (Dekker)."""


def compute_orientation(start: Floats, stop: Floats, points: Floats) -> NDArray[np.int8]:
    """Tell whether points lie left (1) of lines, on them (0) or right (-1).

    The sign of the determinant is exact for the numbers given: where double
    precision cannot tell, its terms are summed without rounding (Shewchuk,
    Discrete Comput. Geom. 18:305, 1997). Coordinates are taken to be neither
    so large nor so small that their products leave the range of a double.

    Parameters
    ----------
    start, stop : ndarray, shape (n, 2)
        Two points of each line.
    points : ndarray, shape (n, 2)
        Finite.

    Examples
    --------
    >>> a, b = np.array([[0.0, 0.0]] * 3), np.array([[1.0, 1.0]] * 3)
    >>> compute_orientation(a, b, np.array([[0.0, 1.0], [0.5, 0.5], [1.0, 0.0]]))
    array([ 1,  0, -1], dtype=int8)
    """
    along, beside = stop - start, points - start
    left, right = along[:, 0] * beside[:, 1], along[:, 1] * beside[:, 0]
    found = left - right
    size = np.abs(left) + np.abs(right)
    signs = np.sign(found).astype(np.int8)
    unsure = np.flatnonzero((np.abs(found) <= _BOUND * size) & (size > 0))
    if unsure.size:
        signs[unsure] = _compute_exactly(start[unsure], stop[unsure], points[unsure])
    return signs


def _compute_exactly(start: Floats, stop: Floats, points: Floats) -> NDArray[np.int8]:
    along, beside = _subtract_exactly(stop, start), _subtract_exactly(points, start)
    terms: list[Floats] = []
    for sign, one, two in ((1.0, 0, 1), (-1.0, 1, 0)):
        for first in along:
            for second in beside:
                terms += _multiply_exactly(sign * first[:, one], second[:, two])
    table = np.stack(terms, axis=1)
    return np.array([np.sign(math.fsum(row)) for row in table.tolist()], dtype=np.int8)


def _subtract_exactly(a: Floats, b: Floats) -> tuple[Floats, Floats]:
    """Compute a - b as the sum of two doubles (Knuth)."""
    high = a - b
    part = high - a
    return high, (a - (high - part)) - (b + part)


def _multiply_exactly(a: Floats, b: Floats) -> tuple[Floats, Floats]:
    """Compute a b as the sum of two doubles (Dekker)."""
    high = a * b
    (a1, a2), (b1, b2) = _split(a), _split(b)
    return high, a2 * b2 - (((high - a1 * b1) - a2 * b1) - a1 * b2)


def _split(a: Floats) -> tuple[Floats, Floats]:
    scaled = _SPLITTER * a
    high = scaled - (scaled - a)
    return high, a - high
