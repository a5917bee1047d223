"""The rows about web pages."""

from pathlib import Path

from tools.bench import data
from tools.bench.page_cases import FPS
from tools.bench.row import Row
from tools.bench.runner import Case, Result, compute_median, find_worst, measure

Samples = dict[str, list[Result]]

_PEER_FRAMES = 100
_LONG = 100_000
_WHAT = f"web page, {data.GRID[0] * data.GRID[1]:,}-bin grid"


def make_rows(folder: Path, runs: int, n_frames: int) -> tuple[list[Row], Samples]:
    """Write the same fields on both sides, and a long recording; open and play them."""
    written = {
        "ours": _make_writing_case(folder, "page_cases", "page", n_frames),
        "peer": _make_writing_case(folder, "peer_cases", "page", _PEER_FRAMES),
        "long": _make_writing_case(folder, "page_cases", "long_page", _LONG),
        "marks": _make_writing_case(folder, "page_cases", "page", n_frames, show="marks"),
    }
    taken = measure(written, runs)
    seen = measure(
        {
            "peer, opened": _make_browser_case("opened", written["peer"]),
            "long, played": _make_browser_case("played", written["long"]),
            "marks, played": _make_browser_case("played", written["marks"]),
        },
        runs,
    )
    labelled = {f"{_WHAT}, {label}": results for label, results in {**taken, **seen}.items()}
    return [*_make_writing_rows(taken, n_frames), *_make_browser_rows(seen)], labelled


def _make_writing_rows(taken: Samples, n_frames: int) -> list[Row]:
    ours, peer, long = taken["ours"], taken["peer"], taken["long"]
    rate, theirs = n_frames / compute_median(ours), _PEER_FRAMES / compute_median(peer)
    size, their_size = (
        compute_median(results, "bytes") / n / 1000
        for results, n in ((long, _LONG), (peer, _PEER_FRAMES))
    )
    return [
        Row(
            what=f"{_WHAT}, fields only, a call for {n_frames} frames",
            unit="frames/s",
            ours=rate,
            other=theirs,
            against="peer",
            ratio=rate / theirs,
            at_least=200,
            others=find_worst(ours, peer),
            note=f"in a fresh process, late imports included; the peer writes {_PEER_FRAMES}",
        ),
        Row.alone(
            f"{_WHAT}, fields only, {_LONG:,} frames",
            "s",
            compute_median(long),
            find_worst(long),
            at_most=20,
            note="from a memory map of float32",
        ),
        Row(
            what=f"{_WHAT}, fields only, size of a frame",
            unit="KB",
            ours=size,
            other=their_size,
            against="peer",
            ratio=size,
            at_most=0.5,
            others=find_worst(long, peer),
            note=f"ours of {_LONG:,} frames, the player included; the budget is in KB",
        ),
    ]


def _make_browser_rows(seen: Samples) -> list[Row]:
    peer, long, marks = seen["peer, opened"], seen["long, played"], seen["marks, played"]
    return [
        Row.alone(
            f"{_WHAT}, {_LONG:,} frames, opened and painted",
            "s",
            compute_median(long),
            find_worst(long),
            at_most=2,
            note=f"in a headless Chromium; the peer's page of {_PEER_FRAMES} frames takes "
            f"{compute_median(peer):.2f} s",
        ),
        _make_dropped_row("fields only", long),
        _make_dropped_row("position, pose, head direction, regions", marks),
    ]


def _make_dropped_row(shown: str, results: list[Result]) -> Row:
    drawn = compute_median(results, "drawn")
    return Row.alone(
        f"{_WHAT}, {shown}, frames dropped at {FPS} frames/s",
        "%",
        max(0.0, 100 * (1 - drawn / FPS)),
        find_worst(results),
        at_most=2,
        note=f"a headless Chromium without a graphics card draws {drawn:.1f} frames/s, and "
        f"{compute_median(results, 'drawn_fast'):.1f} at 4 × the speed, where the clock is kept",
    )


def _make_writing_case(
    folder: Path, module: str, name: str, n_frames: int, **more: object
) -> Case:
    path = folder / "-".join(["page", module, name, *map(str, more.values())])
    options = {"folder": str(folder), "save_path": f"{path}.html", "n_frames": n_frames, **more}
    return Case(module, name, options, {} if name == "long_page" else {"n_frames": 8})


def _make_browser_case(name: str, written: Case) -> Case:
    return Case("page_browser", name, {"path": written.options["save_path"]})
