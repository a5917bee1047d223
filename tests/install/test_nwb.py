"""NWB from the built wheels: read by ours, and by a pynwb that knows nothing of ours."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.install.venvs import Combination, Installed, uv

HEAVY = ["pynwb", "hdmf", "h5py", "pandas", "ndx_pose", "ndx_rate_maps", "matplotlib"]

WRITE = """
from datetime import datetime, timezone
import numpy as np
from pynwb import NWBHDF5IO, NWBFile
from neurospatial import Environment
from neurospatial.nwb import write_fields, write_overlays, write_rate_maps
from neurospatial.overlays import BodypartOverlay, HeadDirectionOverlay, PositionOverlay

nwbfile = NWBFile("a session", "id", datetime(2024, 5, 17, tzinfo=timezone.utc))
for unit in (4, 9):
    nwbfile.add_unit(spike_times=[0.1, 0.2], id=unit)
mask, edges = [[True, False], [True, True]], [[0, 1, 2]] * 2
grid = Environment.from_mask(mask, edges, units="cm", name="box")
write_rate_maps(nwbfile, grid, [[1, 2, 3], [4, 5, 6]], [9, 4], occupancy=[1, 2, 3])
hexagons = Environment.from_polygon(
    [(0, 0), (40, 0), (40, 30), (0, 30)], 5, layout="hexagonal", units="cm", name="hexagons"
)
times = np.arange(100) / 50
fields = np.arange(100 * hexagons.n_bins, dtype=np.float32).reshape(100, -1)
write_fields(nwbfile, hexagons, fields, times, unit="probability", progress=False)
walk = np.column_stack([times, 2 * times])
pose = BodypartOverlay({"nose": walk, "tail": walk}, times, [("nose", "tail")])
overlays = [PositionOverlay(walk, times), HeadDirectionOverlay(times, times), pose]
write_overlays(nwbfile, hexagons, overlays)
with NWBHDF5IO("a.nwb", "w") as io:
    io.write(nwbfile)
"""

READ_PLAINLY = """
import importlib.util
import numpy as np
from pynwb import NWBHDF5IO, validate

for ours in ("neurospatial", "ndx_rate_maps", "ndx_pose"):
    assert importlib.util.find_spec(ours) is None, ours
assert list(validate(path="a.nwb")) == []
with NWBHDF5IO("a.nwb", "r") as io:
    behavior = io.read().processing["behavior"]
    maps = behavior["rate_maps"]
    assert type(maps).__name__ == "RateMapTable"
    assert np.array_equal(maps["rate_map"][0], [[1, np.nan], [2, 3]], equal_nan=True)
    assert maps.dim0_unit == "centimeters"
    series, bins = behavior["fields"], behavior["hexagons"]
    assert series.data.shape == (100, len(bins)), (series.data.shape, len(bins))
    assert series.data[99, 0] == 99 * len(bins)
    assert bins["center"][:].shape == (len(bins), 2)
    assert all(len(corners) == 6 for corners in bins["corners"][:])
    assert bins.object_id in series.comments
    assert behavior["Position"]["Position"].data.shape == (100, 2)
    assert behavior["Pose"]["nose"].unit == "centimeters"
print("read")
"""

READ_WITHOUT_EXTENSIONS = """
import importlib.util
from neurospatial import Environment
from neurospatial.nwb import read_environment, read_fields, read_rate_maps

assert importlib.util.find_spec("ndx_rate_maps") is None
maps = read_rate_maps("a.nwb")
assert maps.fields.tolist() == [[1, 2, 3], [4, 5, 6]]
assert maps.unit_ids.tolist() == [9, 4]
assert maps.env == read_environment("a.nwb", "box")
held = read_fields("a.nwb")
assert held.env == read_environment("a.nwb", "hexagons")
assert held.values.read(99, 100)[0, 0] == 99 * held.env.n_bins
print("read")
"""


@pytest.fixture(scope="module")
def venv(constraints: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Installed]:
    """Return a function that makes a venv of its own, which a test may change."""

    def make(*requested: str) -> Installed:
        made = tmp_path_factory.mktemp("venv") / "venv"
        uv("venv", "--python", sys.executable, made)
        uv("pip", "install", "--python", made, "--constraints", constraints, *requested)
        return Installed(made, Combination(requested, frozenset()))

    return make


@pytest.fixture(scope="module")
def ours(venv: Callable[..., Installed]) -> Installed:
    return venv("neurospatial-nwb-io")


@pytest.fixture(scope="module")
def written(ours: Installed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a file that the wheels wrote."""
    folder = tmp_path_factory.mktemp("nwb")
    ours.python(WRITE, cwd=folder)
    return folder


def test_importing_the_room_loads_nothing_heavy(ours: Installed) -> None:
    loaded = ours.python("import sys, neurospatial.nwb; print(*sys.modules)")
    assert not set(HEAVY) & set(loaded.split())


def test_pynwb_alone_reads_what_was_written(venv: Callable[..., Installed], written: Path) -> None:
    assert venv("pynwb").python(READ_PLAINLY, cwd=written) == "read"


def test_tables_are_found_where_the_extensions_are_not_installed(
    ours: Installed, written: Path
) -> None:
    uv("pip", "uninstall", "--python", ours.venv, "ndx-rate-maps", "ndx-pose")
    assert ours.python(READ_WITHOUT_EXTENSIONS, cwd=written) == "read"
