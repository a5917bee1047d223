"""Poses as tracking software stores them: the keypoints of each individual over time."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.validate import warn_user


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
        Names, one each.

    Raises
    ------
    ValueError
        If there are fewer or more names than individuals or keypoints, or two
        keypoints have one name.

    Warns
    -----
    UserWarning
        If individuals have one name: they are then numbered.

    Examples
    --------
    >>> poses = split_individuals(np.zeros((5, 2, 1, 2)), None, ["a", "b"], ["nose"])
    >>> list(poses), poses["b"].places["nose"].shape
    (['a', 'b'], (5, 2))
    """
    _check_names(individuals, places.shape[1], "individual")
    _check_names(keypoints, places.shape[2], "keypoint")
    _refuse_repeated(keypoints)
    return {
        individual: Pose(
            {part: places[:, row, column] for column, part in enumerate(keypoints)},
            {}
            if confidence is None
            else {part: confidence[:, row, column] for column, part in enumerate(keypoints)},
        )
        for row, individual in enumerate(_number_repeated(individuals))
    }


def _check_names(names: Sequence[str], n_wanted: int, kind: str) -> None:
    if len(names) == n_wanted:
        return
    raise ValueError(
        explain(
            f"There are {n_wanted} {kind}s and {len(names)} names of {kind}s: "
            f"{', '.join(map(repr, names[:5]))}{', …' if len(names) > 5 else ''}.",
            "Which name belongs to which cannot be told.",
            [
                f"Write the file again with a name for each {kind}.",
                "Build overlays of the arrays: BodypartOverlay({'nose': ...}, times)",
            ],
        )
    )


def _refuse_repeated(keypoints: Sequence[str]) -> None:
    repeated = [name for name, n in Counter(keypoints).items() if n > 1]
    if repeated:
        raise ValueError(
            explain(
                f"{Counter(keypoints)[repeated[0]]} of {len(keypoints)} keypoints are called "
                f"{repeated[0]!r}.",
                "Limbs and confidences find a keypoint by its name.",
                ["Rename them in the file.", "Build an overlay of the arrays: BodypartOverlay"],
            )
        )


def _number_repeated(individuals: Sequence[str]) -> list[str]:
    """Append numbers to names that individuals share, so that none takes the other's place."""
    total = Counter(individuals)
    repeated = [name for name, n in total.items() if n > 1]
    if not repeated:
        return list(individuals)
    names: list[str] = []
    for name in individuals:
        numbered = (f"{name} ({number})" for number in count(1))
        free = (text for text in numbered if text not in total and text not in names)
        names.append(next(free) if total[name] > 1 else name)
    warn_user(
        f"{total[repeated[0]]} of {len(individuals)} individuals are called {repeated[0]!r}: they "
        f"are numbered, as in {names[list(individuals).index(repeated[0])]!r}."
    )
    return names
