"""A coarser environment made of an environment."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from neurospatial.environment.base import BaseEnvironment
from neurospatial.errors import explain
from neurospatial.layouts import (
    GraphTrack,
    HexagonalGrid,
    Layout,
    RegularGrid,
    TrackRibbon,
    TriangularMesh,
)
from neurospatial.layouts.coarsen import (
    coarsen_grid,
    coarsen_hexagons,
    coarsen_mesh,
    coarsen_track,
)
from neurospatial.regions import Regions


class Rebin(BaseEnvironment):
    """An environment with larger bins."""

    def rebin(self, factor: int | Sequence[int]) -> Self:
        """Give an environment with larger bins of the same kind.

        Its bins hold the centre of every bin of this one. What becomes of
        those depends on the layout:

        * Cells of a grid are joined to blocks; a block is a bin where any of
          its cells is.
        * Each edge of a track is cut into as many bins as before over
          `factor`, rounded up. Where that leaves a remainder they are not made
          of whole old bins: five bins become two of two and a half.
        * Hexagons do not make up larger hexagons: a lattice `factor` times as
          wide is laid from the same origin, and its cells that hold the centre
          of an old bin are bins.
        * A mesh is made anew within its outline, the triangles `factor`² times
          as large; they are smaller where the outline has corners close
          together.

        Walls and gaps thinner than a new bin can vanish, but not from a mesh.

        Parameters
        ----------
        factor : int or sequence of int
            How many times as long and wide bins become; for a grid also one
            number per dimension. With 1 nothing changes.

        Returns
        -------
        Environment
            With the same units, name and regions.

        Raises
        ------
        ValueError
            If a factor is no whole number above 0 or does not divide the number
            of a grid's cells, or the layout is a stranger's, or a part of one.

        Notes
        -----
        A field goes along as the mean, weighted by size, of the old bins whose
        centre each new bin holds (below); times and counts as their sum. Only
        in a mesh may a new bin hold no old centre: there the mean is NaN, and
        `interpolate` at the new centres fills in.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> env = Environment.from_mask([True, True, True, False], [range(5)])
        >>> coarse = env.rebin(2)
        >>> coarse.bin_size
        (2.0,)
        >>> field, size = np.array([1.0, 2.0, 5.0]), env.layout.bin_measures
        >>> into, n = coarse.bin_at(env.bin_centers), coarse.n_bins
        >>> np.bincount(into, field * size, n) / np.bincount(into, size, n)
        array([1.5, 5. ])
        """
        coarse = _coarsen(self.layout, factor)
        regions = Regions(self.regions.values())
        return type(self)(coarse, units=self.units, name=self.name, regions=regions)


def _coarsen(layout: Layout, factor: int | Sequence[int]) -> Layout:
    if isinstance(layout, RegularGrid):
        return coarsen_grid(layout, _validate_grid_factors(factor, layout))
    kind = type(layout).__name__
    if not isinstance(layout, HexagonalGrid | GraphTrack | TrackRibbon | TriangularMesh):
        raise ValueError(
            explain(
                f"The environment is on a {kind}, of which no coarser one can be made.",
                "Only its maker knows how such bins are cut.",
                [
                    "Make the layout again with larger bins: Environment.from_layout(layout).",
                    "Use a grid of larger bins: Environment.from_samples(positions, bin_size).",
                ],
            )
        )
    times = _validate_factor(factor, kind)
    if times == 1:
        return layout
    if isinstance(layout, HexagonalGrid):
        return coarsen_hexagons(layout, times)
    if isinstance(layout, GraphTrack):
        return coarsen_track(layout, times)
    if isinstance(layout, TrackRibbon):
        return replace(layout, track=coarsen_track(layout.track, times))
    return coarsen_mesh(layout, times)


def _validate_factor(factor: int | Sequence[int], kind: str) -> int:
    number = np.asarray(factor)
    if number.dtype.kind in "iu" and number.ndim == 0 and number >= 1:
        return int(number)
    raise ValueError(
        explain(
            f"factor is {factor!r}.",
            f"The bins of a {kind} become so many times as large along every direction.",
            ["Pass one whole number above 0: env.rebin(2)."],
        )
    )


def _validate_grid_factors(factor: int | Sequence[int], grid: RegularGrid) -> NDArray[np.intp]:
    shape = grid.grid_shape
    steps = np.asarray(factor)
    if steps.dtype.kind not in "iu" or steps.shape not in ((), (grid.n_dims,)):
        problem = f"factor is {factor!r}, the grid has {grid.n_dims} dimension(s)."
    elif (steps < 1).any():
        problem = f"factor is {factor!r}."
    elif (np.array(shape) % steps).any():
        cells = " × ".join(map(str, shape))
        problem = f"factor {factor!r} does not divide the grid of {cells} cells."
    else:
        return np.broadcast_to(steps, (grid.n_dims,)).astype(np.intp)
    common = int(np.gcd.reduce(shape))
    fits = [str(step) for step in range(2, common + 1) if common % step == 0]
    raise ValueError(
        explain(
            problem,
            "That many cells become one along each dimension, and none is left over.",
            [
                f"Pass one of {', '.join(fits)}." if fits else "Pass one factor per dimension.",
                "Build the environment again with a larger bin_size.",
            ],
        )
    )
