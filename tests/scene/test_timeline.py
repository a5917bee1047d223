import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurospatial.scene import Timeline


def test_clock_is_the_datas_or_that_of_playback():
    times = np.array([3.0, 4.0, 6.0])
    assert np.array_equal(Timeline(3, 10.0, times).clock, times)
    assert np.array_equal(Timeline(3, 10.0).clock, [0, 0.1, 0.2])


def test_duration_is_of_playback():
    assert Timeline(45, 30.0, np.arange(45.0)).duration == 1.5


@pytest.mark.parametrize(
    ("step", "label"),
    [(10.0, "t = 10.0 s"), (0.5, "t = 0.5 s"), (0.02, "t = 0.02 s"), (1e-6, "t = 0.000001 s")],
)
def test_times_have_as_many_decimals_as_tell_frames_apart(step, label):
    assert Timeline(100, 30.0, step * np.arange(100)).label(1) == label


@pytest.mark.parametrize("step", [0.004, 0.02, 0.1, 1 / 3, 0.999, 1.0, 7.0])
def test_labels_of_neighbours_differ(step):
    timeline = Timeline(50, 30.0, 1000 + step * np.arange(50))
    assert len({timeline.label(i) for i in range(50)}) == 50


@given(
    st.lists(
        st.floats(-1e12, 1e12) | st.integers(-99, 99).map(lambda n: 1.7e9 + n * 1e-6),
        min_size=2, max_size=20, unique=True,
    )
)  # fmt: skip
def test_labels_differ_wherever_times_do(times):
    timeline = Timeline(len(times), 30.0, np.sort(times))
    assert len({timeline.label(i) for i in range(len(times))}) == len(times)


def test_strips_say_from_which_date_times_count():
    dated = Timeline(2, 30.0, np.arange(2.0), None, "2024-01-01 00:00:00 UTC")
    assert dated.strip_axis_label == "Time from this frame [s], t from 2024-01-01 00:00:00 UTC"
    assert Timeline(2, 30.0).strip_axis_label == "Time from this frame [s]"


def test_callers_labels_come_first():
    timeline = Timeline(2, 30.0, np.array([0.0, 1.0]), ["first", 2])
    assert [timeline.label(i) for i in range(2)] == ["first", "2"]


def test_without_clock_frames_are_counted_from_one():
    assert [Timeline(2, 30.0).label(i) for i in range(2)] == ["Frame 1 / 2", "Frame 2 / 2"]


def test_one_frame_has_a_time():
    assert Timeline(1, 30.0, np.array([1.25])).label(0) == "t = 1.25 s"
