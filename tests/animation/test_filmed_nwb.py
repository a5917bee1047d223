"""Sessions of which a camera's tracking is all that is known of places."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import ndx_pose
import numpy as np
import pytest
from pynwb import NWBHDF5IO, NWBFile
from pynwb.behavior import Position, SpatialSeries

from neurospatial.overlays import VideoCalibration
from neurospatial.scene import Affine2D
from tests.animation.commands import Command
from tests.html.pages import ParsedPage, layers_of

N = 1500
TIMES = np.arange(N) / 25
WALK = np.column_stack([320 + 250 * np.cos(0.7 * TIMES), 240 + 180 * np.sin(0.9 * TIMES)])
SHOWN = ("--unit", "0", "--window", "20", "--step", "10", "--no-progress")


def write_filmed(
    path: Path,
    *,
    walk: np.ndarray = WALK,
    unit: str = "pixels",
    spikes: np.ndarray | None = None,
    pose_times: np.ndarray = TIMES,
    edges: Iterable[tuple[int, int]] = ((0, 1),),
    names: Iterable[str] = ("Pose",),
) -> Path:
    """A rat seen from above for 60 s at 25 Hz, and poses of it."""
    nwbfile = NWBFile("a session", "id", datetime(2026, 1, 1, tzinfo=UTC))
    led = SpatialSeries(
        name="led", data=walk, unit=unit, timestamps=TIMES, reference_frame="the picture"
    )
    behavior = nwbfile.create_processing_module("behavior", "behaviour")
    behavior.add(Position(spatial_series=led))
    fired = np.sort(np.random.default_rng(0).uniform(0, 60, 300)) if spikes is None else spikes
    nwbfile.add_unit(spike_times=fired, id=0)
    for name in names:
        skeleton = ndx_pose.Skeleton(
            name=f"{name} skeleton", nodes=["nose", "tail"], edges=np.array(edges, "uint8")
        )
        series = [
            ndx_pose.PoseEstimationSeries(
                name=part,
                data=walk + shift,
                unit=unit,
                reference_frame="the picture",
                timestamps=pose_times,
            )
            for part, shift in (("nose", 0.5), ("tail", -0.5))
        ]
        behavior.add(ndx_pose.Skeletons(name=f"{name} skeletons", skeletons=[skeleton]))
        behavior.add(
            ndx_pose.PoseEstimation(name=name, pose_estimation_series=series, skeleton=skeleton)
        )
    with NWBHDF5IO(path, "w") as io:
        io.write(nwbfile)
    return path


def list_doubts(text: str) -> list[str]:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return [line for line in lines if line.startswith("suspicious")]


def test_good_ones_are_not_doubted(command: Command, tmp_path: Path) -> None:
    result = command("info", write_filmed(tmp_path / "a.nwb"))
    assert (result.code, result.err, list_doubts(result.out)) == (0, "", [])


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        (
            {"pose_times": np.arange(N) * 1.0},
            "look like frame numbers. If they are, pass camera_f",
        ),
        ({"pose_times": np.full(N, np.nan)}, "has 1500 samples, and none has a time"),
        ({"edges": [(1, 2)]}, "counts its nodes from 1"),
        ({"edges": [(0, 7)]}, "edges that run from 0 to 7, and its 2 nodes"),
        ({"walk": np.where(np.arange(N)[:, None] < 99, 0, WALK)}, "If so, pass lost=0."),
        ({"spikes": np.linspace(0, 60_000, 300)}, "The spike times look like milliseconds"),
        ({"spikes": np.linspace(900, 960, 300)}, "spikes are from 900 s to 960 s, and the posi"),
    ],
)
def test_what_info_says_of_them(
    command: Command, tmp_path: Path, changed: dict[str, object], found: str
) -> None:
    result = command("info", write_filmed(tmp_path / "a.nwb", **changed))
    assert (result.code, result.err) == (0, "")
    assert any(found in line for line in list_doubts(result.out))


def test_pixels_are_shown_the_way_the_camera_saw_them(command: Command, tmp_path: Path) -> None:
    path, out = write_filmed(tmp_path / "a.nwb"), tmp_path / "a.html"
    result = command("animate", path, *SHOWN, "--bin-size", "40", "--save", out)
    assert (result.code, result.err) == (0, "")
    page = ParsedPage(out.read_text(encoding="utf-8"))
    assert page.header["panels"][0]["view"]["y_down"] is True


def test_a_calibration_file_takes_all_to_the_environment(command: Command, tmp_path: Path) -> None:
    upright = Affine2D.scaling(0.1, -0.1) @ Affine2D.translation(0, -480)
    camera = VideoCalibration(upright, (640, 480))
    camera.save(tmp_path / "camera.json")
    path, out = write_filmed(tmp_path / "a.nwb"), tmp_path / "a.html"
    words = ("--bin-size", "4", "--calibration", tmp_path / "camera.json", "--convert-to", "cm")
    result = command("animate", path, *SHOWN, *words, "--save", out)
    assert (result.code, result.err) == (0, "")
    page = ParsedPage(out.read_text(encoding="utf-8"))
    view = page.header["panels"][0]["view"]
    assert (view["units"], view.get("y_down", False)) == ("cm", False)
    layers = layers_of(page.bundle)
    rat = page.bundle.array(layers["Position"]["xy"])[:, 0]
    middle = page.bundle.array(layers["Pose"]["xy"]).mean(axis=1)
    np.testing.assert_allclose(middle, rat, atol=0.01)
    low, high = view["bounds"][1], view["bounds"][3]
    assert low <= rat[:, 1].min() <= rat[:, 1].max() <= high <= 48


@pytest.mark.filterwarnings("always")  # The command writes them on a line.
def test_frame_numbers_are_mended_by_an_option(command: Command, tmp_path: Path) -> None:
    path = write_filmed(tmp_path / "a.nwb", pose_times=np.arange(N) * 1.0)
    words = (*SHOWN, "--bin-size", "40", "--save", tmp_path / "a.html")
    said = command("animate", path, *words)
    assert said.code == 0
    assert "pass camera_fps=25" in said.err
    mended = command("animate", path, *words, "--camera-fps", "25")
    assert (mended.code, mended.err) == (0, "")


@pytest.mark.filterwarnings("always")
def test_a_pose_that_cannot_be_read_does_not_stop_the_film(
    command: Command, tmp_path: Path
) -> None:
    path = write_filmed(tmp_path / "a.nwb", pose_times=np.full(N, np.nan))
    words = (*SHOWN, "--bin-size", "40", "--save", tmp_path / "a.html")
    result = command("animate", path, *words)
    assert result.code == 0
    assert "pose is left out" in result.err
    assert (tmp_path / "a.html").is_file()
    assert command("animate", path, *words, "--pose", "none").err == ""


def test_several_animals_by_name(command: Command, tmp_path: Path) -> None:
    path, out = write_filmed(tmp_path / "a.nwb", names=("black", "white")), tmp_path / "a.html"
    words = (*SHOWN, "--bin-size", "40", "--save", out, "--pose", "black,white")
    result = command("animate", path, *words)
    assert (result.code, result.err) == (0, "")
    assert {"black", "white"} <= set(layers_of(ParsedPage(out.read_text(encoding="utf-8")).bundle))
