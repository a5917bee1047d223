"""Laps: the ways of an animal from one region to another."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.environment import Environment
from neurospatial.environment.trajectory import bin_trajectory
from neurospatial.errors import explain


def lap_windows(
    env: Environment, times: ArrayLike, positions: ArrayLike, start: str, stop: str
) -> NDArray[np.float64]:
    """Find when an animal left one region for another and when it came there.

    A lap runs from the last sample in the first region to the first sample in
    the second; one that turns back and leaves again begins anew. Exchange the
    two for the laps back.

    Parameters
    ----------
    env : Environment
        With both regions.
    times : array-like, shape (n_samples,)
        Sample times [s], strictly increasing.
    positions : array-like, shape (n_samples, n_dims)
        Positions; NaN where lost.
    start, stop : str
        Names of the regions. Where they overlap, a position is in `stop`.

    Returns
    -------
    ndarray, shape (n_laps, 2)
        Begin and end of each lap [s]: windows for `compute_place_fields`.

    Raises
    ------
    KeyError
        If there is no such region.
    ValueError
        If both are the same, shapes differ or times do not increase.

    Examples
    --------
    >>> env = Environment.from_mask([True] * 4, [range(5)])
    >>> _ = env.regions.add("home", point=[0.5]), env.regions.add("goal", point=[3.5])
    >>> lap_windows(env, range(6), [0.5, 0.6, 1.5, 2.5, 3.5, 0.5], "home", "goal")
    array([[1., 4.]])
    """
    if start == stop:
        raise ValueError(
            explain(
                f"Laps from {start!r} to itself are asked for.",
                "A lap leads from one region to another.",
                ["Name two regions."],
            )
        )
    trajectory = bin_trajectory(env.layout, times, positions, units=env.units)
    begins, ends = env.region_membership(trajectory.positions, [start, stop]).T
    inside = np.flatnonzero(begins | ends)
    leaves = np.flatnonzero(~ends[inside][:-1] & ends[inside][1:])
    return np.stack(
        [trajectory.times[inside[leaves]], trajectory.times[inside[leaves + 1]]], axis=1
    )
