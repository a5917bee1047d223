"""What the caller chose where a file leaves a choice."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from neurospatial.nwb.read.camera_clock import CameraClock
from neurospatial.nwb.read.head_direction import DirectionsLike
from neurospatial.nwb.read.position import MIN_CONFIDENCE
from neurospatial.nwb.read.position_candidates import PositionLike
from neurospatial.nwb.read.units import SpikesByUnit
from neurospatial.overlays.loaders.pixel_map import Calibration


@dataclass(frozen=True, eq=False)
class Selection:
    """The keywords of `read_session`, where they are described.

    Parameters
    ----------
    position : PositionLike or None
    head_direction : DirectionsLike or None
    spikes : str, SpikesByUnit or None
    pose : str, sequence of str, bool or None
    video : str, bool or None
    plane, units, convert_to : str or None
    clockwise : bool or None
    angle_origin : float or None
    calibration : Calibration, False or None
    lost : float or None
    min_confidence : float
    camera : CameraClock or None
    """

    position: PositionLike | None = None
    head_direction: DirectionsLike | None = None
    spikes: str | SpikesByUnit | None = None
    pose: str | Sequence[str] | bool | None = None
    video: str | bool | None = None
    plane: str | None = None
    units: str | None = None
    convert_to: str | None = None
    clockwise: bool | None = None
    angle_origin: float | None = None
    calibration: Calibration | Literal[False] | None = None
    lost: float | None = None
    min_confidence: float = MIN_CONFIDENCE
    camera: CameraClock | None = None
