"""Positions and head directions of overlays as series of a file."""

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial import Environment
from neurospatial.errors import explain
from neurospatial.nwb.file.datasets import compressed_dataset
from neurospatial.nwb.file.length_units import parse_unit, to_nwb_unit
from neurospatial.nwb.file.modules import ENVIRONMENT_FRAME
from neurospatial.nwb.file.session_clock import to_session_seconds
from neurospatial.nwb.file.text import validate_text
from neurospatial.nwb.file.timestamps import Clock, to_clock
from neurospatial.nwb.file.tree import as_container
from neurospatial.overlays import HeadDirectionOverlay, PositionOverlay
from neurospatial.overlays.validate.angles import to_angles
from neurospatial.validate import to_real_array, validate_times

if TYPE_CHECKING:
    from pynwb import NWBFile
    from pynwb.core import NWBContainer

_TURN = 2 * np.pi
"""Directions that were unwrapped go on past one turn [rad]; in a file they are within it."""


@dataclass(frozen=True, eq=False)
class NewObject:
    """An object to be added to a file.

    Parameters
    ----------
    thing : pynwb.core.NWBContainer
    holder : str
        The type, and name, of the object of the processing module that holds it;
        empty for the module itself.
    """

    thing: "NWBContainer"
    holder: str = ""


@dataclass(frozen=True, eq=False)
class WriteTarget:
    """Where overlays are written, and what holds for all of them.

    Parameters
    ----------
    nwbfile : pynwb.NWBFile
    env : Environment
    module : str
        The processing module.
    frame_times : array-like, shape (n_frames,), or None
        Of overlays without times [s].
    """

    nwbfile: "NWBFile"
    env: Environment
    module: str
    frame_times: ArrayLike | None

    @property
    def unit(self) -> str:
        """The unit of places as NWB names it."""
        ours = parse_unit(self.env.units or "")
        return "n.a." if ours is None else to_nwb_unit(validate_text(ours, "env.units"))

    @property
    def frame(self) -> str:
        """What the coordinates of places mean."""
        env_name = f" {self.env.name!r}" if self.env.name else ""
        return f"{ENVIRONMENT_FRAME}{env_name}; y is {'down' if self.env.y_down else 'up'}."

    def find_object(self, name: str) -> "NWBContainer | None":
        """Find what the processing module has under a name."""
        if self.module not in self.nwbfile.processing:
            return None
        return self.nwbfile.processing[self.module].data_interfaces.get(name)

    def make_clock(self, times: ArrayLike | None, n_samples: int, what: str) -> Clock:
        """Make the times of samples as a TimeSeries takes them.

        Raises
        ------
        ValueError
            If there are none, or they do not fit the samples.
        """
        given = self.frame_times if times is None else times
        if given is None:
            raise ValueError(
                explain(
                    f"{what} has no times.",
                    "In a file each sample has a time on the clock of the session [s].",
                    ["Make the overlay with times=.", "Pass frame_times= for those without."],
                )
            )
        name = "frame_times" if times is None else "times"
        seconds = to_session_seconds(given, name, as_container(self.nwbfile))
        clock = validate_times(seconds, n_samples, name, of=f"samples of {what}")
        return to_clock(clock.copy())


def make_position(target: WriteTarget, overlay: PositionOverlay) -> NewObject:
    """Make the series of a position.

    Raises
    ------
    ValueError
        If data and times do not fit.
    """
    what = f"PositionOverlay {overlay.name!r}"
    data = validate_places(overlay.data, what)
    series = _make_series(
        *(target, overlay, data, what),
        description="Where the animal is.",
        unit=target.unit,
        reference_frame=target.frame,
    )
    return NewObject(series, "Position")


def make_head_direction(target: WriteTarget, overlay: HeadDirectionOverlay) -> NewObject:
    """Make the series of a head direction.

    Raises
    ------
    ValueError
        If data and times do not fit.
    """
    what = f"HeadDirectionOverlay {overlay.name!r}"
    angles = to_angles(overlay.data, what)
    if np.nanmax(np.abs(angles), initial=0.0) > _TURN:
        angles = np.mod(angles, _TURN)
    series = _make_series(
        *(target, overlay, angles, what),
        description="Which way the animal's head points.",
        unit="radians",
        reference_frame=f"0 along +x, counter-clockwise. {target.frame}",
    )
    return NewObject(series, "CompassDirection")


def _make_series(
    target: WriteTarget,
    overlay: PositionOverlay | HeadDirectionOverlay,
    data: NDArray[np.float64],
    what: str,
    **texts: str,
) -> "NWBContainer":
    """Make a series with the name and the times of an overlay."""
    return import_module("pynwb.behavior").SpatialSeries(
        name=overlay.name,
        data=compressed_dataset(data),
        **texts,
        **target.make_clock(overlay.times, len(data), what),
    )


def validate_places(data: ArrayLike, what: str) -> NDArray[np.float64]:
    """Validate places, one a sample.

    Raises
    ------
    ValueError
        If they are not (n_samples,), (n_samples, 1) or (n_samples, 2), or infinite.
    """
    places = to_real_array(data, f"{what} data").copy()
    fits = places.ndim in (1, 2) and len(places) and places.shape[1:] in ((), (1,), (2,))
    if fits and not np.isinf(places).any():
        return places
    found = f"shape {places.shape} and {np.count_nonzero(np.isinf(places))} infinite values"
    raise ValueError(
        explain(
            f"The data of {what} have {found}.",
            "A place is two coordinates, or a distance along a track; NaN where it was lost.",
            ["Pass shape (n_samples, 2).", "Pass shape (n_samples,) on a track."],
        )
    )
