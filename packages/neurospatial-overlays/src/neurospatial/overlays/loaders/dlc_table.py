"""The table of keypoints that DeepLabCut writes, whatever the file."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.overlays.loaders.plane import select_plane_of_parts
from neurospatial.overlays.loaders.poses import Pose

LEVELS = ("scorer", "individuals", "bodyparts", "coords")
"""What the levels of its columns are called; those of one animal lack the second."""

_LAST_FRAME = 2**53
"""Number from which on a float is no longer one frame: no film is so long."""


@dataclass(frozen=True, eq=False)
class KeypointTable:
    """The numbers of a file, and of which video frames and what they are.

    Parameters
    ----------
    path : str
        Of the file, for the texts.
    frames : ndarray of int, shape (n_samples,)
    columns : sequence of mapping of str to str
        The name of each column at each level.
    numbers : ndarray, shape (n_samples, n_columns)
    """

    path: str
    frames: NDArray[np.intp]
    columns: Sequence[Mapping[str, str]]
    numbers: NDArray[np.float64]

    def to_poses(self, plane: str | None) -> dict[str, Pose]:
        """Sort the columns into poses, by individual.

        Raises
        ------
        ValueError
            If a keypoint is there twice or lacks x or y, or the plane does not fit.
        """
        found: dict[str, dict[str, dict[str, NDArray[np.float64]]]] = {}
        for column, values in zip(self.columns, self.numbers.T, strict=True):
            parts = found.setdefault(column.get("individuals", "individual 0"), {})
            coords = parts.setdefault(column["bodyparts"], {})
            if column["coords"] in coords:
                scorers = sorted({column.get("scorer", "") for column in self.columns})
                raise make_format_error(
                    self.path, f"holds {column['bodyparts']!r} twice; scorers are {scorers}"
                )
            coords[column["coords"]] = values
        for parts in found.values():
            for part, coords in parts.items():
                if not {"x", "y"} <= set(coords):
                    raise make_format_error(
                        self.path, f"holds {sorted(coords)} of {part!r}, not x and y"
                    )
        owner = os.path.basename(self.path)
        return {name: _make_pose(parts, plane, owner) for name, parts in found.items()}


def name_columns(
    path: str | os.PathLike[str], levels: Sequence[str], names: Sequence[Sequence[str]]
) -> list[dict[str, str]]:
    """Name each column at each level, once it is sure that the levels are DeepLabCut's.

    Parameters
    ----------
    path : path-like
        Of the file, for the texts.
    levels : sequence of str
        What the levels are called.
    names : sequence of sequence of str
        Of each column, one a level.

    Raises
    ------
    ValueError
        If levels are others, or there is no column.
    """
    if not {"bodyparts", "coords"} <= set(levels) or len(set(levels)) < len(levels):
        raise make_format_error(path, f"has a head of {', '.join(levels) or 'nothing'}")
    if not names:
        raise make_format_error(path, "has no column beside the numbers of its rows")
    return [dict(zip(levels, column, strict=True)) for column in names]


def make_table(
    path: str | os.PathLike[str],
    frames: NDArray[np.number],
    columns: Sequence[Mapping[str, str]],
    numbers: NDArray[np.float64],
) -> KeypointTable:
    """Make a table of what a file holds, once it is sure that its rows are video frames.

    Parameters
    ----------
    path : path-like
    frames : ndarray, shape (n_samples,)
        What the rows are numbered.
    columns, numbers
        As of `KeypointTable`.

    Raises
    ------
    ValueError
        If there is no row, or one has no number of a video frame.
    """
    if not len(frames):
        raise make_format_error(path, "has no row below its head")
    counted = (frames >= 0) & (frames < _LAST_FRAME) & (frames == np.floor(frames))
    if not counted.all():
        row = int(np.argmin(counted))
        raise make_format_error(path, f"has row {row} numbered {frames[row]}")
    return KeypointTable(os.fspath(path), frames.astype(np.intp), columns, numbers)


def make_format_error(path: str | os.PathLike[str], found: str) -> ValueError:
    """Make the error that says how such a file is built."""
    return ValueError(
        explain(
            f"{os.fspath(path)!r} {found}.",
            "DeepLabCut writes a head of scorer, (individuals,) bodyparts and coords, and a "
            "row of numbers for each video frame.",
            [
                "Pass the file that deeplabcut.analyze_videos writes, not labelled frames.",
                "Pass a file of one scorer.",
            ],
        )
    )


def _make_pose(
    parts: Mapping[str, Mapping[str, NDArray[np.float64]]], plane: str | None, owner: str
) -> Pose:
    return Pose(
        select_plane_of_parts(parts, plane, owner),
        {
            part: coords["likelihood"]
            for part, coords in parts.items()
            if all("likelihood" in other for other in parts.values())
        },
    )
