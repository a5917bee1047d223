"""The cases as the peer runs them, in its own venv, through its public names only."""

import os
import time
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from tools.bench import data

# Looked up by name: in this checkout's venv, where types are checked, "neurospatial" is ours.
_PACKAGE = "neurospatial"


def video(
    folder: str,
    save_path: str,
    n_frames: int,
    show: data.Show,
    workers: int | None,
    layout: str = "grid",
) -> dict[str, float]:
    """Write the video; give the seconds that the one call took."""
    case = np.load(Path(folder) / "video.npz")
    edges = (case["x_edges"], case["y_edges"])
    times = case["times"][:n_frames]
    if layout == "grid":
        make = import_module(_PACKAGE).Environment.from_grid_mask
        env, fields = make(np.ones(data.GRID, dtype=bool), edges), case["fields"][:n_frames]
    else:
        env = _make_layout(layout, edges)
        fields = data.compute_blobs(
            env.bin_centers, case["middle"][:n_frames], case["width"][:n_frames]
        )
    options: dict[str, object] = {} if workers is None else {"n_workers": workers}
    if show != "fields":
        polygon = import_module("shapely").Polygon
        for name in ("start", "goal"):
            env.regions.add(name, polygon=polygon(case[name]))
        overlays = _overlays(case, n_frames)
        if show == "camera":
            overlays.append(_camera(folder, env, case["times"]))
        options |= {"show_regions": True, "overlays": overlays}
    begin = time.perf_counter()
    env.animate_fields(
        fields, frame_times=times, backend="video", save_path=save_path, dpi=100, **options
    )
    seconds = time.perf_counter() - begin
    size = os.path.getsize(save_path)
    return {"seconds": seconds, "bytes": size, "n_bins": env.n_bins}


def page(folder: str, save_path: str, n_frames: int) -> dict[str, float]:
    """Write the fields of the video as a page; give the seconds of the one call."""
    case = np.load(Path(folder) / "video.npz")
    make = import_module(_PACKAGE).Environment.from_grid_mask
    env = make(np.ones(data.GRID, dtype=bool), (case["x_edges"], case["y_edges"]))
    times, fields = case["times"][:n_frames], case["fields"][:n_frames]
    begin = time.perf_counter()
    env.animate_fields(fields, frame_times=times, backend="html", save_path=save_path, dpi=100)
    return {"seconds": time.perf_counter() - begin, "bytes": os.path.getsize(save_path)}


def _make_layout(layout: str, edges: tuple[data.Floats, data.Floats]) -> Any:
    """Cut the box of the grid into hexagons or triangles."""
    make = import_module(_PACKAGE).Environment.from_layout
    size = data.LAYOUT_SIZES[layout]
    (left, right), (low, high) = (edge[[0, -1]] for edge in edges)
    if layout == "hexagonal":
        ranges = ((left, right), (low, high))
        options = {"hexagon_width": size, "dimension_ranges": ranges, "infer_active_bins": False}
        return make("Hexagonal", options)
    box = import_module("shapely").box(left, low, right, high)
    return make("TriangularMesh", {"boundary_polygon": box, "point_spacing": size})


def _overlays(case: "np.lib.npyio.NpzFile", n_frames: int) -> list[object]:
    animation = import_module(f"{_PACKAGE}.animation")
    times = case["times"][:n_frames]
    pose = {part: case["pose"][:n_frames, i] for i, part in enumerate(data.PARTS)}
    skeleton = animation.Skeleton("rat", data.PARTS, data.BONES)
    return [
        animation.PositionOverlay(case["positions"][:n_frames], times, trail_length=data.TRAIL),
        animation.BodypartOverlay(pose, times, skeleton=skeleton),
        # Its default colour, "hsv", is one that its own video backend does not accept.
        animation.HeadDirectionOverlay(
            case["headings"][:n_frames], times, color="yellow", length=data.ARROW
        ),
    ]


def _camera(folder: str, env: object, times: data.Floats) -> object:
    animation = import_module(f"{_PACKAGE}.animation")
    path = f"{folder}/{data.CAMERA}"
    calibration = animation.calibrate_video(
        path, env, landmarks_px=data.CORNERS_PX, landmarks_env=data.CORNERS_ENV
    )
    return animation.VideoOverlay(path, calibration, times)


def from_samples(folder: str) -> dict[str, float]:
    """Cut the session's box into bins."""
    positions = np.load(Path(folder) / "session.npz")["positions"]
    environment = import_module(_PACKAGE).Environment
    begin = time.perf_counter()
    env = environment.from_samples(positions, bin_size=data.SESSION_BIN)
    return {"seconds": time.perf_counter() - begin, "n_bins": env.n_bins}


def place_field(folder: str, method: str) -> dict[str, float]:
    """Estimate one rate map, and again on the same environment."""
    case = dict(np.load(Path(folder) / "session.npz"))
    environment = import_module(_PACKAGE).Environment
    env = environment.from_samples(case["positions"], bin_size=data.SESSION_BIN)
    compute = import_module(f"{_PACKAGE}.encoding").compute_spatial_rate
    took = []
    for _ in range(2):
        begin = time.perf_counter()
        result = compute(
            env,
            case["spikes"],
            case["times"],
            case["positions"],
            smoothing_method=method,
            bandwidth=data.BANDWIDTH,
        )
        took.append(time.perf_counter() - begin)
    peak = float(np.nanmax(np.asarray(result.firing_rate)))
    return {"seconds": took[0], "again": took[1], "peak": peak}
