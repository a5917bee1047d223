"""Files to write into, and whether what was written is good NWB."""

from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from hdmf.common import DynamicTableRegion, VectorData
from ndx_rate_maps import RateMapTable
from nwbinspector import inspect_nwbfile
from pynwb import NWBHDF5IO, NWBFile, TimeSeries, validate
from pynwb.file import Subject

from neurospatial import Environment
from neurospatial.layouts import Layout
from neurospatial.testing.layouts import LAYOUTS, LINES

SPACES = {**LAYOUTS, **LINES}
UNIT_IDS = [7, 3, 40, 12]
IDS = [40, 7, 3]
QUIET = {"unit": "probability", "progress": False}


def make_session(n_units: int = len(UNIT_IDS)) -> NWBFile:
    """A session with units, trials and a position, in which nothing is to be criticised."""
    nwbfile = NWBFile(
        session_description="A mouse forages.",
        identifier="mouse-1",
        session_start_time=datetime(2024, 5, 17, 12, tzinfo=UTC),
        experimenter=["Lovelace, Ada"],
        experiment_description="Foraging in an open field.",
        institution="University",
        keywords=["hippocampus"],
        subject=Subject(
            subject_id="1", species="Mus musculus", age="P90D", sex="F", description="A mouse."
        ),
    )
    rng = np.random.default_rng(0)
    for unit in UNIT_IDS[:n_units]:
        nwbfile.add_unit(spike_times=np.sort(rng.uniform(0, 60, 20)), id=unit)
    nwbfile.units.resolution = 1e-4
    for start in (0.0, 20.0):
        nwbfile.add_trial(start_time=start, stop_time=start + 15)
    distance = rng.uniform(0, 1, 300)
    nwbfile.add_acquisition(
        TimeSeries(name="walked", data=distance, unit="meters", rate=30.0, description="A way.")
    )
    return nwbfile


def make_environment(name: str) -> Environment:
    """A space of each kind, with a region."""
    layout: Layout = SPACES[name]()
    env = Environment(layout, units="cm", name=name)
    env.regions.add("goal", point=layout.bin_centers[0], metadata={"reward": True})
    return env


def save_nwb(nwbfile: NWBFile, path: Path) -> Path:
    with NWBHDF5IO(path, "w") as io:
        io.write(nwbfile)
    return path


def list_criticism(path: Path, accepted: Collection[str] = ()) -> list[str]:
    """What pynwb and nwbinspector find wrong with a file, suggestions included."""
    errors = [str(error) for error in validate(path=str(path))]
    found = [
        f"{message.importance.name}: {message.check_function_name}: {message.object_type} "
        f"{message.object_name} in {message.location}: {message.message}"
        for message in inspect_nwbfile(path)
        if message.check_function_name not in accepted
    ]
    return errors + found


def make_maps(env: Environment, n_units: int = len(IDS)) -> np.ndarray:
    """Rates of some units, one of them not known everywhere."""
    rates = np.random.default_rng(env.n_bins).gamma(2, 4, (n_units, env.n_bins))
    rates[0, 0] = np.nan  # never visited long enough
    return rates


def add_plain_table(nwbfile: NWBFile, rates: np.ndarray, **more: object) -> RateMapTable:
    """A table as the documentation of the extension makes one."""
    units = DynamicTableRegion(name="units", data=[0, 2], description="units", table=nwbfile.units)
    given = {
        "bin_edges_dim0": np.linspace(0, 8, rates.shape[1] + 1),
        "dim0_label": "x_position",
        "dim0_unit": "cm",
        "rate_map": VectorData(name="rate_map", description="Hz", data=rates),
    }
    if rates.ndim == 3:
        given["bin_edges_dim1"] = np.linspace(0, 6, rates.shape[2] + 1)
        given |= {"dim1_label": "y_position", "dim1_unit": "cm"}
    table = RateMapTable(name="theirs", description="maps", units=units, **{**given, **more})
    nwbfile.create_processing_module("ecephys", "theirs").add(table)
    return table


def make_posterior(n_frames: int, n_bins: int, dtype: str = "f4") -> np.ndarray:
    """Fields of any values."""
    return (100 * np.random.default_rng(n_bins).random((n_frames, n_bins))).astype(dtype)


def iter_blocks(fields: np.ndarray, length: int) -> Iterator[np.ndarray]:
    """The same, some frames at a time."""
    return (fields[start : start + length] for start in range(0, len(fields), length))
