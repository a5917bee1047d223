"""NWB files as laboratories write them, made with pynwb."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from pynwb import NWBHDF5IO, NWBFile
from pynwb.behavior import Position, SpatialSeries

N_SAMPLES = 3000
RATE = 30.0


@pytest.fixture
def nwbfile() -> NWBFile:
    """An empty file."""
    return NWBFile("a session", "id", datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture
def walk_m() -> np.ndarray:
    """A walk through a box of 0.8 m by 0.6 m, in metres, (3000, 2)."""
    rng = np.random.default_rng(0)
    steps = rng.normal(0, 0.01, (N_SAMPLES, 2))
    low, high = np.array([0.0, 0.0]), np.array([0.8, 0.6])
    place, places = np.array([0.4, 0.3]), np.empty((N_SAMPLES, 2))
    for number, step in enumerate(steps):
        place = np.clip(place + step, low, high)
        places[number] = place
    return (places - places.min(axis=0)) / np.ptp(places, axis=0) * high


@pytest.fixture
def series() -> Callable[..., SpatialSeries]:
    """Make a SpatialSeries, at 30 Hz from 10 s on unless times or a rate are given."""

    def make(name: str, data: object, unit: str = "meters", **given: object) -> SpatialSeries:
        clock = {} if "timestamps" in given else {"rate": RATE, "starting_time": 10.0}
        return SpatialSeries(
            name=name, data=data, unit=unit, reference_frame="a corner", **{**clock, **given}
        )

    return make


@pytest.fixture
def session_file(
    nwbfile: NWBFile, walk_m: np.ndarray, series: Callable[..., SpatialSeries]
) -> NWBFile:
    """Positions in metres in a processing module, two units."""
    behavior = nwbfile.create_processing_module("behavior", "behaviour")
    behavior.add(Position(spatial_series=series("led", walk_m)))
    rng = np.random.default_rng(1)
    nwbfile.add_unit_column("location", "where")
    for unit, place in ((4, "CA1"), (9, "CA3")):
        nwbfile.add_unit(spike_times=np.sort(rng.uniform(10, 110, 300)), id=unit, location=place)
    return nwbfile


@pytest.fixture
def saved(tmp_path: Path) -> Callable[[NWBFile], Path]:
    """Write a file, and give its path."""

    def save(nwbfile: NWBFile, name: str = "session.nwb") -> Path:
        path = tmp_path / name
        with NWBHDF5IO(path, "w") as io:
            io.write(nwbfile)
        return path

    return save
