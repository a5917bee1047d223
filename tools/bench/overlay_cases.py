"""Overlays on recordings of hours, as this checkout brings them onto the frames."""

import time
from pathlib import Path

import numpy as np

from tools.bench import data

N_FRAMES = 100_000
_CACHE_FREE = 0


def aligned(folder: str) -> dict[str, float]:
    """Bring an hour of tracking onto 100,000 frames, every check included."""
    from neurospatial import Environment
    from neurospatial.overlays import PositionOverlay
    from neurospatial.scene import Geometry, OverlayContext

    session = np.load(Path(folder) / "session.npz")
    times, positions = session["times"], session["positions"]
    env = Environment.from_samples(positions, bin_size=data.SESSION_BIN, units="cm")
    clock = np.linspace(times[0], times[-1], N_FRAMES)
    bounds = Geometry(env.layout).bounds
    context = OverlayContext(clock, clock, bounds, env.layout, "cm")
    # Late imports are not alignment.
    PositionOverlay(positions[::9000], times[::9000]).layers(context)
    begin = time.perf_counter()
    PositionOverlay(positions, times).layers(context)
    return {"seconds": time.perf_counter() - begin, "n_samples": len(times)}


def seeks(folder: str) -> dict[str, float]:
    """Open the camera's clip, and read frames of it here and there."""
    from neurospatial.overlays import VideoReader

    begin = time.perf_counter()
    with VideoReader(Path(folder) / data.CAMERA, cache_bytes=_CACHE_FREE) as video:
        opened = time.perf_counter() - begin
        wanted = np.random.default_rng(0).integers(0, video.n_frames, 80)
        begin = time.perf_counter()
        for number in wanted.tolist():
            video.frame(number)
        return {"seconds": (time.perf_counter() - begin) / len(wanted), "opened": opened}
