"""Overlays of what a session recorded beside the spikes."""

import logging
import warnings
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from neurospatial.nwb.read.pose import Pose
from neurospatial.nwb.read.units import UnitId
from neurospatial.nwb.session.contents import Contents
from neurospatial.overlays import (
    BodypartOverlay,
    EventOverlay,
    HeadDirectionOverlay,
    PositionOverlay,
    VideoOverlay,
)

if TYPE_CHECKING:
    from neurospatial.overlays import VideoCalibration
    from neurospatial.scene import Overlay

_log = logging.getLogger("neurospatial")
_ARROW = 0.08
"""Length of the arrow, as a share of the way from corner to corner."""
_SPIKE_COLOR = "magenta"


def make_overlays(
    contents: Contents,
    unit: UnitId | None,
    trail: int,
    decay: float | None,
    calibration: "VideoCalibration | None",
) -> "list[Overlay]":
    """Make the overlays of a session; the parameters are those of `Session.overlays`."""
    tracked = contents.tracked
    found: list[Overlay] = []
    video = None if calibration is None else contents.video
    if video is not None:
        pictures = video.pictures()
        times = video.times(pictures.shape[0])
        found.append(VideoOverlay(pictures, calibration, times))
    found.append(PositionOverlay(tracked.places, tracked.times, trail_length=trail))
    if len(tracked.axes) == 2:
        found += _make_head_direction(contents)
        found += _make_pose(contents)
    if unit is not None:
        spikes = contents.read_spike_times(unit)
        found.append(EventOverlay(spikes, color=_SPIKE_COLOR, decay=decay, name="Spikes"))
    return found


def _make_head_direction(contents: Contents) -> "list[Overlay]":
    head = contents.head_direction
    if head is None or not _has_common_time(head.times, contents.tracked.times, head.path):
        return []
    length = _ARROW * float(np.linalg.norm(contents.tracked.spans))
    return [HeadDirectionOverlay(head.angles, head.times, length=length)]


def _make_pose(contents: Contents) -> "list[Overlay]":
    pose = contents.pose
    if pose is None or not _has_unit(pose, contents.tracked.units):
        return []
    begins_ends = np.array([clock[[0, -1]] for clock in pose.times.values()])
    clock = np.array([begins_ends.min(), begins_ends.max()])
    if not _has_common_time(clock, contents.tracked.times, pose.path):
        return []
    confidence = {part: np.where(np.isnan(x), np.inf, x) for part, x in pose.confidence.items()}
    return [
        BodypartOverlay(
            dict(pose.places), dict(pose.times), skeleton=pose.skeleton, confidence=confidence
        )
    ]


def _has_unit(pose: Pose, units: str) -> bool:
    if pose.units == units:
        return True
    warnings.warn(
        f"{pose.path} is in {pose.units or 'an unknown unit'} and the positions in "
        f"{units or 'an unknown unit'}: the pose is not drawn. Pass position= the name of a "
        "keypoint to show all in the pose's unit.",
        UserWarning,
        stacklevel=4,
    )
    return False


def _has_common_time(clock: NDArray[np.float64], times: NDArray[np.float64], path: str) -> bool:
    """Check whether two clocks have time in common; if not, what is left out is logged."""
    has_common_time = bool(len(clock)) and clock[0] <= times[-1] and times[0] <= clock[-1]
    if not has_common_time:
        _log.info("%s was not recorded while the animal was tracked; it is left out.", path)
    return has_common_time
