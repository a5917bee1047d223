"""One overlay for each pose."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.overlays.bodypart import PALETTE, BodypartOverlay
from neurospatial.overlays.loaders.mask_lost import mask_lost
from neurospatial.overlays.loaders.pixel_map import Calibration, to_environment
from neurospatial.overlays.loaders.poses import Pose
from neurospatial.overlays.skeleton import Skeleton, as_skeleton
from neurospatial.validate import validate_known

Limbs = Skeleton | Iterable[tuple[str, str]]
"""Pairs of names of keypoints."""

COLORS = ("white", *(color for color in PALETTE if color != "white"))
"""Of the skeletons of several animals, in turn."""


def make_pose_overlays(
    poses: Mapping[str, Pose],
    times: NDArray[np.float64] | None,
    individual: str | Sequence[str] | None,
    skeleton: Limbs | None,
    min_confidence: float,
    calibration: Calibration | None,
    lost: float | None = None,
    loader: str = "The loader",
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
    lost : float or None
        Both coordinates of places that stand for lost tracking.
    loader : str
        What texts call the function that reads them.

    Raises
    ------
    ValueError
        If there is no individual of a name asked for, or `lost` is no number.

    Warns
    -----
    UserWarning
        If many samples look like lost tracking.
    """
    chosen = select_individuals(individual, poses)
    poses = mask_lost(poses, lost, loader, calibrated=calibration is not None)
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
        If there is none at all, or none of a name asked for.
    """
    if not poses:
        raise ValueError(
            explain(
                "There is no individual.",
                "An overlay shows one animal.",
                ["Look at what the tracking software has found: it may have written no track."],
            )
        )
    if individual is None:
        return list(poses)
    wanted = [individual] if isinstance(individual, str) else list(individual)
    for name in wanted:
        validate_known(
            name,
            poses,
            "individual",
            f"The individuals are {', '.join(map(repr, poses))}.",
            how=["Pass one of these.", "Leave individual= out for all of them."],
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
