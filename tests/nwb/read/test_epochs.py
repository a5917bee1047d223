from collections.abc import Callable
from pathlib import Path

import numpy as np
import pynapple
import pytest
from numpy.testing import assert_array_equal
from pynwb import NWBFile
from pynwb.epoch import TimeIntervals

from neurospatial.nwb import read_session

Save = Callable[..., Path]


@pytest.fixture
def marked(session_file: NWBFile) -> NWBFile:
    session_file.add_epoch(20.0, 40.0, ["rest"])
    session_file.add_epoch(50.0, 90.0, ["run", "light"])
    session_file.add_trial(start_time=50.0, stop_time=60.0)
    session_file.add_trial(start_time=62.0, stop_time=71.0)
    ripples = TimeIntervals(name="ripples", description="events")
    ripples.add_row(start_time=30.0, stop_time=30.1)
    session_file.create_processing_module("ecephys", "signals").add(ripples)
    return session_file


def test_intervals_by_table_and_label(marked: NWBFile, saved: Save) -> None:
    with read_session(saved(marked)) as session:
        epochs = session.epochs
    assert set(epochs) == {"epochs", "trials", "ripples"}
    assert_array_equal(epochs["trials"].spans, [[50, 60], [62, 71]])
    assert epochs["epochs"].labels == ("rest", "run, light")
    assert_array_equal(epochs["epochs"]["light"].spans, [[50, 90]])
    with pytest.raises(KeyError):
        epochs["epochs"]["dark"]


@pytest.mark.parametrize(
    "epoch",
    [
        "run",
        (50.0, 90.0),
        [[50.0, 90.0]],
        pynapple.IntervalSet(start=[50.0], end=[90.0]),
    ],
)
def test_an_epoch_in_any_form(marked: NWBFile, epoch: object) -> None:
    with read_session(marked) as session:
        times, _ = session.samples(epoch)
    assert (times[0], times[-1]) == pytest.approx((50, 90))


@pytest.mark.parametrize(
    ("epoch", "message"),
    [
        ("rum", "There is no epoch 'rum'. Did you mean 'run'"),
        ((90.0, 50.0), "Interval 0 runs from 90 s to 50 s"),
        (np.zeros((2, 3)), r"epoch has shape \(2, 3\)"),
    ],
)
def test_what_is_no_epoch_is_refused(marked: NWBFile, epoch: object, message: str) -> None:
    with read_session(marked) as session, pytest.raises(ValueError, match=message):
        session.samples(epoch)


def test_a_label_of_two_tables_is_refused(marked: NWBFile) -> None:
    marked.create_time_intervals(name="doors", description="d").add_column("label", "which")
    marked.intervals["doors"].add_row(start_time=1.0, stop_time=2.0, label="run")
    with (
        read_session(marked) as session,
        pytest.raises(ValueError, match="2 tables have intervals labelled 'run'"),
    ):
        session.samples("run")


def test_a_field_for_each_trial(marked: NWBFile) -> None:
    with read_session(marked) as session:
        env = session.environment(0.1)
        each = session.place_fields(4, env, windows="trials")
        assert each.shape == (2, env.n_bins)
        first = session.place_fields(4, env, windows=[(50, 60)])
    assert_array_equal(each[0], first[0])


@pytest.mark.parametrize("given", ["array", "table", "label", "epochs"])
def test_windows_keep_the_order_they_came_in(session_file: NWBFile, given: str) -> None:
    spans = [(70.0, 90.0), (12.0, 30.0), (40.0, 55.0), (30.0, 38.0)]
    for start, stop in spans:
        session_file.add_epoch(start, stop, ["lap"])
    with read_session(session_file) as session:
        env = session.environment(0.1)
        windows = {
            "array": spans,
            "table": "epochs",
            "label": "lap",
            "epochs": session.epochs["epochs"],
        }[given]
        each = session.place_fields(4, env, windows=windows)
        alone = [session.place_fields(4, env, windows=[span])[0] for span in spans]
    assert_array_equal(each, alone)
