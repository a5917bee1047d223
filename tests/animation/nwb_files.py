from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from pynwb import NWBHDF5IO, NWBFile
from pynwb.behavior import CompassDirection, Position, SpatialSeries

Change = Callable[[dict[str, object]], object]


def write_session(path: Path, **changed: object) -> Path:
    """A mouse on a circle in the plane of x and z, as laboratories write it; 60 s at 50 Hz.

    The options are the unit of positions, and times or coordinates in place of its own.
    """
    times = np.asarray(changed.get("times", 100 + np.arange(3000) / 50))
    way = 0.5 * np.arange(3000) / 50
    axes = {"x": 0.3 * np.cos(way), "y": 0.002 * np.sin(9 * way), "z": 0.3 * np.sin(way)}
    axes.update({name: changed[name] for name in axes if name in changed})
    turn = np.mod(-(way + np.pi / 2), 2 * np.pi)  # Right-handed about y, which looks down on it.
    rotations = {"rx": np.zeros(3000), "ry": turn, "rz": np.zeros(3000)}
    nwbfile = NWBFile("a session", "id", datetime(2026, 1, 1, tzinfo=UTC))

    def series(name: str, data: object, unit: object) -> SpatialSeries:
        return SpatialSeries(
            name=name, data=data, unit=unit, timestamps=times, reference_frame="the room"
        )

    unit = changed.get("unit", "")
    places = [series(name, data, unit) for name, data in axes.items()]
    nwbfile.add_acquisition(Position(spatial_series=places))
    angles = [series(name, data, "radian") for name, data in rotations.items()]
    nwbfile.add_acquisition(CompassDirection(spatial_series=angles))
    nwbfile.add_unit_column("location", "where")
    for number, place in ((2, "CA1"), (5, "CA3")):
        spikes = np.sort(np.random.default_rng(number).uniform(100, 160, 200))
        nwbfile.add_unit(spike_times=spikes, id=number, location=place)
    nwbfile.add_epoch(100.0, 130.0, ["first"])
    nwbfile.add_epoch(130.0, 160.0, ["second"])
    with NWBHDF5IO(path, "w") as io:
        io.write(nwbfile)
    return path
