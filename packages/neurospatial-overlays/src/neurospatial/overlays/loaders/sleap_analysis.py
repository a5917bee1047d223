"""SLEAP's analysis files: poses over time, as arrays in HDF5."""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.input import explain_damage
from neurospatial.overlays.loaders.hdf5_file import (
    get_member,
    list_names,
    read_attribute,
    read_dataset,
    read_texts,
)
from neurospatial.overlays.loaders.hdf5_origin import suggest_reader
from neurospatial.overlays.loaders.sleap_instances import TrackedPoses
from neurospatial.overlays.skeleton import name_edges

_AXES = ("frame", "track", "node", "xy")
_OLD_AXES = ("track", "xy", "node", "frame")


def read_analysis(file: Any) -> TrackedPoses:
    """Read an open analysis file.

    Raises
    ------
    ValueError
        If it is none, it is damaged, or its limbs lead to nodes that there are not.

    Warns
    -----
    UserWarning
        If its limbs count nodes from 1.
    """
    names = list_names(file)
    if not {"tracks", "node_names"} <= set(names):
        held = ", ".join(sorted(names)) or "nothing"
        raise _make_format_error(file, f"holds {held}", suggest_reader(names))
    axes = _read_axes(file)
    places = _read_ordered(file, "tracks", axes)
    n_frames, n_tracks, _, n_axes = places.shape
    if n_axes != 2 or not places.size:
        stored = get_member(file, "tracks").shape
        raise _make_format_error(file, f"has tracks of shape {stored} with the axes {axes}")
    scores = None
    if "point_scores" in names:
        scores = _read_ordered(file, "point_scores", [axis for axis in axes if axis != "xy"])
        if scores.shape != places.shape[:3]:
            raise _make_format_error(
                file, f"has {n_frames} frames of {n_tracks} tracks, and scores of {scores.shape}"
            )
    tracks = read_texts(file, "track_names") if "track_names" in names else []
    tracks = tracks or [f"individual {number}" for number in range(n_tracks)]
    nodes = read_texts(file, "node_names")
    return TrackedPoses(places, scores, tracks, nodes, _read_edges(file, names, nodes))


def _read_axes(file: Any) -> list[str]:
    """Read the order of the axes, which newer versions write; it is fixed in older ones."""
    written = read_attribute(get_member(file, "tracks"), "dims")
    if written is None:
        return list(_OLD_AXES)
    errors = (ValueError, TypeError, RecursionError)
    with explain_damage(file.filename, "a SLEAP analysis file", errors):
        axes = json.loads(written)
    if not isinstance(axes, list) or sorted(map(str, axes)) != sorted(_AXES):
        raise _make_format_error(file, f"has tracks with the axes {axes!r:.80}")
    return axes


def _read_ordered(file: Any, name: str, axes: Sequence[str]) -> NDArray[np.float64]:
    """Read an array of numbers, its axes in the order of `_AXES`."""
    numbers = read_dataset(file, name)
    if numbers.dtype.kind not in "fiu" or numbers.ndim != len(axes):
        raise _make_format_error(
            file, f"has {name} of {numbers.dtype} of shape {numbers.shape} with the axes {axes}"
        )
    order = [axes.index(axis) for axis in _AXES if axis in axes]
    return np.asarray(numbers, dtype=np.float64).transpose(order)


def _read_edges(file: Any, names: Sequence[str], nodes: Sequence[str]) -> list[tuple[str, str]]:
    if "edge_names" in names:
        ends = read_texts(file, "edge_names")
        if len(ends) % 2:
            raise _make_format_error(file, f"has limbs with {len(ends)} ends")
        return list(zip(ends[::2], ends[1::2], strict=True))
    if "edge_inds" in names:
        return name_edges(read_dataset(file, "edge_inds"), nodes, "The analysis file")
    return []


def _make_format_error(file: Any, found: str, how: Sequence[str] = ()) -> ValueError:
    return ValueError(
        explain(
            f"{file.filename!r} {found}.",
            "A SLEAP analysis file is HDF5 and holds tracks and node_names; a .slp holds "
            "frames, instances and points.",
            [
                *how,
                "Export it in SLEAP: File > Export Analysis HDF5.",
                "Pass the .slp itself, or sleap_io.load_slp(path).",
            ],
        )
    )
