"""Poses as tracking software stores them: the keypoints of each individual over time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


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
