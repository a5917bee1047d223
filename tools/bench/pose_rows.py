"""The rows about a camera's own film, and about how soon a first frame is there."""

from pathlib import Path

from tools.bench import data, peer
from tools.bench.row import Row
from tools.bench.runner import Case, Result, compute_median, find_worst, measure

Samples = dict[str, list[Result]]


def make_rows(folder: Path, runs: int) -> tuple[list[Row], Samples]:
    """Begin a film; and, where the recording is there, write one beside sleap-io."""
    cases = {"begin": Case("pose_cases", "first_frame", {"folder": str(folder)})}
    if data.FLY_CLIP.exists():
        for label, module in (("ours", "pose_cases"), ("sleap-io", "sleap_cases")):
            path = str(folder / f"flies-{label}.mp4")
            cases[label] = Case(module, "video", {"save_path": path})
    taken = measure(cases, runs)
    rows = [
        Row.alone(
            "from the start of the process to a film of one frame with every mark",
            "s",
            compute_median(taken["begin"]),
            find_worst(taken["begin"]),
            at_most=0.45,
            note="Python, imports and reading the case included",
        )
    ]
    if "ours" in taken:
        ours, other = (compute_median(taken[side]) for side in ("ours", "sleap-io"))
        rows.append(
            Row(
                what="two flies with their poses, 1,500 frames of 1024 x 1024 in their own pixels",
                unit="s",
                ours=ours,
                other=other,
                against=f"sleap-io {peer.SLEAP_VERSION}",
                ratio=other / ours,
                at_least=3,
                others=find_worst(taken["ours"], taken["sleap-io"]),
                note="each with its own settings of x264, both superfast",
            )
        )
    return rows, {f"poses, {label}": results for label, results in taken.items()}
