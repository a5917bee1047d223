"""Alignment against plain loops and against itself under what must change nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurospatial.overlays.alignment import interpolated, interpolated_angles, nearest
from neurospatial.validate import choose_max_gap

TURN = 2 * np.pi


@st.composite
def clocks(draw, least=2):
    """Times that increase, in whole milliseconds so that sums of them are exact."""
    steps = draw(st.lists(st.integers(1, 4000), min_size=least - 1, max_size=30))
    start = draw(st.integers(-10_000, 10_000))
    return (start + np.concatenate([[0], np.cumsum(steps)])) / 1024


@st.composite
def clock_and_frames(draw):
    times = draw(clocks())
    shares = draw(st.lists(st.integers(-64, 320), min_size=1, max_size=40))
    frames = times[0] + (times[-1] - times[0]) * np.array(shares) / 256
    return times, frames


def looped(times, samples, frames, max_gap):
    """The meaning of `interpolated`, one frame at a time."""
    found = []
    for frame in frames:
        value = np.nan
        for i, time in enumerate(times):
            if time == frame:
                value = samples[i]
            elif i and times[i - 1] < frame < time and time - times[i - 1] <= max_gap:
                share = (frame - times[i - 1]) / (time - times[i - 1])
                value = samples[i - 1] * (1 - share) + samples[i] * share
        found.append(value)
    return np.array(found)


@given(clock_and_frames(), st.floats(0.01, 5), st.data())
def test_interpolation_is_that_of_a_loop(both, max_gap, data):
    times, frames = both
    value = st.one_of(st.floats(-1e3, 1e3), st.just(np.nan))
    samples = np.array(data.draw(st.lists(value, min_size=len(times), max_size=len(times))))
    found = interpolated(times, samples, frames, max_gap)
    expected = looped(times, samples, frames, max_gap)
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-9)


@given(clock_and_frames(), st.floats(-1e3, 1e3), st.floats(-1e3, 1e3))
def test_linear_signal_is_reproduced(both, slope, offset):
    times, frames = both
    samples = np.stack([offset + slope * times, -times], axis=1)
    found = interpolated(times, samples, frames, np.inf)
    inside = (frames >= times[0]) & (frames <= times[-1])
    expected = np.stack([offset + slope * frames, -frames], axis=1)
    np.testing.assert_allclose(found[inside], expected[inside], rtol=1e-12, atol=1e-9)
    assert np.isnan(found[~inside]).all()


@given(clock_and_frames(), st.integers(-(2**20), 2**20), st.one_of(st.none(), st.floats(0.1, 9)))
def test_shift_of_both_clocks_changes_nothing(both, shift, max_gap):
    times, frames = both
    samples, angles = np.cos(7 * times), 20 * np.sin(3 * times)
    moved, moved_frames = times + shift, frames + shift
    for align, values in ((interpolated, samples), (interpolated_angles, angles)):
        before = align(times, values, frames, max_gap)
        np.testing.assert_allclose(
            align(moved, values, moved_frames, max_gap), before, rtol=1e-6, atol=1e-5
        )
    np.testing.assert_array_equal(
        nearest(moved, moved_frames, max_gap), nearest(times, frames, max_gap)
    )


@given(clock_and_frames(), st.randoms(use_true_random=False))
def test_permuted_then_sorted_is_the_same(both, random):
    times, frames = both
    samples = np.sin(5 * times)
    order = list(range(len(times)))
    random.shuffle(order)
    idx = np.argsort(times[order])
    before = interpolated(times, samples, frames)
    after = interpolated(times[order][idx], samples[order][idx], frames)
    np.testing.assert_array_equal(after, before)


@given(clock_and_frames(), st.randoms(use_true_random=False))
def test_order_of_the_frames_does_not_matter(both, random):
    times, frames = both
    order = list(range(len(frames)))
    random.shuffle(order)
    whole = interpolated(times, np.cos(times), frames)
    np.testing.assert_array_equal(interpolated(times, np.cos(times), frames[order]), whole[order])


@given(clock_and_frames(), st.data())
def test_samples_are_exact_at_their_own_times(both, data):
    times, _ = both
    value = st.one_of(st.floats(-1e300, 1e300), st.just(np.nan))
    samples = np.array(data.draw(st.lists(value, min_size=len(times), max_size=len(times))))
    np.testing.assert_array_equal(interpolated(times, samples, times, 1e-9), samples)
    np.testing.assert_array_equal(interpolated_angles(times, samples, times, 1e-9), samples)
    np.testing.assert_array_equal(nearest(times, times, 1e-9), np.arange(len(times)))


@given(clock_and_frames(), st.data())
def test_angles_go_the_way_of_complex_phases(both, data):
    times, frames = both
    value = st.floats(-30, 30)
    angles = np.array(data.draw(st.lists(value, min_size=len(times), max_size=len(times))))
    found = interpolated_angles(times, angles, frames, np.inf)
    for frame, angle in zip(frames, found, strict=True):
        if not times[0] <= frame <= times[-1]:
            assert np.isnan(angle)
            continue
        i = min(int(np.searchsorted(times, frame, side="right")) - 1, len(times) - 2)
        share = (frame - times[i]) / (times[i + 1] - times[i])
        before, after = np.exp(1j * angles[i : i + 2])
        if abs(before + after) < 1e-6:  # opposite: either way is as short
            continue
        expected = before * np.exp(1j * share * np.angle(after / before))
        assert np.exp(1j * angle) == pytest.approx(expected, abs=1e-7)


def test_angles_never_go_the_long_way():
    times, frames = np.array([0.0, 1.0]), np.linspace(0, 1, 101)
    for first, second in (
        (0.1, TURN - 0.1),
        (TURN - 0.1, 0.1),
        (-3.1, 3.1),
        (0.1, 0.3 + 5 * TURN),
    ):
        found = interpolated_angles(times, np.array([first, second]), frames)
        assert np.abs(np.angle(np.exp(1j * (found - first)))).max() < 0.21
        assert np.exp(1j * found[-1]) == pytest.approx(np.exp(1j * second))


def test_opposite_angles_meet_counter_clockwise():
    times = np.array([0.0, 1.0])
    for first, second in ((0.0, np.pi), (np.pi, 0.0), (0.0, -np.pi)):
        (middle,) = interpolated_angles(times, np.array([first, second]), np.array([0.5]))
        assert np.mod(middle, TURN) == pytest.approx(np.mod(first + np.pi / 2, TURN))


@given(clock_and_frames(), st.floats(0.01, 5))
def test_nearest_is_that_of_a_loop(both, max_gap):
    times, frames = both
    reach = np.median(np.diff(times)) / 2
    expected = []
    for frame in frames:
        away = np.abs(times - frame)
        best = int(np.argmin(away))
        i = int(np.searchsorted(times, frame)) - 1
        inside = 0 <= i < len(times) - 1 and times[i + 1] - times[i] <= max_gap
        expected.append(best if inside or away[best] <= reach else -1)
    np.testing.assert_array_equal(nearest(times, frames, max_gap), expected)


def test_of_two_samples_as_near_the_earlier_is_taken():
    times = np.arange(4.0)
    np.testing.assert_array_equal(nearest(times, times[:3] + 0.5), [0, 1, 2])
    np.testing.assert_array_equal(nearest(times, np.array([-0.5, 3.5])), [0, 3])


def test_hole_stays_a_hole():
    """A hole of 40 s in tracking at 50 Hz is not a straight line."""
    times = np.concatenate([np.arange(0, 10, 0.02), np.arange(50, 60, 0.02)])
    frames = np.arange(0, 60, 0.1)
    found = interpolated(times, times, frames)
    hole = (frames > times[499] + 1e-9) & (frames < 50 - 1e-9)
    assert np.isnan(found[hole]).all()
    assert np.isfinite(found[(frames < times[499]) | ((frames > 50) & (frames < 59.9))]).all()
    np.testing.assert_allclose(interpolated(times, times, frames[hole], 41.0), frames[hole])
    assert (nearest(times, frames[hole & (frames > 9.999) & (frames < 49.9)]) == -1).all()


def test_bridged_gap_is_one_second_or_five_intervals():
    assert choose_max_gap(np.arange(100) / 50) == 1.0
    assert choose_max_gap(np.arange(100) * 3.0) == 15.0
    assert choose_max_gap(np.array([4.0])) == 1.0
    slow = np.array([0.0, 3.0, 6.0, 9.0, 24.0, 39.1])
    found = interpolated(slow, slow, np.array([16.5, 30.0]))
    assert found[0] == pytest.approx(16.5)  # a gap of exactly five intervals
    assert np.isnan(found[1])


def test_nan_is_a_gap_on_both_sides_of_itself_only():
    times, samples = np.arange(5.0), np.array([0.0, 1.0, np.nan, 3.0, 4.0])
    found = interpolated(times, samples, np.array([0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5]))
    np.testing.assert_array_equal(np.isnan(found), [0, 0, 1, 1, 1, 0, 0])


def test_clocks_that_differ_by_rounding_meet():
    """A frame that is a sample but for rounding shows it, beside NaN and at the end alike."""
    times = np.cumsum(np.full(300, 0.1)) - 0.1
    frames = np.arange(300) / 10
    assert (times != frames).any()
    samples = np.where(np.arange(300) % 2, np.nan, 1.0)
    np.testing.assert_allclose(interpolated(times, samples, frames), samples)
    np.testing.assert_array_equal(nearest(times, frames), np.arange(300))


def test_one_sample_alone():
    times, frames = np.array([2.0]), np.array([1.4, 1.6, 2.0, 2.4, 2.6])
    np.testing.assert_array_equal(interpolated(times, np.array([7.0]), frames)[2], 7.0)
    assert np.isnan(interpolated(times, np.array([7.0]), frames)[[0, 1, 3, 4]]).all()
    np.testing.assert_array_equal(nearest(times, frames), [-1, 0, 0, 0, -1])


def test_samples_of_any_shape_and_kind():
    times = np.arange(4.0)
    samples = np.arange(24, dtype=np.float32).reshape(4, 3, 2)
    found = interpolated(times, samples, np.array([0.5, 3.0]))
    assert found.dtype == np.float64
    np.testing.assert_array_equal(found, [samples[:2].mean(axis=0), samples[3]])
    assert interpolated(times, samples, np.array([])).shape == (0, 3, 2)
