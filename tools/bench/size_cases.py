"""Environments of very many bins."""

import time
from pathlib import Path

import numpy as np

from tools.bench import data

SIDES = (400, 250)
N_MAPS = 10


def million_bins(folder: str) -> dict[str, float]:
    """Build a grid of a million bins on the session, its centres and neighbours included."""
    from neurospatial import Environment

    positions = np.load(Path(folder) / "session.npz")["positions"]
    size = np.ptp(positions, axis=0) / 999.5
    before, begin = _forget_peak(), time.perf_counter()
    env = Environment.from_samples(positions, size.tolist(), infer_active_bins=False)
    made = time.perf_counter() - begin
    links = env.connectivity.nnz + env.bin_centers.shape[1]
    return {
        "seconds": time.perf_counter() - begin,
        "made": made,
        "grown": read_memory("VmHWM") - before,
        "n_bins": env.n_bins,
        "links": links,
    }


def diffusion() -> dict[str, float]:
    """Smooth ten maps on a grid of 100,000 bins, and again with the kernel that is kept."""
    from neurospatial import Environment
    from neurospatial.environment.smoothing_kernels import make_smoother

    env = Environment.from_grid_edges([np.arange(side + 1.0) for side in SIDES], units="cm")
    masses = np.random.default_rng(0).random((N_MAPS, env.n_bins))
    before = _forget_peak()
    took = []
    for _ in range(2):
        begin = time.perf_counter()
        spread = make_smoother(env, "diffusion_kde", data.BANDWIDTH)(masses)
        took.append(time.perf_counter() - begin)
    return {
        "seconds": took[0],
        "again": took[1],
        "grown": read_memory("VmHWM") - before,
        "n_bins": env.n_bins,
        "kept": float(spread.sum() / masses.sum()),
    }


def _forget_peak() -> float:
    """Let the peak begin anew from the memory held now, and give that [MB]."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return read_memory("VmRSS")


def read_memory(name: str) -> float:
    """Read a size of this process from the kernel's table [MB]."""
    # Not getrusage: its peak is that of the parent where that was larger.
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    [size] = [line.split()[1] for line in lines if line.startswith(f"{name}:")]
    return int(size) * 1024 / 1e6
