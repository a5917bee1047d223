"""A coarser grid made of a grid."""

from collections.abc import Sequence
from typing import Self

import numpy as np
from numpy.typing import NDArray

from neurospatial.environment.space import Space
from neurospatial.errors import explain
from neurospatial.layouts import RegularGrid
from neurospatial.regions import Regions


class Rebin(Space):
    """An environment on a coarser grid."""

    def rebin(self, factor: int | Sequence[int]) -> Self:
        """Give an environment on a coarser grid; a cell is a bin where any of its parts is.

        Parameters
        ----------
        factor : int or sequence of int
            How many cells become one along each dimension.

        Returns
        -------
        Environment
            With the same units, name, regions and extent.

        Raises
        ------
        ValueError
            If the environment is not on a grid, or a factor is not positive or
            does not divide the number of cells.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> env = Environment.from_mask([True, True, True, False], [range(5)])
        >>> env.rebin(2).bin_size
        (2.0,)
        """
        layout = self.layout
        if not isinstance(layout, RegularGrid):
            raise ValueError(
                explain(
                    f"The environment is on a {type(layout).__name__}, not on a grid.",
                    "Only rectangular cells make up larger cells of the same shape.",
                    ["Build it again with a larger bin_size."],
                )
            )
        factors = _factors(factor, layout)
        edges = tuple(edge[::step] for edge, step in zip(layout.edges, factors, strict=True))
        parts = [
            side
            for size, step in zip(layout.grid_shape, factors, strict=True)
            for side in (size // step, step)
        ]
        within = tuple(range(1, len(parts), 2))
        active = np.asarray(layout.active.reshape(parts).any(axis=within))
        coarse = RegularGrid(edges, active, layout.diagonal)
        regions = Regions(self.regions.values())
        return type(self)(coarse, units=self.units, name=self.name, regions=regions)


def _factors(factor: int | Sequence[int], grid: RegularGrid) -> NDArray[np.intp]:
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
