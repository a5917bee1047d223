"""The command: what to measure, how often, and where it is written."""

import argparse
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.bench import (
    camera,
    core_rows,
    data,
    decoding_rows,
    layout_rows,
    napari_rows,
    overlay_rows,
    page_rows,
    peer,
    pose_rows,
    report,
    size_rows,
    video_rows,
    widget_rows,
)
from tools.bench.row import Row
from tools.bench.runner import Result

ROWS = (
    "video",
    "layouts",
    "overlays",
    "poses",
    "pages",
    "widget",
    "napari",
    "core",
    "sizes",
    "decoding",
    "import",
)


def main() -> int:
    """Measure, print the table and, when every row was measured or is renewed, write it."""
    parser = argparse.ArgumentParser(prog="tools/bench", description=__doc__)
    parser.add_argument("--rows", nargs="+", choices=ROWS, default=list(ROWS))
    parser.add_argument(
        "--renew", action="store_true", help="write these rows in place of those of last time"
    )
    parser.add_argument("--runs", type=int, default=3, help="counted runs of each case")
    parser.add_argument("--frames", type=int, default=600, help="length of the videos")
    chosen = parser.parse_args()
    if chosen.runs < 3 or chosen.frames < 60:
        parser.error("a median wants 3 runs or more, a rate 60 frames or more")
    peer.python()
    rows: list[Row] = []
    samples: dict[str, list[Result]] = {}
    with TemporaryDirectory(prefix="neurospatial-bench-") as name:
        folder = Path(name)
        data.write(folder, chosen.frames)
        camera.write(folder, chosen.frames)
        parts: dict[str, Callable[[], tuple[list[Row], dict[str, list[Result]]]]] = {
            "video": lambda: video_rows.make_rows(folder, chosen.runs, chosen.frames),
            "layouts": lambda: layout_rows.make_rows(folder, chosen.runs, chosen.frames),
            "overlays": lambda: overlay_rows.make_rows(folder, chosen.runs),
            "poses": lambda: pose_rows.make_rows(folder, chosen.runs),
            "pages": lambda: page_rows.make_rows(folder, chosen.runs, chosen.frames),
            "widget": lambda: widget_rows.make_rows(folder, chosen.runs),
            "napari": lambda: napari_rows.make_rows(folder, chosen.runs),
            "sizes": lambda: size_rows.make_rows(folder, chosen.runs),
            "decoding": lambda: decoding_rows.make_rows(folder, chosen.runs),
            "core": lambda: core_rows.make_rows(folder, chosen.runs),
            "import": lambda: core_rows.time_imports(chosen.runs),
        }
        for part in chosen.rows:
            more, taken = parts[part]()
            rows += more
            samples |= taken
    print(report.format_table(rows))
    print(report.format_disturbance(samples))
    for row in rows:
        print(f"{row.what}: {row.note}")
    if chosen.renew:
        rows, samples = report.merge_rows(rows, samples)
    if chosen.renew or set(chosen.rows) == set(ROWS):
        report.write(rows, samples, chosen.runs)
    return 0
