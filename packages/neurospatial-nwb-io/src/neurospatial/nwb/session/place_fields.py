"""The environment and the place fields of a session."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from neurospatial.environment import Environment
from neurospatial.environment.discretize.choose_layout import LayoutName
from neurospatial.environment.smoothing_kernels import Method
from neurospatial.fields import compute_place_fields
from neurospatial.nwb.read.epochs import as_spans
from neurospatial.nwb.read.units import normalize_unit_ids
from neurospatial.nwb.session.bin_size_check import check_bin_size
from neurospatial.nwb.session.contents import Contents
from neurospatial.progress import Progress


class Maps(Contents):
    """What is computed of a session."""

    def environment(
        self,
        bin_size: float | Sequence[float],
        *,
        layout: LayoutName = "grid",
        epoch: object = None,
        bin_count_threshold: int = 0,
        dilate: bool = False,
        fill_holes: bool = False,
        close_gaps: bool = False,
    ) -> Environment:
        """Cut the space that the animal visited: `Environment.from_samples`.

        Parameters
        ----------
        bin_size : float or sequence of float
            In the unit of the positions.
        layout : str
            "grid", "hexagonal" or "triangular".
        epoch : str, Epochs, pynapple.IntervalSet or array-like, optional
            Only positions of these intervals [s]; a name is that of a table or
            of a label in one.
        bin_count_threshold, dilate, fill_holes, close_gaps
            As for `Environment.from_samples`.

        Returns
        -------
        Environment
            With the regions kept in the file.

        Raises
        ------
        ValueError
            If there is no position, or `bin_size` looks meant in another unit.
        """
        check_bin_size(self.tracked, bin_size)
        _, places = self.samples(epoch)
        env = Environment.from_samples(
            places,
            bin_size,
            layout=layout,
            units=self.position_units or None,
            name=self.name,
            bin_count_threshold=bin_count_threshold,
            dilate=dilate,
            fill_holes=fill_holes,
            close_gaps=close_gaps,
        )
        return Environment(env.layout, units=env.units, name=env.name, regions=self.regions)

    def place_fields(
        self,
        unit: object,
        env: Environment,
        *,
        epoch: object = None,
        windows: object = None,
        method: Method = "diffusion_kde",
        bandwidth: float | None = None,
        min_occupancy_seconds: float = 0.0,
        min_speed: float | None = None,
        max_gap: float | None = 0.5,
        progress: Progress = False,
    ) -> NDArray[np.floating]:
        """Compute the rates of one unit or of several [Hz]: `compute_place_fields`.

        Parameters
        ----------
        unit : int, or sequence of int
            Ids.
        env : Environment
        epoch : str, Epochs, pynapple.IntervalSet or array-like, optional
            Only what happened in these intervals [s].
        windows : str, Epochs, pynapple.IntervalSet or array-like, shape (n, 2), optional
            Intervals that each have a field of their own [s].
        bandwidth : float, optional
            Of the smoothing, in the unit of the positions; left out, two bins.
        method, min_occupancy_seconds, min_speed, max_gap, progress
            As for `compute_place_fields`.

        Returns
        -------
        ndarray, shape ([n_units,] [n_windows,] n_bins)
            For one unit without the first axis, without `windows` without the second.

        Raises
        ------
        KeyError
            If there is no such unit.
        ValueError
            If there is no position, no such epoch, or an option makes no sense.
        """
        ids, several = normalize_unit_ids(unit)
        times, places = self.samples(epoch)
        fields = compute_place_fields(
            env,
            {f"unit {one}": self.spike_times(one) for one in ids},
            times,
            places,
            windows=None if windows is None else as_spans(windows, self.epochs),
            method=method,
            bandwidth=2 * min(env.bin_size) if bandwidth is None else bandwidth,
            min_occupancy_seconds=min_occupancy_seconds,
            min_speed=min_speed,
            max_gap=max_gap,
            dtype=np.float32,
            progress=progress,
        )
        if windows is None:
            fields = fields[:, 0]
        return fields if several else fields[0]
