"""Datasets of movement as overlays."""

from collections.abc import Mapping, Sequence
from typing import Protocol, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.overlays.bodypart import PALETTE, BodypartOverlay
from neurospatial.overlays.confidence import MIN_CONFIDENCE
from neurospatial.overlays.loaders.mask_lost import mask_lost
from neurospatial.overlays.loaders.pixel_map import Calibration, to_environment
from neurospatial.overlays.loaders.plane import select_plane
from neurospatial.overlays.loaders.pose_overlays import (
    Limbs,
    make_pose_overlays,
    select_individuals,
)
from neurospatial.overlays.loaders.poses import Pose, split_individuals
from neurospatial.overlays.loaders.sample_times import compute_sample_times
from neurospatial.overlays.position import PositionOverlay
from neurospatial.overlays.validate.options import validate_min_confidence
from neurospatial.validate import to_real_array, to_seconds

_AXES = ("time", "individual", "keypoint", "space")
_OLD_NAMES = {"individuals": "individual", "keypoints": "keypoint"}


class _Labelled(Protocol):
    """What is asked of an xarray DataArray."""

    dims: tuple[str, ...]
    coords: "Mapping[str, _Labelled]"
    attrs: Mapping[str, object]
    values: NDArray[np.generic]


class _Dataset(Protocol):
    """What is asked of an xarray Dataset."""

    data_vars: Mapping[str, _Labelled]
    attrs: Mapping[str, object]


def from_movement(
    data: object,
    individual: str | Sequence[str] | None = None,
    *,
    fps: float | None = None,
    times: ArrayLike | None = None,
    skeleton: Limbs | None = None,
    min_confidence: float = MIN_CONFIDENCE,
    calibration: Calibration | None = None,
    lost: float | None = None,
    plane: str | None = None,
) -> tuple[BodypartOverlay | PositionOverlay, ...]:
    """Turn a dataset of movement into overlays: one for each individual.

    With an axis of keypoints they are poses. Without one, as boxes have none and
    one selected keypoint neither, they are positions. Coordinates are as in the
    dataset, often pixels of a video, y downward; without a calibration they are
    taken as they are.

    Parameters
    ----------
    data : xarray.Dataset or xarray.DataArray
        Dataset with `position` and perhaps `confidence`, or a position alone, with
        the axes time and space and those of individual and keypoint (or
        individuals and keypoints), in any order.
    individual : str or sequence of str, optional
        Which individuals; left out, all.
    fps : float, optional
        Video frames per second, where the dataset counts time in frames. Seconds
        are taken from the dataset.
    times : array-like, shape (n_samples,), optional
        Instead of the dataset's, the time of each sample [s].
    skeleton : Skeleton or iterable of (str, str), optional
        Limbs: a dataset holds none.
    min_confidence : float
        Keypoints and positions with a lower confidence are gaps.
    calibration : VideoCalibration, Affine2D or callable, optional
        From the dataset's coordinates to environment units.
    lost : float, optional
        Both coordinates of what stands for lost tracking in the dataset: with ``lost=0``
        samples at exactly (0, 0) are gaps.
    plane : str, optional
        Of three coordinates the two that are drawn, the horizontal one first, such
        as "xz"; left out, x and y, where there is no third that changes.

    Returns
    -------
    tuple of BodypartOverlay or of PositionOverlay

    Raises
    ------
    TypeError
        If it is not from xarray.
    ValueError
        If axes or coordinates are others, or an option does not fit.

    Examples
    --------
    >>> import xarray
    >>> poses = xarray.DataArray(
    ...     np.ones((100, 2, 1, 2)),
    ...     {"keypoint": ["nose"], "individual": ["Ann", "Bob"]},
    ...     ("time", "space", "keypoint", "individual"),
    ... )
    >>> [overlay.name for overlay in from_movement(poses, fps=30)]
    ['Pose Ann', 'Pose Bob']
    """
    position, confidence, attrs = _split_dataset(data)
    arranged = _arrange_axes(position, _AXES)
    places = select_plane(arranged, _list_space(position), plane, "The dataset")
    scores = None if confidence is None else _arrange_axes(confidence, _AXES[:3])
    clock = _read_times(position, attrs, fps, times)
    poses = split_individuals(
        places, scores, _list_labels(position, "individual"), _list_labels(position, "keypoint")
    )
    if "keypoint" in _list_axes(position):
        return make_pose_overlays(
            poses, clock, individual, skeleton, min_confidence, calibration, lost, "from_movement"
        )
    if skeleton is not None:
        raise _make_format_error("A skeleton is given, and there is no axis of keypoints.")
    poses = mask_lost(poses, lost, "from_movement", calibrated=calibration is not None)
    return _make_position_overlays(poses, clock, individual, min_confidence, calibration)


def _make_position_overlays(
    poses: Mapping[str, Pose],
    clock: NDArray[np.float64] | None,
    individual: str | Sequence[str] | None,
    min_confidence: float,
    calibration: Calibration | None,
) -> tuple[PositionOverlay, ...]:
    """Make one overlay for each individual, whose one keypoint is where it is."""
    chosen = select_individuals(individual, poses)
    overlays = []
    for order, name in enumerate(chosen):
        (places,) = poses[name].places.values()
        for score in poses[name].confidence.values():
            least = validate_min_confidence("from_movement", min_confidence)
            places = np.where((score < least)[:, np.newaxis], np.nan, places)
        overlays.append(
            PositionOverlay(
                to_environment(places, calibration),
                clock,
                color=PALETTE[order % len(PALETTE)],
                name=f"Position {name}" if len(chosen) > 1 else "Position",
            )
        )
    return tuple(overlays)


def _split_dataset(data: object) -> tuple[_Labelled, _Labelled | None, Mapping[str, object]]:
    """Split a dataset, or a position alone, into position, confidence and attributes."""
    if hasattr(data, "data_vars"):
        dataset = cast("_Dataset", data)
        if "position" not in dataset.data_vars:
            held = ", ".join(map(str, dataset.data_vars)) or "nothing"
            raise _make_format_error(f"The dataset holds {held}; there is no position.")
        found = dataset.data_vars
        return found["position"], found.get("confidence"), dataset.attrs
    if all(hasattr(data, name) for name in ("dims", "coords", "attrs", "values")):
        array = cast("_Labelled", data)
        return array, None, array.attrs
    raise TypeError(
        explain(
            f"from_movement was given a {type(data).__name__}.",
            "It reads axes and coordinates as xarray names them.",
            [
                "Pass the dataset that movement.io gives.",
                "Pass arrays to BodypartOverlay or PositionOverlay.",
            ],
        )
    )


def _list_axes(array: _Labelled) -> list[str]:
    return [_OLD_NAMES.get(name, name) for name in map(str, array.dims)]


def _arrange_axes(array: _Labelled, wanted: Sequence[str]) -> NDArray[np.float64]:
    """Bring axes into this order; individual and keypoint may be missing, and are 1 long."""
    axes = _list_axes(array)
    optional = set(_OLD_NAMES.values())
    if not set(wanted) - optional <= set(axes) <= set(wanted):
        raise _make_format_error(
            f"The axes are {', '.join(map(str, array.dims)) or 'none'}; "
            f"{', '.join(wanted)} are read."
        )
    numbers = to_real_array(array.values, "values")
    ordered = numbers.transpose([axes.index(axis) for axis in wanted if axis in axes])
    absent = [place for place, axis in enumerate(wanted) if axis not in axes]
    return np.expand_dims(ordered, absent)


def _get_coordinate(array: _Labelled, axis: str) -> NDArray[np.generic] | None:
    """Look up the labels of an axis, by its new or its old name."""
    for name in (axis, f"{axis}s"):
        if name in array.coords:
            return np.atleast_1d(array.coords[name].values)
    return None


def _list_labels(array: _Labelled, axis: str) -> list[str]:
    labels = _get_coordinate(array, axis)
    if labels is not None:
        return [str(label) for label in labels]
    axes = _list_axes(array)
    n_labels = array.values.shape[axes.index(axis)] if axis in axes else 1
    return [f"{axis} {number}" for number in range(n_labels)]


def _list_space(position: _Labelled) -> list[str]:
    """List what the coordinates along the axis of space are called."""
    space = _get_coordinate(position, "space")
    labels = ["x", "y"] if space is None else [str(label) for label in space]
    n_space = position.values.shape[_list_axes(position).index("space")]
    if not {"x", "y"} <= set(labels) <= set("xyz") or len(labels) != n_space:
        raise _make_format_error(
            f"The {n_space} coordinates of space are {labels}; x and y are read."
        )
    return labels


def _read_times(
    position: _Labelled,
    attrs: Mapping[str, object],
    fps: float | None,
    times: ArrayLike | None,
) -> NDArray[np.float64] | None:
    n_samples = position.values.shape[_list_axes(position).index("time")]
    recorded = _get_coordinate(position, "time")
    if recorded is None or times is not None:
        return compute_sample_times(np.arange(n_samples), fps, times)
    whole = recorded.dtype.kind in "iu"
    unit = str(attrs.get("time_unit", "frames" if whole else "seconds"))
    if unit == "frames":
        return compute_sample_times(np.asarray(recorded, dtype=np.intp), fps, None)
    if recorded.dtype.kind in "mM" and fps is None:
        return to_seconds(recorded, "time")
    if unit != "seconds" or recorded.dtype.kind not in "iuf" or fps is not None:
        given = "" if fps is None else f", and fps={fps} is given"
        raise _make_format_error(f"Time is {recorded.dtype} in {unit}{given}.")
    return np.asarray(recorded, dtype=np.float64)


def _make_format_error(what: str) -> ValueError:
    return ValueError(
        explain(
            what,
            "movement names its axes time, space, keypoint and individual, and counts time in "
            "seconds, or in frames, which fps turns into seconds.",
            [
                "Pass the dataset that movement.io gives, or its position.",
                "Select or rename what differs: position.rename(...), position.sel(...).",
                "Pass times= [s] instead of fps=.",
            ],
        )
    )
