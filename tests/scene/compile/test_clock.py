"""Times of frames, in whatever they are kept."""

from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pandas
import polars
import pynapple
import pytest

from neurospatial import Environment
from neurospatial.fields import FieldSeries
from neurospatial.overlays import PositionOverlay, TimeSeriesOverlay
from neurospatial.scene import compile_scene

N = 5
SECONDS = np.arange(N) * 0.1
MICROSECONDS = (SECONDS * 1e6).round().astype(int)
START = datetime(2024, 1, 1, 12, tzinfo=UTC)
DATES = np.datetime64("2024-01-01T12:00") + MICROSECONDS.astype("timedelta64[us]")
LABELS = [f"t = {s:.1f} s" for s in SECONDS]

DURATIONS = {
    "numbers": SECONDS,
    "timedelta64": MICROSECONDS.astype("timedelta64[us]"),
    "of pandas": pandas.to_timedelta(SECONDS, unit="s"),
    "series of pandas": pandas.Series(pandas.to_timedelta(SECONDS, unit="s"), range(N, 0, -1)),
    "of Python": [timedelta(seconds=s) for s in SECONDS],
    "of polars": polars.Series(MICROSECONDS).cast(polars.Duration("us")),
    "of pynapple": pynapple.Ts(SECONDS),
    "masked": np.ma.masked_array(SECONDS),
}
OF_DATES = {
    "datetime64": DATES,
    "of pandas": pandas.DatetimeIndex(DATES),
    "of a zone": pandas.DatetimeIndex(DATES, tz="UTC").tz_convert("Europe/Vienna"),
    "series of pandas": pandas.Series(DATES, index=range(N, 0, -1)),
    "of Python": [START + timedelta(seconds=s) for s in SECONDS],
    "of Python in a zone": [
        (START + timedelta(seconds=s)).astimezone(timezone(timedelta(hours=-5))) for s in SECONDS
    ],
    "of polars": polars.Series(DATES),
}


@pytest.fixture(scope="module")
def env():
    return Environment.from_mask(np.ones((4, 3), bool), [np.arange(5.0), np.arange(4.0)])


@pytest.fixture
def fields():
    return np.random.default_rng(0).random((N, 12))


@pytest.mark.parametrize("speed", [None, 1.0])
@pytest.mark.parametrize("kind", DURATIONS)
def test_durations_are_seconds(env, fields, kind, speed):
    timeline = compile_scene(
        env, fields, frame_times=DURATIONS[kind], speed=speed, fps=10
    ).timeline
    np.testing.assert_allclose(timeline.times, SECONDS, atol=1e-9)
    assert timeline.zero is None


@pytest.mark.parametrize("speed", [None, 1.0])
@pytest.mark.parametrize("kind", OF_DATES)
def test_dates_count_from_the_first_which_is_said(env, fields, kind, speed):
    timeline = compile_scene(env, fields, frame_times=OF_DATES[kind], speed=speed).timeline
    assert timeline.zero == "2024-01-01 12:00:00 UTC"
    assert timeline.times[0] == 0
    if speed is None:
        np.testing.assert_allclose(timeline.times, SECONDS, atol=1e-6)
        assert [timeline.label(i) for i in range(N)] == LABELS


def test_overlays_of_dates_lie_on_frames_of_dates(env, fields):
    path = np.linspace(0.5, 2.5, N)
    overlays = lambda times: [  # noqa: E731
        PositionOverlay(np.stack([path, path], axis=1), times, size=3),
        TimeSeriesOverlay(path, times, label="speed", window=0.2),
    ]
    dated = compile_scene(env, fields, frame_times=DATES, overlays=overlays(DATES))
    plain = compile_scene(env, fields, frame_times=SECONDS, overlays=overlays(SECONDS))
    for found, expected in zip(dated.panels[0].layers, plain.panels[0].layers, strict=True):
        if hasattr(found, "xy"):
            np.testing.assert_allclose(found.xy, expected.xy, atol=1e-5)
    (found,), (expected,) = dated.strips, plain.strips
    np.testing.assert_allclose(found.times, expected.times, atol=1e-6)


def test_fields_computed_from_dates_count_from_the_first(env, fields):
    series = FieldSeries(fields, DATES, env)
    timeline = compile_scene(env, series).timeline
    assert timeline.zero == "2024-01-01 12:00:00 UTC"
    assert [timeline.label(i) for i in range(N)] == LABELS


def test_windows_are_their_middles(env, fields):
    windows = np.stack([SECONDS, SECONDS + 0.5], axis=1)
    for given in (windows, pandas.DataFrame(windows), windows.tolist()):
        times = compile_scene(env, fields, frame_times=given).timeline.times
        np.testing.assert_allclose(times, SECONDS + 0.25)
    dated = np.stack([DATES, DATES + np.timedelta64(2, "s")], axis=1)
    assert compile_scene(env, fields, frame_times=dated).timeline.zero == "2024-01-01 12:00:01 UTC"
    with pytest.raises(ValueError, match=r"(?s)frame_times\[0\] is a window from 0.5 to 0.*HOW"):
        compile_scene(env, fields, frame_times=windows[:, ::-1])


@pytest.mark.parametrize("gap", [1e9, 1e300])
def test_a_gap_that_takes_years_to_play_is_refused(env, fields, gap):
    times = SECONDS.copy()
    times[3:] += gap
    assert compile_scene(env, fields[:4], frame_times=times[:4]).timeline.n_frames == 4
    with pytest.raises(ValueError, match=r"(?s)speed=1 .* s, is between frames 2 and 3.*HOW"):
        compile_scene(env, fields[:4], frame_times=times[:4], speed=1)


LABEL_KINDS = {
    "list": ["lap 1", "lap 2", "lap 3", "lap 4", "5"],
    "numbers too": ["lap 1", b"lap 2", "lap 3", np.str_("lap 4"), 5],
    "sorted series": pandas.Series(["lap 1", "lap 2", "lap 3", "lap 4", "5"], range(N, 0, -1)),
    "bytes": np.array([b"lap 1", b"lap 2", b"lap 3", b"lap 4", b"5"]),
    "polars": polars.Series(["lap 1", "lap 2", "lap 3", "lap 4", "5"]),
}


@pytest.mark.parametrize("kind", LABEL_KINDS)
def test_labels_go_by_position(env, fields, kind):
    timeline = compile_scene(env, fields, frame_labels=LABEL_KINDS[kind]).timeline
    assert [timeline.label(i) for i in range(N)] == LABEL_KINDS["list"]


@pytest.mark.parametrize("labels", ["abcde", [None] * N, 5])
def test_what_is_no_label_is_explained(env, fields, labels):
    with pytest.raises(TypeError, match=r"(?s)frame_labels.*WHY.*HOW"):
        compile_scene(env, fields, frame_labels=labels)


def test_panels_of_one_name_are_refused(env, fields):
    with pytest.raises(ValueError, match=r"(?s)Two panels are called '1'.*HOW"):
        compile_scene(env, {1: fields, "1": fields})
