"""Spaces with units whose spikes say where an animal is."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from neurospatial import Environment
from neurospatial.decoding.likelihood import LEAST_RATE
from neurospatial.layouts import is_linear

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class World:
    """An environment, the field of each unit, and when each fired within 60 s."""

    env: Environment
    fields: Floats
    spikes: tuple[Floats, ...]


def make_world(env: Environment, n_units: int = 8, seed: int = 0) -> World:
    """Draw fields around bins of an environment, and spikes without regard to them."""
    rng = np.random.default_rng(seed)
    peaks = env.bin_centers[rng.integers(env.n_bins, size=n_units)]
    wide = 0.2 * np.ptp(env.bin_centers, axis=0).max() or 1.0
    squared = ((env.bin_centers - peaks[:, np.newaxis]) ** 2).sum(axis=2)
    fields = 0.5 + rng.uniform(2, 20, (n_units, 1)) * np.exp(-squared / (2 * wide**2))
    spikes = tuple(np.sort(rng.uniform(0, 60, rng.poisson(200))) for _ in range(n_units))
    return World(env, fields, spikes)


def make_box(n: int = 6) -> Environment:
    return Environment.from_mask(np.ones((n, n), bool), [np.arange(n + 1) * 5.0] * 2, units="cm")


def make_maze() -> Environment:
    """Build three arms of 20, that meet in a point: distances jump where they do."""
    nodes = {0: (0, 0), 1: (20, 0), 2: (40, 0), 3: (20, 20)}
    return Environment.from_graph(nodes, [(0, 1), (1, 2), (1, 3)], 5.0, 2.0, units="cm")


def decode_plainly(
    fields: Floats, spikes: tuple[Floats, ...], edges: Floats, prior: Floats
) -> Floats:
    """Compute the posterior as the formula says, time bin by time bin, in log space."""
    rates = np.maximum(fields, LEAST_RATE)
    rows = []
    for start, stop in pairwise(edges):
        counts = [int(np.sum((train >= start) & (train < stop))) for train in spikes]
        with np.errstate(divide="ignore"):
            logs = np.log(prior) + np.array(counts) @ np.log(rates)
        logs -= (stop - start) * rates.sum(axis=0)
        weights = np.exp(logs - logs.max())
        rows.append(weights / weights.sum())
    return np.array(rows)


def measure_apart(env: Environment, one: Floats, other: Floats) -> Floats:
    """Measure the distance between bins' centres as the environment does."""
    if is_linear(env.layout):
        return np.asarray(env.distance_between(env.bin_at(one), env.bin_at(other)))
    return np.linalg.norm(one - other, axis=1)
