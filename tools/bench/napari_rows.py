"""The rows about the viewer; they need a screen, a virtual one with software GL will do.

On Debian the peer's Qt needs libxcb-xinerama0 beside what the tests install.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.bench.row import Row
from tools.bench.runner import Case, Result, compute_median, find_worst, measure

Samples = dict[str, list[Result]]

_SHORT, _PEER, _LONG = 1_000, 100_000, 1_000_000
_N_PANELS = 25


def make_rows(folder: Path, runs: int) -> tuple[list[Row], Samples]:
    """Open and seek, beside napari alone with a small array in memory."""
    with _open_screen(folder):
        taken = measure(
            {
                "opened": _make_case(folder, "open_long", _LONG),
                "panels": Case("napari_cases", "open_panels", {"n_panels": _N_PANELS}),
                "field": _make_case(folder, "seek", _LONG, overlays=False),
                "overlays": _make_case(folder, "seek", _LONG, overlays=True),
                "overlays, short": _make_case(folder, "seek", _SHORT, overlays=True),
                "peer, field": _make_case(folder, "seek", _PEER, "peer_viewer", overlays=False),
                "peer, overlays": _make_case(folder, "seek", _PEER, "peer_viewer", overlays=True),
            },
            runs,
        )
    opened = taken["opened"]
    wait = compute_median(opened) - compute_median(opened, "empty")
    what = f"viewer, {_LONG:,} frames"
    return [
        Row.alone(
            f"{what}, opened later than an empty one", "s", wait, find_worst(opened), at_most=1
        ),
        Row.alone(
            f"viewer, {_N_PANELS} panels, opened",
            "s",
            compute_median(taken["panels"]),
            find_worst(taken["panels"]),
            at_most=2.5,
            note="after one of a single panel, which loads what is loaded late",
        ),
        Row.alone(
            f"{what}, memory grown by seeking",
            "MB",
            compute_median(opened, "grown"),
            find_worst(opened),
            at_most=100,
            note="pages of the mapped file aside",
        ),
        _compare_with_napari(
            f"{what}, a seek, fields only", taken["field"], 1.3, taken["peer, field"]
        ),
        _compare_with_napari(
            f"{what}, a seek, every overlay", taken["overlays"], 2, taken["peer, overlays"]
        ),
        _compare_with_napari(
            f"viewer, {_SHORT:,} frames, a seek, every overlay", taken["overlays, short"], 2
        ),
    ], {f"viewer, {label}": results for label, results in taken.items()}


def _compare_with_napari(
    what: str, results: list[Result], at_most: float, peer: list[Result] | None = None
) -> Row:
    ours, alone = 1000 * compute_median(results), 1000 * compute_median(results, "alone")
    note = "events and paint included, software GL"
    if peer is not None:
        note += f"; the peer takes {1000 * compute_median(peer):.0f} ms at {_PEER:,} frames"
    return Row(
        what=what,
        unit="ms",
        ours=ours,
        other=alone,
        against="napari, a small array",
        ratio=ours / alone,
        at_most=at_most,
        others=find_worst(results),
        note=note,
    )


def _make_case(
    folder: Path, name: str, n_frames: int, module: str = "napari_cases", **more: object
) -> Case:
    options: dict[str, object] = {"folder": str(folder), "n_frames": n_frames, **more}
    return Case(module, name, options, {"n_frames": _SHORT})


@contextmanager
def _open_screen(folder: Path) -> Iterator[None]:
    """Have a display; settings of the user are left alone."""
    os.environ["NAPARI_CONFIG"] = str(folder / "napari.yaml")
    if os.environ.get("DISPLAY"):
        yield
        return
    server = shutil.which("Xvfb")
    if server is None:
        raise RuntimeError("the rows about the viewer need a display, or Xvfb to make one")
    reading, writing = os.pipe()
    command = [server, "-displayfd", str(writing), "-screen", "0", "1280x1024x24"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as process:
        os.close(writing)
        try:
            with os.fdopen(reading) as pipe:
                os.environ["DISPLAY"] = f":{pipe.readline().strip()}"
            yield
        finally:
            process.terminate()
            del os.environ["DISPLAY"]
