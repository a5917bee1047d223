"""Web pages, as this checkout writes them."""

import os
import time
from pathlib import Path

import numpy as np

from tools.bench import data, our_cases
from tools.bench.data import Show

FPS = 60
"""Frames a second of the pages that are played."""


def page(folder: str, save_path: str, n_frames: int, show: Show = "fields") -> dict[str, float]:
    """Write what the video shows as a page; give the seconds of the one call."""
    env, fields, shown = our_cases.environment(folder, n_frames, show)
    begin = time.perf_counter()
    env.animate_fields(fields, save_path=save_path, progress=False, fps=FPS, **shown)
    return {"seconds": time.perf_counter() - begin, "bytes": os.path.getsize(save_path)}


def long_page(folder: str, save_path: str, n_frames: int) -> dict[str, float]:
    """Write a long recording of smooth moving fields, kept in a memory map."""
    from neurospatial import Environment

    edges = [np.arange(n + 1) * data.BIN_SIZE for n in data.GRID]
    env = Environment.from_mask(np.ones(data.GRID, dtype=bool), edges, units="cm")
    path = Path(folder) / "long.dat"
    shape = (n_frames, env.n_bins)
    if not path.exists() or path.stat().st_size != 4 * shape[0] * shape[1]:
        fields = np.memmap(path, np.float32, "w+", shape=shape)
        rng = np.random.default_rng(5)
        sides = (data.GRID[0] * data.BIN_SIZE, data.GRID[1] * data.BIN_SIZE)
        positions, _ = data.walk(n_frames, 1.0, sides, rng)
        width = 6 + 3 * np.sin(np.arange(n_frames) / 40)
        for start in range(0, n_frames, 2000):
            part = slice(start, start + 2000)
            fields[part] = data.compute_blobs(env.bin_centers, positions[part], width[part])
        fields.flush()
    fields = np.memmap(path, np.float32, "r", shape=shape)
    begin = time.perf_counter()
    env.animate_fields(fields, save_path=save_path, progress=False, fps=FPS)
    return {"seconds": time.perf_counter() - begin, "bytes": os.path.getsize(save_path)}
