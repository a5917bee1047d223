"""Keypoints tracked on the animal, as ndx-pose keeps them."""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from neurospatial.nwb.file.length_units import parse_unit, to_metres
from neurospatial.nwb.file.time_series import as_series, read_times, read_values, sort_by_time
from neurospatial.nwb.file.tree import Item, choose_optional_item, is_a
from neurospatial.nwb.read.limbs import parse_keypoint, read_skeleton
from neurospatial.overlays import Skeleton


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
    """

    path: str
    times: Mapping[str, NDArray[np.float64]]
    places: Mapping[str, NDArray[np.float64]]
    confidence: Mapping[str, NDArray[np.float64]]
    skeleton: Skeleton
    units: str

    def converted(self, units: str) -> "Pose":
        """Convert the pose to another unit of length; as it is where either is none."""
        own, new = to_metres(self.units), to_metres(units)
        if own is None or new is None or own == new:
            return self
        places = {part: xy * (own / new) for part, xy in self.places.items()}
        return replace(self, places=places, units=units)


def find_pose_candidates(items: Sequence[Item]) -> list[Item]:
    """Find the poses of a file."""
    return [item for item in items if item.is_a("PoseEstimation")]


def choose_pose(items: Sequence[Item], wanted: str | bool | None) -> Item | None:
    """Choose the pose that is wanted, or the only one; None where there is none, or for False.

    Raises
    ------
    ValueError
        If there are several, or none of the name wanted.
    """
    return choose_optional_item(find_pose_candidates(items), wanted, "pose")


def read_pose(item: Item, plane: str | None = None) -> Pose:
    """Read the keypoints of a pose.

    Parameters
    ----------
    item : Item
        From `choose_pose`.
    plane : str or None
        Axes to keep of keypoints that have three.

    Warns
    -----
    UserWarning
        If times had to be mended, there are three axes and no plane, or the skeleton
        does not fit the keypoints.
    """
    series = [child for child in item.thing.children if is_a(child, "PoseEstimationSeries")]
    times, places, confidence, units = {}, {}, {}, ""
    for child in series:
        one = as_series(Item(f"{item.path}/{child.name}", child))
        part, clock = parse_keypoint(child.name), read_times(one)
        xy = _select_plane(read_values(one), plane, item.path)
        confidence_data = getattr(child, "confidence", None)
        if confidence_data is None:
            times[part], places[part] = sort_by_time(clock, xy, f"{item.path}/{child.name}")
        else:
            joined = np.column_stack([xy, np.asarray(confidence_data[:], dtype=np.float64)])
            times[part], both = sort_by_time(clock, joined, f"{item.path}/{child.name}")
            places[part], confidence[part] = both[:, :2], both[:, 2]
        units = parse_unit(str(one.unit)) or ""
    skeleton = read_skeleton(item, list(places))
    return Pose(item.path, times, places, confidence, skeleton, units)


def _select_plane(
    places: NDArray[np.float64], plane: str | None, path: str
) -> NDArray[np.float64]:
    """Select two axes (n_samples, 2) of places that may have a third."""
    if places.shape[1] < 3:
        return places
    if plane is None:
        warnings.warn(
            f"{path} has three axes; x and y are shown. Pass plane= for others.",
            UserWarning,
            stacklevel=2,
        )
    return places[:, ["xyz".index(axis) for axis in plane or "xy"]]
