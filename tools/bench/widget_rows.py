"""The rows about the notebook widget."""

from pathlib import Path

from tools.bench import data
from tools.bench.row import Row
from tools.bench.runner import Case, Result, compute_median, find_worst, measure

Samples = dict[str, list[Result]]

_SHORT, _LONG, _LONGEST = 1000, 100_000, 1_000_000
_N_BINS = data.GRID[0] * data.GRID[1]
_BUDGET = 0.5


def make_rows(folder: Path, runs: int) -> tuple[list[Row], Samples]:
    """Show recordings of several lengths, in a page and in JupyterLab."""
    cases = {n: _make_case(folder, "first_picture", n) for n in (_SHORT, _LONG, _LONGEST)}
    taken = measure(
        {
            **{f"{n:,} frames": case for n, case in cases.items()},
            "JupyterLab": _make_case(folder, "in_jupyterlab", _LONGEST),
        },
        runs,
    )
    what = f"widget, {_N_BINS:,}-bin grid, first picture of"
    return [_make_row(what, label, results) for label, results in taken.items()], {
        f"{what} {label}": results for label, results in taken.items()
    }


def _make_row(what: str, label: str, results: list[Result]) -> Row:
    if label != "JupyterLab":
        made = compute_median(results, "made")
        note = f"from the front end's beginning; making the widget took {made:.2f} s before"
        return Row.alone(
            f"{what} {label}",
            "s",
            compute_median(results),
            find_worst(results),
            at_most=_BUDGET,
            note=note,
        )
    first = compute_median(results, "first")
    return Row.alone(
        f"{what} {_LONGEST:,} frames in JupyterLab",
        "s",
        compute_median(results),
        find_worst(results),
        at_most=_BUDGET,
        note=f"from running the cell; {first:.2f} s for a kernel's first, which imports",
    )


def _make_case(folder: Path, name: str, n_frames: int) -> Case:
    return Case("widget_cases", name, {"folder": str(folder), "n_frames": n_frames})
