"""The table for people and the JSON for comparisons."""

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict, fields
from importlib.metadata import version
from statistics import median

from tools.bench import peer
from tools.bench.row import Row
from tools.bench.runner import DISTURBED, Result

FOLDER = peer.ROOT / "docs" / "benchmarks"
_HEAD = ("what", "ours", "other", "ratio", "budget", "")
_PACKAGES = ("neurospatial", "numpy", "scipy", "matplotlib", "av", "opencv-python-headless")


def format_table(rows: Sequence[Row]) -> str:
    """Format the rows as a table in Markdown, padded to be read as it is."""
    cells = [list(_HEAD), *(_format_cells(row) for row in rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(_HEAD))]
    lines = [
        "| "
        + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        + " |"
        for row in cells
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def _format_cells(row: Row) -> list[str]:
    verdict = {None: "", True: "met", False: "MISSED"}[row.met]
    if row.others > DISTURBED:
        verdict = f"{verdict} (disturbed: {row.others:.0%})".strip()
    other = "" if row.other is None else f"{row.against} {row.other:.4g} {row.unit}"
    ratio = "" if row.other is None else f"{row.ratio:.3g}×"
    return [row.what, f"{row.ours:.4g} {row.unit}", other, ratio, row.budget, verdict]


def merge_rows(
    rows: Sequence[Row], samples: dict[str, list[Result]]
) -> tuple[list[Row], dict[str, list[Result]]]:
    """Merge rows into those written last time: in their places, new ones after the row before."""
    last = json.loads((FOLDER / "latest.json").read_text(encoding="utf-8"))
    names = [field.name for field in fields(Row)]
    before = [Row(**{name: row[name] for name in names}) for row in last["rows"]]
    since = {row.what: row for row in rows}
    merged = [since.get(row.what, row) for row in before]
    places = {row.what: at for at, row in enumerate(merged)}
    at = len(merged)
    for row in rows:
        if row.what in places:
            at = merged.index(row) + 1
        else:
            merged.insert(at, row)
            at += 1
    return merged, last["samples"] | samples


def write(rows: Sequence[Row], samples: dict[str, list[Result]], runs: int) -> None:
    """Write ``latest.json`` and ``latest.md``."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    report = {
        "machine": describe_machine(),
        "python": sys.version.split()[0],
        "packages": {name: version(name) for name in _PACKAGES},
        "peer": f"neurospatial {peer.VERSION}",
        "runs": runs,
        "rows": [asdict(row) | {"met": row.met} for row in rows],
        "samples": samples,
    }
    text = json.dumps(report, indent=1, ensure_ascii=False)
    (FOLDER / "latest.json").write_text(text + "\n", encoding="utf-8")
    (FOLDER / "latest.md").write_text(page(rows, samples, runs), encoding="utf-8")


def page(rows: Sequence[Row], samples: dict[str, list[Result]], runs: int) -> str:
    """Format the table with what it needs to be understood."""
    where = describe_machine()
    return "\n".join(
        [
            "# Benchmarks",
            "",
            "`tools/uv run --locked --group test python tools/bench` on a machine with "
            f"{where['cores']} cores and {where['memory_gib']} GiB of memory, "
            f"Python {sys.version.split()[0]}; the peer is "
            f"neurospatial {peer.VERSION} of the public index. Every figure is the median of "
            f"{runs} runs, each in a fresh process, the sides taking turns; "
            "rows may have been measured anew since the others (`--renew`). "
            f"{format_disturbance(samples)}",
            "",
            format_table(rows),
            "",
            *(f"* {row.what}: {row.note}." for row in rows if row.note),
            "",
        ]
    )


def format_disturbance(samples: dict[str, list[Result]]) -> str:
    """Say how much of the machine other processes took meanwhile."""
    taken = [run for runs in samples.values() for run in runs]
    shares = [100 * run["others"] for run in taken]
    again = sum(run.get("tries", 1) > 1 for run in taken)
    return (
        f"Other processes took {median(shares):.0f} % of the machine in the median run and "
        f"{max(shares):.0f} % in the worst; {again} of {len(taken)} runs were repeated because "
        f"others took more than 10 %, and the quietest try kept."
    )


def describe_machine() -> dict[str, int]:
    """Name the machine by its cores and its memory."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {"cores": len(os.sched_getaffinity(0)), "memory_gib": round(memory / 2**30)}
