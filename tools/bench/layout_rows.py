"""The rows about video on hexagons and triangles."""

from collections.abc import Iterator
from pathlib import Path

from tools.bench.row import Row
from tools.bench.runner import Case, Result, compute_median, find_worst, measure
from tools.bench.video_rows import appearance

Samples = dict[str, list[Result]]

_AT_LEAST = {"hexagonal": 50.0, "triangular": 25.0}
_FEWER = 5
"""The peer is given this many times fewer frames: it is slow, and steady."""


def make_rows(folder: Path, runs: int, n_frames: int) -> tuple[list[Row], Samples]:
    """Compare fields with every mark on the box cut into hexagons, then triangles."""
    found: list[Row] = []
    samples: Samples = {}
    for layout in _AT_LEAST:
        cases = {
            (side, n): _make_case(folder, side, layout, n)
            for side, longest in (("ours", n_frames), ("peer", n_frames // _FEWER))
            for n in (longest // 4, longest)
        }
        what = f"video, {layout}, position + pose + head direction + regions"
        refused = _find_refusal(cases["peer", n_frames // _FEWER])
        if refused:
            cases = {key: case for key, case in cases.items() if key[0] == "ours"}
        taken = measure({f"{side}, {n} frames": case for (side, n), case in cases.items()}, runs)
        by_key = dict(zip(cases, taken.values(), strict=True))
        samples |= {f"{what}, {label}": results for label, results in taken.items()}
        if refused:
            found.append(_make_row_alone(what, by_key["ours", n_frames], n_frames, refused))
        else:
            found += _make_row_beside(
                what, by_key, n_frames, _AT_LEAST[layout], _look_at(folder, layout)
            )
    return found, samples


def _make_case(folder: Path, side: str, layout: str, n_frames: int) -> Case:
    module = {"ours": "our_cases", "peer": "peer_cases"}[side]
    options: dict[str, object] = {
        "folder": str(folder),
        "save_path": _make_path(folder, side, layout),
        "n_frames": n_frames,
        "show": "marks",
        "workers": None,
        "layout": layout,
    }
    return Case(module, "video", options, {"n_frames": 8})


def _make_path(folder: Path, side: str, layout: str) -> str:
    return f"{folder}/{side}-{layout}.mp4"


def _find_refusal(case: Case) -> str:
    """Say what the peer raises on this layout, if it does."""
    try:
        case.run(**case.warm)
    except RuntimeError as error:
        return str(error).strip().splitlines()[-1]
    return ""


def _look_at(folder: Path, layout: str) -> str:
    path = _make_path(folder, "peer", layout)
    return appearance(Case("look", "video", {"path": path, "reference": path}).run())


def _make_row_alone(what: str, ours: list[Result], n_frames: int, refused: str) -> Row:
    return Row.alone(
        f"{what}, a call for {n_frames} frames",
        "frames/s",
        n_frames / compute_median(ours),
        find_worst(ours),
        note=f"the peer raises: {refused}",
    )


def _make_row_beside(
    what: str,
    taken: dict[tuple[str, int], list[Result]],
    n_frames: int,
    at_least: float,
    seen: str,
) -> Iterator[Row]:
    fewer = n_frames // _FEWER
    long = {"ours": taken["ours", n_frames], "peer": taken["peer", fewer]}
    bins = " and ".join(f"{long[side][0]['n_bins']} bins ({side})" for side in long)
    rates = {
        "ours": n_frames / compute_median(long["ours"]),
        "peer": fewer / compute_median(long["peer"]),
    }
    steady = {
        side: 0.75 * n / (compute_median(taken[side, n]) - compute_median(taken[side, n // 4]))
        for side, n in (("ours", n_frames), ("peer", fewer))
    }
    given = f"{bins}; the peer is given {fewer} frames"
    for how, found, note in (
        (f"a call for {n_frames} frames", rates, f"{given}; {seen}"),
        ("once it runs", steady, f"the slope between {n_frames // 4} and {n_frames} frames"),
    ):
        yield Row(
            what=f"{what}, {how}",
            unit="frames/s",
            ours=found["ours"],
            other=found["peer"],
            against="peer",
            ratio=found["ours"] / found["peer"],
            at_least=at_least,
            others=find_worst(*taken.values()),
            note=note,
        )
