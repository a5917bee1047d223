"""HDF5 files, read with h5py alone, whose damage is told by their name."""

import math
import os
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.input import check_declared_size, check_input_file, explain_damage
from neurospatial.validate import to_text

_ERRORS = (OSError, RuntimeError, KeyError, ValueError, TypeError)
"""What h5py raises for a damaged file, as it is named there and as numpy refuses its types."""

_HOW = (
    "Copy the file again from where it was made.",
    "Close it in the program that writes it.",
    "Write it again without compression, or with gzip.",
)

_KIND = "HDF5"

_LARGEST_RATIO = 1_032
"""Bytes that gzip makes of one byte at most."""

_UNSUSPICIOUS = 2**20
"""Bytes that fill no memory, whatever the file holds: parts never written take no room in it."""


def open_hdf5(path: str | os.PathLike[str], what: str) -> Any:
    """Open a file to read, as `h5py.File` does.

    Parameters
    ----------
    path : path-like
    what : str
        The begin of a sentence that says what is read, such as "A file of SLEAP is read".

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ImportError
        If h5py is not installed.
    ValueError
        If it is no HDF5 file, or cannot be opened.
    """
    check_input_file(path, "Poses are read from a file.")
    try:
        h5py = import_module("h5py")
    except ImportError:
        raise ImportError(
            explain("h5py is not installed.", f"{what} with it.", ["pip install h5py"])
        ) from None
    with explain_damage(path, _KIND, _ERRORS, _HOW):
        return h5py.File(path, "r")


def list_names(group: Any) -> list[str]:
    """List what is in an open file or a group of it.

    Raises
    ------
    ValueError
        If the file is damaged.
    """
    with explain_damage(group.file.filename, _KIND, _ERRORS, _HOW):
        return [to_text(name, "name") for name in group]


def get_member(group: Any, name: str) -> Any:
    """Return a group or a dataset in a group.

    Raises
    ------
    ValueError
        If there is none, or the file is damaged.
    """
    with explain_damage(group.file.filename, _KIND, _ERRORS, _HOW):
        return group[name]


def read_dataset(group: Any, name: str) -> NDArray[Any]:
    """Read an array, once it is sure that the file can hold it.

    Raises
    ------
    ValueError
        If there is none of that name, it says that it is larger than it is, or the file is
        damaged.
    """
    path = group.file.filename
    dataset = get_member(group, name)
    if getattr(dataset, "shape", None) is None:
        raise _make_content_error(path, f"holds no array {name!r}")
    with explain_damage(path, _KIND, _ERRORS, _HOW):
        stored = min(dataset.id.get_storage_size(), os.path.getsize(path))
        declared = math.prod(dataset.shape) * dataset.dtype.itemsize
        ratio = 1 if dataset.chunks is None else _LARGEST_RATIO
    check_declared_size(path, repr(name), declared, max(stored * ratio, _UNSUSPICIOUS))
    with explain_damage(path, _KIND, _ERRORS, _HOW):
        return np.asarray(dataset[()])


def read_texts(group: Any, name: str) -> list[str]:
    """Read an array of texts, in the order of its elements.

    Raises
    ------
    ValueError
        If it holds something else, or as `read_dataset` does.
    """
    values = read_dataset(group, name).ravel().tolist()
    if not all(isinstance(value, (str, bytes)) for value in values):
        raise _make_content_error(group.file.filename, f"holds {name!r}, and it is no text")
    return [to_text(value, name) for value in values]


def read_attribute(node: Any, name: str) -> Any:
    """Read an attribute of a file, a group or a dataset; None where there is none.

    Raises
    ------
    ValueError
        If the file is damaged.
    """
    with explain_damage(node.file.filename, _KIND, _ERRORS, _HOW):
        if name not in node.attrs:
            return None
        return node.attrs[name]


def _make_content_error(path: str, found: str) -> ValueError:
    return ValueError(
        explain(
            f"{path!r} {found}.",
            "What is read from it is not as the program writes it that makes such files.",
            _HOW[:1],
        )
    )
