"""How an animal holds itself: keypoints and limbs."""

from collections.abc import Iterable, Mapping
from dataclasses import KW_ONLY, dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.overlays.confidence import MIN_CONFIDENCE
from neurospatial.overlays.interpolation_index import InterpolationIndex
from neurospatial.overlays.skeleton import Skeleton, as_skeleton
from neurospatial.overlays.trajectory import Trajectory, compute_centroid
from neurospatial.overlays.validate.check_bounds import check_bounds
from neurospatial.overlays.validate.check_visible import check_visible
from neurospatial.overlays.validate.check_zeros import check_zeros
from neurospatial.overlays.validate.keypoint_clocks import check_keypoint_clocks, warn_of_untimed
from neurospatial.overlays.validate.keypoints import (
    check_keypoint_names,
    mask_low_confidence,
    read_keypoints,
    validate_keypoint_timestamps,
    validate_keypoints,
    warn_of_low_confidence,
)
from neurospatial.overlays.validate.options import (
    require_plane,
    validate_max_gap,
    validate_min_confidence,
)
from neurospatial.overlays.validate.untimed_samples import TimedKeypoints, leave_out_untimed
from neurospatial.scene import Coordinates, Layer, OverlayContext, Points, Segments, rgba
from neurospatial.validate import validate_positive

_CLASS = "BodypartOverlay"
_NAME = "Pose"
PALETTE = (
    "red",
    "white",
    "fuchsia",
    "aqua",
    "darkorange",
    "blue",
    "plum",
    "darkgoldenrod",
    "dodgerblue",
    "mediumvioletred",
)
"""Colours of keypoints in turn, far from those of viridis and from each other."""

Color = str | tuple[float, ...]


@dataclass(eq=False)
class BodypartOverlay:
    """Keypoints of a pose, with limbs between them where a skeleton is given.

    A limb with an end that is not seen is not drawn.

    Parameters
    ----------
    data : mapping of str to array-like, shape (n_samples, 2)
        The places of each keypoint, in environment units; NaN marks a gap.
    times : array-like, shape (n_samples,), or mapping of str to array-like, optional
        On the data's clock [s], increasing: one for all keypoints, or one for
        each. Left out, there is one sample per field; keypoints that are a TsdFrame
        of pynapple have times of their own.
    skeleton : Skeleton or sequence of (str, str), optional
        The keypoints at either end of each limb.
    colors : mapping of str to color, optional
        Of keypoints; those left out get one of their own.
    skeleton_color : str or tuple
        Of the limbs.
    skeleton_width : float
        Of the limbs, in points.
    size : float
        Diameter of a keypoint, in points.
    confidence : mapping of str to array-like, shape (n_samples,), optional
        How sure the tracking is of each sample; keypoints left out are trusted.
    min_confidence : float
        A sample with less is a gap. All readers of poses have the same default.
    max_gap : float, optional
        Longest stretch without samples that is bridged [s]; left out, one second,
        or five usual intervals between samples where that is longer.
    nan_ok : bool
        Whether NaN samples are gaps; if not, they are an error.
    name : str
        What viewers list it as.

    Examples
    --------
    >>> from neurospatial.layouts import RegularGrid
    >>> grid = RegularGrid((np.arange(5.0), np.arange(3.0)), np.ones((4, 2), bool))
    >>> clock = np.arange(2.0)
    >>> context = OverlayContext(clock, clock, (0.0, 0.0, 4.0, 2.0), grid)
    >>> data = {"nose": [(1, 1), (2, 1)], "tail": [(0, 1), (1, 1)]}
    >>> limbs, keypoints = BodypartOverlay(data, skeleton=[("tail", "nose")]).layers(context)
    >>> (limbs.stop - limbs.start)[:, 0]
    array([[1., 0.],
           [1., 0.]], dtype=float32)
    """

    data: Mapping[str, ArrayLike]
    times: ArrayLike | Mapping[str, ArrayLike] | None = None
    skeleton: Skeleton | Iterable[tuple[str, str]] | None = None
    colors: Mapping[str, Color] | None = None
    skeleton_color: Color = "white"
    skeleton_width: float = 2.0
    _: KW_ONLY
    size: float = 6.0
    confidence: Mapping[str, ArrayLike] | None = None
    min_confidence: float = MIN_CONFIDENCE
    max_gap: float | None = None
    nan_ok: bool = True
    name: str = _NAME

    def layers(self, context: OverlayContext) -> tuple[Layer, ...]:
        """Lower to points, over segments where there is a skeleton.

        Raises
        ------
        TypeError
            If `data` is not a mapping.
        ValueError
            If the environment is drawn as a line, data, times or an option are
            not as described, or no sample lies within the times of the frames.

        Warns
        -----
        UserWarning
            If the samples cover less than half of the frames, look like another
            unit, lie outside the environment, or none is to be seen.
        """
        require_plane(context, _CLASS)
        validate_positive(self.size, "size", unit="points", owner=_CLASS)
        keypoints = self._read()
        samples = list(keypoints.samples.values())
        parts = self._make_trajectories(keypoints, context)
        limbs = self._find_limbs(list(parts))
        colors = self._assign_colors(list(parts))
        warn_of_untimed(keypoints, self.name)
        check_keypoint_clocks(_list_clocks(parts), context, self.name)
        check_zeros(samples, _CLASS)
        warn_of_low_confidence(keypoints.confidence, float(self.min_confidence), self.name)
        check_bounds(samples, context, _CLASS)
        xy = _interpolate_keypoints(parts, context)
        check_visible(xy, _CLASS)
        marks = Points(name=self.name, xy=xy, color=colors, size=float(self.size), z=3.7)
        return (*self._make_limbs(limbs, xy), marks)

    def to_trajectory(self, context: OverlayContext) -> Trajectory:
        """Return the mean of the keypoints that are there, on their own times.

        Raises
        ------
        TypeError
            If `data` is not a mapping.
        ValueError
            If data, times, confidence or `max_gap` are not as described.
        """
        return compute_centroid(self._make_trajectories(self._read(), context))

    def _read(self) -> TimedKeypoints:
        samples, times = read_keypoints(self.data, self.times)
        check_keypoint_names("confidence", self.confidence or {}, samples)
        return leave_out_untimed(samples, times, self.confidence, _CLASS)

    def _make_trajectories(
        self, keypoints: TimedKeypoints, context: OverlayContext
    ) -> dict[str, Trajectory]:
        max_gap = validate_max_gap(_CLASS, self.max_gap)
        least = validate_min_confidence(_CLASS, self.min_confidence)
        places = validate_keypoints(keypoints.samples, context, self.nan_ok)
        lengths = {part: len(samples) for part, samples in places.items()}
        clocks = validate_keypoint_timestamps(keypoints.times, lengths, context)
        masked = mask_low_confidence(places, keypoints.confidence, least)
        return {
            part: Trajectory(clocks[part], samples, max_gap) for part, samples in masked.items()
        }

    def _find_limbs(self, parts: list[str]) -> NDArray[np.intp]:
        """Find the keypoints at either end of each limb, (n_limbs, 2)."""
        skeleton = as_skeleton(self.skeleton)
        skeleton.check_parts(parts)
        ends = [[parts.index(first), parts.index(second)] for first, second in skeleton.edges]
        return np.array(ends, dtype=np.intp).reshape(-1, 2)

    def _assign_colors(self, parts: list[str]) -> NDArray[np.float64]:
        given = self.colors or {}
        check_keypoint_names("colors", given, parts)
        rest = (part for part in parts if part not in given)
        own = {part: PALETTE[i % len(PALETTE)] for i, part in enumerate(rest)}
        return np.array([rgba(given[part] if part in given else own[part]) for part in parts])

    def _make_limbs(self, limbs: NDArray[np.intp], xy: Coordinates) -> tuple[Layer, ...]:
        validate_positive(self.skeleton_width, "skeleton_width", unit="points", owner=_CLASS)
        color = rgba(self.skeleton_color)
        if not len(limbs):
            return ()
        return (
            Segments(
                name="Skeleton" if self.name == _NAME else f"{self.name} skeleton",
                start=xy[:, limbs[:, 0]],
                stop=xy[:, limbs[:, 1]],
                color=color,
                width=float(self.skeleton_width),
                z=3.6,
            ),
        )


def _interpolate_keypoints(
    parts: Mapping[str, Trajectory], context: OverlayContext
) -> Coordinates:
    """Align keypoints with the frames, (n_frames, n_parts, 2)."""
    xy = np.empty((context.n_frames, len(parts), 2), dtype=context.dtype)
    indices: dict[int, InterpolationIndex] = {}
    for number, part in enumerate(parts.values()):
        clock = id(part.times)
        if clock not in indices:
            indices[clock] = InterpolationIndex.from_times(part.times, context.times, part.max_gap)
        xy[:, number] = context.to_world(indices[clock].interpolate(part.places))
    xy[np.isnan(xy).any(axis=2)] = np.nan
    return xy


def _list_clocks(parts: Mapping[str, Trajectory]) -> dict[str, NDArray[np.float64]]:
    """List each clock once, by what a text calls it; not those of keypoints never seen."""
    first, *others = parts.values()
    if all(other.times is first.times for other in others):
        return {_CLASS: first.times}
    return {
        f"{part!r} of {_CLASS}": trajectory.times
        for part, trajectory in parts.items()
        if not np.isnan(trajectory.places).all()
    }
