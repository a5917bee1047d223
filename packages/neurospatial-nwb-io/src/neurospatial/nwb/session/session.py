"""A recorded session, from its file to a film."""

import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from neurospatial.environment import Environment
from neurospatial.nwb.session.place_fields import Maps
from neurospatial.progress import Progress

if TYPE_CHECKING:
    from neurospatial.overlays import VideoCalibration
    from neurospatial.scene import Overlay


class Session(Maps):
    """A recorded session, made by `read_session`.

    Positions, directions and intervals are kept once they are read; the spikes
    of a unit and pictures are read each time they are needed.

    Parameters
    ----------
    file : OpenFile
    selection : Selection
        What the caller chose where the file leaves a choice.
    """

    def overlays(
        self,
        *,
        unit: object = None,
        trail: int = 30,
        decay: float | None = None,
        calibration: "VideoCalibration | None" = None,
    ) -> "list[Overlay]":
        """Make overlays of what the session recorded beside the spikes.

        The position; the head direction and the pose, where there are any in
        the time and the unit of the positions; the spikes of a unit, where the
        animal was; the camera's pictures where it is said how they lie.

        Parameters
        ----------
        unit : int, optional
            Whose spikes to mark.
        trail : int
            How many past frames the position's trail reaches back.
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

        return make_overlays(self, unit, trail, decay, calibration)

    def animate(
        self,
        unit: object,
        *,
        bin_size: float | Sequence[float] | None = None,
        env: Environment | None = None,
        window: float = 60.0,
        step: float | None = None,
        epoch: object = None,
        bandwidth: float | None = None,
        min_speed: float | None = None,
        min_occupancy_seconds: float = 0.1,
        speed: float | None = 5.0,
        fps: float = 30,
        trail: float = 3.0,
        overlays: "Iterable[Overlay] | None" = None,
        save_path: str | os.PathLike[str] | None = None,
        progress: Progress = True,
        **options: object,
    ) -> object:
        """Show the place field of a unit in windows that slide over the session.

        Parameters
        ----------
        unit : int, or sequence of int
            Ids; several are shown side by side.
        bin_size : float or sequence of float, optional
            In the unit of the positions; or pass `env`.
        env : Environment, optional
            Left out, it is cut from the positions.
        window : float
            Width of a window [s]. What is shown at a time is the field of the
            window around it.
        step : float, optional
            From one window to the next [s]; left out, a 120th of a window.
        epoch : str, Epochs, pynapple.IntervalSet or array-like, optional
            Only these intervals [s]; a name is that of a table or of a label in one.
        bandwidth : float, optional
            Of the smoothing, in the unit of the positions; left out, two bins.
        min_speed : float, optional
            Samples and spikes at lower speed [units/s] count for nothing.
        min_occupancy_seconds : float
            Bins visited for less than this in a window have no rate.
        speed : float or None
            How many times faster than the recording the film plays; None shows
            each window once.
        fps : float
            Frames played per second.
        trail : float
            How far back the position's trail and the spikes reach [s].
        overlays : iterable of Overlay, optional
            Instead of those of `overlays` and the outline of the environment.
        save_path : path-like, optional
            File to write; its suffix says which kind.
        progress : bool or callable
            Show bars, or call with ``(done, total)``; raising there cancels.
        **options : object
            As for `animate_fields`, those of the backend included.

        Returns
        -------
        object
            What the backend gives: the path written, a viewer, a widget.

        Raises
        ------
        KeyError
            If there is no such unit.
        ValueError
            If there is no position, a window does not fit, or an option makes no sense.
        """
        from neurospatial.nwb.session.animate import AnimationOptions, animate_session

        chosen = AnimationOptions(
            window=window,
            step=step,
            epoch=epoch,
            bandwidth=bandwidth,
            min_speed=min_speed,
            min_occupancy_seconds=min_occupancy_seconds,
            speed=speed,
            fps=fps,
            trail=trail,
        )
        given = {**options, "save_path": save_path, "progress": progress}
        return animate_session(
            self, unit, bin_size if env is None else env, chosen, overlays, given
        )
