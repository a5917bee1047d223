import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import ndx_pose
import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from pynwb import NWBFile
from pynwb.behavior import Position, SpatialSeries

from neurospatial.nwb import read_session
from neurospatial.overlays import BodypartOverlay, PositionOverlay

Save = Callable[..., Path]
Series = Callable[..., SpatialSeries]
NODES = ["nose", "body", "tail"]


def make_pose(
    walk: np.ndarray, unit: str = "pixels", name: str = "PoseEstimation"
) -> list[object]:
    times = 10 + np.arange(len(walk)) / 30
    skeleton = ndx_pose.Skeleton(
        name=f"{name} skeleton", nodes=NODES, edges=np.array([[0, 1], [1, 2]], dtype="uint8")
    )
    series = [
        ndx_pose.PoseEstimationSeries(
            name=part,
            data=walk + shift,
            unit=unit,
            reference_frame="top left",
            timestamps=times,
            confidence=np.linspace(0, 1, len(walk)),
        )
        for shift, part in enumerate(NODES)
    ]
    pose = ndx_pose.PoseEstimation(
        name=name, pose_estimation_series=series, skeleton=skeleton, description="tracked"
    )
    return [ndx_pose.Skeletons(name=f"{name} skeletons", skeletons=[skeleton]), pose]


@pytest.fixture
def tracked(nwbfile: NWBFile, walk_m: np.ndarray) -> NWBFile:
    behavior = nwbfile.create_processing_module("behavior", "behaviour")
    for thing in make_pose(walk_m * 500):
        behavior.add(thing)
    return nwbfile


def test_keypoints_confidence_and_limbs(tracked: NWBFile, saved: Save, walk_m: np.ndarray) -> None:
    with read_session(saved(tracked)) as session:
        pose = session.pose
    assert pose is not None
    assert set(pose.places) == set(NODES)
    assert_allclose(pose.places["tail"], walk_m * 500 + 2)
    assert_allclose(pose.confidence["nose"], np.linspace(0, 1, 3000))
    assert pose.skeleton.edges == (("nose", "body"), ("body", "tail"))
    assert pose.units == "px"


def test_a_keypoint_can_be_the_position(tracked: NWBFile, walk_m: np.ndarray) -> None:
    with (
        read_session(tracked) as session,
        pytest.raises(ValueError, match="Take a keypoint for it: position='processing/behavior"),
    ):
        session.positions  # noqa: B018
    with read_session(tracked, position="body", min_confidence=0) as session:
        assert_array_equal(session.positions, walk_m * 500 + 1)
        assert session.position_units == "px"
        kinds = [type(overlay).__name__ for overlay in session.overlays()]
    assert kinds == ["PositionOverlay", "BodypartOverlay"]


def test_an_unsure_keypoint_is_no_position(tracked: NWBFile) -> None:
    sure = np.linspace(0, 1, 3000)
    with read_session(tracked, position="body", min_confidence=0.3) as session:
        assert_array_equal(np.isfinite(session.positions[:, 0]), sure >= 0.3)
        (pose,) = (x for x in session.overlays() if isinstance(x, BodypartOverlay))
    assert pose.min_confidence == 0.3
    with (
        read_session(tracked, position="body", min_confidence=0.9) as session,
        pytest.warns(UserWarning, match=r"90.0% of 3000 samples have a confidence below 0.9"),
    ):
        session.positions  # noqa: B018


def test_a_pose_in_another_unit_is_left_out_and_said(
    tracked: NWBFile, walk_m: np.ndarray, series: Series
) -> None:
    tracked.add_acquisition(Position(spatial_series=series("led", walk_m)))
    with (
        read_session(tracked) as session,
        pytest.warns(UserWarning, match="is in px with y downward and the positions in m: the p"),
    ):
        overlays = session.overlays()
    assert [type(overlay).__name__ for overlay in overlays] == ["PositionOverlay"]


def test_a_pose_is_converted_with_the_positions(
    nwbfile: NWBFile, walk_m: np.ndarray, series: Series
) -> None:
    nwbfile.add_acquisition(Position(spatial_series=series("led", walk_m)))
    behavior = nwbfile.create_processing_module("behavior", "behaviour")
    for thing in make_pose(walk_m * 1000, unit="millimeters"):
        behavior.add(thing)
    with read_session(nwbfile, convert_to="cm") as session:
        assert session.pose is not None
        assert_allclose(session.pose.places["nose"], walk_m * 100)


def test_several_poses_are_listed(tracked: NWBFile, walk_m: np.ndarray) -> None:
    for thing in make_pose(walk_m, name="Side"):
        tracked.processing["behavior"].add(thing)
    with (
        read_session(tracked) as session,
        pytest.raises(ValueError, match="2 candidates for a pose") as raised,
    ):
        session.pose  # noqa: B018
    assert "pose='processing/behavior/Side'" in str(raised.value)
    assert "pose=['PoseEstimation', 'Side'] for all" in str(raised.value)
    with read_session(tracked, pose="Side") as session:
        assert session.pose is not None
        assert session.pose.path == "processing/behavior/Side"
    with read_session(tracked, pose=["Side", "PoseEstimation"]) as session:
        assert [pose.path[20:] for pose in session.poses] == ["Side", "PoseEstimation"]
    with pytest.raises(ValueError, match="There is no pose named 'Top'"):
        read_session(tracked, pose=["Side", "Top"])


def test_several_poses_do_not_stop_the_rest(tracked: NWBFile, walk_m: np.ndarray) -> None:
    for thing in make_pose(walk_m, name="Side"):
        tracked.processing["behavior"].add(thing)
    with (
        read_session(tracked, position="PoseEstimation/body", min_confidence=0) as session,
        pytest.warns(UserWarning, match="The pose is left out: The file has 2 candidates"),
    ):
        assert [type(overlay) for overlay in session.overlays()] == [PositionOverlay]


def test_of_three_axes_two_are_drawn(nwbfile: NWBFile, walk_m: np.ndarray) -> None:
    solid = np.column_stack([walk_m[:, 0], np.zeros(len(walk_m)), walk_m[:, 1]])
    behavior = nwbfile.create_processing_module("behavior", "behaviour")
    for thing in make_pose(solid, unit="meters"):
        behavior.add(thing)
    with read_session(nwbfile, plane="xz") as session:
        assert session.pose is not None
        assert_array_equal(session.pose.places["nose"], walk_m)
    with (
        read_session(nwbfile) as session,
        pytest.warns(UserWarning, match="three axes; x and y are shown"),
    ):
        pose = session.pose
    assert pose is not None
    assert_array_equal(pose.places["nose"][:, 1], 0)


WITHOUT = """
import sys
for absent in ("ndx_pose", "ndx_rate_maps"):
    sys.modules[absent] = None
from neurospatial.nwb import read_session
from neurospatial.overlays import BodypartOverlay, PositionOverlay
with read_session(sys.argv[1], position="body", min_confidence=0) as session:
    pose = session.pose
    print(type(session.items[0].thing).__module__.split(".")[0])
    print(*sorted(pose.places), *pose.skeleton.edges, pose.places["tail"].shape, pose.units)
    print(session.positions.sum().round(6))
"""


def test_a_pose_is_read_where_the_extension_is_not_installed(
    tracked: NWBFile, saved: Save, walk_m: np.ndarray
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, saved(tracked)],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    _, found, total = done.stdout.splitlines()
    assert found == "body nose tail ('nose', 'body') ('body', 'tail') (3000, 2) px"
    assert float(total) == pytest.approx((walk_m * 500 + 1).sum())
