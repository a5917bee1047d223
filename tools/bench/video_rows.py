"""The rows about video."""

from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tools.bench import data, panel_rows
from tools.bench.row import Row
from tools.bench.runner import Case, Result, compute_median, find_worst, measure

Samples = dict[str, list[Result]]

_PEER_WORKERS: tuple[int | None, ...] = (None, 2)
_SHOWN: dict[data.Show, str] = {
    "fields": "fields only",
    "marks": "position + pose + head direction + regions",
    "camera": "the same with a 640 × 480 camera",
}
_N_BINS = data.GRID[0] * data.GRID[1]


def make_rows(folder: Path, runs: int, n_frames: int) -> tuple[list[Row], Samples]:
    """Compare fields alone, then fields with every mark, at two lengths; then many panels."""
    found: list[Row] = []
    samples: Samples = {}
    for show, name in _SHOWN.items():
        what = f"video, {_N_BINS:,}-bin grid, {name}"
        long, short = _measure_both(folder, runs, n_frames, show)
        shown = _look_at_all(folder, show)
        samples |= {f"{what}, {label}, {n_frames} frames": x for label, x in long.items()}
        samples |= {f"{what}, {label}, {n_frames // 4} frames": x for label, x in short.items()}
        samples |= {f"{what}, {label}, seen": [x] for label, x in shown.items()}
        at_least = 5 if show == "camera" else 10
        found += _compare_with_peer(what, long, short, shown, n_frames, at_least)
        at_most = 1.6 if show == "camera" else 1.25
        found += _compare_with_floor(what, long, short, n_frames, at_most)
    crowd, taken = _make_crowd_rows(folder, runs, n_frames)
    found, samples = found + crowd, samples | taken
    seen = measure({"dry run": _dry_run(folder, n_frames)}, runs)
    found += _make_dry_run_rows(seen["dry run"], n_frames)
    panels, taken = panel_rows.make_rows(folder, runs, n_frames)
    return found + panels, samples | seen | taken


def _make_crowd_rows(folder: Path, runs: int, n_frames: int) -> tuple[list[Row], Samples]:
    """Compare the poses of several animals with the encoder; the peer is not asked."""
    what = f"video, {_N_BINS:,}-bin grid, {data.CROWD} animals of {data.CROWD_PARTS} keypoints"
    long, short = _measure_both(folder, runs, n_frames, "crowd", ("ours", "floor"))
    samples = {
        f"{what}, {label}, {n} frames": taken[label]
        for n, taken in ((n_frames, long), (n_frames // 4, short))
        for label in taken
    }
    return list(_compare_with_floor(what, long, short, n_frames, 1.25)), samples


def _dry_run(folder: Path, n_frames: int) -> Case:
    options: dict[str, object] = {"folder": str(folder), "n_frames": n_frames}
    return Case(
        "our_cases", "dry_run", options | {"save_path": f"{folder}/dry.mp4"}, {"n_frames": 8}
    )


def _make_dry_run_rows(taken: list[Result], n_frames: int) -> Iterator[Row]:
    for what, unit, real in (("time", "s", "seconds"), ("size", "bytes", "bytes")):
        foreseen = "foreseen" if real == "seconds" else "foreseen_bytes"
        pairs = [(result[foreseen], result[real]) for result in taken]
        guess, truth = (median(values) for values in zip(*pairs, strict=True))
        yield Row(
            what=f"{what} that a dry run foresees, {n_frames} frames with every mark",
            unit=unit,
            ours=guess,
            other=truth,
            against="the real one",
            ratio=median(max(a / b, b / a) for a, b in pairs),
            at_most=1.5,
            others=find_worst(taken),
            note="the ratio is that of the larger to the smaller",
        )


def _make_cases(folder: Path, n_frames: int, show: data.Show) -> Iterator[tuple[str, Case]]:
    common: dict[str, object] = {"folder": str(folder), "n_frames": n_frames, "show": show}
    warm: dict[str, object] = {"n_frames": 8}
    ours = {**common, "workers": None, "save_path": _make_path(folder, "ours", show)}
    yield "ours", Case("our_cases", "video", ours, warm)
    yield "floor", Case("floor", "video", {**common, "save_path": f"{folder}/floor.mp4"}, warm)
    for workers in _PEER_WORKERS:
        label = _label_peer(workers)
        options = {**common, "workers": workers, "save_path": _make_path(folder, label, show)}
        yield label, Case("peer_cases", "video", options, warm)


def _measure_both(
    folder: Path, runs: int, n_frames: int, show: data.Show, sides: tuple[str, ...] = ()
) -> tuple[Samples, Samples]:
    """Take both lengths in the same rounds: a slope between rounds would be that of the load."""
    lengths = (n_frames // 4, n_frames)  # The long one last: its file is looked at.
    cases = {
        (x, n): case
        for n in lengths
        for x, case in _make_cases(folder, n, show)
        if not sides or x in sides
    }
    named = measure({f"{label}, {n} frames": case for (label, n), case in cases.items()}, runs)
    by_key = dict(zip(cases, named.values(), strict=True))
    short, long = ({x: by_key[x, m] for x, m in cases if m == n} for n in lengths)
    return long, short


def _look_at_all(folder: Path, show: data.Show) -> dict[str, Result]:
    """See each video; with several workers, beside the one that one worker wrote."""
    alone = {"ours": "ours"} | {_label_peer(workers): "peer" for workers in _PEER_WORKERS}
    seen = {}
    for label, reference in alone.items():
        path = _make_path(folder, label, show)
        paths = {"path": path, "reference": _make_path(folder, reference, show)}
        seen[label] = Case("look", "video", dict(paths)).run()
        if show == "camera":
            paths = {"path": path, "reference": _make_path(folder, label, "marks")}
            seen[label]["camera"] = Case("look", "video", dict(paths)).run()["differs"]
    return seen


def _compare_with_peer(
    what: str,
    long: Samples,
    short: Samples,
    shown: dict[str, Result],
    n_frames: int,
    at_least: float,
) -> Iterator[Row]:
    for workers in _PEER_WORKERS:
        label = _label_peer(workers)
        rate, theirs = (n_frames / compute_median(long[side]) for side in ("ours", label))
        steady, their_steady = (
            _compute_slope(long[x], short[x], n_frames) for x in ("ours", label)
        )
        case = what if workers is None else f"{what}, the peer with {workers} workers"
        others = find_worst(long["ours"], long[label], short["ours"], short[label])
        yield Row(
            what=f"{case}, a call for {n_frames} frames",
            unit="frames/s",
            ours=rate,
            other=theirs,
            against="peer",
            ratio=rate / theirs,
            at_least=at_least if workers is None else None,
            others=others,
            note=f"in a fresh process, late imports included; {appearance(shown[label])}",
        )
        yield Row(
            what=f"{case}, once it runs",
            unit="frames/s",
            ours=1 / steady,
            other=1 / their_steady,
            against="peer",
            ratio=their_steady / steady,
            at_least=at_least if workers is None else None,
            others=others,
            note=f"the slope between {n_frames // 4} and {n_frames} frames",
        )


def appearance(seen: Result) -> str:
    """Say what the peer's video shows."""
    first, second, last = (seen[name] for name in ("first", "second", "last"))
    shares = f"{first:.1f} %, {second:.1f} % and {last:.1f} % coloured pixels"
    size = f"the peer's {seen['width']:.0f}×{seen['height']:.0f} video has {shares}"
    said = [f"{size} in its first, second and last frame"]
    if min(second, last) < first / 2:
        said.append("it leaves out the field after frame one")
    if seen["differs"] > 0.05:
        differs = f"{seen['differs']:.2f} % of the last frame's pixels"
        said.append(f"{differs} differ from what it draws with one worker")
    if "camera" in seen:
        share = f"{seen['camera']:.2f} % of the last frame's pixels"
        said.append(f"with the camera {share} differ from what it draws without")
    return "; ".join(said)


def _compare_with_floor(
    what: str, long: Samples, short: Samples, n_frames: int, at_most: float
) -> Iterator[Row]:
    took, floor = compute_median(long["ours"]), compute_median(long["floor"])
    steady, bare = (
        _compute_slope(long[side], short[side], n_frames) for side in ("ours", "floor")
    )
    others = find_worst(long["ours"], long["floor"], short["ours"], short["floor"])
    yield Row(
        what=f"{what}, against the encoder alone, a call for {n_frames} frames",
        unit="s",
        ours=took,
        other=floor,
        against="encoder",
        ratio=took / floor,
        at_most=at_most,
        others=others,
        note="in a fresh process, late imports included",
    )
    yield Row(
        what=f"{what}, against the encoder alone, once it runs",
        unit="ms a frame",
        ours=1000 * steady,
        other=1000 * bare,
        against="encoder",
        ratio=steady / bare,
        at_most=at_most,
        others=others,
        note=f"the slope between {n_frames // 4} and {n_frames} frames",
    )


def _compute_slope(long: list[Result], short: list[Result], n_frames: int) -> float:
    """Seconds a frame once it runs: the median over the rounds, each with both lengths."""
    more = [a["seconds"] - b["seconds"] for a, b in zip(long, short, strict=True)]
    return median(more) / (n_frames - n_frames // 4)


def _make_path(folder: Path, label: str, show: data.Show) -> str:
    name = f"{label}-{show}".replace(" ", "-")
    return str(folder / f"{name}.mp4")


def _label_peer(workers: int | None) -> str:
    return "peer" if workers is None else f"peer {workers} workers"
