"""Keypoints tracked on the animal, as ndx-pose keeps them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from neurospatial.nwb.file.datasets import read_numbers, to_text
from neurospatial.nwb.file.length_units import PIXELS, parse_unit, to_metres
from neurospatial.nwb.file.modules import ENVIRONMENT_FRAME
from neurospatial.nwb.file.time_series import (
    as_series,
    read_unit,
    read_values,
    says_y_up,
    sort_by_time,
)
from neurospatial.nwb.file.tree import Item, find_named, is_a, make_ambiguity_error
from neurospatial.nwb.read.camera_clock import CameraClock, read_sample_times
from neurospatial.nwb.read.limbs import parse_keypoint, read_skeleton
from neurospatial.nwb.read.pixels import PixelTransform
from neurospatial.overlays import Skeleton
from neurospatial.overlays.loaders.mask_lost import mask_place
from neurospatial.validate.user_warning import warn_user


@dataclass(frozen=True, eq=False)
class Pose:
    """Keypoints over time.

    Parameters
    ----------
    path : str
        Where in the file they lie.
    times : mapping of str to ndarray, shape (n_samples,)
        By keypoint [s].
    places : mapping of str to ndarray, shape (n_samples, 2)
        By keypoint.
    confidence : mapping of str to ndarray, shape (n_samples,)
        By keypoint; those left out have none.
    skeleton : Skeleton
        Limbs; none where the file gives none.
    units : str
        Of the places; empty where nothing says.
    y_down : bool
        Whether y grows downward, as in the pixels of a camera.
    """

    path: str
    times: Mapping[str, NDArray[np.float64]]
    places: Mapping[str, NDArray[np.float64]]
    confidence: Mapping[str, NDArray[np.float64]]
    skeleton: Skeleton
    units: str
    y_down: bool = False

    def converted(self, units: str) -> "Pose":
        """Convert the pose to another unit of length; as it is where either is none."""
        own, new = to_metres(self.units), to_metres(units)
        if own is None or new is None or own == new:
            return self
        places = {part: xy * (own / new) for part, xy in self.places.items()}
        return replace(self, places=places, units=units)

    def calibrated(self, pixels: PixelTransform) -> "Pose":
        """Take the pose from the pixels of a camera to the environment, where y is up."""
        places = {part: pixels.to_places(xy) for part, xy in self.places.items()}
        return replace(self, places=places, units=pixels.units, y_down=False)


def find_pose_candidates(items: Sequence[Item]) -> list[Item]:
    """Find the poses of a file."""
    return [item for item in items if item.is_a("PoseEstimation")]


def choose_poses(items: Sequence[Item], wanted: str | Sequence[str] | bool | None) -> list[Item]:
    """Choose the poses that are wanted, the only one, or all that we wrote; none for False.

    Several of others may be of one animal seen by several cameras: which of them lie over
    each other, their file does not say. Those that `write_overlays` wrote all do.

    Raises
    ------
    ValueError
        If there are several, or none of a name wanted.
    """
    candidates = find_pose_candidates(items)
    if wanted is False:
        return []
    if isinstance(wanted, str):
        return [find_named(candidates, wanted, "pose", "pose")]
    if not isinstance(wanted, bool) and wanted is not None:
        return [find_named(candidates, name, "pose", "pose") for name in wanted]
    if len(candidates) < 2 or all(map(_is_in_environment, candidates)):
        return candidates
    raise make_ambiguity_error(
        [item.path for item in candidates],
        "pose",
        "pose",
        [
            f"Pass pose={[item.name for item in candidates]} for all, if one camera saw them",
            "Pass pose=False for none",
        ],
    )


def _is_in_environment(item: Item) -> bool:
    """Check whether a pose lies in an environment, as `write_overlays` says of each."""
    series = _list_series(item)
    return bool(series) and all(
        to_text(getattr(one.thing, "reference_frame", "")).startswith(ENVIRONMENT_FRAME)
        for one in series
    )


def _list_series(item: Item) -> list[Item]:
    return [
        Item(f"{item.path}/{child.name}", child)
        for child in item.thing.children
        if is_a(child, "PoseEstimationSeries")
    ]


def read_pose(
    item: Item,
    plane: str | None = None,
    camera: CameraClock | None = None,
    lost: float | None = None,
) -> Pose:
    """Read the keypoints of a pose.

    Parameters
    ----------
    item : Item
        From `choose_poses`.
    plane : str or None
        Axes to keep of keypoints that have three.
    camera : CameraClock or None
        Of times that are frame numbers, or not there.
    lost : float or None
        Samples with exactly this along each axis are lost ones.

    Raises
    ------
    ValueError
        If a keypoint has no times, or as many confidences as samples are not there.

    Warns
    -----
    UserWarning
        If times had to be mended, there are three axes and no plane, or the skeleton
        does not fit the keypoints.
    """
    times, places, confidence = {}, {}, {}
    series = _list_series(item)
    for child in series:
        part = parse_keypoint(child.name)
        clock, xy, sure = _read_keypoint(child, item.path, plane, camera)
        times[part], places[part] = clock, xy if lost is None else mask_place(xy, lost)
        if sure is not None:
            confidence[part] = sure
    last = as_series(series[-1]) if series else None
    units = "" if last is None else parse_unit(read_unit(last)) or ""
    y_down = last is not None and units == PIXELS and not says_y_up(last)
    skeleton = read_skeleton(item, list(places))
    return Pose(item.path, times, places, confidence, skeleton, units, y_down)


def _read_keypoint(
    child: Item, path: str, plane: str | None, camera: CameraClock | None
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64] | None]:
    """Read the times, places and confidence of one keypoint."""
    series = as_series(child)
    clock, xy = read_sample_times(series, camera), _select_plane(read_values(series), plane, path)
    stored = getattr(series, "confidence", None)
    if stored is None:
        return *sort_by_time(clock, xy, child.path), None
    joined = np.column_stack([xy, read_numbers(stored)])
    when, both = sort_by_time(clock, joined, child.path)
    return when, both[:, :2], both[:, 2]


def _select_plane(
    places: NDArray[np.float64], plane: str | None, path: str
) -> NDArray[np.float64]:
    """Select two axes (n_samples, 2) of places that may have a third."""
    if places.shape[1] < 3:
        return places
    if plane is None:
        warn_user(f"{path} has three axes; x and y are shown. Pass plane= for others.")
    return places[:, ["xyz".index(axis) for axis in plane or "xy"]]
