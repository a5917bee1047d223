import os
import signal
import subprocess
import sys
from pathlib import Path

import av
import numpy as np
import pytest

from tests.animation.commands import Command, Refused
from tests.animation.nwb_files import write_session
from tests.html.pages import ParsedPage, layers_of
from tests.waiting import HANGS, wait_until

READ = ("--plane", "xz", "--units", "m", "--convert-to", "cm")
MAIN = "import sys; from neurospatial.animation.cli import main; sys.exit(main())"
SHOWN = ("--bin-size", "5", "--window", "20", "--no-progress")


@pytest.fixture
def session(tmp_path: Path) -> Path:
    return write_session(tmp_path / "session.nwb")


def test_a_page_in_one_line(command: Command, session: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.html"
    result = command("animate", session, "--unit", "5", *READ, *SHOWN, "--save", out)
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(f"{out}: unit 5, ")
    page = ParsedPage(out.read_text(encoding="utf-8"))
    assert {"Arena", "Position", "Head direction", "Spikes"} <= set(layers_of(page.bundle))
    panel = page.header["panels"][0]
    assert page.header["title"] == "session, unit 5 (CA3), 20 s windows, 5× speed"
    assert page.header["scales"][panel["colorbar"]]["label"] == "rate [Hz]"
    assert panel["view"]["units"] == "cm"


def test_a_video_in_one_line(command: Command, session: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.mp4"
    words = ("--unit", "5", *READ, *SHOWN, "--epoch", "first", "--speed", "10", "--save", out)
    assert command("animate", session, *words).code == 0
    with av.open(out) as film:
        (stream,) = film.streams.video
        # 30 s in windows of 20 s: 10 s of the session, played ten times as fast.
        assert sum(1 for _ in film.decode(stream)) == pytest.approx(30, abs=2)
        assert (stream.width, stream.height) == (800, 600)


def test_the_arrow_points_where_the_animal_runs(
    command: Command, session: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.html"
    command("animate", session, "--unit", "5", *READ, *SHOWN, "--save", out)
    bundle = ParsedPage(out.read_text(encoding="utf-8")).bundle
    layers = layers_of(bundle)
    where = bundle.array(layers["Position"]["xy"])[:, 0]
    start, stop = (bundle.array(layers["Head direction"][end])[:, 0] for end in ("start", "stop"))
    run, look = np.gradient(where, axis=0), stop - start
    cosine = (run * look).sum(axis=1) / np.hypot(*run.T) / np.hypot(*look.T)
    assert np.median(cosine) > 0.99


def test_several_units_and_no_head(command: Command, session: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.html"
    words = ("--unit", "2", "5", *READ, *SHOWN, "--head-direction", "none", "--save", out)
    assert command("animate", session, *words).out.startswith(f"{out}: unit 2, 5, ")
    panels = ParsedPage(out.read_text(encoding="utf-8")).header["panels"]
    assert [panel["title"] for panel in panels] == ["unit 2 (CA1)", "unit 5 (CA3)"]
    assert "Head direction" not in {layer["name"] for layer in panels[0]["layers"]}


@pytest.mark.parametrize(
    ("words", "result"),
    [
        ((*READ, "--unit", "3"), "There is no unit 3; the nearest is 2. Pass one of the 2 ids"),
        ((*READ, "--unit", "2", "--position", "led"), "There is no position named 'led'."),
        (("--units", "m", "--unit", "2"), "acquisition/Position has three axes; 95 % of"),
        (
            ("--plane", "xz", "--units", "m", "--unit", "2"),
            "bin_size is 5, and the positions span",
        ),
        ((*READ, "--unit", "2", "--epoch", "third"), "There is no epoch 'third'."),
        ((*READ, "--unit", "2", "--winow", "3"), "unrecognized arguments: --winow 3. Did you"),
        ((*READ,), "the following arguments are required: --unit"),
    ],
)
def test_mistakes_are_one_line_and_nothing_is_written(
    refused: Refused, session: Path, tmp_path: Path, words: tuple[str, ...], result: str
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    line = refused("animate", session, *words, *SHOWN, "--save", folder / "a.mp4")
    assert line.startswith(result)
    assert not list(folder.iterdir())


def test_an_interrupt_leaves_nothing(session: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    words = ("--unit", "5", *READ, *SHOWN, "--speed", "0.05", "--save", str(folder / "a.mp4"))
    process = subprocess.Popen(
        [sys.executable, "-c", MAIN, "animate", str(session), *words],
        # Where the tests run in the background, they are started with interrupts ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        stderr=subprocess.PIPE,
        text=True,
    )
    wait_until(lambda: list(folder.iterdir()) or process.poll() is not None)
    os.kill(process.pid, signal.SIGINT)
    _, result = process.communicate(timeout=HANGS)
    assert process.returncode == 130, result
    assert result.splitlines()[-1] == "neurospatial: error: interrupted; nothing was written."
    assert not list(folder.iterdir())
