"""An extension that pynwb did not know when it opened a file is not written by half."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from ndx_pose import PoseEstimation
from pynwb import NWBHDF5IO

from neurospatial.nwb import read_rate_maps
from tests.nwb.nwb_files import make_session, save_nwb

FIRST = """
import sys
from pynwb import NWBHDF5IO
path = sys.argv[1]
"""
THEN = """
from neurospatial import Environment
from neurospatial.nwb import write_overlays, write_rate_maps
from neurospatial.overlays import BodypartOverlay
env = Environment.from_mask([[True, True]], [[0, 1], [0, 1, 2]], units="cm")
pose = BodypartOverlay({"nose": [[0, 0], [1, 1]]}, [0.0, 0.3])
"""
ADD = """
    write_rate_maps(nwbfile, env, [[1, 2]], [7])
    write_overlays(nwbfile, env, [pose])
"""


def run(code: str, path: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", FIRST + code, str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file that brings the specification of the extensions, as this process knows them."""
    return save_nwb(make_session(), tmp_path / "a.nwb")


def test_a_file_opened_before_is_refused(path: Path) -> None:
    code = f"""
io = NWBHDF5IO(path, "r+")
nwbfile = io.read()
{THEN}
for write in (
    lambda: write_rate_maps(nwbfile, env, [[1, 2]], [7]),
    lambda: write_overlays(nwbfile, env, [pose]),
):
    try:
        write()
    except RuntimeError as error:
        print(error)
io.write(nwbfile)
io.close()
"""
    output = run(code, path)
    assert "opened before ndx_rate_maps was imported" in output
    assert "opened before ndx_pose was imported" in output
    with NWBHDF5IO(path, "r") as io:
        assert not io.read().processing


@pytest.mark.parametrize(
    "opened",
    [
        "from neurospatial.nwb import edit_nwb\nwith edit_nwb(path, progress=False) as nwbfile:"
        + "".join(f"\n    {line}" for line in THEN.strip().splitlines())
        + ADD,
        THEN
        + "with NWBHDF5IO(path, 'r+') as io:\n    nwbfile = io.read()"
        + ADD
        + "    io.write(nwbfile)\n",
    ],
    ids=["edit_nwb", "imported before"],
)
def test_otherwise_it_is_written(path: Path, opened: str) -> None:
    run(opened, path)
    np.testing.assert_array_equal(read_rate_maps(path).fields, [[1, 2]])
    with NWBHDF5IO(path, "r") as io:
        assert isinstance(io.read().processing["behavior"]["Pose"], PoseEstimation)
