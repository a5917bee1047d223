"""Individuals as tracking software stores them, each with its keypoints over time."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain, nearest
from neurospatial.overlays.bodypart import PALETTE, BodypartOverlay
from neurospatial.overlays.skeleton import Skeleton, as_skeleton

Limbs = Skeleton | Iterable[tuple[str, str]]
"""Pairs of names of keypoints."""

COLORS = ("white", *(color for color in PALETTE if color != "white"))
"""Of the skeletons of several animals, in turn."""


@runtime_checkable
class PixelMap(Protocol):
    """What takes pixels of a video to places in the environment, as a VideoCalibration does."""

    def apply(self, points_px: NDArray[np.float64], /) -> NDArray[np.float64]:
        """Map points of shape (n, 2)."""


Calibration = PixelMap | Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""A VideoCalibration, an Affine2D, or a function of points (n, 2)."""


@dataclass(frozen=True, eq=False)
class Pose:
    """The keypoints of one individual.

    Parameters
    ----------
    places : mapping of str to ndarray, shape (n_samples, 2)
        By keypoint; NaN where it was not found.
    confidence : mapping of str to ndarray, shape (n_samples,)
        As the software gives it, mostly in [0, 1]; empty when it gives none. NaN
        where it does not say, as of a keypoint that a person placed: that is trusted.
    """

    places: Mapping[str, NDArray[np.float64]]
    confidence: Mapping[str, NDArray[np.float64]]


def split_individuals(
    places: NDArray[np.float64],
    confidence: NDArray[np.float64] | None,
    individuals: Sequence[str],
    keypoints: Sequence[str],
) -> dict[str, Pose]:
    """Split an array of keypoints into the poses of its individuals.

    Parameters
    ----------
    places : ndarray, shape (n_samples, n_individuals, n_keypoints, 2)
    confidence : ndarray, shape (n_samples, n_individuals, n_keypoints), or None
    individuals, keypoints : sequence of str

    Examples
    --------
    >>> poses = split_individuals(np.zeros((5, 2, 1, 2)), None, ["a", "b"], ["nose"])
    >>> list(poses), poses["b"].places["nose"].shape
    (['a', 'b'], (5, 2))
    """
    return {
        individual: Pose(
            {part: places[:, row, column] for column, part in enumerate(keypoints)},
            {}
            if confidence is None
            else {part: confidence[:, row, column] for column, part in enumerate(keypoints)},
        )
        for row, individual in enumerate(individuals)
    }


def make_pose_overlays(
    poses: Mapping[str, Pose],
    times: NDArray[np.float64] | None,
    individual: str | Sequence[str] | None,
    skeleton: Limbs | None,
    min_confidence: float,
    calibration: Calibration | None,
) -> tuple[BodypartOverlay, ...]:
    """Make one overlay for each individual asked for.

    Parameters
    ----------
    poses : mapping of str to Pose
        By individual.
    times : ndarray, shape (n_samples,), or None
        Seconds; None for one sample per field.
    individual : str or sequence of str, or None
        Which of them; None for all.
    skeleton : Skeleton or iterable of (str, str), or None
        Limbs; those of which an individual does not have both ends are another's.
    min_confidence : float
        Keypoints with less are not drawn.
    calibration : VideoCalibration, Affine2D or callable, or None
        From pixels to environment units.

    Raises
    ------
    ValueError
        If there is no individual of a name asked for.
    """
    chosen = select_individuals(individual, poses)
    edges = as_skeleton(skeleton).edges
    return tuple(
        BodypartOverlay(
            {part: to_environment(xy, calibration) for part, xy in poses[name].places.items()},
            times,
            skeleton=Skeleton(name, tuple(_select_limbs(edges, name, poses))),
            skeleton_color=COLORS[order % len(COLORS)],
            confidence={
                part: np.where(np.isnan(score), np.inf, score)
                for part, score in poses[name].confidence.items()
            },
            min_confidence=min_confidence,
            name=f"Pose {name}" if len(chosen) > 1 else "Pose",
        )
        for order, name in enumerate(chosen)
    )


def select_individuals(
    individual: str | Sequence[str] | None, poses: Mapping[str, Pose]
) -> list[str]:
    """Select the names of the individuals asked for; None asks for all.

    Raises
    ------
    ValueError
        If there is none of a name asked for.
    """
    if individual is None:
        return list(poses)
    wanted = [individual] if isinstance(individual, str) else list(individual)
    for name in wanted:
        if name not in poses:
            raise ValueError(
                explain(
                    f"There is no individual {name!r}.{nearest(name, poses)}",
                    f"The individuals are {', '.join(map(repr, poses))}.",
                    ["Pass one of these.", "Leave individual= out for all of them."],
                )
            )
    return wanted


def _select_limbs(
    edges: Sequence[tuple[str, str]], name: str, poses: Mapping[str, Pose]
) -> Iterator[tuple[str, str]]:
    """Leave out limbs of other individuals; those of none stay, for the overlay to refuse."""
    everyone = {part for pose in poses.values() for part in pose.places}
    own = set(poses[name].places)
    for edge in edges:
        if own.issuperset(edge) or not everyone.issuperset(edge):
            yield edge


def to_environment(
    places: NDArray[np.floating], calibration: Calibration | None
) -> NDArray[np.float64]:
    """Take places (n, 2) from pixels to the environment; as they are without a calibration.

    Examples
    --------
    >>> to_environment(np.array([[40.0, 20.0]]), lambda pixels: pixels / 10)
    array([[4., 2.]])
    """
    points = np.ascontiguousarray(places, dtype=np.float64)
    if calibration is None:
        return points
    to_environment = calibration.apply if isinstance(calibration, PixelMap) else calibration
    return np.asarray(to_environment(points), dtype=np.float64)


def compute_sample_times(
    frames: NDArray[np.integer], fps: float | None, times: ArrayLike | None
) -> NDArray[np.float64] | None:
    """Compute the times of samples [s]: as given, or those of video frames at a rate.

    Parameters
    ----------
    frames : ndarray of int, shape (n_samples,)
        The number of each sample's video frame.
    fps : float or None
        Video frames per second, the frame numbered 0 at 0 s.
    times : array-like, shape (n_samples,), or None

    Raises
    ------
    ValueError
        If both are given, the rate is not positive, or times are not one per sample.

    Examples
    --------
    >>> compute_sample_times(np.array([0, 1, 5]), 50.0, None)
    array([0.  , 0.02, 0.1 ])
    """
    if fps is not None and times is not None:
        raise _make_clock_error(f"Both fps={fps} and times are given.")
    if times is not None:
        clock = np.asarray(times, dtype=np.float64)
        if clock.shape != frames.shape:
            raise _make_clock_error(
                f"times have shape {clock.shape}, and there are {len(frames)} poses."
            )
        return clock
    if fps is None:
        return None
    if not (np.isfinite(fps) and fps > 0):
        raise _make_clock_error(f"fps is {fps}.")
    return np.asarray(frames / float(fps), dtype=np.float64)


def _make_clock_error(what: str) -> ValueError:
    return ValueError(
        explain(
            what,
            "Each pose was recorded at one time, on the clock of the fields.",
            [
                "Pass fps=, the camera's video frames per second, counted from 0 s.",
                "Pass times= [s], one per pose.",
                "Pass neither when there is one pose per field.",
            ],
        )
    )
