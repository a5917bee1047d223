"""The rows about the environment, the rate maps and the import."""

import sys
from pathlib import Path

from tools.bench import data, peer
from tools.bench.row import Row
from tools.bench.runner import Case, Result, compute_median, find_worst, measure, run_command

HEAVY = ("matplotlib", "scipy", "PyQt5", "PyQt6", "PySide6", "qtpy", "av", "cv2", "pynwb", "dask")
METHODS = ("diffusion_kde", "gaussian_kde")
"""Not "binned": the peer smooths it afterwards, so it is other work."""
UNITS, SIDE = 100, 40
"""Units at once, and bins of 2.5 cm along a box of 1 m."""
Samples = dict[str, list[Result]]

_IMPORT = f"""
import time
begin = time.perf_counter()
import neurospatial
seconds = time.perf_counter() - begin
import json, sys
loaded = [name for name in {HEAVY!r} if name in sys.modules]
print(json.dumps({{"seconds": seconds, "heavy": len(loaded)}}))
"""


def make_rows(folder: Path, runs: int) -> tuple[list[Row], Samples]:
    """Cut the space that 900,000 positions cover, and estimate rate maps in it."""
    size = f"{data.SESSION_SAMPLES:,} positions"
    found: list[Row] = []
    samples: Samples = {}

    def compare(what: str, name: str, **options: object) -> tuple[list[Result], list[Result]]:
        given = {"folder": str(folder), **options}
        sides = {"ours": "our_cases", "peer": "peer_cases"}
        taken = measure({side: Case(module, name, given) for side, module in sides.items()}, runs)
        samples.update({f"{what}, {side}": results for side, results in taken.items()})
        return taken["ours"], taken["peer"]

    what = f"Environment.from_samples, {size}"
    ours, theirs = compare(what, "from_samples")
    bins = f"{ours[0]['n_bins']} bins, the peer {theirs[0]['n_bins']}"
    found.append(_make_row(what, ours, theirs, "seconds", bins))
    for method in METHODS:
        what = f"compute_place_field, {method}, {size}"
        ours, theirs = compare(what, "place_field", method=method)
        peak = f"highest rate {ours[0]['peak']:.3g} Hz, the peer {theirs[0]['peak']:.3g} Hz"
        found.append(_make_row(what, ours, theirs, "seconds", peak))
        found.append(_make_row(f"{what}, repeated", ours, theirs, "again", "kernels kept"))
    what = f"compute_autocorrelogram, {UNITS} units, {SIDE} × {SIDE} bins"
    case = Case("our_cases", "autocorrelogram", {"n_units": UNITS, "n_bins": SIDE})
    [(label, alone)] = measure({f"{what}, ours": case}, runs).items()
    samples[label] = alone
    took = compute_median(alone)
    found.append(Row.alone(what, "s", took, find_worst(alone), at_most=0.5, note="first call"))
    return found, samples


def _make_row(what: str, ours: list[Result], theirs: list[Result], key: str, note: str) -> Row:
    took, peers = compute_median(ours, key), compute_median(theirs, key)
    return Row(
        what=what,
        unit="s",
        ours=took,
        other=peers,
        against="peer",
        ratio=peers / took,
        at_least=3,
        others=find_worst(ours, theirs),
        note=note,
    )


def time_imports(runs: int) -> tuple[list[Row], Samples]:
    """Import the package and see what it loads."""
    command = [sys.executable, "-c", _IMPORT]
    theirs = [str(peer.python()), "-c", _IMPORT]
    run_command(command)
    run_command(theirs)
    samples: Samples = {"import, ours": [], "import, peer": []}
    for _ in range(runs):
        samples["import, ours"].append(run_command(command))
        samples["import, peer"].append(run_command(theirs))
    took = 1000 * compute_median(samples["import, ours"])
    heavy = max(result["heavy"] for result in samples["import, ours"])
    peers = 1000 * compute_median(samples["import, peer"])
    return [
        Row.alone(
            "import neurospatial",
            "ms",
            took,
            find_worst(*samples.values()),
            at_most=50,
            note=f"the peer {peers:.0f} ms",
        ),
        Row.alone(
            "heavy modules loaded by import neurospatial",
            "modules",
            heavy,
            find_worst(samples["import, ours"]),
            at_most=0,
            note=f"of {', '.join(HEAVY)}",
        ),
    ], samples
