"""The rows about web pages."""

from pathlib import Path

from tools.bench import data
from tools.bench.row import Row
from tools.bench.runner import Case, Result, measure, middle, worst

Samples = dict[str, list[Result]]

_PEER_FRAMES = 100
_LONG = 100_000
_N_BINS = data.GRID[0] * data.GRID[1]


def rows(folder: Path, runs: int, n_frames: int) -> tuple[list[Row], Samples]:
    """Write the same fields on both sides, and a long recording."""
    taken = measure(
        {
            "ours": _case(folder, "page_cases", "page", n_frames),
            "peer": _case(folder, "peer_cases", "page", _PEER_FRAMES),
            "long": _case(folder, "page_cases", "long_page", _LONG),
        },
        runs,
    )
    ours, peer, long = taken["ours"], taken["peer"], taken["long"]
    what = f"web page, {_N_BINS:,}-bin grid, fields only"
    rate, theirs = n_frames / middle(ours), _PEER_FRAMES / middle(peer)
    size, their_size = (
        middle(results, "bytes") / n / 1000 for results, n in ((long, _LONG), (peer, _PEER_FRAMES))
    )
    return [
        Row(
            what=f"{what}, a call for {n_frames} frames",
            unit="frames/s",
            ours=rate,
            other=theirs,
            against="peer",
            ratio=rate / theirs,
            at_least=200,
            others=worst(ours, peer),
            note=f"in a fresh process, late imports included; the peer writes {_PEER_FRAMES}",
        ),
        Row.alone(
            f"{what}, {_LONG:,} frames",
            "s",
            middle(long),
            worst(long),
            at_most=20,
            note="from a memory map of float32",
        ),
        Row(
            what=f"{what}, size of a frame",
            unit="KB",
            ours=size,
            other=their_size,
            against="peer",
            ratio=size,
            at_most=0.5,
            others=worst(long, peer),
            note=f"ours of {_LONG:,} frames, the player included; the budget is in KB",
        ),
    ], {f"{what}, {label}": results for label, results in taken.items()}


def _case(folder: Path, module: str, name: str, n_frames: int) -> Case:
    path = f"{folder}/{module}-{name}.html"
    options: dict[str, object] = {"folder": str(folder), "save_path": path, "n_frames": n_frames}
    return Case(module, name, options, {} if name == "long_page" else {"n_frames": 8})
