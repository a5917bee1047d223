"""Overlays of what a session recorded beside the spikes."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from neurospatial.nwb.read.camera_clock import describe_frame_numbers
from neurospatial.nwb.read.pose import Pose
from neurospatial.nwb.read.position import Positions
from neurospatial.nwb.read.units import UnitId
from neurospatial.nwb.session.contents import Contents
from neurospatial.overlays import (
    BodypartOverlay,
    EventOverlay,
    HeadDirectionOverlay,
    PositionOverlay,
    VideoOverlay,
)
from neurospatial.validate.user_warning import warn_user

if TYPE_CHECKING:
    from neurospatial.overlays import VideoCalibration
    from neurospatial.scene import Overlay

_SPIKE_COLOR = "magenta"


def make_overlays(
    contents: Contents,
    unit: UnitId | None,
    trail: float | None,
    decay: float | None,
    calibration: "VideoCalibration | None",
    shown: tuple[float, float] | None = None,
) -> "list[Overlay]":
    """Make the overlays of a session; the parameters are those of `Session.overlays`.

    `shown` is from when to when something is shown [s]; left out, as long as the animal was
    tracked. What was not recorded then, and not asked for by name, is left out with a warning.
    """
    tracked = contents.tracked
    span = (float(tracked.times[0]), float(tracked.times[-1])) if shown is None else shown
    found: list[Overlay] = []
    video = None if calibration is None else contents.video
    if video is not None:
        pictures = video.pictures()
        times = video.times(pictures.shape[0])
        found.append(VideoOverlay(pictures, calibration, times))
    found.append(PositionOverlay(tracked.places, tracked.times, trail=trail))
    if len(tracked.axes) == 2:
        named = contents.is_direction_named
        found += _attempt(lambda: _make_head_direction(contents, span), "head_direction", named)
        found += _attempt(lambda: _make_poses(contents, span), "pose", contents.is_pose_named)
    if unit is not None:
        spikes = contents.read_spike_times(unit)
        found.append(EventOverlay(spikes, color=_SPIKE_COLOR, decay=decay, name="Spikes"))
    return found


def _attempt(make: "Callable[[], list[Overlay]]", keyword: str, is_named: bool) -> "list[Overlay]":
    """Make what nobody asked for by name; what is wrong with it then does not stop the rest."""
    try:
        return make()
    except (KeyError, OSError, TypeError, ValueError) as error:
        if is_named:
            raise
        what = str(error).splitlines()[0]
        warn_user(
            f"The {keyword.replace('_', ' ')} is left out: {what} Pass {keyword}=False to leave "
            f"it out unsaid, or its name to see what would mend it."
        )
        return []


def _make_head_direction(contents: Contents, shown: tuple[float, float]) -> "list[Overlay]":
    head = contents.head_direction
    if head is None:
        return []
    if not (contents.is_direction_named or _is_recorded_then([head.times], shown, head.path)):
        return []
    return [HeadDirectionOverlay(head.angles, head.times)]


def _make_poses(contents: Contents, shown: tuple[float, float]) -> "list[Overlay]":
    tracked, named = contents.tracked, contents.is_pose_named
    poses = [pose.converted(tracked.units) for pose in contents.poses]
    return [
        _make_pose(pose, contents.min_confidence, is_only=len(poses) == 1)
        for pose in poses
        if _is_drawable(pose, tracked)
        and (named or _is_recorded_then(list(pose.times.values()), shown, pose.path))
    ]


def _make_pose(pose: Pose, min_confidence: float, is_only: bool) -> BodypartOverlay:
    confidence = {part: np.where(np.isnan(x), np.inf, x) for part, x in pose.confidence.items()}
    return BodypartOverlay(
        dict(pose.places),
        dict(pose.times),
        skeleton=pose.skeleton,
        confidence=confidence,
        min_confidence=min_confidence,
        name=BodypartOverlay.name if is_only else pose.path.rpartition("/")[2],
    )


def _is_drawable(pose: Pose, tracked: Positions) -> bool:
    """Check whether a pose is where the positions are; what is doubtful is said."""
    if not _has_unit(pose, tracked) or not pose.times:
        return False
    doubt = describe_pose_times(pose, tracked)
    if doubt:
        warn_user(doubt)
    return True


def describe_pose_times(pose: Pose, tracked: Positions) -> str:
    """Describe times of a pose that look like frame numbers; empty where they do not."""
    clock = next(iter(pose.times.values()))
    return describe_frame_numbers(pose.path, clock, tracked.times, "positions")


def _has_unit(pose: Pose, tracked: Positions) -> bool:
    if (pose.units, pose.y_down) == (tracked.units, tracked.y_down):
        return True
    own, other = (
        (x.units or "an unknown unit") + (" with y downward" if x.y_down else "")
        for x in (pose, tracked)
    )
    warn_user(
        f"{pose.path} is in {own} and the positions in {other}: the pose is not drawn. Pass "
        "calibration= of the camera, or position= the name of a keypoint to show all in the "
        "pose's unit."
    )
    return False


def _is_recorded_then(
    clocks: list[NDArray[np.float64]], shown: tuple[float, float], path: str
) -> bool:
    """Check whether something was recorded while something is shown; if not, it is said."""
    times = np.concatenate(clocks)
    times = times[np.isfinite(times)]
    begin, end = times.min(initial=np.inf), times.max(initial=-np.inf)
    if begin <= shown[1] and shown[0] <= end:
        return True
    when = f"from {begin:.6g} s to {end:.6g} s" if len(times) else "at no time"
    warn_user(
        f"{path} was recorded {when}, and what is shown is from {shown[0]:.6g} s to "
        f"{shown[1]:.6g} s: it is left out."
    )
    return False
