"""The peer's viewer, in a venv with the napari that it asks for."""

import time
from importlib import import_module
from pathlib import Path
from statistics import median

import numpy as np

from tools.bench import data

# Looked up by name: in this checkout's venv, where types are checked, "neurospatial" is ours.
_PACKAGE = "neurospatial"
_SEEKS = 40
_RATE = 250.0


def seek(folder: str, n_frames: int, overlays: bool) -> dict[str, float]:
    """Seek in a recording in a memory map; give the median seconds of one step."""
    edges = [np.arange(n + 1) * data.BIN_SIZE for n in data.GRID]
    env = import_module(_PACKAGE).Environment.from_grid_mask(
        np.ones(data.GRID, dtype=bool), tuple(edges)
    )
    path = Path(folder) / f"peer-viewer-{n_frames}.dat"
    fields = np.memmap(path, np.float32, "w+", shape=(n_frames, env.n_bins))
    fields[:: max(1, n_frames // 100)] = 5.0  # the rest of the file is sparse
    times = np.arange(n_frames) / _RATE
    given = {"overlays": _overlays(times)} if overlays else {}
    viewer = env.animate_fields(
        fields, frame_times=times, backend="napari", vmin=0, vmax=10, **given
    )
    paint = import_module("qtpy.QtWidgets").QApplication.processEvents
    paint()
    taken = []
    for frame in np.random.default_rng(1).integers(0, n_frames, _SEEKS + 5):
        begin = time.perf_counter()
        viewer.dims.set_current_step(0, int(frame))
        paint()
        taken.append(time.perf_counter() - begin)
    viewer.close()
    return {"seconds": median(taken[5:])}


def _overlays(times: data.Floats) -> list[object]:
    animation = import_module(f"{_PACKAGE}.animation")
    sides = (data.GRID[0] * data.BIN_SIZE, data.GRID[1] * data.BIN_SIZE)
    positions, headings = data.walk(len(times), 0.1, sides, np.random.default_rng(2))
    pose = {part: positions + shift for part, shift in zip(data.PARTS, data.SHAPE, strict=True)}
    skeleton = animation.Skeleton("rat", data.PARTS, data.BONES)
    return [
        animation.PositionOverlay(positions, times, trail_length=data.TRAIL),
        animation.BodypartOverlay(pose, times, skeleton=skeleton),
        animation.HeadDirectionOverlay(headings, times, color="yellow", length=data.ARROW),
    ]
