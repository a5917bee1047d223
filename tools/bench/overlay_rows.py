"""The rows about overlays alone."""

from pathlib import Path

from tools.bench import data
from tools.bench.overlay_cases import N_FRAMES
from tools.bench.row import Row
from tools.bench.runner import Case, Result, measure, middle, worst

Samples = dict[str, list[Result]]


def rows(folder: Path, runs: int) -> tuple[list[Row], Samples]:
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
    opened = middle(seeks, "opened")
    return [
        Row.alone(
            f"position of {data.SESSION_SAMPLES:,} samples on {N_FRAMES:,} frames",
            "s",
            middle(aligned),
            worst(aligned),
            at_most=0.1,
            note="every check and warning included",
        ),
        Row.alone(
            f"a frame anywhere in a {width} × {height} H.264 clip",
            "s",
            middle(seeks),
            worst(seeks),
            note=f"a keyframe every 60 frames; opened in {opened:.2g} s, imports included",
        ),
    ], {f"overlays, {label}": results for label, results in taken.items()}
