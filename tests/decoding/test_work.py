"""A long posterior is written block by block, in little memory."""

import subprocess
import sys
from pathlib import Path

import pytest

CHILD = """
import sys
import numpy as np
from neurospatial import Environment, decode_positions

n_frames, transition = int(sys.argv[2]), sys.argv[3]
env = Environment.from_grid_edges([np.arange(21.0)] * 2)
rng = np.random.default_rng(0)
spikes = [np.sort(rng.uniform(0, n_frames * 0.02, n_frames // 20)) for _ in range(10)]
out = np.lib.format.open_memmap(sys.argv[1], "w+", np.float32, (n_frames, env.n_bins))
decode_positions(
    env, rng.uniform(0, 9, (10, env.n_bins)), spikes, time_bins=(0, n_frames * 0.02, 0.02),
    out=out, progress=False, transition=transition if transition != "none" else None,
)
lines = open("/proc/self/status").read().splitlines()
print(next(line.split()[1] for line in lines if line.startswith("VmHWM:")))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak memory from /proc")
@pytest.mark.parametrize("transition", ["none", "random walk"])
def test_memory_does_not_grow_with_the_session(tmp_path: Path, transition: str) -> None:
    peaks = []
    for n_frames in (2_000, 60_000 if transition == "random walk" else 200_000):
        path = str(tmp_path / "posterior.npy")
        done = subprocess.run(
            [sys.executable, "-c", CHILD, path, str(n_frames), transition],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        peaks.append(int(done.stdout) / 1000)
    # What is told of each time bin is 80 bytes; the posterior itself is 1,600, 320 MB in all.
    assert peaks[1] - peaks[0] < 60
