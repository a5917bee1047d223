"""The environment: how it is made, and what is done with it."""

import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.environment.build import ActiveRule, grid_from_samples
from neurospatial.environment.positions import as_positions
from neurospatial.environment.space import Space
from neurospatial.environment.track import follow
from neurospatial.layouts import RegularGrid
from neurospatial.progress import Progress

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from neurospatial.scene import Overlay


class Environment(Space):
    """A space cut into bins.

    Use a factory method (`from_samples`, `from_mask`); a bare ``Environment()``
    has no bins and refuses to be used.

    Parameters
    ----------
    layout : Layout, optional
        How the space is cut.
    units : str, optional
        Unit of the coordinates, for labels.
    name : str
        A name for this environment.
    regions : Regions, optional
        Named places.

    Examples
    --------
    >>> positions = np.random.default_rng(0).uniform(0, 100, (5000, 2))
    >>> env = Environment.from_samples(positions, bin_size=10.0, units="cm")
    >>> env.n_bins
    100
    """

    @classmethod
    def from_samples(
        cls,
        positions: ArrayLike,
        bin_size: float | Sequence[float],
        *,
        units: str | None = None,
        name: str = "",
        infer_active_bins: bool = True,
        bin_count_threshold: int = 0,
        dilate: bool = False,
        fill_holes: bool = False,
        close_gaps: bool = False,
        connect_diagonal_neighbors: bool = True,
    ) -> Self:
        """Cut the space that positions cover into a regular grid.

        Parameters
        ----------
        positions : array-like, shape (n_samples, n_dims)
            Where the animal was; rows with NaN are dropped and their number logged.
        bin_size : float or sequence of float
            Side of a bin, or one per dimension, in the units of `positions`.
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
            Whether bins that share only a corner are neighbours.

        Returns
        -------
        Environment
            Its grid is centred on the positions and holds all of them.

        Raises
        ------
        TypeError
            If `positions` are not real numbers.
        ValueError
            If a position is infinite, the positions have no extent, or
            `bin_size` is not positive, is larger than the arena or makes an
            absurd number of cells.

        Examples
        --------
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
        layout = grid_from_samples(as_positions(positions), bin_size, rule)
        return cls(layout, units=units, name=name)

    @classmethod
    def from_mask(
        cls,
        mask: ArrayLike,
        edges: Sequence[ArrayLike],
        *,
        units: str | None = None,
        name: str = "",
        connect_diagonal_neighbors: bool = True,
    ) -> Self:
        """Take the cells of a grid where a mask is True.

        Parameters
        ----------
        mask : array-like of bool, shape (n_x, n_y, …)
            Which cells are bins, indexed ``[ix, iy, …]``.
        edges : sequence of array-like
            Edges along each dimension, one more than cells.
        units : str, optional
            Unit of `edges`, for labels.
        name : str
            A name for the environment.
        connect_diagonal_neighbors : bool
            Whether bins that share only a corner are neighbours.

        Raises
        ------
        ValueError
            If edges do not increase or do not fit the mask, or the mask is empty.

        Examples
        --------
        >>> Environment.from_mask([[True, False], [True, True]], [[0, 1, 2], [0, 1, 2]]).n_bins
        3
        """
        grid = RegularGrid(
            tuple(np.asarray(edge, dtype=np.float64) for edge in edges),
            np.asarray(mask, dtype=bool),
            connect_diagonal_neighbors,
        )
        return cls(grid, units=units, name=name)

    def occupancy(
        self,
        times: ArrayLike,
        positions: ArrayLike,
        *,
        speed: ArrayLike | None = None,
        min_speed: float | None = None,
        max_gap: float | None = 0.5,
    ) -> NDArray[np.float64]:
        """Give the time spent in each bin [s], shape (n_bins,).

        A sample holds until the next one; the last holds for no time.

        Parameters
        ----------
        times : array-like, shape (n_samples,)
            Sample times [s], strictly increasing.
        positions : array-like, shape (n_samples, n_dims)
            Positions; NaN where lost.
        speed : array-like, shape (n_samples,), optional
            Speed [units/s]. Left out, it is taken from the positions by central differences.
        min_speed : float, optional
            Samples slower than this count for nothing.
        max_gap : float or None
            Steps longer than this [s] count for nothing; None counts every step.

        Raises
        ------
        ValueError
            If shapes differ, times do not increase, or a limit makes no sense.

        Examples
        --------
        >>> env = Environment.from_mask([[True, True]], [[0, 1], [0, 1, 2]])
        >>> env.occupancy([0.0, 0.1, 0.3], [[0.5, 0.5], [0.5, 1.5], [0.5, 1.5]])
        array([0.1, 0.2])
        """
        track = follow(
            self.layout, times, positions, speed=speed, min_speed=min_speed, max_gap=max_gap
        )
        return track.occupancy()

    def plot_field(
        self,
        field: ArrayLike,
        ax: "Axes | None" = None,
        cmap: str = "viridis",
        vmin: float | None = None,
        vmax: float | None = None,
        colorbar: bool = True,
    ) -> "Axes":
        """Draw one field (n_bins,); bins that are NaN are light grey.

        Parameters
        ----------
        field : array-like, shape (n_bins,)
            A value per bin.
        ax : matplotlib.axes.Axes, optional
            Where to draw; left out, on a new figure (``ax.figure``).
        cmap : str
            Name of a matplotlib colormap.
        vmin, vmax : float, optional
            Limits of the colormap; left out, those of the field.
        colorbar : bool
            Whether to add a colour bar.

        Returns
        -------
        matplotlib.axes.Axes
            The axes drawn on.

        Raises
        ------
        ValueError
            If the field does not fit, or the environment has more than two dimensions.

        Examples
        --------
        >>> env = Environment.from_mask([[True, True]], [[0, 1], [0, 1, 2]], units="cm")
        >>> env.plot_field([1.0, 2.0]).get_xlabel()
        'x [cm]'
        """
        from neurospatial.environment.plot import plot_field

        return plot_field(self.layout, self.units, field, ax, cmap, (vmin, vmax), colorbar)

    def animate_fields(
        self,
        fields: object,
        *,
        backend: str = "auto",
        save_path: str | os.PathLike[str] | None = None,
        fps: float = 30,
        cmap: object = "viridis",
        vmin: float | None = None,
        vmax: float | None = None,
        frame_labels: Sequence[str] | None = None,
        title: str | None = None,
        dpi: int = 100,
        overlays: "Iterable[Overlay] | None" = None,
        frame_times: ArrayLike | None = None,
        speed: float | None = None,
        show_regions: bool | Sequence[str] = False,
        region_alpha: float = 0.3,
        overlay_trajectory: ArrayLike | None = None,
        colorbar_label: str = "",
        scale_bar: bool | float = False,
        progress: Progress = True,
        **backend_options: object,
    ) -> object:
        """Show fields (n_frames, n_bins) changing over time: `neurospatial.animate_fields`."""
        from neurospatial.backends import animate_fields

        return animate_fields(
            self._fitted,
            fields,
            backend=backend,
            save_path=save_path,
            fps=fps,
            cmap=cmap,
            vmin=vmin,
            vmax=vmax,
            frame_labels=frame_labels,
            title=title,
            dpi=dpi,
            overlays=overlays,
            frame_times=frame_times,
            speed=speed,
            show_regions=show_regions,
            region_alpha=region_alpha,
            overlay_trajectory=overlay_trajectory,
            colorbar_label=colorbar_label,
            scale_bar=scale_bar,
            progress=progress,
            **backend_options,
        )
