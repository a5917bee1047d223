"""A recorded session, from its file to a film."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self, Unpack, overload

import numpy as np
from numpy.typing import NDArray

from neurospatial.environment import Environment
from neurospatial.environment.discretize.choose_layout import LayoutName
from neurospatial.environment.late_method import LateMethod
from neurospatial.environment.smoothing_kernels import Method
from neurospatial.fields import FieldSeries
from neurospatial.nwb.file.tree import Container, Item
from neurospatial.nwb.read.epochs import EpochLike, Epochs
from neurospatial.nwb.read.head_direction import Directions
from neurospatial.nwb.read.pose import Pose
from neurospatial.nwb.read.position import Positions
from neurospatial.nwb.read.units import UnitId, UnitIds
from neurospatial.nwb.read.video import SessionVideo
from neurospatial.nwb.session.contents import Contents
from neurospatial.nwb.session.place_fields import compute_session_fields, cut_environment
from neurospatial.progress import Progress
from neurospatial.regions import Regions
from neurospatial.validate.sampling import MaxGap

if TYPE_CHECKING:
    from neurospatial.backends.keywords import SavablePage
    from neurospatial.nwb.session.keywords import SessionKeywords
    from neurospatial.overlays import VideoCalibration
    from neurospatial.overlays.loaders.pixel_map import Calibration
    from neurospatial.scene import Overlay


class Session:
    """A recorded session, made by `read_session`.

    Positions, directions and intervals are kept once they are read; the spikes
    of a unit and pictures are read each time they are needed.

    Parameters
    ----------
    contents : Contents
        The data of an open file.
    """

    def __init__(self, contents: Contents) -> None:
        self._contents = contents

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file, unless the caller opened it; what was read stays."""
        self._contents.file.close()

    @property
    def root(self) -> Container:
        """The NWBFile itself."""
        return self._contents.root

    @property
    def path(self) -> Path | None:
        """Where the file lies; None where that is not known."""
        return self._contents.path

    @property
    def name(self) -> str:
        """What the file is called."""
        return self._contents.name

    @property
    def items(self) -> list[Item]:
        """What the file holds, and where."""
        return self._contents.items

    @property
    def tracked(self) -> Positions:
        """The positions with their times, axes and unit."""
        return self._contents.tracked

    @property
    def times(self) -> NDArray[np.float64]:
        """When positions were sampled [s], shape (n_samples,)."""
        return self._contents.tracked.times

    @property
    def positions(self) -> NDArray[np.float64]:
        """Where the animal was, shape (n_samples, n_dims); NaN where lost."""
        return self._contents.tracked.places

    @property
    def position_units(self) -> str:
        """Unit of the positions; empty where nothing says."""
        return self._contents.tracked.units

    @property
    def head_direction(self) -> Directions | None:
        """Which way the head pointed; None where the file has none."""
        return self._contents.head_direction

    @property
    def pose(self) -> Pose | None:
        """Keypoints, in the unit of the positions where theirs is known; None without any.

        Raises
        ------
        ValueError
            If there are several; see `poses`.
        """
        return self._contents.pose

    @property
    def poses(self) -> list[Pose]:
        """Keypoints of each animal, in the unit of the positions where theirs is known."""
        return self._contents.poses

    @property
    def calibration(self) -> "Calibration | None":
        """Takes pixels of the camera to the environment: passed, or kept in the file."""
        return self._contents.calibration

    @property
    def units(self) -> Mapping[UnitId, NDArray[np.float64]]:
        """Spike times [s] by the unit's id; empty where the file has none."""
        return self._contents.units

    @property
    def epochs(self) -> Mapping[str, Epochs]:
        """Intervals by the name of their table, such as "epochs" and "trials"."""
        return self._contents.epochs

    @property
    def video(self) -> SessionVideo | None:
        """The films of the camera; None where the file names none."""
        return self._contents.video

    @property
    def regions(self) -> Regions:
        """Named places of the environments kept in the file; none where it keeps none."""
        return self._contents.regions

    def samples(
        self, epoch: EpochLike | None = None
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Select times and positions of an epoch; between its intervals the animal counts as lost.

        Raises
        ------
        ValueError
            If there is no such epoch, or the animal was not tracked in it.
        """
        return self._contents.select_samples(epoch)

    def spike_times(self, unit: UnitId) -> NDArray[np.float64]:
        """Read when a unit fired [s].

        Raises
        ------
        KeyError
            If there is no such unit, with those that there are.
        """
        return self._contents.read_spike_times(unit)

    def environment(
        self,
        bin_size: float | Sequence[float],
        *,
        layout: LayoutName = "grid",
        epoch: EpochLike | None = None,
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
            With the regions kept in the file, the axes named as those of the plane, and
            y downward where positions are in the pixels of a camera.

        Raises
        ------
        ValueError
            If there is no position, or `bin_size` looks meant in another unit.
        """
        return cut_environment(
            self._contents,
            bin_size,
            epoch=epoch,
            layout=layout,
            bin_count_threshold=bin_count_threshold,
            dilate=dilate,
            fill_holes=fill_holes,
            close_gaps=close_gaps,
        )

    @overload
    def place_fields(
        self,
        unit: UnitIds,
        env: Environment,
        *,
        epoch: EpochLike | None = None,
        windows: None = None,
        method: Method = "diffusion_kde",
        bandwidth: float | None = None,
        min_occupancy_seconds: float = 0.0,
        min_speed: float | None = None,
        max_gap: MaxGap = "auto",
        progress: Progress = False,
    ) -> NDArray[np.floating]: ...
    @overload
    def place_fields(
        self,
        unit: UnitIds,
        env: Environment,
        *,
        epoch: EpochLike | None = None,
        windows: EpochLike,
        method: Method = "diffusion_kde",
        bandwidth: float | None = None,
        min_occupancy_seconds: float = 0.0,
        min_speed: float | None = None,
        max_gap: MaxGap = "auto",
        progress: Progress = False,
    ) -> FieldSeries[NDArray[np.floating]]: ...
    def place_fields(
        self,
        unit: UnitIds,
        env: Environment,
        *,
        epoch: EpochLike | None = None,
        windows: EpochLike | None = None,
        method: Method = "diffusion_kde",
        bandwidth: float | None = None,
        min_occupancy_seconds: float = 0.0,
        min_speed: float | None = None,
        max_gap: MaxGap = "auto",
        progress: Progress = False,
    ) -> NDArray[np.floating] | FieldSeries[NDArray[np.floating]]:
        """Compute the rates of one unit or of several [Hz]: `compute_place_fields`.

        Parameters
        ----------
        unit : int, or sequence of int
            Ids.
        env : Environment
        epoch : str, Epochs, pynapple.IntervalSet or array-like, optional
            Only what happened in these intervals [s].
        windows : str, Epochs, pynapple.IntervalSet or array-like, shape (n, 2), optional
            Intervals that each have a field of their own [s], in any order.
        bandwidth : float, optional
            Of the smoothing, in the unit of the positions; left out, two bins.
        method, min_occupancy_seconds, min_speed, max_gap, progress
            As for `compute_place_fields`.

        Returns
        -------
        ndarray, shape ([n_units,] n_bins), or FieldSeries, shape ([n_units,] n_windows, n_bins)
            For one unit without the first axis. With `windows` a FieldSeries: taken as an
            array is, and with the clock and the names that `animate_fields` needs.

        Raises
        ------
        KeyError
            If there is no such unit.
        ValueError
            If there is no position, no such epoch, or an option makes no sense.
        """
        return compute_session_fields(
            self._contents,
            unit,
            env,
            epoch=epoch,
            windows=windows,
            method=method,
            bandwidth=bandwidth,
            min_occupancy_seconds=min_occupancy_seconds,
            min_speed=min_speed,
            max_gap=max_gap,
            progress=progress,
        )

    def overlays(
        self,
        *,
        unit: UnitId | None = None,
        trail: float | None = 3.0,
        decay: float | None = None,
        calibration: "VideoCalibration | None" = None,
    ) -> "list[Overlay]":
        """Make overlays of what the session recorded beside the spikes.

        The position; the head direction and the pose, where there are any in
        the time and the unit of the positions, or were asked for by name; the
        spikes of a unit, where the animal was; the camera's pictures where it
        is said how they lie.

        Parameters
        ----------
        unit : int, optional
            Whose spikes to mark.
        trail : float or None
            How far back the position's trail reaches [s]; None for no trail.
        decay : float, optional
            How long a spike's mark stays [s]; left out, five frames.
        calibration : VideoCalibration, optional
            Where the camera's pictures lie, from `calibrate_video`. Left out,
            they are not shown.

        Returns
        -------
        list of Overlay

        Raises
        ------
        KeyError
            If there is no such unit.
        ValueError
            If there is no position, or several may be meant of what is drawn.
        """
        from neurospatial.nwb.session.overlays import make_overlays

        return make_overlays(self._contents, unit, trail, decay, calibration)

    if TYPE_CHECKING:

        @overload
        def animate(
            self,
            unit: UnitIds,
            *,
            backend: str = "auto",
            save_path: str | os.PathLike[str],
            dpi: int = 100,
            progress: Progress = True,
            dry_run: Literal[False] = False,
            **keywords: Unpack[SessionKeywords],
        ) -> Path: ...
        @overload
        def animate(
            self,
            unit: UnitIds,
            *,
            backend: Literal["html"],
            save_path: None = None,
            dpi: int = 100,
            progress: Progress = True,
            **keywords: Unpack[SessionKeywords],
        ) -> SavablePage: ...
        @overload
        def animate(
            self,
            unit: UnitIds,
            *,
            backend: str = "auto",
            save_path: str | os.PathLike[str] | None = None,
            dpi: int = 100,
            progress: Progress = True,
            dry_run: bool = False,
            **keywords: Unpack[SessionKeywords],
        ) -> Any: ...
        def animate(self, unit: UnitIds, **keywords: Any) -> Any:
            """Show place fields in windows that slide over the session: `animate_session`."""

    else:
        animate = LateMethod("neurospatial.nwb.session.animate", "animate_session")
