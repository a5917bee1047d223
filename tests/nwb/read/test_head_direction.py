import logging
from collections.abc import Callable

import numpy as np
import pytest
from numpy.testing import assert_allclose
from pynwb import NWBFile, TimeSeries
from pynwb.behavior import CompassDirection, Position, SpatialSeries

from neurospatial.nwb import read_session

Series = Callable[..., SpatialSeries]
TIMES = np.arange(3000) / 30
ANGLES = np.mod(0.3 * TIMES + 1.0, 2 * np.pi)


def add_heads(nwbfile: NWBFile, walk: np.ndarray, series: Series, *heads: SpatialSeries) -> None:
    nwbfile.add_acquisition(Position(spatial_series=series("led", walk)))
    nwbfile.add_acquisition(CompassDirection(spatial_series=list(heads)))


@pytest.mark.parametrize(
    ("unit", "stored"),
    [("radians", ANGLES), ("degrees", np.rad2deg(ANGLES)), ("Deg", np.rad2deg(ANGLES))],
)
def test_angles_are_read_in_radians(
    nwbfile: NWBFile, walk_m: np.ndarray, series: Series, unit: str, stored: np.ndarray
) -> None:
    add_heads(nwbfile, walk_m, series, series("head", stored, unit=unit))
    with read_session(nwbfile) as session:
        head = session.head_direction
    assert head is not None
    assert_allclose(head.angles, ANGLES)
    assert_allclose(head.times, 10 + TIMES)


@pytest.mark.parametrize(("factor", "guess"), [(1.0, "radians"), (180 / np.pi, "degrees")])
def test_without_a_unit_the_range_decides_and_that_is_said(
    nwbfile: NWBFile, walk_m: np.ndarray, series: Series, factor: float, guess: str
) -> None:
    add_heads(nwbfile, walk_m, series, series("head", ANGLES * factor, unit="meters"))
    with (
        read_session(nwbfile) as session,
        pytest.warns(UserWarning, match=f"it says 'meters'.*: taken as {guess}"),
    ):
        head = session.head_direction
    assert head is not None
    assert_allclose(head.angles, ANGLES)


def test_unit_vectors_are_angles(nwbfile: NWBFile, walk_m: np.ndarray, series: Series) -> None:
    vectors = np.column_stack([np.cos(ANGLES), np.sin(ANGLES)])
    add_heads(nwbfile, walk_m, series, series("head", vectors, unit="a.u."))
    with read_session(nwbfile) as session:
        head = session.head_direction
    assert head is not None
    assert_allclose(np.mod(head.angles, 2 * np.pi), ANGLES)


def test_a_series_of_angles_outside_of_a_compass_is_found_by_its_name(
    nwbfile: NWBFile, walk_m: np.ndarray, series: Series
) -> None:
    nwbfile.add_acquisition(Position(spatial_series=series("led", walk_m)))
    nwbfile.add_acquisition(
        TimeSeries(name="head_direction", data=ANGLES, unit="radians", rate=30.0)
    )
    nwbfile.add_acquisition(TimeSeries(name="tail_angle", data=ANGLES, unit="radians", rate=30.0))
    with read_session(nwbfile) as session:
        assert session.head_direction is not None
        assert session.head_direction.path == "acquisition/head_direction"


def test_several_are_listed_and_one_chosen(
    nwbfile: NWBFile, walk_m: np.ndarray, series: Series
) -> None:
    heads = [series(name, ANGLES, unit="radians") for name in ("raw", "smooth")]
    add_heads(nwbfile, walk_m, series, *heads)
    with (
        read_session(nwbfile) as session,
        pytest.raises(ValueError, match="2 candidates for a head direction") as raised,
    ):
        session.head_direction  # noqa: B018
    assert "head_direction=False" in str(raised.value)
    with read_session(nwbfile, head_direction="smooth") as session:
        assert session.head_direction is not None
        assert session.head_direction.path.endswith("smooth")
    with read_session(nwbfile, head_direction=False) as session:
        assert session.head_direction is None
    with pytest.raises(ValueError, match="Did you mean 'smooth'"):
        read_session(nwbfile, head_direction="smoth")


@pytest.mark.parametrize("plane", ["xz", "zx"])
def test_a_rotation_about_the_upright_axis_is_seen_in_either_plane(
    nwbfile: NWBFile,
    walk_m: np.ndarray,
    series: Series,
    plane: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Right-handed rotation about y takes z to x: from +x, by +90 degrees, to -z."""
    axes = {"x": walk_m[:, 0], "y": 0.01 * np.sin(TIMES), "z": walk_m[:, 1]}
    nwbfile.add_acquisition(
        Position(spatial_series=[series(axis, column) for axis, column in axes.items()])
    )
    quarter = np.full(3000, np.pi / 2)
    heads = [series(f"r{axis}", quarter, unit="radian") for axis in "xyz"]
    nwbfile.add_acquisition(CompassDirection(spatial_series=heads))
    with caplog.at_level(logging.INFO, "neurospatial"), read_session(nwbfile, plane=plane) as s:
        head = s.head_direction
    assert head is not None
    assert head.path.endswith("ry")
    assert "right-handed rotation about y, 0 along x" in caplog.text
    way = dict(zip(plane, (np.cos(head.angles[0]), np.sin(head.angles[0])), strict=True))
    assert way["z"] == pytest.approx(-1)
    assert way["x"] == pytest.approx(0, abs=1e-12)


def test_how_angles_are_counted_can_be_said(
    nwbfile: NWBFile, walk_m: np.ndarray, series: Series
) -> None:
    add_heads(nwbfile, walk_m, series, series("head", ANGLES, unit="radians"))
    with read_session(nwbfile, clockwise=True, angle_origin=0.5) as session:
        assert session.head_direction is not None
        assert_allclose(session.head_direction.angles, 0.5 - ANGLES)


def circling(nwbfile: NWBFile, series: Series, head: np.ndarray) -> NWBFile:
    way = 0.5 * TIMES
    places = np.column_stack([np.cos(way), np.sin(way)])
    add_heads(nwbfile, places, series, series("head", head, unit="radians"))
    return nwbfile


def test_a_head_that_looks_where_the_animal_runs_is_not_doubted(
    nwbfile: NWBFile, series: Series
) -> None:
    with read_session(circling(nwbfile, series, 0.5 * TIMES + np.pi / 2)) as session:
        assert session.head_direction is not None


@pytest.mark.parametrize(
    ("head", "message"),
    [
        (0.5 * TIMES, r"-90 degrees away .* pass angle_origin=1\.57"),
        (-0.5 * TIMES - np.pi / 2, r"turns against where the animal runs \(agreement .* 1 mirr"),
    ],
)
def test_a_head_that_does_not_is_doubted(
    nwbfile: NWBFile, series: Series, head: np.ndarray, message: str
) -> None:
    with (
        read_session(circling(nwbfile, series, head)) as session,
        pytest.warns(UserWarning, match=message),
    ):
        session.head_direction  # noqa: B018
