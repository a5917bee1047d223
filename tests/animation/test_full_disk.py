"""Where there is no room, the old file stays, nothing else does, and the error says so."""

import subprocess
import sys
from pathlib import Path

import pytest

resource = pytest.importorskip("resource", reason="Windows has no limit on the size of files")

SCRIPT = """
import resource, signal, sys
from pathlib import Path
import numpy as np
from neurospatial import Environment

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
rng = np.random.default_rng(0)
env = Environment.from_mask(rng.random((200, 200)) < 0.5, [np.arange(201.0)] * 2, units="cm")
values = rng.random((10, env.n_bins))
path = sys.argv[1]
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, resource.RLIM_INFINITY))
try:
    if path.endswith(".npz"):
        env.save(path)
    else:
        env.animate_fields(values, save_path=path, dpi=50, progress=False)
except OSError as error:
    print(error.errno, error)
"""


@pytest.mark.parametrize("suffix", ["mp4", "webm", "avi", "gif", "html", "npz"])
def test_the_old_file_stays_alone(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"rat.{suffix}"
    path.write_text("old")
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, path],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert f"'{path}' cannot be written: it got larger than a file may be" in done.stdout, done
    assert "HOW" in done.stdout
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
