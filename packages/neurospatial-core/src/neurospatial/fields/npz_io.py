"""Fields, and the space they live on, kept in an npz."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.npz import ArrayHeader, NpzArchive, open_npz

if TYPE_CHECKING:
    from neurospatial.environment import Environment

SPACE = (("positions", "bin_size"), ("edges_x", "edges_y", "active"))
"""Either of these says which space the fields live on."""

OPTIONAL = ("frame_times", "frame_labels", "units", "overlay_trajectory", "title")
"""What a file may hold besides."""

KNOWN = ("fields", *SPACE[0], *SPACE[1], *OPTIONAL)
"""Names that are read; `neurospatial info` says which are not."""

_WHY = "An npz of fields holds numbers and text under names that are known."


class FieldsKeywords(TypedDict, total=False):
    """What goes with the fields, as keywords of `animate_fields`."""

    frame_times: NDArray[np.float64]
    frame_labels: list[str]
    overlay_trajectory: NDArray[np.float64]
    title: str


@dataclass(frozen=True, eq=False)
class FieldsFile:
    """An npz that holds fields; of its arrays, only those that are asked for are read.

    Parameters
    ----------
    arrays : NpzArchive
        Those that can be read, each when it is asked for.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     np.savez(f"{folder}/rates.npz", fields=np.zeros((3, 2)), positions=np.eye(2))
    ...     FieldsFile(open_npz(f"{folder}/rates.npz")).missing()
    'bin_size, or edges_x, edges_y and active'
    """

    arrays: NpzArchive

    @property
    def path(self) -> Path:
        """The file."""
        return self.arrays.path

    @property
    def headers(self) -> Mapping[str, ArrayHeader]:
        """Shape and dtype of every array that can be read."""
        return self.arrays.headers

    @property
    def unreadable(self) -> Mapping[str, str]:
        """Why the others cannot be read."""
        return self.arrays.unreadable

    def fields(self) -> NDArray[np.generic]:
        """Read the fields.

        Raises
        ------
        ValueError
            If the file does not hold them, or only as Python objects, or they are damaged.
        """
        self._check_held("fields")
        return self.arrays["fields"]

    @property
    def n_frames(self) -> int:
        """Number of frames, which is read without the fields."""
        shape = self._check_held("fields").shape
        return shape[0] if shape else 0

    def missing(self) -> str:
        """Name what the file would need to be rendered; empty when nothing."""
        lacking = [] if "fields" in self.arrays else ["fields"]
        spaces = [[name for name in space if name not in self.arrays] for space in SPACE]
        if all(spaces):
            spaces = sorted(spaces, key=len)
            lacking.append(", or ".join(_join_names(names) for names in spaces))
        return "; ".join(lacking)

    def environment(self) -> "Environment":
        """Rebuild the space that the fields live on.

        Raises
        ------
        ValueError
            If the file does not say which, or it has another number of bins.
        """
        from neurospatial.environment import Environment

        units = self._get_text("units")
        if all(name in self.arrays for name in SPACE[1]):
            edges = [self._get_numbers("edges_x"), self._get_numbers("edges_y")]
            return Environment.from_mask(self._get_array("active"), edges, units=units)
        if all(name in self.arrays for name in SPACE[0]):
            size = np.atleast_1d(self._get_numbers("bin_size")).tolist()
            positions = self._get_array("positions")
            bin_size = size[0] if len(size) == 1 else size
            return Environment.from_samples(positions, bin_size, units=units)
        self._check_readable(*SPACE[0], *SPACE[1])
        raise ValueError(
            explain(
                f"{self.path} does not say which space its fields live on: "
                f"it lacks {self.missing()}.",
                "Each value belongs to a bin, and the file says where the bins lie.",
                [f"Save {_join_names(list(names))} with the fields." for names in SPACE],
            )
        )

    def keywords(self) -> FieldsKeywords:
        """Collect what else the file holds, as keywords of `animate_fields`.

        Raises
        ------
        ValueError
            If one of them is not what its name says.
        """
        self._check_readable(*OPTIONAL)
        given: FieldsKeywords = {}
        if "frame_times" in self.arrays:
            given["frame_times"] = self._get_numbers("frame_times")
        if "overlay_trajectory" in self.arrays:
            given["overlay_trajectory"] = self._get_numbers("overlay_trajectory")
        if "frame_labels" in self.arrays:
            given["frame_labels"] = self._get_array("frame_labels").ravel().astype(str).tolist()
        title = self._get_text("title")
        if title is not None:
            given["title"] = title
        return given

    def _check_held(self, name: str) -> ArrayHeader:
        """Return what an array is, or raise if there is none that can be read."""
        self._check_readable(name)
        if name not in self.arrays:
            held = _join_names(sorted(self.arrays)) or "nothing"
            raise self._make_error(f"{self.path} has no array {name!r}; it holds {held}.", name)
        return self.headers[name]

    def _get_array(self, name: str) -> NDArray[np.generic]:
        self._check_held(name)
        return self.arrays[name]

    def _get_numbers(self, name: str) -> NDArray[np.float64]:
        dtype = self._check_held(name).dtype
        if dtype.kind not in "fiub":
            found = f"{self.path}: {name!r} has dtype {dtype}, not numbers."
            raise self._make_error(found, name)
        return self.arrays[name].astype(np.float64)

    def _get_text(self, name: str) -> str | None:
        if name not in self.arrays:
            return None
        n_texts = prod(self._check_held(name).shape)
        if n_texts != 1:
            found = f"{self.path}: {name!r} holds {n_texts} texts, expected one."
            raise self._make_error(found, name)
        return str(self.arrays[name].ravel().astype(str)[0])

    def _check_readable(self, *names: str) -> None:
        for name in names:
            if name in self.unreadable:
                raise self._make_error(f"{self.path}: {name!r} {self.unreadable[name]}.", name)

    def _make_error(self, found: str, name: str) -> ValueError:
        call = f"numpy.savez({self.path.name!r}, ..., {name}={name})"
        return ValueError(explain(found, _WHY, [f"Write it again: {call}"]))


def read_fields_file(path: str | PathLike[str]) -> FieldsFile:
    """Open an npz of fields; nothing in it is ever unpickled, and no array is read yet.

    Parameters
    ----------
    path : path-like

    Returns
    -------
    FieldsFile

    Raises
    ------
    OSError
        If the file is missing or may not be read.
    ValueError
        If it is not an npz, or its list of arrays is damaged.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     np.savez(f"{folder}/rates.npz", fields=np.eye(2), positions=np.eye(2), bin_size=1)
    ...     read_fields_file(f"{folder}/rates.npz").n_frames
    2
    """
    return FieldsFile(open_npz(path))


def _join_names(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
