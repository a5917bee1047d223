"""A circular track, as another distribution would bring it: public names only.

Its bins are arcs of equal length, the last beside the first. It is a layout, and
`Linear`, `SupportsSubset` and `SupportsCoarsen` without inheriting anything of ours.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]
Bins = NDArray[np.intp]

N_CHORDS = 90
"""Straight pieces that trace the circle: they keep within 0.1 % of its radius."""


@dataclass(frozen=True)
class RingTrack:
    """Arcs of a circle about the origin, by the distance along it from ``(radius, 0)``."""

    radius: float
    n_arcs: int
    kept: tuple[int, ...] | None = None

    @property
    def n_dims(self) -> int:
        return 1

    @cached_property
    def arcs(self) -> Bins:
        """Arc of each bin."""
        return np.arange(self.n_arcs) if self.kept is None else np.array(self.kept)

    @property
    def n_bins(self) -> int:
        return len(self.arcs)

    @property
    def length(self) -> float:
        return 2 * np.pi * self.radius

    @property
    def bounds(self) -> tuple[tuple[float, float], ...]:
        return ((0.0, self.length),)

    @cached_property
    def bin_centers(self) -> Floats:
        return ((self.arcs + 0.5) * self.length / self.n_arcs)[:, np.newaxis]

    @cached_property
    def bin_measures(self) -> Floats:
        return np.full(self.n_bins, self.length / self.n_arcs)

    @property
    def bin_polygons(self) -> tuple[Floats, ...]:
        raise ValueError("Arcs are intervals: ring.ribbon() has polygons.")

    def locate(self, points: Floats) -> Bins:
        bin_of_arc = np.full(self.n_arcs + 1, -1)
        bin_of_arc[self.arcs] = np.arange(self.n_bins)
        distance = points[:, 0]
        inside = (distance >= 0) & (distance <= self.length)
        arcs = np.full(len(points), -1)
        arcs[inside] = distance[inside] // (self.length / self.n_arcs)
        arcs[arcs == self.n_arcs] = self.n_arcs - 1
        return np.asarray(bin_of_arc[arcs])

    @cached_property
    def adjacency(self) -> sparse.csr_array:
        return self.matrix(self.length / self.n_arcs)

    @cached_property
    def conductances(self) -> sparse.csr_array:
        return self.matrix(self.n_arcs / self.length)

    def matrix(self, weight: float) -> sparse.csr_array:
        apart = np.abs(self.arcs[:, np.newaxis] - self.arcs)
        return sparse.csr_array(np.where((apart == 1) | (apart == self.n_arcs - 1), weight, 0.0))

    # SupportsSubset and SupportsCoarsen

    def subset(self, bins: Bins) -> "RingTrack":
        return replace(self, kept=tuple(self.arcs[bins].tolist()))

    def coarsen(self, factor: int | Sequence[int]) -> "RingTrack":
        if not isinstance(factor, int) or self.n_arcs % factor:
            raise ValueError(f"{self.n_arcs} arcs cannot be joined by {factor!r}.")
        joined = np.unique(self.arcs // factor)
        kept = None if self.kept is None else tuple(joined.tolist())
        return RingTrack(self.radius, self.n_arcs // factor, kept)

    # Linear

    @cached_property
    def centers_2d(self) -> Floats:
        return self.to_2d(self.bin_centers[:, 0])

    @cached_property
    def segment_spans(self) -> Floats:
        ends = np.linspace(0, self.length, N_CHORDS + 1)
        return np.stack([ends[:-1], ends[1:]], axis=1)

    @cached_property
    def segments(self) -> Floats:
        return self.to_2d(self.segment_spans.ravel()).reshape(-1, 2, 2)

    def locate_edge(self, linear: Floats) -> Bins:
        # Two halves: from the last to the first, distance jumps back to 0.
        return (np.asarray(linear) >= self.length / 2).astype(np.intp)

    def to_2d(self, linear: Floats) -> Floats:
        angle = np.asarray(linear) / self.radius
        return self.radius * np.stack([np.cos(angle), np.sin(angle)], axis=1)

    def project(self, points: Floats) -> tuple[Floats, Floats]:
        angle = np.arctan2(points[:, 1], points[:, 0]) % (2 * np.pi)
        return angle * self.radius, np.abs(np.hypot(*points.T) - self.radius)

    def ribbon(self, width: float | None = None) -> "RingRibbon":
        return RingRibbon(self, self.radius / 5 if width is None else width)


@dataclass(frozen=True)
class RingRibbon:
    """The ring drawn with a width: its bins are sectors of an annulus."""

    track: RingTrack
    width: float

    @property
    def n_dims(self) -> int:
        return 2

    @property
    def n_bins(self) -> int:
        return self.track.n_bins

    @property
    def bounds(self) -> tuple[tuple[float, float], ...]:
        reach = self.track.radius + self.width / 2
        return ((-reach, reach), (-reach, reach))

    @property
    def bin_centers(self) -> Floats:
        return self.track.centers_2d

    @cached_property
    def bin_measures(self) -> Floats:
        return self.track.bin_measures * self.width

    @cached_property
    def bin_polygons(self) -> tuple[Floats, ...]:
        turn = 2 * np.pi / self.track.n_arcs
        angle = turn * (self.track.arcs[:, np.newaxis] + np.linspace(0, 1, 5))
        outer, inner = (self.track.radius + side * self.width / 2 for side in (1, -1))
        rings = [
            np.concatenate([outer * along, inner * along[::-1]])
            for along in np.stack([np.cos(angle), np.sin(angle)], axis=-1)
        ]
        return tuple(rings)

    def locate(self, points: Floats) -> Bins:
        linear, away = self.track.project(points)
        bins = self.track.locate(linear[:, np.newaxis])
        bins[~(away <= self.width / 2)] = -1
        return bins

    @property
    def adjacency(self) -> sparse.csr_array:
        return self.track.adjacency

    @cached_property
    def conductances(self) -> sparse.csr_array:
        return sparse.csr_array(self.track.conductances * self.width)
