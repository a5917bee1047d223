"""What was recorded, written from overlays as the types that NWB has for it."""

from pathlib import Path

import numpy as np
import pytest
from ndx_pose import PoseEstimation
from pynwb import NWBHDF5IO, NWBFile

from neurospatial import Environment
from neurospatial.nwb import (
    edit_nwb,
    read_calibration,
    read_session,
    write_environment,
    write_overlays,
)
from neurospatial.overlays import (
    BodypartOverlay,
    EventOverlay,
    HeadDirectionOverlay,
    Lens,
    PositionOverlay,
    Projective2D,
    Skeleton,
    VideoCalibration,
    VideoOverlay,
)
from neurospatial.scene import Affine2D
from tests.nwb.nwb_files import list_criticism, make_environment, make_session, save_nwb

N = 300
RNG = np.random.default_rng(0)
WALK = RNG.uniform(0, 80, (N, 2))
WALK[5] = np.nan
EVEN, UNEVEN = 2 + np.arange(N) / 30, np.cumsum(RNG.uniform(0.01, 0.05, N))
LENS = Lens([[500, 0, 320], [0, 510, 240], [0, 0, 1]], [-0.2, 0.01, 0, 0])
ANGLED = VideoCalibration(
    Projective2D([[0.1, 0, 3], [0.01, -0.1, 50], [0, 0.001, 1]]),
    (640, 480),
    LENS,
    np.array([[3.5, 4.0], [100.0, 5.0], [7.0, 300.0], [222.0, 333.0]]),
    np.array([[1.0, 2.0], [30.0, 2.0], [2.0, 40.0], [31.0, 42.0]]),
)
UPRIGHT = VideoCalibration(Affine2D.scaling(0.25, -0.25), (320, 240))


def everything() -> list[object]:
    parts = {"nose": WALK, "left ear": WALK + 1, "tail_base": WALK - 3}
    limbs = Skeleton("mouse", [("nose", "left ear"), ("left ear", "tail_base")])
    return [
        PositionOverlay(WALK, UNEVEN, name="led"),
        PositionOverlay(WALK + 1, EVEN, name="body"),
        HeadDirectionOverlay(np.linspace(-3, 3, N), EVEN),
        HeadDirectionOverlay(np.linspace(0, 60, N), UNEVEN, name="unwrapped"),
        BodypartOverlay(parts, EVEN, limbs, confidence={"nose": np.linspace(0, 1, N)}),
        BodypartOverlay({"a": WALK, "b": WALK}, {"a": EVEN, "b": UNEVEN}, name="other"),
        ANGLED,
        VideoOverlay("camera.mp4", UPRIGHT, name="top"),
    ]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    nwbfile = make_session()
    write_overlays(nwbfile, make_environment("masked"), everything())  # type: ignore[arg-type]
    return save_nwb(nwbfile, tmp_path_factory.mktemp("nwb") / "a.nwb")


def test_nobody_criticises_it(written: Path) -> None:
    # A camera has one calibration; nothing in NWB but a table holds a matrix with its lens.
    assert list_criticism(written, accepted={"check_single_row"}) == []


def test_positions(written: Path) -> None:
    with NWBHDF5IO(written, "r") as io:
        position = io.read().processing["behavior"]["Position"]
        led, body = position["led"], position["body"]
        np.testing.assert_array_equal(led.data[:], WALK)
        np.testing.assert_array_equal(led.timestamps[:], UNEVEN)
        assert (body.rate, body.starting_time) == (30.0, 2.0)
        assert led.unit == "centimeters"
        assert "environment 'masked'" in led.reference_frame


def test_head_directions_are_radians_within_a_turn(written: Path) -> None:
    with NWBHDF5IO(written, "r") as io:
        held = io.read().processing["behavior"]["CompassDirection"]
        direction, turned = held["Head direction"], held["unwrapped"]
        np.testing.assert_array_equal(direction.data[:], np.linspace(-3, 3, N))
        assert direction.unit == "radians"
        assert "counter-clockwise" in direction.reference_frame
        assert turned.data[:].max() < 2 * np.pi
        np.testing.assert_allclose(np.exp(1j * turned.data[:]), np.exp(1j * np.linspace(0, 60, N)))


def test_vectors_become_angles() -> None:
    nwbfile = make_session()
    vectors = np.column_stack([np.zeros(N), 3 * np.ones(N)])
    vectors[4] = 0
    overlay = HeadDirectionOverlay(vectors, EVEN)
    (series,) = write_overlays(nwbfile, make_environment("masked"), [overlay])
    angles = np.asarray(series.data[:])
    assert np.isnan(angles[4])
    np.testing.assert_allclose(np.delete(angles, 4), np.pi / 2)


def test_pose(written: Path) -> None:
    with NWBHDF5IO(written, "r") as io:
        behavior = io.read().processing["behavior"]
        pose = behavior["Pose"]
        assert isinstance(pose, PoseEstimation)
        assert set(pose.pose_estimation_series) == {"nose", "left ear", "tail_base"}
        nose = pose["nose"]
        np.testing.assert_array_equal(nose.data[:], WALK)
        np.testing.assert_array_equal(nose.confidence[:], np.linspace(0, 1, N))
        assert nose.unit == "centimeters"
        assert nose.rate == 30.0
        assert pose["tail_base"].confidence is None
        assert list(pose.skeleton.nodes[:]) == ["nose", "left ear", "tail_base"]
        assert pose.skeleton.edges[:].tolist() == [[0, 1], [1, 2]]
        assert pose.skeleton.name == "Pose mouse"
        assert pose.skeleton is behavior["Skeletons"]["Pose mouse"]
        np.testing.assert_array_equal(behavior["other"]["b"].timestamps[:], UNEVEN)


@pytest.mark.parametrize(
    ("name", "given"), [("camera_calibration", ANGLED), ("top calibration", UPRIGHT)]
)
def test_calibrations_come_back(written: Path, name: str, given: VideoCalibration) -> None:
    again = read_calibration(written, name)
    assert type(again.transform_px_to_cm) is type(given.transform_px_to_cm)
    np.testing.assert_array_equal(again.transform_px_to_cm.matrix, given.transform_px_to_cm.matrix)
    assert again.frame_size_px == given.frame_size_px
    assert (again.lens is None) == (given.lens is None)
    if given.landmarks_px is not None:
        np.testing.assert_array_equal(again.landmarks_px, given.landmarks_px)
        np.testing.assert_array_equal(again.landmarks_env, given.landmarks_env)
    pixels = np.array([[3.0, 4.0], [200.0, 100.0]])
    np.testing.assert_array_equal(again.apply(pixels), given.apply(pixels))


def test_a_session_finds_them_again(tmp_path: Path) -> None:
    nwbfile, env = make_session(), make_environment("masked")
    parts = {"nose": WALK, "tail": WALK - 2}
    confidence = {part: np.linspace(0, 1, N) for part in parts}
    overlays = [
        PositionOverlay(WALK, UNEVEN, name="rat"),
        HeadDirectionOverlay(np.linspace(0, 6, N), EVEN),
        BodypartOverlay(parts, EVEN, [("nose", "tail")], confidence=confidence),
    ]
    write_environment(nwbfile, env)
    write_overlays(nwbfile, env, overlays)
    with read_session(save_nwb(nwbfile, tmp_path / "a.nwb")) as held:
        np.testing.assert_array_equal(held.positions, WALK)
        np.testing.assert_array_equal(held.times, UNEVEN)
        assert held.position_units == "cm"
        assert held.regions == env.regions
        read = {type(overlay): overlay for overlay in held.overlays()}
        pose, direction = read[BodypartOverlay], read[HeadDirectionOverlay]
        np.testing.assert_array_equal(pose.data["tail"], WALK - 2)
        np.testing.assert_array_equal(pose.confidence["nose"], confidence["nose"])
        assert pose.skeleton.edges == (("nose", "tail"),)
        np.testing.assert_array_equal(direction.data, np.linspace(0, 6, N))
        np.testing.assert_allclose(direction.times, EVEN, atol=1e-12)


def test_added_beside_positions_that_are_there(tmp_path: Path) -> None:
    nwbfile = make_session()
    write_overlays(nwbfile, make_environment("masked"), [PositionOverlay(WALK, EVEN, name="led")])
    path = save_nwb(nwbfile, tmp_path / "a.nwb")
    with edit_nwb(path, progress=False) as nwbfile:
        write_overlays(
            nwbfile, make_environment("masked"), [PositionOverlay(WALK, UNEVEN, name="body")]
        )
    with NWBHDF5IO(path, "r") as io:
        position = io.read().processing["behavior"]["Position"]
        assert set(position.spatial_series) == {"led", "body"}
        np.testing.assert_array_equal(position["body"].timestamps[:], UNEVEN)


@pytest.mark.parametrize(("units", "unit"), [("m", "meters"), (None, "n.a."), ("px", "pixels")])
def test_units_are_words(units: str | None, unit: str) -> None:
    env = Environment(make_environment("masked").layout, units=units)
    (series,) = write_overlays(make_session(), env, [PositionOverlay(WALK, EVEN)])
    assert series.unit == unit


def test_distances_along_a_track_and_frame_times() -> None:
    overlay = PositionOverlay(WALK[:, 0])
    (series,) = write_overlays(
        make_session(), make_environment("track"), [overlay], frame_times=UNEVEN
    )
    assert series.data.shape == (N,)
    np.testing.assert_array_equal(series.timestamps, UNEVEN)


def assert_refused(overlays: list[object], kind: type[Exception], found: str) -> None:
    nwbfile: NWBFile = make_session()
    write_overlays(
        nwbfile, make_environment("masked"), [PositionOverlay(WALK, EVEN, name="there")]
    )
    with pytest.raises(kind, match=found):
        write_overlays(nwbfile, make_environment("masked"), overlays)  # type: ignore[arg-type]
    assert set(nwbfile.processing["behavior"].data_interfaces) == {"Position"}
    assert set(nwbfile.processing["behavior"]["Position"].spatial_series) == {"there"}


def test_what_cannot_be_written_adds_nothing() -> None:
    good = PositionOverlay(WALK, EVEN, name="good")
    direction = HeadDirectionOverlay(np.zeros(N), EVEN)
    late = BodypartOverlay({"nose": WALK}, EVEN, [("nose", "tail")])
    unsure = BodypartOverlay({"nose": WALK}, EVEN, confidence={"nose": [1.0]})
    assert_refused(
        [good, EventOverlay(EVEN, WALK, EVEN)], TypeError, "EventOverlay is not written"
    )
    assert_refused([good, PositionOverlay(WALK)], ValueError, "'Position' has no times")
    assert_refused(
        [good, PositionOverlay(WALK, EVEN[:-1])], ValueError, r"\(299,\), and there are 300"
    )
    assert_refused([good, PositionOverlay(np.ones((N, 3)), EVEN)], ValueError, r"shape \(300, 3\)")
    assert_refused(
        [good, PositionOverlay(np.full((N, 2), np.inf), EVEN)], ValueError, "600 infinite"
    )
    assert_refused(
        [direction, PositionOverlay(WALK, EVEN, name="there")], ValueError, "Position already"
    )
    assert_refused([good, good], ValueError, "Two overlays are called 'good'")
    assert_refused([good, VideoOverlay("a.mp4")], ValueError, "'Video' has no calibration")
    assert_refused([good, PositionOverlay(WALK, EVEN, name="a/b")], ValueError, "cannot be used")
    assert_refused([good, late], ValueError, "Skeleton references bodyparts not in data")
    assert_refused([good, unsure], ValueError, r"shape \(1,\), and there are 300")


def test_calibrations_that_cannot_be_read(tmp_path: Path) -> None:
    h5py = pytest.importorskip("h5py")
    with pytest.raises(ValueError, match="no calibration of a camera"):
        read_calibration(make_session())
    nwbfile = make_session()
    write_overlays(nwbfile, make_environment("masked"), [UPRIGHT])
    path = save_nwb(nwbfile, tmp_path / "a.nwb")
    for column, value, found in (
        ("version", 2, "is written in version 2"),
        ("kind", "fisheye", "is damaged: KeyError: 'fisheye'"),
        ("frame_size_px", 0, "is damaged: ValueError: frame_size_px is"),
    ):
        copy = tmp_path / f"{column}.nwb"
        copy.write_bytes(path.read_bytes())
        with h5py.File(copy, "r+") as file:
            file["processing/behavior/camera_calibration"][column][0] = value
        with pytest.raises(ValueError, match=found):
            read_calibration(copy)
