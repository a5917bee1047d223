"""The environment: how it is made, and what is done with it."""

import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.environment.factories.arenas import Arenas
from neurospatial.environment.factories.samples import Sampled
from neurospatial.environment.interpolation import Reshape
from neurospatial.environment.linearization import OnTrack
from neurospatial.environment.rebin import Rebin
from neurospatial.environment.save_load import Saved
from neurospatial.environment.shortest_paths import Paths
from neurospatial.environment.subset import Parts
from neurospatial.environment.trajectory import bin_trajectory
from neurospatial.environment.visits import Visited
from neurospatial.progress import Progress

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from neurospatial.scene import Overlay, TrackForm


class Environment(Saved, Parts, Reshape, Rebin, Paths, Visited, OnTrack, Arenas, Sampled):
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
        track = bin_trajectory(
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
        colorbar_label: str = "",
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
        colorbar_label : str
            What the values are: beside the colour bar, or on one axis the y axis.

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

        return plot_field(
            self.layout, self.units, field, ax, cmap, (vmin, vmax), colorbar, colorbar_label
        )

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
        track: "TrackForm" = "line",
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
            track=track,
            colorbar_label=colorbar_label,
            scale_bar=scale_bar,
            progress=progress,
            **backend_options,
        )
