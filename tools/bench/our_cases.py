"""The same cases as this checkout runs them."""

import os
import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypedDict

import numpy as np
from numpy.lib.npyio import NpzFile
from numpy.typing import NDArray

from tools.bench import data
from tools.bench.data import Show

if TYPE_CHECKING:
    from neurospatial import Environment
    from neurospatial.scene import Overlay, Scene


LayoutName = Literal["grid", "hexagonal", "triangular"]


class Shown(TypedDict, total=False):
    """What is shown besides the fields."""

    frame_times: NDArray[np.float64]
    overlays: "list[Overlay]"
    show_regions: bool


def video(
    folder: str,
    save_path: str,
    n_frames: int,
    show: Show,
    workers: int | None,
    layout: LayoutName = "grid",
) -> dict[str, float]:
    """Write the video; give the seconds that the one call took."""
    env, fields, shown = environment(folder, n_frames, show, layout)
    begin = time.perf_counter()
    env.animate_fields(fields, save_path=save_path, progress=False, n_workers=workers, **shown)
    seconds = time.perf_counter() - begin
    size = os.path.getsize(save_path)
    return {"seconds": seconds, "bytes": size, "n_bins": env.n_bins}


def dry_run(folder: str, save_path: str, n_frames: int) -> dict[str, float]:
    """Foresee the time and size of a video, then write it."""
    env, fields, shown = environment(folder, n_frames, "marks")
    foreseen = env.animate_fields(fields, save_path=save_path, dry_run=True, **shown)
    begin = time.perf_counter()
    env.animate_fields(fields, save_path=save_path, progress=False, **shown)
    return {
        "seconds": time.perf_counter() - begin,
        "foreseen": float(getattr(foreseen, "seconds")),  # noqa: B009
        "bytes": os.path.getsize(save_path),
        "foreseen_bytes": float(getattr(foreseen, "n_bytes")),  # noqa: B009
    }


def scene(folder: str, n_frames: int, show: Show) -> "Scene":
    """Compile what `video` shows."""
    from neurospatial.scene import compile_scene

    env, fields, shown = environment(folder, n_frames, show)
    return compile_scene(env, fields, **shown)


def environment(
    folder: str, n_frames: int, show: Show, layout: LayoutName = "grid"
) -> "tuple[Environment, NDArray[np.float64], Shown]":
    """Make an environment, its fields, and what is shown besides them."""
    from neurospatial import Environment

    case = np.load(Path(folder) / "video.npz")
    edges = (case["x_edges"], case["y_edges"])
    fields = case["fields"][:n_frames]
    if layout == "grid":
        env = Environment.from_mask(np.ones(data.GRID, dtype=bool), edges, units="cm")
    else:
        (left, right), (low, high) = (edge[[0, -1]] for edge in edges)
        corners = [(left, low), (right, low), (right, high), (left, high)]
        size = data.LAYOUT_SIZES[layout]
        env = Environment.from_polygon(corners, size, layout=layout, units="cm")
        fields = data.compute_blobs(
            env.bin_centers, case["middle"][:n_frames], case["width"][:n_frames]
        )
    shown: Shown = {"frame_times": case["times"][:n_frames]}
    if show != "fields":
        for name in ("start", "goal"):
            env.regions.add(name, polygon=case[name])
        overlays = _crowd(n_frames) if show == "crowd" else _overlays(case, n_frames)
        if show == "camera":
            overlays.append(_camera(folder, env, case["times"]))
        shown |= {"show_regions": True, "overlays": overlays}
    return env, fields, shown


def _overlays(case: NpzFile, n_frames: int) -> "list[Overlay]":
    from neurospatial.overlays import BodypartOverlay, HeadDirectionOverlay, PositionOverlay

    times = case["times"][:n_frames]
    pose = {part: case["pose"][:n_frames, i] for i, part in enumerate(data.PARTS)}
    return [
        PositionOverlay(case["positions"][:n_frames], times, trail_length=data.TRAIL),
        BodypartOverlay(pose, times, skeleton=data.BONES),
        HeadDirectionOverlay(case["headings"][:n_frames], times, length=data.ARROW),
    ]


def _crowd(n_frames: int) -> "list[Overlay]":
    """Make animals that walk about, each a chain of keypoints from nose to tail."""
    from neurospatial.overlays import BodypartOverlay

    sides = (data.GRID[0] * data.BIN_SIZE, data.GRID[1] * data.BIN_SIZE)
    times = np.arange(n_frames) / data.FPS
    names = [f"part {number}" for number in range(data.CROWD_PARTS)]
    back = np.linspace(3.0, -5.0, data.CROWD_PARTS)
    overlays: list[Overlay] = []
    for animal in range(data.CROWD):
        rng = np.random.default_rng(100 + animal)
        positions, headings = data.walk(n_frames, 30.0 / data.FPS, sides, rng)
        along = np.stack([np.cos(headings), np.sin(headings)], axis=1)
        places = np.clip(positions[:, None] + along[:, None] * back[:, None], 0, sides)
        pose = {name: places[:, number] for number, name in enumerate(names)}
        bones = tuple(pairwise(names))
        overlays.append(BodypartOverlay(pose, times, skeleton=bones))
    return overlays


def _camera(folder: str, env: "Environment", times: NDArray[np.float64]) -> "Overlay":
    from neurospatial.overlays import VideoOverlay, calibrate_video

    path = Path(folder) / data.CAMERA
    calibration = calibrate_video(
        path, env, landmarks_px=data.CORNERS_PX, landmarks_env=data.CORNERS_ENV
    )
    return VideoOverlay(path, calibration, times)


def from_samples(folder: str) -> dict[str, float]:
    """Cut the session's box into bins."""
    from neurospatial import Environment

    positions = np.load(Path(folder) / "session.npz")["positions"]
    begin = time.perf_counter()
    env = Environment.from_samples(positions, bin_size=data.SESSION_BIN)
    return {"seconds": time.perf_counter() - begin, "n_bins": env.n_bins}


def place_field(folder: str, method: Literal["diffusion_kde", "gaussian_kde"]) -> dict[str, float]:
    """Estimate one rate map, and again on the same environment."""
    from neurospatial import Environment, compute_place_field

    case = dict(np.load(Path(folder) / "session.npz"))
    env = Environment.from_samples(case["positions"], bin_size=data.SESSION_BIN)
    took = []
    for _ in range(2):
        begin = time.perf_counter()
        rate = compute_place_field(
            env,
            case["spikes"],
            case["times"],
            case["positions"],
            method=method,
            bandwidth=data.BANDWIDTH,
        )
        took.append(time.perf_counter() - begin)
    return {"seconds": took[0], "again": took[1], "peak": float(np.nanmax(rate))}


def autocorrelogram(n_units: int, n_bins: int) -> dict[str, float]:
    """Correlate the maps of units with themselves, in a square of bins visited but for one."""
    from neurospatial import Environment, compute_autocorrelogram

    edges = np.arange(n_bins + 1.0)
    env = Environment.from_mask(np.ones((n_bins, n_bins), bool), [edges, edges])
    fields = np.random.default_rng(0).gamma(1, 5, (n_units, env.n_bins))
    fields[:, 0] = np.nan
    begin = time.perf_counter()
    compute_autocorrelogram(env, fields)
    return {"seconds": time.perf_counter() - begin}
