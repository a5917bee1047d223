"""The rows about environments of very many bins: time, and memory grown."""

from pathlib import Path

from tools.bench.row import Row
from tools.bench.runner import Case, Result, compute_median, find_worst, measure

Samples = dict[str, list[Result]]


def make_rows(folder: Path, runs: int) -> tuple[list[Row], Samples]:
    """Build a grid of a million bins, and smooth on one of 100,000."""
    taken = measure(
        {
            "grid": Case("size_cases", "million_bins", {"folder": str(folder)}),
            "diffusion": Case("size_cases", "diffusion"),
        },
        runs,
    )
    grid, spread = taken["grid"], taken["diffusion"]
    bins, n_bins = int(grid[0]["n_bins"]), int(spread[0]["n_bins"])
    what = f"a grid of {bins:,} bins, its neighbours included"
    made = f"{compute_median(grid, 'made'):.2g} s of it until the environment is there"
    smoothing = f"diffusion of ten maps on {n_bins:,} bins"
    again = f"{compute_median(spread, 'again'):.2g} s with the kernel that is kept"
    dense = n_bins**2 * 8 / 1e6
    return [
        Row.alone(what, "s", compute_median(grid), find_worst(grid), at_most=5, note=made),
        Row.alone(
            f"{what}, memory grown",
            "MB",
            compute_median(grid, "grown"),
            find_worst(grid),
            note="at its peak",
        ),
        Row.alone(smoothing, "s", compute_median(spread), find_worst(spread), note=again),
        Row.alone(
            f"{smoothing}, memory grown",
            "MB",
            compute_median(spread, "grown"),
            find_worst(spread),
            at_most=dense / 100,
            note=f"at its peak; the dense kernel would take {dense:,.0f} MB",
        ),
    ], {f"sizes, {label}": results for label, results in taken.items()}
