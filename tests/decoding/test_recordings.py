"""Cells of a real mouse tell where its head points, in time that they were not measured in."""

from itertools import pairwise
from pathlib import Path

import h5py
import numpy as np
import pytest

from neurospatial import Environment, compute_place_fields, decode_positions
from tests.decoding.worlds import Floats

N_PARTS = 10


def read_mouse(path: Path) -> tuple[Floats, Floats, dict[int, Floats]]:
    """Read when its head pointed where [s, rad], and the spikes of its head-direction cells."""
    with h5py.File(path) as file:
        yaw = file["acquisition/CompassDirection/ry"]
        times, angles = yaw["timestamps"][:], yaw["data"][:]
        units = file["units"]
        trains = np.split(units["spike_times"][:], units["spike_times_index"][:-1].astype(int))
        places = units["location"].asstr()[:]
    cells = {n: trains[n] for n in range(len(trains)) if places[n] == "adn"}
    return times, angles % (2 * np.pi), cells


@pytest.mark.parametrize(("transition", "width"), [(None, 0.25), ("random walk", 0.05)])
def test_head_direction_that_was_not_seen_is_decoded(
    shared_data: Path, transition: str | None, width: float
) -> None:
    times, angles, cells = read_mouse(shared_data / "mouse_nwb" / "A2929-200711.nwb")
    assert len(cells) == 7
    ring = Environment.from_mask(np.ones(60, bool), [np.linspace(0, 2 * np.pi, 61)], units="rad")
    guessed, moments = [], []
    for start, stop in pairwise(np.linspace(times[0], times[-1], N_PARTS + 1)):
        rest = (times < start) | (times >= stop)
        others = {name: one[(one < start) | (one >= stop)] for name, one in cells.items()}
        tuning = compute_place_fields(
            ring, others, times[rest], angles[rest], bandwidth=0.2, progress=False
        )
        decoded = decode_positions(
            ring, tuning, cells, time_bins=(start, stop, width), transition=transition,
            progress=False,
        )  # fmt: skip
        guessed.append(decoded.map_position[:, 0])
        moments.append(decoded.times)
    truth = np.interp(np.concatenate(moments), times, np.unwrap(angles))
    found = np.concatenate(guessed)
    by_chance = np.random.default_rng(0).permutation(found)
    error, other = (
        np.degrees(np.median(np.abs((one - truth + np.pi) % (2 * np.pi) - np.pi)))
        for one in (found, by_chance)
    )
    assert error < 11
    assert other > 35
