import re
import warnings
from collections.abc import Callable

import numpy as np
import pynapple
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from pynwb import NWBFile, TimeSeries
from pynwb.behavior import CompassDirection, EyeTracking, Position, SpatialSeries

from neurospatial.nwb import read_session
from neurospatial.nwb.file.length_units import parse_unit, to_nwb_unit
from neurospatial.nwb.file.time_series import sort_by_time
from neurospatial.nwb.read.position_candidates import parse_axis

Series = Callable[..., SpatialSeries]


def test_series_of_one_axis_each_are_joined(
    nwbfile: NWBFile, walk_m: np.ndarray, series: Series
) -> None:
    y, x = (series(f"pos_{axis}", walk_m[:, n]) for axis, n in (("y", 1), ("x", 0)))
    nwbfile.add_acquisition(Position(spatial_series=[y, x]))
    with read_session(nwbfile) as session:
        assert_array_equal(session.positions, walk_m)
        assert session.tracked.axes == "xy"


def test_plain_series_named_as_axes_are_joined(nwbfile: NWBFile, walk_m: np.ndarray) -> None:
    for name, column in (("x", walk_m[:, 0]), ("y", walk_m[:, 1]), ("vel_x", walk_m[:, 0])):
        nwbfile.add_acquisition(TimeSeries(name=name, data=column, unit="cm", rate=30.0))
    with read_session(nwbfile) as session:
        assert_array_equal(session.positions, walk_m)
        assert session.position_units == "cm"


def test_series_are_joined_as_they_are_named(nwbfile: NWBFile, walk_m: np.ndarray) -> None:
    for name, column in (("left", walk_m[:, 0]), ("up", walk_m[:, 1])):
        nwbfile.add_acquisition(TimeSeries(name=name, data=column, unit="cm", rate=30.0))
    with read_session(nwbfile, position=("up", "left")) as session:
        assert_array_equal(session.positions, walk_m[:, ::-1])


def test_series_on_different_clocks_are_not_joined(
    nwbfile: NWBFile, walk_m: np.ndarray, series: Series
) -> None:
    nwbfile.add_acquisition(series("x", walk_m[:, 0]))
    nwbfile.add_acquisition(series("y", walk_m[:, 1], rate=25.0))
    with (
        read_session(nwbfile) as session,
        pytest.raises(ValueError, match="cannot be joined: y has other times than x"),
    ):
        session.positions  # noqa: B018


def test_eyes_and_angles_are_no_positions(
    nwbfile: NWBFile, walk_m: np.ndarray, series: Series
) -> None:
    nwbfile.add_acquisition(series("led", walk_m))
    nwbfile.add_acquisition(EyeTracking(spatial_series=series("eye", walk_m)))
    nwbfile.add_acquisition(CompassDirection(spatial_series=series("head", walk_m[:, 0])))
    with read_session(nwbfile) as session:
        assert session.tracked.path == "acquisition/led"


def two_leds(nwbfile: NWBFile, walk_m: np.ndarray, series: Series) -> NWBFile:
    leds = [series("red", walk_m), series("green", walk_m + 1)]
    nwbfile.add_acquisition(Position(spatial_series=leds))
    return nwbfile


def test_several_candidates_are_listed_with_what_to_pass(
    nwbfile: NWBFile, walk_m: np.ndarray, series: Series
) -> None:
    with (
        read_session(two_leds(nwbfile, walk_m, series)) as session,
        pytest.raises(ValueError, match="2 candidates for a position") as raised,
    ):
        session.positions  # noqa: B018
    assert "Pass position='acquisition/Position/green'" in str(raised.value)


@pytest.mark.parametrize("name", ["green", "Position/green", "acquisition/Position/green"])
def test_a_candidate_is_chosen_by_the_end_of_its_path(
    nwbfile: NWBFile, walk_m: np.ndarray, series: Series, name: str
) -> None:
    with read_session(two_leds(nwbfile, walk_m, series), position=name) as session:
        assert_array_equal(session.positions, walk_m + 1)


def test_a_name_of_nothing_is_refused_at_once(
    nwbfile: NWBFile, walk_m: np.ndarray, series: Series
) -> None:
    with pytest.raises(ValueError, match=r"no position named 'gren'. Did you mean 'green'"):
        read_session(two_leds(nwbfile, walk_m, series), position="gren")


def test_without_a_position_it_is_said_what_would_do(nwbfile: NWBFile) -> None:
    with (
        read_session(nwbfile) as session,
        pytest.raises(ValueError, match="The file has no position") as raised,
    ):
        session.positions  # noqa: B018
    assert "TsdFrame" in str(raised.value)


@pytest.fixture
def three_axes(nwbfile: NWBFile, walk_m: np.ndarray, series: Series) -> NWBFile:
    height = 0.02 * np.sin(np.arange(len(walk_m)))
    places = np.column_stack([walk_m[:, 0], height, walk_m[:, 1]])
    nwbfile.add_acquisition(series("rigid_body", places))
    return nwbfile


def test_of_three_axes_two_are_chosen(three_axes: NWBFile, walk_m: np.ndarray) -> None:
    with (
        read_session(three_axes) as session,
        pytest.raises(
            ValueError, match=r"three axes.* y 0\.03\d+, .*\n\n.*y is the flattest"
        ) as e,
    ):
        session.positions  # noqa: B018
    assert "1. Pass plane='xz'" in str(e.value)
    with read_session(three_axes, plane="zx") as session:
        assert_array_equal(session.positions, walk_m[:, ::-1])
    with (
        read_session(three_axes, plane="xw") as session,
        pytest.raises(ValueError, match=r"plane is 'xw', and .* has the axes 'xyz'"),
    ):
        session.positions  # noqa: B018


def test_an_axis_that_never_changes_is_left_out(
    nwbfile: NWBFile, walk_m: np.ndarray, series: Series
) -> None:
    nwbfile.add_acquisition(series("led", np.column_stack([walk_m, np.zeros(len(walk_m))])))
    with read_session(nwbfile) as session:
        assert_array_equal(session.positions, walk_m)


@pytest.mark.parametrize("unit", ["", "n.a.", "unknown"])
def test_a_missing_unit_is_said_and_not_guessed(
    nwbfile: NWBFile, walk_m: np.ndarray, series: Series, unit: str
) -> None:
    nwbfile.add_acquisition(series("led", walk_m, unit=unit))
    with read_session(nwbfile) as session:
        with pytest.warns(UserWarning, match="does not say its unit .* spans 0.8 × 0.6"):
            assert session.position_units == ""
        assert session.environment(0.1).units is None
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with read_session(nwbfile, units="metres") as session:
            assert session.position_units == "m"


def test_the_default_unit_of_pynwb_is_doubted(
    nwbfile: NWBFile, walk_m: np.ndarray, series: Series
) -> None:
    nwbfile.add_acquisition(series("led", walk_m * 100))
    with read_session(nwbfile) as session, pytest.warns(UserWarning, match="spans 80 × 60 m"):
        session.positions  # noqa: B018


def test_metres_with_bins_of_centimetres(session_file: NWBFile) -> None:
    with read_session(session_file) as session:
        with pytest.raises(ValueError, match=r"bin_size is 2, .* span 0.8 × 0.6 m") as raised:
            session.environment(2)
        assert "bin_size=0.02 (2 cm)" in str(raised.value)
        assert "convert_to='cm'" in str(raised.value)
        assert session.environment(0.02).n_bins > 100
    with (
        read_session(session_file, units="") as session,
        pytest.raises(ValueError, match=r"span 0.8 × 0.6, in a unit that the file does not say"),
    ):
        session.environment(2)


def test_centimetres_with_bins_of_metres(session_file: NWBFile) -> None:
    with (
        read_session(session_file, convert_to="cm") as session,
        pytest.raises(ValueError, match=r"bin_size is 0.02, .* span 80 × 60 cm") as raised,
    ):
        session.environment(0.02)
    assert "bin_size=2 (0.02 m)" in str(raised.value)


def test_lost_samples_stay_lost(nwbfile: NWBFile, walk_m: np.ndarray, series: Series) -> None:
    walk_m[100:400] = np.nan
    nwbfile.add_acquisition(series("led", walk_m))
    nwbfile.add_unit(spike_times=[20.0], id=0)  # while it was lost
    with read_session(nwbfile) as session:
        assert np.isnan(session.positions[100:400]).all()
        env = session.environment(0.1)
        assert np.nanmax(session.place_fields(0, env)) == 0


def test_positions_that_are_all_lost(nwbfile: NWBFile, walk_m: np.ndarray, series: Series) -> None:
    nwbfile.add_acquisition(series("led", np.full_like(walk_m, np.nan)))
    with (
        read_session(nwbfile) as session,
        pytest.raises(ValueError, match="3000 samples, and none is finite"),
    ):
        session.positions  # noqa: B018


def test_late_stamps_are_sorted_and_said(
    nwbfile: NWBFile, walk_m: np.ndarray, series: Series
) -> None:
    times = np.arange(3000) / 30
    times[[7, 8]] = times[[8, 7]]
    times[20] = times[19]
    times[30] = np.nan
    nwbfile.add_acquisition(series("led", walk_m, timestamps=times))
    with read_session(nwbfile) as session:
        with pytest.warns(
            UserWarning, match=r"sorted, for times go back 1 times, after .7."
        ) as caught:
            found = session.times
        assert "1 without a finite time left out" in str(caught[0].message)
        assert "1 that repeat a time left out" in str(caught[0].message)
        assert (np.diff(found) > 0).all()
        assert found.size == 2998
        assert_array_equal(session.positions[7], walk_m[8])


def test_a_clock_that_begins_anew_is_refused(
    nwbfile: NWBFile, walk_m: np.ndarray, series: Series
) -> None:
    times = np.r_[np.arange(1500), np.arange(1500)] / 30
    nwbfile.add_acquisition(series("led", walk_m, timestamps=times))
    with (
        read_session(nwbfile) as session,
        pytest.raises(ValueError, match=r"after sample 1499 they go from 49.9667 s to 0 s"),
    ):
        session.positions  # noqa: B018


@given(st.permutations(range(12)))
def test_sorting_loses_nothing(order: list[int]) -> None:
    times, values = np.array(order) / 100, np.array(order)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        when, what = sort_by_time(times, values, "x")
    assert_allclose(when, np.arange(12) / 100)
    assert_array_equal(what, np.arange(12))


@pytest.mark.parametrize(
    ("name", "read"),
    [("Z", ("", "z")), ("x_position", ("position", "x")), ("ry", None), ("position", None)],
)
def test_axes_in_names(name: str, read: tuple[str, str] | None) -> None:
    assert parse_axis(name) == read


@pytest.mark.parametrize("units", ["m", "cm", "mm", "um", "in", "px"])
def test_units_survive_the_way_to_a_file_and_back(units: str) -> None:
    assert parse_unit(to_nwb_unit(units)) == units
    assert parse_unit(to_nwb_unit(units).upper()) == units


@pytest.mark.parametrize(("shape", "way"), [((3000, 4), "two LEDs"), ((2, 3000), "data.T")])
def test_columns_that_are_no_coordinates_are_refused_by_shape(
    nwbfile: NWBFile, series: Series, shape: tuple[int, ...], way: str
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pynwb says as well that it is no position
        led = series("led", np.zeros(shape))
    nwbfile.add_acquisition(Position(spatial_series=led))
    with (
        read_session(nwbfile) as session,
        pytest.raises(
            ValueError, match=re.escape(f"acquisition/Position/led has shape {shape}")
        ) as raised,
    ):
        session.positions  # noqa: B018
    assert way in str(raised.value)


def test_samples_of_four_columns_are_refused(session_file: NWBFile) -> None:
    leds = pynapple.TsdFrame(t=np.arange(5.0), d=np.zeros((5, 4)))
    with (
        read_session(session_file, position=leds) as session,
        pytest.raises(ValueError, match=r"position has shape \(5, 4\)"),
    ):
        session.positions  # noqa: B018
