"""Sides of lines against exact fractions."""

from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from neurospatial.layouts.predicates import compute_orientation


def exact(a: NDArray[np.float64], b: NDArray[np.float64], p: NDArray[np.float64]) -> int:
    (ax, ay), (bx, by), (px, py) = (map(Fraction, point.tolist()) for point in (a, b, p))
    area = (bx - ax) * (py - ay) - (by - ay) * (px - ax)
    return (area > 0) - (area < 0)


@settings(deadline=None, max_examples=200)
@given(
    hnp.arrays(np.float64, (2, 2), elements=st.integers(-1000, 1000).map(lambda n: n / 7)),
    st.floats(0, 1),
    hnp.arrays(np.int64, (20, 2), elements=st.integers(-3, 3)),
)
def test_points_a_rounding_away_from_a_line(
    ends: NDArray[np.float64], share: float, steps: NDArray[np.int64]
) -> None:
    start, stop = ends
    on_line = start * (1 - share) + stop * share
    # Not below: products of the smallest doubles leave their range, as `turn` says.
    points = on_line + steps * np.spacing(np.maximum(np.abs(on_line), 1e-9))
    found = compute_orientation(*(np.repeat(end[np.newaxis], 20, axis=0) for end in ends), points)
    assert found.tolist() == [exact(start, stop, point) for point in points]


def test_float_arithmetic_alone_is_wrong_here() -> None:
    """The test above means something: the plain determinant fails on such points."""
    rng = np.random.default_rng(0)
    start, stop = rng.uniform(0, 1, (2, 1000, 2))
    share = rng.uniform(0, 1, (1000, 1))
    points = start * (1 - share) + stop * share
    (x1, y1), (x2, y2) = (stop - start).T, (points - start).T
    plain = np.sign(x1 * y2 - y1 * x2)
    truth = np.array([exact(*row) for row in zip(start, stop, points, strict=True)])
    assert (plain != truth).any()
    assert (compute_orientation(start, stop, points) == truth).all()
