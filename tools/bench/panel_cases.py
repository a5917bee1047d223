"""Films of many panels, and of one in a picture of the same size."""

import time
from math import isqrt
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tools.bench import data

if TYPE_CHECKING:
    from neurospatial import FieldPanel
    from neurospatial.scene import Scene

SHAPE = (25, 20)
"""Bins of a panel along x and y."""


def chrome(n_panels: int) -> dict[str, float]:
    """Draw what stands around panels, in a process that has drawn nothing."""
    from neurospatial.video import VideoOptions
    from neurospatial.video.figure.chrome import draw_chrome

    scene = _compile(make_panels(n_panels, 1, 1))
    size = VideoOptions(save_path=Path("a.mp4")).choose_size(scene)
    begin = time.perf_counter()
    draw_chrome(scene, size, 100)
    return {"seconds": time.perf_counter() - begin}


def video(save_path: str, n_panels: int, n_frames: int, together: bool) -> dict[str, float]:
    """Write panels, or their picture's size and values as one panel; seconds of the one call."""
    from neurospatial import animate
    from neurospatial.video import VideoOptions

    size = VideoOptions(save_path=Path("a.mp4")).choose_size(_compile(make_panels(n_panels, 1, 1)))
    panels = make_panels(
        *((1, n_frames, isqrt(n_panels)) if together else (n_panels, n_frames, 1))
    )
    figsize = size[0] / 100, size[1] / 100
    begin = time.perf_counter()
    animate(panels, save_path=save_path, figsize=figsize, progress=False)
    return {"seconds": time.perf_counter() - begin, "pixels": size[0] * size[1]}


def _compile(panels: "list[FieldPanel]") -> "Scene":
    from neurospatial.scene import compile_panels

    return compile_panels(panels)


def make_panels(n_panels: int, n_frames: int, fine: int) -> "list[FieldPanel]":
    """Make panels of drifting fields, with `fine` times as many bins along each edge."""
    from neurospatial import Environment, FieldPanel

    ends = zip((100, 80), SHAPE, strict=True)
    edges = [np.linspace(0, length, fine * n + 1) for length, n in ends]
    env = Environment.from_grid_edges(edges, units="cm")
    times = np.arange(n_frames) / data.FPS
    x, y = env.bin_centers.T.astype(np.float32)
    panels = []
    for number in range(n_panels):
        across = 50 + 30 * np.cos(times + number, dtype=np.float32)[:, None]
        upward = 40 + 20 * np.sin(1.3 * times + number, dtype=np.float32)[:, None]
        rates = 20 * np.exp(-((x - across) ** 2 + (y - upward) ** 2) / 400)
        panels.append(FieldPanel(env, rates, title=f"cell {number + 1}", frame_times=times))
    return panels
