import warnings

import numpy as np
import pytest

from neurospatial.overlays.validate.timestamps import (
    validate_overlapping_timestamps,
    validate_timestamps,
)
from tests.overlays.scenes import EXPLAINED, make_context

FRAMES = np.linspace(10, 25, 31)


def checked(times, n_samples=None, frames=FRAMES):
    n_samples = len(times) if n_samples is None else n_samples
    return validate_overlapping_timestamps(
        times, n_samples, make_context(frames), "PositionOverlay"
    )


def test_good_clock_is_given_back():
    times = np.linspace(9, 26, 100)
    np.testing.assert_array_equal(checked(times.tolist()), times)


def test_no_times_are_those_of_the_fields():
    """With `speed=` there are other frames than fields: samples belong to the fields."""
    context = make_context(np.linspace(0, 1, 50), field_times=[0.0, 0.4, 1.0])
    np.testing.assert_array_equal(
        validate_overlapping_timestamps(None, 3, context, "X"), [0, 0.4, 1]
    )
    text = "(?s)PositionOverlay has 4 samples without times, and there are 3 fields" + EXPLAINED
    with pytest.raises(ValueError, match=text):
        validate_overlapping_timestamps(None, 4, context, "PositionOverlay")


@pytest.mark.parametrize("times", [np.zeros((3, 1)), np.arange(4.0), 3.0, []], ids=str)
def test_times_of_another_shape(times):
    text = r"PositionOverlay times have shape \(.*\), and there are 3 samples" + EXPLAINED
    with pytest.raises(ValueError, match="(?s)" + text):
        checked(times, 3)


def test_no_samples():
    with pytest.raises(ValueError, match=r"times have shape \(0,\), and there are 0 samples"):
        checked([])


def test_times_that_do_not_increase():
    times = np.arange(60) * 0.3 + 9
    for i in (10, 25, 47, 50, 52):
        times[i + 1] = times[i]
    times[10], times[11] = 12.523, 12.521
    text = (
        r"(?s)Overlay timestamps are not monotonically increasing.\n"
        r"  Found 5 non-monotonic points at indices: \[10, 25, 47, ...\].\n"
        r"  First violation: times\[10\] = 12.523 >= times\[11\] = 12.521\n"
        r"\n  WHY: Interpolation requires strictly increasing timestamps.*np.argsort\(times\)"
    )
    with pytest.raises(ValueError, match=text):
        checked(times)


def test_times_twice_the_same():
    with pytest.raises(
        ValueError, match=r"(?s)indices: \[1\].*times\[1\] = 12 >= times\[2\] = 12"
    ):
        validate_overlapping_timestamps([11, 12, 12], 3, make_context(FRAMES), "X")


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_times_that_are_no_times(bad):
    times = np.linspace(9, 26, 40)
    times[[5, 8, 23, 30]] = bad
    text = r"(?s)timestamps: found 4 NaN/Inf values at indices: \[5, 8, 23, ...\]" + EXPLAINED
    with pytest.raises(ValueError, match=text):
        checked(times)


def test_no_overlap():
    text = (
        r"(?s)No temporal overlap between overlay and frames.\n"
        r"  Overlay time range: \[10.5, 25.3\] seconds\n"
        r"  Frame time range: \[0.00, 8.70\] seconds\n  Overlap: 0.0%"
        r".*source data range.*1. Adjust frame_times.*milliseconds"
    )
    with pytest.raises(ValueError, match=text) as caught:
        checked(np.linspace(10.5, 25.3, 50), frames=np.linspace(0, 8.7, 9))
    assert "look like" not in str(caught.value)


def test_clocks_that_touch_overlap():
    with pytest.warns(UserWarning, match=r"Overlap: 0.0% \(0 / 15 seconds\)"):
        checked(np.linspace(0, 10, 50))


def test_limited_overlap():
    text = (
        r"(?s)PositionOverlay: Limited temporal overlap between overlay and frames.\n"
        r"  Overlay time range: \[0.0, 15.0\] seconds\n  Frame time range: \[10.0, 25.0\] seconds"
        r"\n  Overlap: 33.3% \(5 / 15 seconds\)\n\n  Some frames will show NaN"
    )
    with pytest.warns(UserWarning, match=text):
        checked(np.linspace(0, 15, 200))


@pytest.mark.parametrize(("end", "warned"), [(17.4, True), (17.5, False), (25.0, False)])
def test_half_of_the_frames_is_enough(end, warned):
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        checked(np.linspace(0, end, 200))
    assert bool(found) is warned


def test_one_frame_is_inside_or_not():
    checked(np.linspace(0, 15, 20), frames=[3.0])
    with pytest.raises(ValueError, match=r"Frame time range: \[30.000, 30.000\]"):
        checked(np.linspace(0, 15, 20), frames=[30.0])


SESSION = np.linspace(700, 1300, 6001)


@pytest.mark.parametrize(
    ("times", "frames", "whose", "unit"),
    [
        (SESSION * 1e3, SESSION[:300], "The overlay times", "milliseconds"),
        (SESSION * 1e6, SESSION, "The overlay times", "microseconds"),
        (SESSION * 1e9, SESSION[2000:], "The overlay times", "nanoseconds"),
        (SESSION, SESSION * 1e3, "frame_times", "milliseconds"),
        (SESSION, SESSION[200:300] * 1e6, "frame_times", "microseconds"),
    ],
    ids=["ms", "us", "ns", "frames in ms", "frames in us"],
)
def test_other_units_are_suspected_where_nothing_overlaps(times, frames, whose, unit):
    with pytest.raises(ValueError, match=rf"(?s)No temporal.*1\. {whose} look like {unit}; if"):
        checked(times, frames=frames)


def test_milliseconds_from_zero_are_suspected_although_all_frames_are_covered():
    session = SESSION - SESSION[0]
    text = r"(?s)The overlay times look like milliseconds; if they are, pass times / 1000\."
    with pytest.warns(UserWarning, match=text + r".*\[0, 600000\]|\[0.0, 600000.0\] seconds"):
        checked(session * 1e3, frames=session)


def test_frames_in_milliseconds_from_zero_are_suspected():
    session = SESSION - SESSION[0]
    with pytest.warns(UserWarning, match=r"(?s)Overlap: 0.1%.*frame_times look like millisec"):
        checked(session, frames=session * 1e3)


def test_second_of_a_long_session_is_not_suspected():
    checked(np.arange(0, 1000, 0.02), frames=np.arange(0, 1, 0.03))


def test_clock_may_be_read_wherever_the_frames_are():
    validate_timestamps([500.0, 501.0], 2, make_context(FRAMES), "X")


def test_milliseconds_are_suspected_however_short_the_part_that_is_shown():
    recording = np.arange(0.1, 600, 0.02)
    with pytest.warns(UserWarning, match=r"(?s)The overlay times look like milliseconds"):
        checked(recording * 1e3, frames=np.arange(120, 130, 0.5))


def test_a_clock_that_ends_too_early_is_not_said_to_be_in_another_unit():
    with pytest.warns(UserWarning, match="Limited temporal overlap") as found:
        checked(np.arange(0.1, 122.5, 0.02), frames=np.arange(120, 130, 0.5))
    assert "look like" not in str(found[0].message)


RECORDING = SESSION - SESSION[0]


@pytest.mark.parametrize(
    ("times", "frames", "guess"),
    [
        (RECORDING * 1e6, RECORDING, "microseconds; if they are, pass times / 1000000"),
        (RECORDING * 1e9, RECORDING, "nanoseconds; if they are, pass times / 1000000000"),
        (np.rint(RECORDING * 3e4), RECORDING, "sample numbers; if they are, pass times / 30000"),
        (np.rint(RECORDING * 1e3), RECORDING, "milliseconds; if they are, pass times / 1000"),
        (np.arange(6001.0), RECORDING, "frame numbers; .* about 10 frames per second"),
        (np.arange(1, 30001.0), np.arange(0, 600, 0.5), "frame numbers; .* about 50.0. frames"),
    ],
    ids=["us", "ns", "samples", "whole ms", "frames", "frames from 1"],
)
def test_numbers_that_cover_all_frames_are_suspected(times, frames, guess):
    with pytest.warns(UserWarning, match=rf"X: The overlay times look like {guess}"):
        validate_overlapping_timestamps(times, len(times), make_context(frames), "X")


@pytest.mark.parametrize(
    ("times", "frames"),
    [
        (np.arange(3600.0), np.arange(3600.0)),  # one a second, and a frame for each
        (np.arange(3600.0), np.arange(0, 3600, 0.1)),
        (np.arange(1000, 4600.0), np.arange(1000, 1060, 0.1)),
        (np.arange(0, 600, 0.02), np.arange(0, 60, 0.1)),
        (np.arange(0, 600, 5.0), np.arange(0, 600, 5.0)),
    ],
    ids=str,
)
def test_good_clocks_are_not_suspected(times, frames):
    validate_overlapping_timestamps(times, len(times), make_context(frames), "X")


def test_dates_against_numbers_are_said():
    dates = np.datetime64("2024-01-01T00:00:00", "ms") + np.arange(300) * 100
    text = (
        r"(?s)No temporal.*1\. The overlay times begin at 1704067200 s, as dates from 2024-01-01"
    )
    with pytest.raises(ValueError, match=text):
        validate_overlapping_timestamps(dates, 300, make_context(np.arange(30.0)), "X")
    text = r"(?s)No temporal.*1\. frame_times begin at 1704067200 s, as dates from 2024-01-01"
    context = make_context(1_704_067_200 + np.arange(30.0))
    with pytest.raises(ValueError, match=text):
        validate_overlapping_timestamps(np.arange(30.0), 30, context, "X")
