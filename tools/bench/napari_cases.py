"""The viewer, as this checkout and napari alone show the same pictures."""

import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from tools.bench import data
from tools.bench.our_cases import Shown

if TYPE_CHECKING:
    import napari

    from neurospatial import Environment

_SEEKS = 80
_PICTURES = 200
_RATE = 250.0


def open_long(folder: str, n_frames: int) -> dict[str, float]:
    """Open an empty viewer and one with a long recording; give the seconds of both."""
    import napari

    env, fields = _recording(folder, n_frames)
    napari.Viewer().close()  # what is imported late
    begin = time.perf_counter()
    empty = napari.Viewer()
    _paint()
    opened = time.perf_counter()
    empty.close()
    _paint()
    again = time.perf_counter()
    viewer = napari.Viewer()
    env.animate_fields(fields, backend="napari", viewer=viewer, vmin=0, vmax=10)
    _paint()
    shown = time.perf_counter()
    before = _memory()
    _seek(viewer, n_frames)
    grown = _memory() - before
    viewer.close()
    return {"empty": opened - begin, "seconds": shown - again, "grown": grown}


def open_panels(n_panels: int) -> dict[str, float]:
    """Open a viewer with many panels, where one with a single panel was open before."""
    import napari

    from neurospatial import animate
    from tools.bench.panel_cases import make_panels

    taken = []
    for count in (1, n_panels):
        viewer = napari.Viewer()
        _paint()
        panels = make_panels(count, 20, 1)
        begin = time.perf_counter()
        animate(panels, backend="napari", viewer=viewer)
        _paint()
        taken.append(time.perf_counter() - begin)
        viewer.close()
        _paint()
    return {"one": taken[0], "seconds": taken[1]}


def seek(folder: str, n_frames: int, overlays: bool) -> dict[str, float]:
    """Seek in a long recording, and with napari alone in a small array of the same size."""
    import napari

    env, fields = _recording(folder, n_frames)
    viewer = napari.Viewer()
    small = np.random.default_rng(0).random((_PICTURES, *data.GRID[::-1]), dtype=np.float32)
    viewer.add_image(small, contrast_limits=(0, 1), colormap="viridis")
    alone = _seek(viewer, _PICTURES)
    viewer.layers.clear()
    shown = _overlays(env, n_frames) if overlays else Shown()
    env.animate_fields(fields, backend="napari", viewer=viewer, vmin=0, vmax=10, **shown)
    ours = _seek(viewer, n_frames)
    viewer.close()
    return {"seconds": ours, "alone": alone}


def _recording(folder: str, n_frames: int) -> "tuple[Environment, data.Floats]":
    """Make the environment of the video, and fields that are never wholly in memory."""
    from neurospatial import Environment

    edges = [np.arange(n + 1) * data.BIN_SIZE for n in data.GRID]
    env = Environment.from_mask(np.ones(data.GRID, dtype=bool), edges, units="cm")
    path = Path(folder) / f"napari-{n_frames}.dat"
    shape = (n_frames, env.n_bins)
    if not path.exists():
        written = np.memmap(path, np.float32, "w+", shape=shape)
        written[:: max(1, n_frames // 100)] = 5.0  # the rest of the file is sparse
        written.flush()
    return env, np.memmap(path, np.float32, "r", shape=shape)


def _overlays(env: "Environment", n_frames: int) -> "Shown":
    """Make position, pose, head direction, a signal and regions for every frame."""
    from neurospatial.animation import (
        BodypartOverlay,
        HeadDirectionOverlay,
        PositionOverlay,
        TimeSeriesOverlay,
    )

    rng = np.random.default_rng(2)
    sides = (data.GRID[0] * data.BIN_SIZE, data.GRID[1] * data.BIN_SIZE)
    times = np.arange(n_frames) / _RATE
    positions, headings = data.walk(n_frames, 0.1, sides, rng)
    pose = {part: positions + shift for part, shift in zip(data.PARTS, data.SHAPE, strict=True)}
    square = [(5, 5), (25, 5), (25, 20), (5, 20)]
    env.regions.add("start", polygon=square)
    return {
        "frame_times": times,
        "show_regions": True,
        "overlays": [
            PositionOverlay(positions, times, trail_length=data.TRAIL),
            BodypartOverlay(pose, times, skeleton=list(data.BONES)),
            HeadDirectionOverlay(headings, times, length=data.ARROW),
            TimeSeriesOverlay(positions[:, 0], times, label="x [cm]"),
        ],
    }


def _seek(viewer: "napari.Viewer", n_frames: int) -> float:
    """Seek to frames far apart; give the median seconds of one, events and paint included."""
    taken = []
    for frame in np.random.default_rng(1).integers(0, n_frames, _SEEKS + 10):
        begin = time.perf_counter()
        viewer.dims.set_current_step(0, int(frame))
        _paint()
        taken.append(time.perf_counter() - begin)
    return median(taken[10:])


def _paint() -> None:
    from qtpy.QtWidgets import QApplication

    QApplication.processEvents()


def _memory() -> float:
    """Megabytes of this process, pages of mapped files aside."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    (anonymous,) = (line for line in lines if line.startswith("RssAnon"))
    return int(anonymous.split()[1]) / 1000
