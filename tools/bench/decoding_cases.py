"""Decoding, as this checkout does it and as pynapple does."""

import time
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tools.bench import data
from tools.bench.data import Floats
from tools.bench.size_cases import read_memory

N_UNITS = 100
GRID = (40, 25)
"""Bins along x and y: a thousand."""
WIDTH = 0.02
"""Of a time bin [s]."""
PEER_FRAMES = 1000
"""Time bins in a call of pynapple's function: 50,000 would take 40 GB, for a moment twice that."""


def make_units(n_frames: int) -> tuple[Floats, list[Floats], list[Floats]]:
    """Draw fields (n_units, n_bins) [Hz], spike times along a walk, and the edges of the bins."""
    rng = np.random.default_rng(3)
    sides = (GRID[0] * data.BIN_SIZE, GRID[1] * data.BIN_SIZE)
    edges: list[Floats] = [np.arange(n + 1.0) * data.BIN_SIZE for n in GRID]
    x, y = np.meshgrid(*((edge[1:] + edge[:-1]) / 2 for edge in edges), indexing="ij")
    centers = np.stack([x.ravel(), y.ravel()], axis=1)
    peaks = rng.uniform((0, 0), sides, (N_UNITS, 2))
    fields: Floats = 0.1 + 15 * np.exp(-((centers - peaks[:, np.newaxis]) ** 2).sum(axis=2) / 200)
    path, _ = data.walk(n_frames, 20 * WIDTH, sides, rng)
    column, row = np.minimum(path // data.BIN_SIZE, np.array(GRID) - 1).astype(int).T
    bins = column * GRID[1] + row
    spikes = []
    for field in fields:
        fired = np.flatnonzero(rng.random(n_frames) < field[bins] * WIDTH)
        spikes.append((fired + rng.random(fired.size)) * WIDTH)
    return fields, spikes, edges


def decode(n_frames: int, n_checked: int) -> dict[str, float]:
    """Decode as we do; the first time bins are those that pynapple decodes."""
    from neurospatial import Environment, decode_positions

    fields, spikes, edges = make_units(n_frames)
    env = Environment.from_mask(np.ones(GRID, dtype=bool), edges)
    begin = time.perf_counter()
    decoded = decode_positions(
        env, fields, spikes, time_bins=(0, n_frames * WIDTH, WIDTH), progress=False
    )
    seconds = time.perf_counter() - begin
    return {"seconds": seconds, "check": _find_check(decoded.posterior[:n_checked])}


def decode_in_parts(n_frames: int, n_given: int) -> dict[str, float]:
    """Decode the first time bins of those given with pynapple, part by part."""
    # By name: it has no types, and is not there where types are checked.
    nap, xr = import_module("pynapple"), import_module("xarray")
    fields, spikes, _ = make_units(n_given)
    coords = {"unit": np.arange(N_UNITS), "bin": np.arange(fields.shape[1])}
    curves = xr.DataArray(fields, coords, ("unit", "bin"))
    group = nap.TsGroup({number: nap.Ts(train) for number, train in enumerate(spikes)})
    ends = np.arange(0, n_frames + 1, PEER_FRAMES) * WIDTH
    begin = time.perf_counter()
    found = [
        nap.decode_bayes(curves, group, nap.IntervalSet(start, stop), WIDTH)[1].d
        for start, stop in pairwise(ends)
    ]
    seconds = time.perf_counter() - begin
    return {"seconds": seconds, "check": _find_check(np.concatenate(found))}


def decode_to_file(folder: str, n_frames: int, walks: bool = False) -> dict[str, float]:
    """Decode into a file, and tell the highest memory of the process [MB]."""
    from neurospatial import Environment, decode_positions

    fields, spikes, edges = make_units(n_frames)
    env = Environment.from_mask(np.ones(GRID, dtype=bool), edges)
    path = Path(folder) / "posterior.npy"
    shape = (n_frames, env.n_bins)
    out = np.lib.format.open_memmap(path, "w+", np.float32, shape)
    begin = time.perf_counter()
    decode_positions(
        env,
        fields,
        spikes,
        time_bins=(0, n_frames * WIDTH, WIDTH),
        transition="random walk" if walks else None,
        out=out,
        progress=False,
    )
    seconds = time.perf_counter() - begin
    path.unlink()
    return {"seconds": seconds, "peak": read_memory("VmHWM")}


def _find_check(posterior: NDArray[np.floating]) -> float:
    """Compute the mean probability of the likeliest bin, by which two results are compared."""
    return float(posterior.max(axis=1).mean())
