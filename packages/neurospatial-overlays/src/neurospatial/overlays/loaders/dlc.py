"""DeepLabCut's files as overlays."""

import csv
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import takewhile
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.overlays.bodypart import BodypartOverlay
from neurospatial.overlays.confidence import MIN_CONFIDENCE
from neurospatial.overlays.loaders.pixel_map import Calibration
from neurospatial.overlays.loaders.plane import select_plane_of_parts
from neurospatial.overlays.loaders.pose_file import check_pose_file, make_missing_library_error
from neurospatial.overlays.loaders.pose_overlays import Limbs, make_pose_overlays
from neurospatial.overlays.loaders.poses import Pose
from neurospatial.overlays.loaders.sample_times import compute_sample_times

_LEVELS = ("scorer", "individuals", "bodyparts", "coords")


def from_dlc(
    path: str | os.PathLike[str],
    *,
    fps: float | None = None,
    times: ArrayLike | None = None,
    individual: str | Sequence[str] | None = None,
    skeleton: Limbs | None = None,
    min_confidence: float = MIN_CONFIDENCE,
    calibration: Calibration | None = None,
    lost: float | None = None,
    plane: str | None = None,
) -> tuple[BodypartOverlay, ...]:
    """Read what DeepLabCut found in a video: one pose overlay for each individual.

    Coordinates are pixels of the video, y downward; without a calibration they
    are taken as they are. A ``.csv`` is read with numpy alone; an ``.h5`` needs
    pandas and PyTables.

    Parameters
    ----------
    path : path-like
        The ``.csv`` or ``.h5`` that ``analyze_videos`` writes, of one animal or several.
    fps : float, optional
        Video frames per second; the video's first is at 0 s.
    times : array-like, shape (n_samples,), optional
        Instead of `fps`, the time of each [s]. With neither, there is one per field.
    individual : str or sequence of str, optional
        Which animals; left out, all. A file of one animal calls it "individual 0".
    skeleton : Skeleton or iterable of (str, str), optional
        Limbs: these files hold none.
    min_confidence : float
        Keypoints with a lower likelihood are gaps; DeepLabCut's own `pcutoff` is 0.6.
    calibration : VideoCalibration, Affine2D or callable, optional
        From pixels to environment units.
    lost : float, optional
        Both coordinates of what stands for lost tracking in the file: with ``lost=0``
        samples at exactly (0, 0) are gaps.
    plane : str, optional
        Of three coordinates the two that are drawn, the horizontal one first, such
        as "xz"; left out, x and y, where there is no third that changes.

    Returns
    -------
    tuple of BodypartOverlay
        Each with the keypoints that this individual has.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ImportError
        If it is an ``.h5`` and pandas or PyTables is not installed.
    ValueError
        If it is not such a file, or an option does not fit it.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> lines = ["scorer,me,me", "bodyparts,nose,nose", "coords,x,y", "0,3,4", "1,5,6"]
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "video.csv"
    ...     _ = path.write_text(os.linesep.join(lines))
    ...     (pose,) = from_dlc(path, fps=50)
    >>> pose.times, pose.data["nose"][1]
    (array([0.  , 0.02]), array([5., 6.]))
    """
    check_pose_file(path)
    table = _read_h5(path) if Path(path).suffix.lower() in (".h5", ".hdf5") else _read_csv(path)
    clock = compute_sample_times(table.frames, fps, times)
    poses = table.to_poses(os.fspath(path), plane)
    return make_pose_overlays(
        poses, clock, individual, skeleton, min_confidence, calibration, lost, "from_dlc"
    )


@dataclass(frozen=True, eq=False)
class _Table:
    """The numbers of a file, and of which video frames and what they are."""

    frames: NDArray[np.intp]
    columns: Sequence[Mapping[str, str]]
    numbers: NDArray[np.float64]

    def to_poses(self, path: str, plane: str | None) -> dict[str, Pose]:
        """Sort the columns into poses, by individual."""
        found: dict[str, dict[str, dict[str, NDArray[np.float64]]]] = {}
        for column, values in zip(self.columns, self.numbers.T, strict=True):
            parts = found.setdefault(column.get("individuals", "individual 0"), {})
            coords = parts.setdefault(column["bodyparts"], {})
            if column["coords"] in coords:
                scorers = sorted({column["scorer"] for column in self.columns})
                raise _make_format_error(
                    path, f"holds {column['bodyparts']!r} twice; scorers are {scorers}"
                )
            coords[column["coords"]] = values
        for parts in found.values():
            for part, coords in parts.items():
                if not {"x", "y"} <= set(coords):
                    raise _make_format_error(
                        path, f"holds {sorted(coords)} of {part!r}, not x and y"
                    )
        owner = Path(path).name
        return {name: _make_pose(parts, plane, owner) for name, parts in found.items()}


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


def _read_csv(path: str | os.PathLike[str]) -> _Table:
    with open(path, newline="", encoding="utf-8-sig") as file:
        rows = csv.reader(file)
        head = list(takewhile(lambda row: row and row[0] in _LEVELS, rows))
        n_lines = rows.line_num
    levels = [row[0] for row in head]
    if not {"bodyparts", "coords"} <= set(levels):
        raise _make_format_error(path, f"begins with the rows {levels}")
    if n_lines == len(head):
        raise _make_format_error(path, "has no row below its head")
    columns = [
        dict(zip(levels, names, strict=True))
        for names in zip(*(row[1:] for row in head), strict=True)
    ]
    try:
        numbers = np.loadtxt(
            path,
            delimiter=",",
            skiprows=len(head),
            ndmin=2,
            converters=_parse_number,
            encoding="utf-8",
        )
    except ValueError as error:
        raise _make_format_error(path, f"has a row that is not numbers ({error})") from None
    if numbers.shape[1:] != (len(columns) + 1,):
        raise _make_format_error(
            path, f"has {len(columns) + 1} columns in its head, {numbers.shape} below"
        )
    return _Table(numbers[:, 0].astype(np.intp), columns, numbers[:, 1:])


def _parse_number(cell: str) -> float:
    return float(cell) if cell else np.nan  # an animal that was not found leaves cells empty


def _read_h5(path: str | os.PathLike[str]) -> _Table:
    try:
        pandas, tables = import_module("pandas"), import_module("tables")
    except ImportError as error:
        what = "The .h5 of DeepLabCut (its .csv, which holds the same, needs nothing) is read"
        raise make_missing_library_error(str(error.name), what, "pandas tables") from None
    if not tables.is_hdf5_file(os.fspath(path)):
        raise _make_format_error(path, "is no HDF5 file")
    try:
        table = pandas.read_hdf(path)
    except ValueError as error:
        raise _make_format_error(path, f"holds no single table ({error})") from None
    levels = list(table.columns.names)
    if not {"bodyparts", "coords"} <= set(levels) or table.index.dtype.kind not in "iu":
        raise _make_format_error(
            path, f"has columns named {levels} and rows numbered by {table.index.dtype}"
        )
    columns = [dict(zip(levels, names, strict=True)) for names in table.columns]
    return _Table(table.index.to_numpy(), columns, table.to_numpy(dtype=np.float64))


def _make_format_error(path: str | os.PathLike[str], found: str) -> ValueError:
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
