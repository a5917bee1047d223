"""The rows about overlays alone."""

from pathlib import Path

from tools.bench import data
from tools.bench.overlay_cases import N_FRAMES
from tools.bench.row import Row
from tools.bench.runner import Case, Result, compute_median, find_worst, measure

Samples = dict[str, list[Result]]


def make_rows(folder: Path, runs: int) -> tuple[list[Row], Samples]:
    """Align an hour of tracking, and seek in a camera's clip."""
    options: dict[str, object] = {"folder": str(folder)}
    taken = measure(
        {
            "alignment": Case("overlay_cases", "aligned", options),
            "seeks": Case("overlay_cases", "seeks", options),
        },
        runs,
    )
    aligned, seeks = taken["alignment"], taken["seeks"]
    width, height = data.CAMERA_SIZE
    opened = compute_median(seeks, "opened")
    return [
        Row.alone(
            f"position of {data.SESSION_SAMPLES:,} samples on {N_FRAMES:,} frames",
            "s",
            compute_median(aligned),
            find_worst(aligned),
            at_most=0.1,
            note="every check and warning included",
        ),
        Row.alone(
            f"a frame anywhere in a {width} × {height} H.264 clip",
            "s",
            compute_median(seeks),
            find_worst(seeks),
            note=f"a keyframe every 60 frames; opened in {opened:.2g} s, imports included",
        ),
    ], {f"overlays, {label}": results for label, results in taken.items()}
