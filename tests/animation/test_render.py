import re
import subprocess
import sys
import zipfile
from pathlib import Path

import av
import numpy as np
import pytest

from neurospatial import Environment
from tests.animation.commands import Command, Refused, Save


def pictures(path: Path) -> list[np.ndarray]:
    with av.open(str(path)) as video:
        return [frame.to_ndarray(format="rgb24") for frame in video.decode(video=0)]


def test_a_grid_becomes_a_video(command: Command, saved: Save, tmp_path: Path) -> None:
    out = tmp_path / "out.mp4"
    result = command("render", saved(), out, "--no-progress", "--fps", 10, "--title", "Rates")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(f"{out}: 5 fields, ")
    with av.open(str(out)) as video:
        stream = video.streams.video[0]
        assert (stream.width, stream.height, stream.average_rate) == (800, 600, 10)
        assert sum(1 for _ in video.decode(stream)) == 5
    assert list(tmp_path.glob(".*")) == []


def test_positions_rebuild_the_environment(command: Command, saved: Save, tmp_path: Path) -> None:
    positions = np.random.default_rng(1).uniform(0, 50, (300, 2))
    n_bins = Environment.from_samples(positions, bin_size=10.0).n_bins
    grid = {"edges_x": None, "edges_y": None, "active": None}
    path = saved(
        **grid, positions=positions, bin_size=10.0, fields=np.eye(3, n_bins), units="cm",
        frame_times=[0.0, 1.0, 2.0], frame_labels=["a", "b", "c"],
        overlay_trajectory=positions[:3],
    )  # fmt: skip
    out = tmp_path / "out.gif"
    assert command("render", path, out, "--no-progress", "--dpi", 40).code == 0
    assert len(pictures(out)) == 3


def test_what_the_file_says_is_drawn(command: Command, saved: Save, tmp_path: Path) -> None:
    plain, told = tmp_path / "plain.mp4", tmp_path / "told.mp4"
    assert command("render", saved(), plain, "--no-progress").code == 0
    path = saved(title="A title", units="cm", frame_labels=list("abcde"))
    assert command("render", path, told, "--no-progress").code == 0
    before, after = (pictures(path)[0].astype(int) for path in (plain, told))
    changed = np.abs(before - after).max(axis=(1, 2)) > 60
    assert changed[:60].any()
    assert changed[-60:].any()


def test_an_option_overrides_the_file(command: Command, saved: Save, tmp_path: Path) -> None:
    named, overridden = tmp_path / "a.mp4", tmp_path / "b.mp4"
    command("render", saved(title="Two"), named, "--no-progress")
    command("render", saved(title="One"), overridden, "--no-progress", "--title", "Two")
    assert named.read_bytes() == overridden.read_bytes()


def test_speed_follows_the_recorded_clock(command: Command, saved: Save, tmp_path: Path) -> None:
    path = saved(frame_times=np.arange(5.0))
    out = tmp_path / "out.mp4"
    result = command("render", path, out, "--no-progress", "--speed", 2, "--fps", 10)
    assert result.code == 0
    assert len(pictures(out)) == 21


def test_a_dry_run_writes_nothing(command: Command, saved: Save, tmp_path: Path) -> None:
    result = command("render", saved(), tmp_path / "out.mp4", "--dry-run", "--no-progress")
    assert result.code == 0
    assert "Estimated" in result.out
    assert not (tmp_path / "out.mp4").exists()


def test_help_lists_the_options_of_the_library_and_of_the_backends(command: Command) -> None:
    result = command("render", "--help")
    assert result.code == 0
    offered = set(re.findall(r"^  (--[a-z-]+)", result.out, re.MULTILINE))
    of_the_library = "backend fps cmap vmin vmax title dpi speed track colorbar-label scale-bar "
    of_the_library += "percentile colorbar axes align link zoom"
    of_video = "codec crf bitrate preset n-workers dry-run figsize loop transparent"
    of_figures = "at"
    of_pages = "max-html-frames max-mb embed-video picture-quality"
    expected = f"{of_the_library} {of_video} {of_figures} {of_pages} no-progress"
    assert offered == {f"--{name}" for name in expected.split()}


@pytest.mark.parametrize(
    ("words", "result"),
    [
        (["--cmap", "virdis"], "Did you mean 'viridis'?"),
        (["--codec", "h2645"], "h264"),
        (["--preset", "smal"], "Did you mean 'small'?"),
        (["--backend", "vidoe"], "Did you mean 'video'?"),
        (["--backend", "widget"], "the widget backend writes no file"),
        (["--fps", "0"], "fps is 0"),
        (["--fps", "fast"], "argument --fps: invalid float value: 'fast'"),
        (["--fsp", "3"], "Did you mean '--fps'?"),
        (["--speed", "2"], "frame_times is not given"),
        (["--speed", "-1"], "speed is -1"),
        (["--vmin", "5", "--vmax", "2"], "vmin=5 and vmax=2"),
        (["--crf", "99"], "crf is 99"),
        (["--crf", "20", "--bitrate", "900"], "crf=20 and bitrate=900"),
        (["--bitrate", "0"], "bitrate is 0"),
        (["--dpi", "1"], "dpi 1"),
        (["--n-workers", "0"], "n_workers is 0"),
        (["--figsize", "4"], "expected 2 arguments"),
    ],
)
def test_a_bad_option_is_named_on_one_line(
    refused: Refused, saved: Save, tmp_path: Path, words: list[str], result: str
) -> None:
    assert result in refused("render", saved(), tmp_path / "out.mp4", *words, "--no-progress")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fields.npz"]


@pytest.mark.parametrize(
    ("out", "result"),
    [
        ("out.mp5", "Did you mean '.mp4'?"),
        ("out", "No backend writes '' files."),
        ("none/out.mp4", "does not exist"),
    ],
)
def test_a_bad_output_is_named_on_one_line(
    refused: Refused, saved: Save, tmp_path: Path, out: str, result: str
) -> None:
    assert result in refused("render", saved(), tmp_path / out, "--no-progress")


def test_a_codec_that_the_file_cannot_hold(refused: Refused, saved: Save, tmp_path: Path) -> None:
    assert "h264" in refused("render", saved(), tmp_path / "out.webm", "--codec", "h264")


def test_a_folder_is_no_output(refused: Refused, saved: Save, tmp_path: Path) -> None:
    (tmp_path / "out.mp4").mkdir()
    assert "is a folder" in refused("render", saved(), tmp_path / "out.mp4")


def test_a_folder_that_cannot_be_written_to(
    refused: Refused, saved: Save, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # Root may write anywhere, so the system's answer is given for it.
    monkeypatch.setattr("os.access", lambda *_: False)
    assert "cannot be written to" in refused("render", saved(), tmp_path / "out.mp4")


@pytest.mark.parametrize(
    ("changed", "result"),
    [
        ({"fields": None}, "has no array 'fields'"),
        ({"edges_x": None}, "it lacks edges_x, or positions and bin_size."),
        ({"active": None, "edges_x": None, "edges_y": None}, "it lacks positions and bin_size,"),
        ({"fields": np.zeros((5, 11))}, "n_bins is 12, a field here has shape (11,)"),
        ({"fields": np.zeros(13)}, "n_bins is 12"),
        ({"fields": np.float64(3)}, "n_bins is 12"),
        ({"fields": np.zeros((0, 12))}, "there is no frame"),
        ({"fields": np.full((5, 12), np.nan)}, "No finite value in 5 frames"),
        ({"fields": np.zeros((5, 12), complex)}, "complex128"),
        ({"fields": np.full((5, 12), "a")}, "<U1"),
        ({"fields": np.full((5, 12), None)}, "'fields' holds Python objects"),
        ({"frame_times": np.arange(4)}, "frame_times have shape (4,)"),
        ({"frame_times": np.zeros(5)}, "not monotonically increasing"),
        ({"frame_times": list("abcde")}, "'frame_times' has dtype <U1, not numbers"),
        ({"frame_times": np.full(5, None)}, "'frame_times' holds Python objects"),
        ({"frame_labels": ["a"]}, "frame_labels has 1 labels"),
        ({"overlay_trajectory": np.zeros((5, 1))}, "overlay_trajectory has incorrect shape"),
        ({"title": ["a", "b"]}, "'title' holds 2 texts"),
        ({"active": np.ones((3, 4), bool)}, "shape"),
        ({"active": np.zeros((4, 4), bool)}, "None of the 16 cells is active"),
        ({"edges_x": np.zeros(5)}, "increas"),
        ({"positions": np.zeros((9, 2)), "bin_size": 2.0, "active": None}, "no extent"),
        ({"positions": np.eye(9), "bin_size": 0.0, "active": None}, "bin_size is 0"),
        ({"positions": np.eye(9), "bin_size": "a", "active": None}, "'bin_size' has dtype"),
    ],
)
def test_a_bad_array_is_named_on_one_line(
    refused: Refused, saved: Save, tmp_path: Path, changed: dict[str, object], result: str
) -> None:
    assert result in refused("render", saved(**changed), tmp_path / "out.mp4", "--no-progress")


@pytest.mark.parametrize("what", ["render", "info"])
def test_a_bad_file_is_named_on_one_line(refused: Refused, tmp_path: Path, what: str) -> None:
    out = [tmp_path / "out.mp4"] if what == "render" else []
    path = tmp_path / "some.npz"
    assert "There is no file" in refused(what, path, *out)
    assert "is a folder" in refused(what, tmp_path, *out)
    path.write_bytes(b"not a zip")
    assert "not an npz" in refused(what, path, *out)
    np.save(path.with_suffix(".npy"), np.zeros(3))
    assert "not an npz" in refused(what, path.with_suffix(".npy"), *out)


def test_a_damaged_file_is_named(refused: Refused, saved: Save, tmp_path: Path) -> None:
    path = saved()
    content = bytearray(path.read_bytes())
    content[200:260] = bytes(60)
    path.write_bytes(content)
    assert "is damaged" in refused("render", path, tmp_path / "out.mp4")


def test_a_zip_of_something_else(refused: Refused, tmp_path: Path) -> None:
    path = tmp_path / "some.npz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("fields", "text")
    assert "'fields' is not an array" in refused("render", path, tmp_path / "out.mp4")


def test_the_installed_command_ends_without_a_traceback(saved: Save, tmp_path: Path) -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("neurospatial"), "render", saved(), "out.mp5"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("neurospatial: error: No backend writes '.mp5' files.")
