"""Which way the animal's head pointed, as angles in the plane of the positions."""

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.nwb.file.length_units import is_angle, is_degrees
from neurospatial.nwb.file.time_series import (
    TimedSamples,
    as_series,
    get_shape,
    read_unit,
    read_values,
    sort_by_time,
)
from neurospatial.nwb.file.tree import Item, find_named, make_ambiguity_error
from neurospatial.nwb.read.camera_clock import CameraClock, read_sample_times
from neurospatial.nwb.read.position import Positions
from neurospatial.validate import to_real_array
from neurospatial.validate.user_warning import warn_user

_log = logging.getLogger("neurospatial")

_HEAD = re.compile(r"head[ _.\-]*(dir|ang|yaw|ori)|heading|\bhd\b|^hd[ _]|yaw|compass", re.I)
_ABOUT_AXIS = re.compile(r"(?:r|rot|rotation|angle)[ _.\-]?(?P<axis>[xyz])", re.I)
_TURN = 2 * np.pi
"""Angles that reach further than one turn [rad] were counted in degrees."""
_ROUNDING = 1e-3
"""So far [rad] a turn kept in single precision, or with three decimals, may exceed it."""
_CYCLIC = ("xy", "yz", "zx")
"""Planes that are seen from above the third axis: in others a right-handed turn is clockwise."""


DirectionsLike: TypeAlias = str | TimedSamples | Literal[False]
"""Directions: the name of a series, angles [rad] with their times, or False for none."""


@dataclass(frozen=True, eq=False)
class Directions:
    """Samples of the direction of the head.

    Parameters
    ----------
    path : str
        Where in the file they lie.
    times : ndarray, shape (n_samples,)
        Strictly increasing [s].
    angles : ndarray, shape (n_samples,)
        [rad], 0 along the first axis of the positions, growing towards the second.
    """

    path: str
    times: NDArray[np.float64]
    angles: NDArray[np.float64]


def find_direction_candidates(items: Sequence[Item]) -> list[Item]:
    """Find series in a CompassDirection; where there are none, angles named as of a head."""
    series = [item for item in items if item.is_a("TimeSeries") and _is_direction(item)]
    compass = [item for item in series if item.is_inside("CompassDirection")]
    if compass:
        return compass
    angles = [item for item in series if is_angle(read_unit(as_series(item)))]
    named_so = [item for item in series if _HEAD.search(item.name)]
    return named_so or [item for item in angles if item.is_a("SpatialSeries")]


def find_directions(
    items: Sequence[Item],
    wanted: DirectionsLike | None,
    positions: Positions,
    clockwise: bool | None,
    angle_origin: float | None,
    camera: CameraClock | None = None,
) -> Directions | None:
    """Read the directions of a file, or take those given; None where there are none.

    Parameters
    ----------
    items : sequence of Item
    wanted : str, Tsd of pynapple, False, or None
        False for none.
    positions : Positions
    clockwise : bool or None
        Whether angles grow clockwise in the plane of the positions.
    angle_origin : float or None
        Where 0 points [rad].
    camera : CameraClock or None
        Of times that are frame numbers.

    Raises
    ------
    ValueError
        If there are several, or none of the name wanted.

    Warns
    -----
    UserWarning
        If radians or degrees had to be told from the range.
    """
    if wanted is False:
        return None
    if wanted is not None and not isinstance(wanted, str):
        path, (times, angles) = "head_direction", _take_samples(wanted)
        turned = None
    else:
        item = _choose_item(items, wanted, positions)
        if item is None:
            return None
        path, (times, angles) = item.path, _read_series(item, camera)
        turned = _find_rotation_axis(item, positions)
    own_clockwise, own_origin = (
        (False, 0.0) if turned is None else _project_rotation(positions.axes)
    )
    sign = -1.0 if (own_clockwise if clockwise is None else clockwise) else 1.0
    start = own_origin if angle_origin is None else angle_origin
    if turned is not None and clockwise is None and angle_origin is None:
        _log.info(
            "%s is taken as the right-handed rotation about %s, 0 along %s.",
            *(path, turned, min(positions.axes)),
        )
    return Directions(path, times, start + sign * angles)


def _is_direction(item: Item) -> bool:
    shape = get_shape(as_series(item))
    if item.is_inside("EyeTracking", "PupilTracking", "PoseEstimation"):
        return False
    line = len(shape) == 1 or (len(shape) == 2 and shape[1] == 1)
    return line or (len(shape) == 2 and shape[1] == 2 and item.is_inside("CompassDirection"))


def _choose_item(items: Sequence[Item], wanted: str | None, positions: Positions) -> Item | None:
    candidates = find_direction_candidates(items)
    if wanted is not None:
        ending = f"/{wanted.strip('/')}"
        inside = [item for item in candidates if f"/{item.folder}".endswith(ending)]
        if len(inside) == 1:
            return inside[0]
        every = [item for item in items if item.is_a("TimeSeries") and _is_direction(item)]
        return find_named(every, wanted, "head direction", "head_direction")
    if len(candidates) < 2:
        return candidates[0] if candidates else None
    about = [item for item in candidates if _find_rotation_axis(item, positions)]
    if len(about) == 1:
        return about[0]
    raise make_ambiguity_error(
        [item.path for item in candidates],
        "head direction",
        "head_direction",
        ["Pass head_direction=False for none"],
    )


def _find_rotation_axis(item: Item, positions: Positions) -> str | None:
    """Find the axis that an angle turns about, where that is the one not drawn."""
    matched = _ABOUT_AXIS.fullmatch(item.name)
    if matched is None:
        return None
    axis = matched["axis"].lower()
    standing = positions.dropped or "".join(a for a in "xyz" if a not in positions.axes)
    return axis if axis == standing and len(positions.axes) == 2 else None


def _project_rotation(axes: str) -> tuple[bool, float]:
    """Project a right-handed rotation about the third axis: is it clockwise, its origin.

    Examples
    --------
    >>> _project_rotation("xy"), _project_rotation("xz"), _project_rotation("zx")[0]
    ((False, 0.0), (True, 0.0), False)
    """
    angle_origin = 0.0 if axes[0] == min(axes) else np.pi / 2
    return axes not in _CYCLIC, angle_origin


def _take_samples(data: TimedSamples) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    if not isinstance(data, TimedSamples):
        raise TypeError(
            explain(
                f"head_direction is a {type(data).__name__}.",
                "Directions are named, or angles [rad] that carry their times.",
                [
                    "Pass the name of a series in the file, or False for none.",
                    "Pass a Tsd: pynapple.Tsd(t=times, d=angles)",
                ],
            )
        )
    times, values = to_real_array(data.t, "times"), to_real_array(data.values, "head_direction")
    return sort_by_time(times, _to_angles(values), "head_direction")


def _read_series(
    item: Item, camera: CameraClock | None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    series = as_series(item)
    values, times = read_values(series), read_sample_times(series, camera)
    if values.ndim == 2 and values.shape[1] == 2:
        return sort_by_time(times, _to_angles(values), item.path)
    angles = _to_radians(values.reshape(-1), read_unit(series), item.path)
    return sort_by_time(times, angles, item.path)


def _to_angles(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Convert unit vectors (n_samples, 2) to angles [rad]; angles stay as they are."""
    if values.ndim == 2 and values.shape[1] == 2:
        return np.arctan2(values[:, 1], values[:, 0])
    return values.reshape(-1)


def _to_radians(values: NDArray[np.float64], unit: str, path: str) -> NDArray[np.float64]:
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if len(finite) else (0.0, 0.0)
    degrees = is_degrees(unit)
    if degrees is None:
        degrees = max(-low, high) > _TURN + _ROUNDING
        warn_user(
            f"{path} does not say whether its angles are radians or degrees (it says {unit!r}). "
            f"They run from {low:.4g} to {high:.4g}: taken as "
            f"{'degrees' if degrees else 'radians'}."
        )
    return np.deg2rad(values) if degrees else values
