"""The rows about decoding: beside pynapple, and into a file that fits in no memory."""

from pathlib import Path

from tools.bench.decoding_cases import GRID, N_UNITS, PEER_FRAMES
from tools.bench.row import Row
from tools.bench.runner import Case, Result, compute_median, find_worst, measure

Samples = dict[str, list[Result]]

N_FRAMES, N_PEER, N_LONG = 50_000, 5_000, 900_000
"""Time bins of 20 ms: a quarter of an hour, the tenth of it that pynapple is given, five hours."""


def make_rows(folder: Path, runs: int) -> tuple[list[Row], Samples]:
    """Decode a thousand seconds beside pynapple, and five hours into a file."""
    taken = measure(
        {
            "ours": _make_case("decode", N_FRAMES, n_checked=N_PEER),
            "pynapple": _make_case("decode_in_parts", N_PEER, n_given=N_FRAMES),
            "file": _make_case("decode_to_file", N_LONG, folder=str(folder)),
            "walk": _make_case("decode_to_file", N_FRAMES, folder=str(folder), walks=True),
        },
        runs,
    )
    ours, theirs, file, walk = (taken[one] for one in ("ours", "pynapple", "file", "walk"))
    size = f"{N_UNITS} units, {GRID[0] * GRID[1]:,} bins"
    took, peers = compute_median(ours), compute_median(theirs) * N_FRAMES / N_PEER
    alike = f"mean of the highest probabilities {ours[0]['check']:.4f}, pynapple "
    alike += f"{theirs[0]['check']:.4f}, of {N_PEER:,} time bins, {PEER_FRAMES:,} in a call"
    short = f"decode_positions, {N_FRAMES:,} time bins, {size}"
    what = f"decode_positions, {N_LONG:,} time bins, {size}, out="
    return [
        Row(
            what=short,
            unit="s",
            ours=took,
            other=peers,
            against="pynapple",
            ratio=peers / took,
            at_least=5,
            others=find_worst(ours, theirs),
            note=alike,
        ),
        Row.alone(what, "s", compute_median(file), find_worst(file)),
        Row.alone(
            f"{what}, memory",
            "MB",
            compute_median(file, "peak"),
            find_worst(file),
            at_most=1000,
            note="of the whole process at its peak",
        ),
        Row.alone(f"{short}, random walk", "s", compute_median(walk), find_worst(walk)),
    ], {f"decoding, {label}": results for label, results in taken.items()}


def _make_case(name: str, n_frames: int, **more: object) -> Case:
    return Case("decoding_cases", name, {"n_frames": n_frames, **more}, {"n_frames": 1000})
