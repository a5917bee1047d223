"""Clocks of fields in a file: dates, durations, and those that a series has with it."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from neurospatial import compute_place_fields
from neurospatial.nwb import (
    edit_nwb,
    extend_fields,
    read_fields,
    read_session,
    write_fields,
    write_overlays,
)
from neurospatial.overlays import PositionOverlay
from tests.nwb.nwb_files import QUIET, make_environment, make_posterior, make_session, save_nwb

ZERO = np.datetime64("2024-05-17T12:00:00", "ns")
"""When the session of make_session began."""
EVEN = 7 + np.arange(40) / 40


def to_dates(seconds: np.ndarray) -> np.ndarray:
    return ZERO + np.round(seconds * 1e9).astype("timedelta64[ns]")


@pytest.mark.parametrize(
    "convert",
    [
        to_dates,
        lambda seconds: pd.DatetimeIndex(to_dates(seconds)),
        lambda seconds: pd.Series(to_dates(seconds)).dt.tz_localize("UTC"),
        lambda seconds: to_dates(seconds).astype("datetime64[us]").tolist(),
        lambda seconds: to_dates(seconds) - ZERO,
    ],
    ids=["NumPy", "index", "series", "Python", "durations"],
)
def test_dates_are_counted_from_the_zero_of_the_file(convert: object, tmp_path: Path) -> None:
    env, nwbfile = make_environment("masked"), make_session()
    fields = make_posterior(40, env.n_bins)
    series = write_fields(nwbfile, env, fields[:30], convert(EVEN[:30]), **QUIET)
    assert (series.rate, series.starting_time) == (40.0, 7.0)  # Even ones stay even.
    rat = PositionOverlay(np.zeros((40, 2)))
    (position,) = write_overlays(nwbfile, env, [rat], frame_times=convert(EVEN))
    assert (position.rate, position.starting_time) == (40.0, 7.0)
    path = save_nwb(nwbfile, tmp_path / "a.nwb")
    with edit_nwb(path) as opened:
        extend_fields(opened, fields[30:], convert(EVEN[30:]), progress=False)
    np.testing.assert_allclose(read_fields(path).times, EVEN, atol=1e-9)


def test_a_series_has_its_clock_with_it(tmp_path: Path) -> None:
    env, nwbfile = make_environment("masked"), make_session()
    rng = np.random.default_rng(0)
    places, times = rng.uniform(0, 8, (600, 2)), np.arange(600) / 10
    windows = [(0, 20), (20, 40), (40, 60)]
    computed = compute_place_fields(
        env, {"cell 7": times[::7]}, times, places, windows=windows, progress=False
    )
    with pytest.raises(ValueError, match=r"The fields are of 1 units[\s\S]*fields\['cell 7'\]"):
        write_fields(nwbfile, env, computed, **QUIET)
    write_fields(nwbfile, env, computed["cell 7"], **{**QUIET, "unit": b"Hz"})
    held = read_fields(save_nwb(nwbfile, tmp_path / "a.nwb"))
    np.testing.assert_array_equal(held, computed[0])
    assert (held.times.tolist(), held.unit, held.names) == ([10, 30, 50], "Hz", ("fields",))


def test_without_times_it_is_said_what_has_some() -> None:
    env = make_environment("masked")
    with pytest.raises(TypeError, match=r"times are missing[\s\S]*Pass a FieldSeries"):
        write_fields(make_session(), env, make_posterior(4, env.n_bins), **QUIET)


def test_masked_values_are_not_written(tmp_path: Path) -> None:
    env, nwbfile = make_environment("masked"), make_session()
    fields = np.ma.masked_greater(make_posterior(3, env.n_bins), 90)
    write_fields(nwbfile, env, fields, [0, 1, 2], **QUIET)
    write_fields(nwbfile, env, iter([fields]), [0, 1, 2], name="pieces", **QUIET)
    path = save_nwb(nwbfile, tmp_path / "a.nwb")
    for name in ("fields", "pieces"):
        np.testing.assert_array_equal(read_fields(path, name), fields.filled(np.nan))


def test_fields_in_windows_know_their_clock() -> None:
    nwbfile = make_session()
    with read_session(nwbfile, position="walked", units="m") as session:
        env = session.environment(0.1)
        fields = session.place_fields([7, 3], env, windows=[(5, 9), (0, 4)])
    assert fields.times.tolist() == [7, 2]
    assert fields.names == ("unit 7", "unit 3")
    assert fields[1].names == ("unit 3",)
