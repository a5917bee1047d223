"""What the caller chose where a file leaves a choice."""

from dataclasses import dataclass


@dataclass(frozen=True, eq=False)
class Selection:
    """The keywords of `read_session`, where they are described.

    Parameters
    ----------
    position, head_direction, spikes : object
    pose, video : str, bool or None
    plane, units, convert_to : str or None
    clockwise : bool or None
    angle_origin : float or None
    """

    position: object = None
    head_direction: object = None
    spikes: object = None
    pose: str | bool | None = None
    video: str | bool | None = None
    plane: str | None = None
    units: str | None = None
    convert_to: str | None = None
    clockwise: bool | None = None
    angle_origin: float | None = None
