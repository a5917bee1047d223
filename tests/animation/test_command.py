import os
import signal
import subprocess
import sys
import warnings
from pathlib import Path

import av
import numpy as np
import pytest

from tests.animation.commands import Arrays, Command, Refused, Save

INSTALLED = Path(sys.executable).with_name("neurospatial")


def test_the_version_is_that_of_the_distribution(command: Command) -> None:
    from importlib.metadata import version

    assert command("--version").out == f"neurospatial {version('neurospatial')}\n"


def test_help_names_every_command(command: Command) -> None:
    result = command("--help")
    assert result.code == 0
    for name in ("demo", "backends", "render", "info"):
        assert f"    {name} " in result.out


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ([], "the following arguments are required: COMMAND"),
        (["rendr"], "invalid choice: 'rendr'"),
        (["render", "a.npz"], "the following arguments are required: OUT"),
        (["info", "a.npz", "b.npz"], "unrecognized arguments: b.npz"),
        (["backends", "--al"], "unrecognized arguments: --al"),
        (["demo", "--cells", "few"], "invalid int value: 'few'"),
    ],
)
def test_words_that_make_no_command(refused: Refused, words: list[str], line: str) -> None:
    assert line in refused(*words)


def test_backends_are_listed_with_what_can_be_had(command: Command) -> None:
    result = command("backends")
    assert (result.code, result.err) == (0, "")
    lines = dict(line.split(maxsplit=1) for line in result.out.splitlines())
    no_screen = lines.pop("napari")
    assert no_screen == "available" or no_screen.startswith("There is no display")
    assert lines == dict.fromkeys(("figure", "html", "video", "widget"), "available")


def test_a_warning_is_one_line(
    command: Command, saved: Save, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import neurospatial.backends

    def warns(*_: object, **__: object) -> None:
        warnings.warn("mind\nthe gap", stacklevel=1)

    monkeypatch.setattr(neurospatial.backends, "animate_fields", warns)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        result = command("info", saved())
        assert result.err == ""
        result = command("render", saved(), tmp_path / "out.mp4")
    assert (result.code, result.err) == (0, "neurospatial: warning: mind\n")


@pytest.mark.parametrize(
    ("out", "line"),
    [
        ("none/demo.mp4", "does not exist"),
        ("demo.mov", "No backend writes '.mov' files."),
    ],
)
def test_the_demo_refuses_a_bad_output(
    refused: Refused, tmp_path: Path, out: str, line: str
) -> None:
    assert line in refused("demo", "--out", tmp_path / out)


def test_the_demo_refuses_no_cells(refused: Refused, tmp_path: Path) -> None:
    assert "n_cells is 0" in refused("demo", "--cells", 0, "--out", tmp_path / "demo.mp4")


def test_the_installed_demo_writes_its_video(tmp_path: Path) -> None:
    done = subprocess.run(
        [INSTALLED, "demo"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["neurospatial-demo.mp4"]
    with av.open(str(tmp_path / "neurospatial-demo.mp4")) as video:
        n_frames = sum(1 for _ in video.decode(video=0))
    assert n_frames > 100
    assert f"neurospatial-demo.mp4: {n_frames} frames" in done.stdout
    assert "frames/s" in done.stdout
    assert f"{n_frames}/{n_frames}" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals for one process")
@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("SIGINT", 130, "interrupted"),
        ("SIGTERM", 143, "asked to end"),
        ("SIGHUP", 129, "asked to end"),
    ],
)
def test_ending_it_leaves_nothing_half_written(
    saved: Save, arrays: Arrays, tmp_path: Path, name: str, code: int, said: str
) -> None:
    number = getattr(signal, name)
    # So many that a machine which stands still for seconds does not come to their end.
    path = saved(fields=np.tile(arrays["fields"], (20_000, 1)))
    with subprocess.Popen(
        [INSTALLED, "render", path, "out.mp4"],
        cwd=tmp_path,
        # Where the tests run in the background, they are started with interrupts ignored.
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        # The bar: before, Python may lose an interrupt, in a callback of an import.
        assert process.stderr.read(1)
        process.send_signal(number)
        try:
            _, result = process.communicate(timeout=60)
        finally:
            process.kill()
    assert process.returncode == code, result
    assert "Traceback" not in result
    assert result.splitlines()[-1] == f"neurospatial: error: {said}; nothing was written."
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name == "nt", reason="a pipe that is closed early is a POSIX matter")
def test_a_reader_that_has_seen_enough_is_no_error(saved: Save) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [INSTALLED, "info", saved()], stdout=write, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(write)
    assert done.stderr == ""
