"""Windows of time."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neurospatial.fields import sliding_windows


@settings(deadline=None)
@given(st.floats(-1e4, 1e4), st.floats(1, 1e3), st.floats(0.01, 1), st.floats(0.01, 2))
def test_windows_fill_the_session_and_stay_within(
    start: float, length: float, share: float, stride: float
) -> None:
    width = share * length
    step = stride * width
    windows = sliding_windows(start, start + length, width, step)
    begins, ends = windows.T
    np.testing.assert_allclose(ends - begins, width, rtol=1e-6)
    np.testing.assert_allclose(np.diff(begins), step, rtol=1e-6)
    assert begins[0] == start
    assert ends[-1] <= start + length
    assert ends[-1] + step > start + length - 1e-6 * step


def test_a_whole_number_of_steps_is_not_lost_to_rounding() -> None:
    for n in range(1, 300):
        assert len(sliding_windows(0, 0.1 * n, 0.1, 0.1)) == n


def test_the_whole_session_is_one_window() -> None:
    assert sliding_windows(0.1, 599.74, 599.64, 5).tolist() == [[0.1, 599.74]]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ((0, 10, 0, 1), "width is 0 s"),
        ((0, 10, 1, -1), "step is -1 s"),
        ((0, np.nan, 1, 1), "to nan s"),
        ((0, 10, 11, 1), "A window of 11 s is longer than the session, 10 s"),
        ((10, 0, 1, 1), "longer than the session"),
    ],
)
def test_bad_windows(arguments: tuple[float, float, float, float], found: str) -> None:
    with pytest.raises(ValueError, match=found):
        sliding_windows(*arguments)
