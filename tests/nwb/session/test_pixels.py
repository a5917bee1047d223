"""Positions, poses and heads in the pixels of a camera."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from pynwb import NWBFile
from pynwb.behavior import CompassDirection, Position, SpatialSeries

from neurospatial import Environment
from neurospatial.nwb import read_session, write_overlays
from neurospatial.overlays import BodypartOverlay, PositionOverlay, Projective2D, VideoCalibration
from neurospatial.scene import Affine2D
from tests.nwb.read.test_pose import make_pose

Series = Callable[..., SpatialSeries]
Save = Callable[..., Path]
SIZE = (640, 480)
UPRIGHT = Affine2D.scaling(0.1, -0.1) @ Affine2D.translation(0, -480)
CALIBRATION = VideoCalibration(UPRIGHT, SIZE)
"""A camera that looks down on 64 cm by 48 cm."""


@pytest.fixture
def walk_px(walk_m: np.ndarray) -> np.ndarray:
    """The walk as the camera saw it, rows downward."""
    return np.column_stack([walk_m[:, 0] * 700 + 20, 460 - walk_m[:, 1] * 700])


@pytest.fixture
def filmed(nwbfile: NWBFile, walk_px: np.ndarray, series: Series) -> NWBFile:
    """Position, pose and the way of running as the direction of the head, in pixels."""
    nwbfile.add_acquisition(Position(spatial_series=series("led", walk_px, "pixels")))
    run = np.unwrap(np.arctan2(*np.gradient(walk_px, axis=0).T[::-1]))
    nwbfile.add_acquisition(
        CompassDirection(spatial_series=series("head", np.mod(run, 2 * np.pi), "radians"))
    )
    behavior = nwbfile.create_processing_module("behavior", "behaviour")
    for thing in make_pose(walk_px):
        behavior.add(thing)
    nwbfile.add_unit(spike_times=np.linspace(11, 100, 300), id=7)
    return nwbfile


def test_without_a_calibration_y_is_downward(filmed: NWBFile, walk_px: np.ndarray) -> None:
    with read_session(filmed) as session:
        assert_array_equal(session.positions, walk_px)
        env = session.environment(20)
        assert (env.y_down, env.units, env.axis_names) == (True, "px", ("x", "y"))
        kinds = [type(overlay).__name__ for overlay in session.overlays()]
    assert kinds == ["PositionOverlay", "HeadDirectionOverlay", "BodypartOverlay"]


def test_a_calibration_takes_all_of_it_and_flips_y_once(
    filmed: NWBFile, walk_px: np.ndarray
) -> None:
    expected = CALIBRATION.apply(walk_px)
    with read_session(filmed, calibration=CALIBRATION, convert_to="cm") as session:
        assert_allclose(session.positions, expected)
        env = session.environment(2)
        assert (env.y_down, env.units) == (False, "cm")
        pose = session.pose
        head = session.head_direction
        assert session.calibration is CALIBRATION
    assert pose is not None
    assert_allclose(pose.places["tail"], CALIBRATION.apply(walk_px + 2))
    assert (pose.units, pose.y_down) == ("cm", False)
    assert head is not None
    run = np.gradient(expected, axis=0)
    still = (run == 0).all(axis=1)
    ahead = np.cos(head.angles - np.arctan2(run[:, 1], run[:, 0]))[~still]
    assert ahead.min() > 0.999


def test_a_camera_at_an_angle_turns_directions_by_where_the_animal_is(
    filmed: NWBFile, walk_px: np.ndarray
) -> None:
    angled = VideoCalibration(Projective2D([[0.1, 0, 3], [0.01, -0.1, 50], [0, 0.001, 1]]), SIZE)
    with read_session(filmed, calibration=angled, convert_to="cm") as session:
        head, places = session.head_direction, session.positions
    assert head is not None
    assert_allclose(places, angled.apply(walk_px))
    run = np.gradient(places, axis=0)
    still = (run == 0).all(axis=1)
    assert np.cos(head.angles - np.arctan2(run[:, 1], run[:, 0]))[~still].min() > 0.99


def test_a_pose_in_pixels_joins_positions_in_metres(
    nwbfile: NWBFile, walk_m: np.ndarray, walk_px: np.ndarray, series: Series
) -> None:
    nwbfile.add_acquisition(Position(spatial_series=series("led", walk_m)))
    behavior = nwbfile.create_processing_module("behavior", "behaviour")
    for thing in make_pose(walk_px):
        behavior.add(thing)
    box = Environment.from_mask([[True]], [[0, 64], [0, 48]], units="cm")
    write_overlays(nwbfile, box, [CALIBRATION])
    with read_session(nwbfile) as session:
        assert session.position_units == "m"
        (pose,) = (x for x in session.overlays() if isinstance(x, BodypartOverlay))
    assert_allclose(pose.data["nose"], CALIBRATION.apply(walk_px) / 100)


def test_the_calibration_of_the_file_is_used(
    filmed: NWBFile, walk_px: np.ndarray, saved: Save
) -> None:
    box = Environment.from_mask([[True]], [[0, 64], [0, 48]], units="cm")
    write_overlays(filmed, box, [CALIBRATION])
    path = saved(filmed)
    with read_session(path) as session:
        assert_allclose(session.positions, CALIBRATION.apply(walk_px))
        assert session.position_units == "cm"
    with read_session(path, convert_to="m") as session:
        assert_allclose(session.positions, CALIBRATION.apply(walk_px) / 100)
    with read_session(path, calibration=False) as session:
        assert_array_equal(session.positions, walk_px)
        assert session.environment(20).y_down


def test_of_several_calibrations_none_is_used_and_that_is_said(filmed: NWBFile) -> None:
    box = Environment.from_mask([[True]], [[0, 64], [0, 48]], units="cm")
    write_overlays(filmed, box, [CALIBRATION])
    write_overlays(filmed, box, [CALIBRATION], module="side")
    with (
        read_session(filmed) as session,
        pytest.warns(UserWarning, match=r"calibrations of 2 cameras \(.*\), and none is used"),
    ):
        assert session.environment(20).y_down


def test_a_calibration_of_what_is_not_in_pixels_is_refused(session_file: NWBFile) -> None:
    with (
        read_session(session_file, calibration=CALIBRATION) as session,
        pytest.raises(ValueError, match=r"calibration is passed, and .*/led is in m\."),
    ):
        session.positions  # noqa: B018


@pytest.mark.parametrize("frame", ["(0,0) is the bottom left corner", "lower-left of the box"])
def test_pixels_that_say_their_origin_is_below_stay_upward(
    nwbfile: NWBFile, walk_px: np.ndarray, frame: str
) -> None:
    led = SpatialSeries(name="led", data=walk_px, unit="pixels", rate=30.0, reference_frame=frame)
    nwbfile.add_acquisition(Position(spatial_series=led))
    with read_session(nwbfile) as session:
        assert not session.environment(20).y_down


@pytest.mark.parametrize("y_down", [False, True])
def test_what_we_wrote_in_pixels_comes_back_the_same_way_up(
    nwbfile: NWBFile, walk_px: np.ndarray, y_down: bool
) -> None:
    env = Environment.from_samples(walk_px, 20, units="px", y_down=y_down)
    write_overlays(nwbfile, env, [PositionOverlay(walk_px, np.arange(3000) / 30)])
    with read_session(nwbfile) as session:
        assert session.environment(20).y_down is y_down


def test_two_animals_that_we_wrote_come_back_as_two(
    nwbfile: NWBFile, walk_m: np.ndarray, series: Series, saved: Save
) -> None:
    nwbfile.add_acquisition(Position(spatial_series=series("led", walk_m)))
    env = Environment.from_samples(walk_m, 0.1, units="m")
    times = 10 + np.arange(3000) / 30
    pair = [
        BodypartOverlay(
            {"nose": walk_m + shift, "tail": walk_m}, times, [("nose", "tail")], name=name
        )
        for name, shift in (("black", 0.01), ("white", 0.02))
    ]
    write_overlays(nwbfile, env, pair)
    with read_session(saved(nwbfile)) as session:
        overlays = [x for x in session.overlays() if isinstance(x, BodypartOverlay)]
        assert len(session.poses) == 2
        with pytest.raises(ValueError, match="There are 2 poses"):
            session.pose  # noqa: B018
    assert [overlay.name for overlay in overlays] == ["black", "white"]
    for overlay, own in zip(overlays, pair, strict=True):
        assert_array_equal(overlay.data["nose"], own.data["nose"])


def test_a_plane_is_named_as_its_axes(
    nwbfile: NWBFile, walk_m: np.ndarray, series: Series
) -> None:
    solid = np.column_stack([walk_m[:, 0], np.zeros(len(walk_m)), walk_m[:, 1]])
    nwbfile.add_acquisition(Position(spatial_series=series("led", solid)))
    with read_session(nwbfile, plane="xz") as session:
        assert session.environment(0.1).axis_names == ("x", "z")
