"""Environments on the space that an animal visited."""

from collections.abc import Sequence
from typing import Self

from numpy.typing import ArrayLike

from neurospatial.environment.base import BaseEnvironment
from neurospatial.environment.discretize.choose_layout import LayoutName, build_layout_from_samples
from neurospatial.environment.discretize.grid import ActiveRule
from neurospatial.layouts.hexagonal.lattice import Orientation
from neurospatial.validate import validate_positions


class Sampled(BaseEnvironment):
    """The way to make an environment from positions."""

    @classmethod
    def from_samples(
        cls,
        positions: ArrayLike,
        bin_size: float | Sequence[float],
        *,
        layout: LayoutName = "grid",
        orientation: Orientation = "pointy",
        units: str | None = None,
        name: str = "",
        infer_active_bins: bool = True,
        bin_count_threshold: int = 0,
        dilate: bool = False,
        fill_holes: bool = False,
        close_gaps: bool = False,
        connect_diagonal_neighbors: bool = True,
    ) -> Self:
        """Cut the space that positions cover.

        Triangles fill a smooth outline around the visited bins of a grid, to
        which the options about bins then refer.

        Parameters
        ----------
        positions : array-like, shape (n_samples, n_dims)
            Where the animal was; rows with NaN are dropped and their number logged.
        bin_size : float or sequence of float
            Side of a square or triangle, or width of a hexagon between
            opposite sides, in the units of `positions`; one per dimension for a grid.
        layout : str
            "grid" in any number of dimensions; "hexagonal" or "triangular" in two.
        orientation : str
            Hexagons with a corner ("pointy") or a side ("flat") at the top.
        units : str, optional
            Unit of `positions`, for labels.
        name : str
            A name for the environment.
        infer_active_bins : bool
            Keep only the bins that were visited.
        bin_count_threshold : int
            A bin is visited when it holds more samples than this.
        dilate, fill_holes, close_gaps : bool
            Add bins, within the grid: one around the visited ones; those that
            visited ones enclose; those in gaps one bin wide.
        connect_diagonal_neighbors : bool
            Whether bins of a grid that share only a corner are neighbours.

        Returns
        -------
        Environment
            Its layout is centred on the positions and holds all of them.

        Raises
        ------
        TypeError
            If `positions` are not real numbers.
        ValueError
            If a position is infinite, the positions have no extent, the layout
            is unknown, or `bin_size` is not positive, is larger than the arena
            or makes an absurd number of bins.

        Examples
        --------
        >>> from neurospatial import Environment
        >>> Environment.from_samples([[0, 0], [0, 9], [9, 0], [9, 9]], bin_size=4.5).n_bins
        4
        """
        rule = ActiveRule(
            infer_active_bins,
            bin_count_threshold,
            dilate,
            fill_holes,
            close_gaps,
            connect_diagonal_neighbors,
        )
        where = validate_positions(positions)
        cut = build_layout_from_samples(where, bin_size, layout, rule, orientation)
        return cls(cut, units=units, name=name)
