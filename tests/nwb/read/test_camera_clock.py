"""Frame numbers, and nothing, where times belong."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from pynwb import NWBFile
from pynwb.behavior import Position, SpatialSeries

from neurospatial.nwb import read_session
from neurospatial.nwb.read.camera_clock import is_frame_numbers
from neurospatial.overlays import BodypartOverlay

N = 3000
FRAMES = np.arange(N, dtype=float)


def add_pose(nwbfile: NWBFile, walk: np.ndarray, times: np.ndarray) -> NWBFile:
    import ndx_pose

    nose = ndx_pose.PoseEstimationSeries(
        name="nose", data=walk, unit="meters", reference_frame="a corner", timestamps=times
    )
    pose = ndx_pose.PoseEstimation(name="Pose", pose_estimation_series=[nose])
    nwbfile.processing["behavior"].add(pose)
    return nwbfile


def count_poses(overlays: list[object]) -> int:
    return sum(isinstance(overlay, BodypartOverlay) for overlay in overlays)


def test_a_pose_in_frame_numbers_is_said_and_mended(
    session_file: NWBFile, walk_m: np.ndarray
) -> None:
    add_pose(session_file, walk_m, FRAMES)
    with (
        read_session(session_file) as session,
        pytest.warns(
            UserWarning, match=r"look like frame numbers\. If they are, pass camera_fps=30"
        ),
    ):
        assert count_poses(session.overlays()) == 1
    with read_session(session_file, camera_fps=30) as session:
        assert count_poses(session.overlays()) == 1
        assert session.pose is not None
        assert_allclose(session.pose.times["nose"], FRAMES / 30)


@pytest.mark.parametrize("first", [0, 1])
def test_frames_are_taken_when_they_were(
    session_file: NWBFile, walk_m: np.ndarray, first: int
) -> None:
    add_pose(session_file, walk_m, FRAMES + first)
    clock = np.sort(np.random.default_rng(0).uniform(10, 110, N))
    with read_session(session_file, camera_times=clock) as session:
        assert session.pose is not None
        assert_allclose(session.pose.times["nose"], clock)
    with (
        read_session(session_file, camera_times=clock[:-5]) as session,
        pytest.raises(ValueError, match="and camera_times has 2995 times"),
    ):
        session.pose  # noqa: B018


def test_a_pose_without_times_does_not_stop_the_rest(
    session_file: NWBFile, walk_m: np.ndarray
) -> None:
    add_pose(session_file, walk_m, np.full(N, np.nan))
    with (
        read_session(session_file) as session,
        pytest.warns(UserWarning, match="pose is left out: .*none has a time.*Pass pose=False"),
    ):
        assert len(session.overlays(unit=4)) == 2
    with (
        read_session(session_file, pose="Pose") as session,
        pytest.raises(ValueError, match="non"),
    ):
        session.overlays()
    with read_session(session_file, camera_fps=30) as session:
        assert count_poses(session.overlays()) == 1


def test_a_position_in_frame_numbers_is_mended(nwbfile: NWBFile, walk_m: np.ndarray) -> None:
    led = SpatialSeries(name="led", data=walk_m, unit="meters", rate=1.0, reference_frame="corner")
    nwbfile.add_acquisition(Position(spatial_series=led))
    with read_session(nwbfile, camera_fps=30) as session:
        assert_allclose(session.times, FRAMES / 30)


@pytest.mark.parametrize(
    ("chosen", "problem"),
    [
        ({"camera_fps": 0}, "camera_fps is 0 Hz"),
        ({"camera_fps": "fast"}, "camera_fps is 'fast' Hz"),
        ({"camera_times": [0, 2, 1]}, "camera_times are not monotonically increasing"),
        ({"camera_fps": 30, "camera_times": [0, 1]}, "Both camera_fps and camera_times"),
    ],
)
def test_what_is_no_clock_is_refused(
    session_file: NWBFile, chosen: dict[str, object], problem: str
) -> None:
    with pytest.raises(ValueError, match=problem):
        read_session(session_file, **chosen)


@pytest.mark.parametrize(
    ("times", "found"),
    [
        (FRAMES, True),
        (FRAMES + 1000, True),
        (np.delete(FRAMES, np.arange(5, 3000, 7)), True),
        (FRAMES / 30, False),
        (FRAMES * 2, False),
        (FRAMES[:10], False),
        (FRAMES * 1000, False),
    ],
)
def test_what_looks_like_frame_numbers(times: np.ndarray, found: bool) -> None:
    assert is_frame_numbers(times) is found


def test_zeros_of_a_lost_animal_are_gaps(nwbfile: NWBFile, walk_m: np.ndarray) -> None:
    marked = walk_m + 0.1
    marked[100:200] = 0
    led = SpatialSeries(name="led", data=marked, unit="meters", rate=30.0, reference_frame="c")
    nwbfile.add_acquisition(Position(spatial_series=led))
    nwbfile.create_processing_module("behavior", "behaviour")
    add_pose(nwbfile, marked, FRAMES / 30)
    with read_session(nwbfile, lost=0) as session:
        assert session.pose is not None
        for places in (session.positions, session.pose.places["nose"]):
            assert np.flatnonzero(np.isnan(places).all(axis=1)).tolist() == list(range(100, 200))
    with read_session(nwbfile) as session:
        assert np.isfinite(session.positions).all()


def test_dates_are_on_the_clock_of_the_file(session_file: NWBFile) -> None:
    zero = np.datetime64("2026-01-01T00:00:00", "ms")  # As the file says.
    spans = np.array([[20.0, 50.0], [50.0, 80.0]])
    dates = zero + (spans * 1000).astype("timedelta64[ms]")
    spikes = np.asarray(session_file.units["spike_times"][0])
    when = zero + np.round(spikes * 1e6).astype("timedelta64[us]")
    with read_session(session_file) as session:
        env = session.environment(0.1)
        expected = session.place_fields(4, env, windows=spans)
        assert_allclose(session.place_fields(4, env, windows=dates), expected)
    with read_session(session_file, spikes={4: when}) as session:
        assert_allclose(session.units[4], spikes, atol=1e-6)
