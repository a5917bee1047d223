"""Times of samples, and of events."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from neurospatial.validate import validate_event_times, validate_times

ANY = hnp.arrays(np.float64, st.integers(0, 12), elements=st.floats(width=32))


@given(ANY)
def test_times_pass_only_when_they_are_finite_and_increase(times):
    good = bool(np.isfinite(times).all() and (np.diff(times) > 0).all())
    if good:
        np.testing.assert_array_equal(validate_times(times, len(times)), times)
    else:
        wanted = "monotonically increasing" if np.isfinite(times).all() else "NaN/Inf values"
        with pytest.raises(ValueError, match=wanted):
            validate_times(times, len(times))


@given(ANY, st.integers(0, 14))
def test_there_is_one_time_per_sample(times, n_samples):
    assume(n_samples != len(times))
    text = rf"(?s)^frame_times have shape \({len(times)},\), and there are {n_samples} frames\."
    with pytest.raises(ValueError, match=text):
        validate_times(times, n_samples, "frame_times", of="frames")


def test_an_owner_is_named_with_its_times():
    with pytest.raises(ValueError, match=r"^Mark times have shape \(2, 1\)"):
        validate_times([[0], [1]], 2, owner="Mark")
    with pytest.raises(ValueError, match=r"^Mark timestamps: found 1 NaN/Inf .* indices: \[1\]"):
        validate_times([0, np.nan, 1], 3, owner="Mark")
    with pytest.raises(ValueError, match=r"(?s)^Mark timestamps are not .*times\[0\] = 2 >= "):
        validate_times([2, 1], 2, owner="Mark")


@given(ANY)
def test_events_come_in_any_order(times):
    if np.isfinite(times).all():
        np.testing.assert_array_equal(validate_event_times(times, "spike_times"), times)
    else:
        n_bad = int((~np.isfinite(times)).sum())
        with pytest.raises(ValueError, match=rf"^spike_times have shape .* {n_bad} are not fini"):
            validate_event_times(times, "spike_times")


def test_events_have_one_axis():
    with pytest.raises(ValueError, match=r"(?s)shape \(2, 1\), 0 are not finite.*WHY.*HOW"):
        validate_event_times([[1.0], [2.0]], "Event times")
