"""SLEAP's analysis files: poses over time, as arrays in HDF5."""

import json
import os
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.overlays.loaders.pose_file import check_pose_file, make_missing_library_error
from neurospatial.overlays.loaders.sleap_instances import TrackedPoses
from neurospatial.overlays.skeleton import name_edges
from neurospatial.validate import to_text

_AXES = ("frame", "track", "node", "xy")
_OLD_AXES = ("track", "xy", "node", "frame")
_KEYS = ("tracks", "point_scores", "track_names", "node_names", "edge_names", "edge_inds")

_Stored = NDArray[np.generic]


def open_hdf5(path: str | os.PathLike[str]) -> Any:
    """Open a file of SLEAP.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ImportError
        If h5py is not installed.
    ValueError
        If it is no HDF5 file.
    """
    check_pose_file(path)
    try:
        h5py = import_module("h5py")
    except ImportError:
        raise make_missing_library_error("h5py", "A file of SLEAP is read", "h5py") from None
    if not h5py.is_hdf5(path):
        raise _make_format_error(path, "is no HDF5 file")
    return h5py.File(path, "r")


def is_project(file: Any) -> bool:
    """Tell whether an open file is a project or its predictions, ``.slp``."""
    return {"metadata", "frames", "instances", "points", "pred_points"} <= set(file)


def read_analysis(file: Any) -> TrackedPoses:
    """Read an open analysis file.

    Raises
    ------
    ValueError
        If it is none, or its limbs lead to nodes that there are not.

    Warns
    -----
    UserWarning
        If its limbs count nodes from 1.
    """
    stored, axes = _read_arrays(file)
    places = _order_axes(stored["tracks"], axes)
    scores = None
    if "point_scores" in stored:
        scores = _order_axes(stored["point_scores"], [axis for axis in axes if axis != "xy"])
    tracks = _read_names(stored, "track_names") or [
        f"individual {k}" for k in range(places.shape[1])
    ]
    nodes = _read_names(stored, "node_names")
    return TrackedPoses(places, scores, tracks, nodes, _read_edges(stored, nodes))


def _read_arrays(file: Any) -> tuple[dict[str, _Stored], list[str]]:
    """Read what is stored, by name, and the axes of the tracks."""
    if "tracks" not in file or "node_names" not in file:
        raise _make_format_error(file.filename, f"holds {', '.join(sorted(file)) or 'nothing'}")
    stored = {key: file[key][()] for key in _KEYS if key in file}
    written = file["tracks"].attrs.get("dims")
    # Newer versions write the order of the axes; it is fixed in older ones.
    axes = list(_OLD_AXES) if written is None else list(json.loads(written))
    shape = stored["tracks"].shape
    fits = sorted(axes) == sorted(_AXES) and len(shape) == len(_AXES)
    if not fits or shape[axes.index("xy")] != 2:
        raise _make_format_error(
            file.filename, f"has tracks of shape {shape} with the axes {axes}"
        )
    return stored, axes


def _order_axes(numbers: _Stored, axes: Sequence[str]) -> NDArray[np.float64]:
    """Bring the axes of an array into the order of `_AXES`."""
    order = [axes.index(axis) for axis in _AXES if axis in axes]
    return np.asarray(numbers, dtype=np.float64).transpose(order)


def _read_names(stored: Mapping[str, _Stored], key: str) -> list[str]:
    return [to_text(name, key) for name in np.ravel(stored.get(key, np.empty(0)))]


def _read_edges(stored: Mapping[str, _Stored], nodes: Sequence[str]) -> list[tuple[str, str]]:
    if "edge_names" not in stored and "edge_inds" in stored:
        return name_edges(stored["edge_inds"], nodes, "The analysis file")
    names = _read_names(stored, "edge_names")
    return list(zip(names[::2], names[1::2], strict=True))


def _make_format_error(path: str | os.PathLike[str], found: str) -> ValueError:
    return ValueError(
        explain(
            f"{os.fspath(path)!r} {found}.",
            "A SLEAP analysis file is HDF5 and holds tracks and node_names; a .slp holds "
            "frames, instances and points.",
            [
                "Export it in SLEAP: File > Export Analysis HDF5.",
                "Pass the .slp itself, or sleap_io.load_slp(path).",
            ],
        )
    )
