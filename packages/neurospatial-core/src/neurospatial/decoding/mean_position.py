"""The mean of a posterior, in the plane and along a track."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from neurospatial.decoding.bin_distances import compute_bin_distances
from neurospatial.layouts import Layout, Linear, is_linear
from neurospatial.layouts.periodic import average_places


@dataclass(frozen=True, eq=False)
class TrackMean:
    """The place on a track from which the squared distance along it is least in the mean.

    On one edge that is the mean of the coordinate; where arms meet, the coordinates of one
    say nothing of another, and distances along the track do (Fréchet, Ann. Inst. H.
    Poincaré 10:215, 1948).

    Parameters
    ----------
    layout : Linear

    Examples
    --------
    >>> from neurospatial.layouts.track.from_graph import build_track_from_graph
    >>> track = build_track_from_graph({0: (0, 0), 1: (6, 0)}, [(0, 1)], 0.0, 2.0)
    >>> TrackMean(track).compute(np.array([[0.5, 0.5, 0.0], [0.0, 0.25, 0.75]]))
    array([[2. ],
           [4.5]])
    """

    layout: Linear

    @cached_property
    def _distances(self) -> NDArray[np.float64]:
        apart = compute_bin_distances(self.layout, np.arange(self.layout.n_bins))
        # Pieces of a track lie farther from one another than any two places of one.
        apart[np.isinf(apart)] = 2 * self.layout.bin_measures.sum()
        return apart

    @cached_property
    def _squared(self) -> NDArray[np.float64]:
        return self._distances**2

    @cached_property
    def _signed(self) -> NDArray[np.float64]:
        """Distance from each bin to every other, negative where the way begins backward."""
        distances, centers = self._distances, self.layout.bin_centers[:, 0]
        edges = self.layout.locate_edge(centers)
        order = np.lexsort((centers, edges))
        goes_on = edges[order][1:] == edges[order][:-1]
        before, after = order[:-1][goes_on], order[1:][goes_on]
        ahead = np.ones(distances.shape, dtype=bool)
        # The last bin of an edge has nobody after it: what is not behind is ahead.
        ahead[after] = ~(distances[before] < distances[after])
        ahead[before] = distances[after] < distances[before]
        return np.where(ahead, distances, -distances)

    def compute(self, probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
        """Compute the mean of each row (n, n_bins) as a distance along the axis, (n, 1)."""
        nearest = np.argmin(probabilities @ self._squared, axis=1)
        # Within a bin the squared distance is a parabola, whose bottom is one step away.
        step = np.einsum("ij,ij->i", probabilities, self._signed[nearest])
        half = self.layout.bin_measures[nearest] / 2
        places = self.layout.bin_centers[nearest, 0] + np.clip(step, -half, half)
        return np.asarray(places[:, np.newaxis])


@dataclass(frozen=True, eq=False)
class SpaceMean:
    """The mean of the centres of bins; beside a wall or a hole it may lie in no bin.

    Around a circle it is the direction of the mean vector.

    Parameters
    ----------
    layout : Layout
    """

    layout: Layout

    def compute(self, probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
        """Compute the mean of each row (n, n_bins), shape (n, n_dims)."""
        return average_places(self.layout, self.layout.bin_centers, probabilities)


def choose_mean(layout: Layout) -> TrackMean | SpaceMean:
    """Choose how positions on a layout are averaged."""
    return TrackMean(layout) if is_linear(layout) else SpaceMean(layout)
