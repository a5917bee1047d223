"""Pictures of TimeSeriesOverlay: each option does what it says."""

import numpy as np
import pytest

from neurospatial.overlays import TimeSeriesOverlay
from tests.overlays.pictures.options import shows
from tests.overlays.pictures.shots import changed, share, shoot

CLOCK = np.arange(6.0)
FINE = np.linspace(-3, 8, 111)
PURE = {"color": "red", "vmin": 0.0, "vmax": 10.0, "window": 4.0}


def heights(shot, frame, color="red", number=0):
    """The height of the line in each column, from 0 below to 1 above; NaN for none."""
    strip = shot.strip(frame, number)
    # The line's colour over white has the opposite hue over black.
    opposite = 1 - np.array(share_color(color))
    covered = share(255 - strip[..., :3], tuple(opposite))
    total = covered.sum(axis=0)
    rows = np.arange(len(covered)) + 0.5
    with np.errstate(invalid="ignore"):
        row = np.where(total > 0.5, rows @ covered / total, np.nan)
    return 1 - row / len(covered)


def share_color(color):
    return {"red": (1.0, 0.0, 0.0), "lime": (0.0, 1.0, 0.0), "blue": (0.0, 0.0, 1.0)}[color]


def seconds(shot, window, number=0):
    """The time of each column, from the current frame."""
    width = shot.strip(0, number).shape[1]
    return ((np.arange(width) + 0.5) / width - 0.5) * window


def check_line(shot, frame, wanted, window=4.0, color="red", number=0):
    """Raise unless the line has these heights (NaN for none), to half a pixel."""
    found = heights(shot, frame, color, number)
    # Half a line's width around its ends and around the mark of the current time is grey.
    inner = np.abs(seconds(shot, window, number)) > 0.05 * window
    inner[[0, 1, -2, -1]] = False
    for edge in np.flatnonzero(np.diff(np.isnan(wanted))):
        inner[max(0, edge - 3) : edge + 5] = False
    assert np.array_equal(np.isnan(found)[inner], np.isnan(wanted)[inner])
    off = np.nanmax(np.abs(found - wanted)[inner], initial=0) * shot.strip(frame, number).shape[0]
    assert off < 0.75, f"frame {frame}: the line is off by {off:.2f} px"


def slope(now, window, shot, per_second=1.0, low=0.0, high=10.0):
    return ((now + seconds(shot, window)) * per_second + 2 - low) / (high - low)


@shows("TimeSeriesOverlay", "data", "color")
def test_line_has_its_values_and_scrolls():
    shot = shoot(TimeSeriesOverlay(FINE * 0.7 + 2, FINE, **PURE), frames=CLOCK)
    for frame in range(6):
        wanted = slope(CLOCK[frame], 4.0, shot, 0.7)
        check_line(shot, frame, np.where((wanted > 0) & (wanted < 1), wanted, np.nan))


def test_line_without_times_has_a_sample_per_field():
    shot = shoot(TimeSeriesOverlay(CLOCK + 2, **PURE), frames=CLOCK)
    inside = (CLOCK[2] + seconds(shot, 4.0) >= 0) & (CLOCK[2] + seconds(shot, 4.0) <= 5)
    check_line(shot, 2, np.where(inside, slope(CLOCK[2], 4.0, shot), np.nan))


@shows("TimeSeriesOverlay", "times")
def test_line_is_on_its_own_clock():
    times = np.array([-3.0, 0.5, 1.0, 3.0, 5.5, 9.0])
    shot = shoot(TimeSeriesOverlay(times + 2, times, **PURE, max_gap=10), frames=CLOCK)
    check_line(shot, 2, slope(CLOCK[2], 4.0, shot))


@shows("TimeSeriesOverlay", "window")
def test_window_is_as_many_seconds():
    options = {**PURE, "window": 8.0}
    shot = shoot(TimeSeriesOverlay(FINE * 0.5 + 2, FINE, **options), frames=CLOCK)
    times = CLOCK[3] + seconds(shot, 8.0)
    wanted = slope(CLOCK[3], 8.0, shot, 0.5)
    check_line(shot, 3, np.where(times <= 8, wanted, np.nan), window=8.0)


@shows("TimeSeriesOverlay", "vmin", "vmax")
def test_limits_are_those_given():
    shot = shoot(TimeSeriesOverlay(FINE * 0.5 + 2, FINE, **{**PURE, "vmin": -8.0}), frames=CLOCK)
    check_line(shot, 2, slope(CLOCK[2], 4.0, shot, 0.5, low=-8.0))
    shot = shoot(TimeSeriesOverlay(FINE * 0.5 + 2, FINE, **{**PURE, "vmax": 20.0}), frames=CLOCK)
    check_line(shot, 2, slope(CLOCK[2], 4.0, shot, 0.5, high=20.0))


def test_limits_by_themselves_hold_the_signal():
    shot = shoot(TimeSeriesOverlay(FINE, FINE, color="red", window=30.0), frames=CLOCK)
    times = CLOCK[2] + seconds(shot, 30.0)
    wanted = (times + 3 + 0.55) / 12.1
    check_line(shot, 2, np.where((times >= -3) & (times <= 8), wanted, np.nan), window=30.0)


@shows("TimeSeriesOverlay", "max_gap")
def test_no_line_across_a_gap_longer_than_the_limit():
    times = np.array([-3.0, 0.0, 1.0, 2.2, 2.4, 4.4, 5.0, 9.0])
    shot = shoot(TimeSeriesOverlay(times + 2, times, **PURE, max_gap=1.5), frames=CLOCK)
    now = CLOCK[3] + seconds(shot, 4.0)
    wanted = np.where(((now > 1) & (now < 2.4)) | ((now > 4.4) & (now < 5)), now + 2, np.nan)
    check_line(shot, 3, wanted / 10)


def test_nan_leaves_a_gap():
    values = np.where((FINE > 2.55) & (FINE < 3.75), np.nan, FINE * 0.5 + 2)
    shot = shoot(TimeSeriesOverlay(values, FINE, **PURE), frames=CLOCK)
    now = CLOCK[2] + seconds(shot, 4.0)
    wanted = slope(CLOCK[2], 4.0, shot, 0.5)
    check_line(shot, 2, np.where((now > 2.5) & (now < 3.8), np.nan, wanted))


def title_differs(first, second):
    """Whether what stands right above the strip differs, and nothing else does."""
    differs = changed(first.pictures[0], second.pictures[0])
    box = first.page.strips[0]
    above = differs[box.y - 20 : box.y + 2, box.x : box.x + box.width].copy()
    differs[box.y - 20 : box.y + 2, box.x : box.x + box.width] = False
    assert not differs.any()
    return bool(above.any())


@shows("TimeSeriesOverlay", "label", "name")
def test_strip_says_what_it_shows():
    plain = shoot(TimeSeriesOverlay(FINE, FINE, **PURE), frames=CLOCK)
    labelled = shoot(TimeSeriesOverlay(FINE, FINE, **PURE, label="speed [cm/s]"), frames=CLOCK)
    named = shoot(TimeSeriesOverlay(FINE, FINE, **PURE, name="speed"), frames=CLOCK)
    assert title_differs(plain, labelled)
    assert title_differs(plain, named)
    assert title_differs(labelled, named)


def test_several_signals_have_a_strip_each():
    shot = shoot(
        TimeSeriesOverlay(FINE * 0.5 + 2, FINE, **PURE),
        TimeSeriesOverlay(8 - 0.5 * FINE, FINE, **{**PURE, "color": "blue"}),
        frames=CLOCK,
    )
    check_line(shot, 2, slope(CLOCK[2], 4.0, shot, 0.5))
    falling = (8 - 0.5 * (CLOCK[2] + seconds(shot, 4.0))) / 10
    check_line(shot, 2, falling, color="blue", number=1)


def test_a_jump_is_where_it_happened():
    step = np.where(FINE < 3.05, 2.0, 8.0)
    shot = shoot(TimeSeriesOverlay(step, FINE, **PURE), frames=CLOCK)
    found = heights(shot, 2)
    crossing = seconds(shot, 4.0)[np.flatnonzero(np.nan_to_num(found) > 0.5)[0]]
    assert CLOCK[2] + crossing == pytest.approx(3.05, abs=0.06)
