"""The rows about films of many panels."""

from pathlib import Path

from tools.bench.row import Row
from tools.bench.runner import Case, Result, compute_median, find_worst, measure

Samples = dict[str, list[Result]]

_N_PANELS = 25


def make_rows(folder: Path, runs: int, n_frames: int) -> tuple[list[Row], Samples]:
    """Draw what stands around panels, and write them beside one of the same pixels."""
    taken = measure(
        {
            "chrome": Case("panel_cases", "chrome", {"n_panels": _N_PANELS}),
            "many": _make_case(folder, n_frames, together=False),
            "one": _make_case(folder, n_frames, together=True),
        },
        runs,
    )
    many, one = compute_median(taken["many"]), compute_median(taken["one"])
    pixels = taken["many"][0]["pixels"] / 1e6
    return [
        Row.alone(
            f"chrome of {_N_PANELS} panels",
            "ms",
            1000 * compute_median(taken["chrome"]),
            find_worst(taken["chrome"]),
            at_most=80,
            note="in a fresh process",
        ),
        Row(
            what=f"{_N_PANELS} panels x {n_frames} frames against one of the same pixels",
            unit="s",
            ours=many,
            other=one,
            against="one panel",
            ratio=many / one,
            at_most=1.5,
            others=find_worst(taken["many"], taken["one"]),
            note=f"in a fresh process, {pixels:.1f} megapixels, as many values",
        ),
    ], {f"panels, {label}": results for label, results in taken.items()}


def _make_case(folder: Path, n_frames: int, *, together: bool) -> Case:
    path = folder / f"panels-{'one' if together else 'many'}.mp4"
    options = {"save_path": str(path), "n_panels": _N_PANELS, "n_frames": n_frames}
    return Case("panel_cases", "video", {**options, "together": together}, {"n_frames": 8})
