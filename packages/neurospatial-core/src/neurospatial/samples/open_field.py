"""A rat foraging in an open field."""

from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Trajectory(NamedTuple):
    """Where an animal was, and when."""

    times: NDArray[np.float64]
    """Sample times [s], shape (n_samples,)."""
    positions: NDArray[np.float64]
    """Positions [cm], shape (n_samples, 2)."""


def open_field() -> Trajectory:
    """Load the trajectory of a rat foraging in a 1 m box: ten minutes at 50 Hz.

    29,800 samples, with the recording's own gaps of up to 0.36 s. Positions are
    rounded to 1/65535 of the box, which moves none by more than 0.008 mm along
    either side. Recorded by Sargolini et al., Science 312:758 (2006); taken from
    RatInABox (MIT).

    Examples
    --------
    >>> times, positions = open_field()
    >>> positions.shape
    (29800, 2)
    """
    source = files("neurospatial.samples") / "data" / "open_field.npz"
    with source.open("rb") as file, np.load(file) as stored:
        ticks = np.cumsum(stored["tick_steps"], dtype=np.int64)
        levels = np.cumsum(stored["level_steps"], axis=1, dtype=np.uint16)
        times = ticks * np.float64(stored["sample_period"])
        step = np.float64(stored["box"]) / np.iinfo(np.uint16).max
    return Trajectory(times, np.ascontiguousarray(levels.T, dtype=np.float64) * step)
