"""What the caller chose where a file leaves a choice."""

from dataclasses import dataclass

from neurospatial.nwb.read.head_direction import DirectionsLike
from neurospatial.nwb.read.position_candidates import PositionLike
from neurospatial.nwb.read.units import SpikesByUnit


@dataclass(frozen=True, eq=False)
class Selection:
    """The keywords of `read_session`, where they are described.

    Parameters
    ----------
    position : PositionLike or None
    head_direction : DirectionsLike or None
    spikes : str, SpikesByUnit or None
    pose, video : str, bool or None
    plane, units, convert_to : str or None
    clockwise : bool or None
    angle_origin : float or None
    """

    position: PositionLike | None = None
    head_direction: DirectionsLike | None = None
    spikes: str | SpikesByUnit | None = None
    pose: str | bool | None = None
    video: str | bool | None = None
    plane: str | None = None
    units: str | None = None
    convert_to: str | None = None
    clockwise: bool | None = None
    angle_origin: float | None = None
