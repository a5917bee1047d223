"""Part of an environment, as an environment."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.environment.topology import Bins, Queries, validate_bins
from neurospatial.errors import explain
from neurospatial.layouts import (
    GraphTrack,
    HexagonalGrid,
    Layout,
    LayoutPart,
    RegularGrid,
    TrackRibbon,
    TriangularMesh,
)
from neurospatial.regions import Regions


class Parts(Queries):
    """A part of an environment."""

    def subset(
        self, bins: ArrayLike | None = None, *, region: str | Sequence[str] | None = None
    ) -> Self:
        """Give an environment of some bins, in their old order, with the same regions.

        What is left out is outside: no way leads through it. A grid, hexagonal
        grid, mesh or track stays one; of any other layout, the part answers
        through the whole. On a track, distances stay those of the whole axis.

        Parameters
        ----------
        bins : array-like of int (n,) or mask (n_bins,), optional
            Which ones; in any order.
        region : str or sequence of str, optional
            Instead of `bins`: those whose centre lies in any of these regions
            (see `bins_in_region`).

        Raises
        ------
        TypeError
            If not exactly one of `bins` and `region` is given.
        KeyError
            If there is no such region.
        ValueError
            If a bin does not exist, or there is none.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> env = Environment.from_mask([[True] * 3], [[0, 1], [0, 1, 2, 3]])
        >>> env.subset([2, 0]).bin_centers
        array([[0.5, 0.5],
               [0.5, 2.5]])
        >>> _ = env.regions.add("end", polygon=[(0, 1), (1, 1), (1, 3), (0, 3)])
        >>> env.subset(region="end").n_bins
        2
        """
        kept = self._choose_bins(bins, region)
        regions = Regions(self.regions.values())
        layout = _subset_layout(self.layout, kept)
        return type(self)(layout, units=self.units, name=self.name, regions=regions)

    def _choose_bins(self, bins: ArrayLike | None, region: str | Sequence[str] | None) -> Bins:
        if (bins is None) == (region is None):
            given = "neither bins nor region" if bins is None else "both bins and region"
            raise TypeError(
                explain(
                    f"subset got {given}.",
                    "Either says which bins to keep.",
                    ["Pass bins: env.subset([0, 1]).", "Pass env.subset(region='home')."],
                )
            )
        if region is not None:
            kept = np.flatnonzero(self.region_mask(region))
            problem = f"No bin has its centre in {region!r}."
            way = "Pass a larger region, or the bins: env.subset(env.bin_at(points))."
        else:
            assert bins is not None
            kept = np.unique(validate_bins(bins, self.n_bins))
            problem, way = "There are no bins.", "Pass at least one bin."
        if not kept.size:
            raise ValueError(explain(problem, "An environment has some.", [way]))
        return kept


def _subset_layout(layout: Layout, kept: Bins) -> Layout:
    if isinstance(layout, RegularGrid | HexagonalGrid):
        return replace(layout, active=_keep_active(layout.active, kept))
    if isinstance(layout, TriangularMesh):
        used, corners = np.unique(layout.triangles[kept], return_inverse=True)
        return TriangularMesh(layout.vertices[used], corners.reshape(-1, 3))
    if isinstance(layout, GraphTrack):
        return _subset_track(layout, kept)
    if isinstance(layout, TrackRibbon):
        return replace(layout, track=_subset_track(layout.track, kept))
    if isinstance(layout, LayoutPart):
        return LayoutPart(layout.whole, layout.bins[kept])
    return LayoutPart(layout, kept)


def _subset_track(track: GraphTrack, kept: Bins) -> GraphTrack:
    return replace(track, active=_keep_active(track.bin_of_cell[:-1] >= 0, kept))


def _keep_active(active: NDArray[np.bool_], kept: Bins) -> NDArray[np.bool_]:
    """Of the cells that are bins, keep some."""
    fewer = np.zeros(active.size, dtype=bool)
    fewer[np.flatnonzero(active)[kept]] = True
    return fewer.reshape(active.shape)
