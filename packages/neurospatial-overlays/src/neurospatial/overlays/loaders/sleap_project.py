"""SLEAP's projects and predictions, ``.slp``, by the layout of their HDF5 file."""

import json
import os
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.input import check_declared_size, explain_damage
from neurospatial.overlays.loaders.hdf5_file import (
    get_member,
    list_names,
    read_attribute,
    read_dataset,
    read_texts,
)
from neurospatial.overlays.loaders.sleap_instances import (
    Instances,
    TrackedPoses,
    arrange_instances,
)
from neurospatial.overlays.loaders.sleap_labels import check_one_each

_NEWEST = 2.0
"""From this number of the format on, files may keep instances otherwise."""

_CENTERED = 1.1
"""From this number of the format on, the centre of the first pixel is (0, 0), not (0.5, 0.5)."""

_PREDICTED = 1
"""Kind of an instance that SLEAP found; a person's is 0."""

_LIMB = 1
"""Kind of a link between nodes that is a limb; 2 is a symmetry."""

_KIND = "a SLEAP project"

_JSON_ERRORS = (LookupError, TypeError, ValueError, AttributeError, RecursionError)
"""What a walk through JSON raises that is another than is written there."""

_FRAMES = ("frame_id", "video", "frame_idx")
_INSTANCES = ("instance_type", "frame_id", "skeleton", "track", "point_id_start", "point_id_end")

_BYTES_A_NODE = 24
"""Of x, y and score, in a video frame in which a track has them or lacks them."""

_ALWAYS_ALLOWED = 2 * 2**30
"""Bytes of poses that may come of the smallest file: a day at 40 Hz of an animal of 25 nodes."""

_MOST_SPREAD = 100
"""Bytes of poses that may come of a byte of a larger file: most frames may have no animal."""


def is_project(file: Any) -> bool:
    """Tell whether an open file is a project or its predictions, ``.slp``."""
    return {"metadata", "frames", "instances", "points", "pred_points"} <= set(list_names(file))


def read_project(file: Any, n_times: int) -> TrackedPoses:
    """Read poses over time from an open file; the parameters are those of `arrange_instances`.

    Raises
    ------
    ValueError
        If its format is newer, it has several videos or skeletons, it is damaged, or as
        `arrange_instances` says.
    """
    metadata = get_member(file, "metadata")
    version = _read_version(file, metadata)
    if version >= _NEWEST:
        raise _make_format_error(f"{version:g}")
    frames = _read_records(file, "frames", _FRAMES)
    instances = _read_records(file, "instances", _INSTANCES)
    used = frames[np.isin(frames["frame_id"], instances["frame_id"])]
    skeletons = np.unique(instances["skeleton"])
    check_one_each(len(np.unique(used["video"])), max(len(skeletons), 1))
    with explain_damage(file.filename, _KIND, _JSON_ERRORS):
        described = json.loads(read_attribute(metadata, "json"))
        nodes, limbs = _read_skeleton(described, int(skeletons[0]) if len(skeletons) else 0)
        tracks = [_parse_track(entry) for entry in read_texts(file, "tracks_json")]
    found = _read_instances(file, frames, instances, len(nodes))
    _check_tracks(file, found, len(tracks), len(nodes))
    if version < _CENTERED:
        found.xy[...] -= 0.5
    return arrange_instances(found, tracks, nodes, limbs, n_times)


def _read_version(file: Any, metadata: Any) -> float:
    written = read_attribute(metadata, "format_id")
    if written is None:
        return 1.0
    with explain_damage(file.filename, _KIND, (TypeError, ValueError)):
        return float(written)


def _read_records(
    file: Any, name: str, whole: Sequence[str], real: Sequence[str] = ()
) -> NDArray[Any]:
    """Read a table, once it is sure that it has these columns, of whole or of any numbers."""
    table = read_dataset(file, name)
    kinds = {**dict.fromkeys(whole, "biu"), **dict.fromkeys(real, "fiu")}
    for column, kind in kinds.items():
        if column not in (table.dtype.names or ()) or table.dtype[column].kind not in kind:
            raise _make_damage_error(file, f"has no numbers {column!r} in its {name}")
    return table.ravel()


def _read_instances(
    file: Any, frames: NDArray[Any], instances: NDArray[Any], n_nodes: int
) -> Instances:
    held = instances["point_id_end"].astype(np.intp) - instances["point_id_start"].astype(np.intp)
    if (held != n_nodes).any():
        raise _make_format_error(f"with {held.max()} points of {n_nodes} nodes")
    xy = np.full((len(instances), n_nodes, 2), np.nan)
    score = np.full((len(instances), n_nodes), np.nan)
    predicted = instances["instance_type"] == _PREDICTED
    for key, rows in (("pred_points", predicted), ("points", ~predicted)):
        scored = ["score"] if key == "pred_points" else []
        points = _read_records(file, key, ["visible"], ["x", "y", *scored])
        first = instances["point_id_start"][rows].astype(np.intp)
        if ((first < 0) | (first > len(points) - n_nodes)).any():
            raise _make_damage_error(file, f"has animals whose points are not in its {key}")
        points = points[first[:, np.newaxis] + np.arange(n_nodes)]
        places = np.stack([points["x"], points["y"]], axis=-1)
        xy[rows] = np.where(points["visible"].astype(bool)[..., np.newaxis], places, np.nan)
        if scored:
            score[rows] = points["score"]
    frame = _find_frames(file, frames, instances["frame_id"])
    return Instances(frame, instances["track"].astype(np.intp), predicted, xy, score)


def _find_frames(file: Any, frames: NDArray[Any], wanted: NDArray[np.integer]) -> NDArray[np.intp]:
    """Find the number of the video frame of each instance, which says its row in the file."""
    if not np.isin(wanted, frames["frame_id"]).all():
        raise _make_damage_error(file, "has animals in video frames that it does not have")
    order = np.argsort(frames["frame_id"])
    place = order[np.searchsorted(frames["frame_id"][order], wanted)]
    return np.asarray(frames["frame_idx"][place].astype(np.intp))


def _check_tracks(file: Any, found: Instances, n_tracks: int, n_nodes: int) -> None:
    """Raise if animals are of tracks or in video frames that there cannot be."""
    if (found.track >= n_tracks).any():
        raise _make_damage_error(file, f"has animals of track {found.track.max()} of {n_tracks}")
    if not len(found.frame):
        return
    if found.frame.min() < 0:
        raise _make_damage_error(file, "has animals in video frames before the first")
    last = int(found.frame.max())
    declared = (last + 1) * max(n_tracks, 1) * n_nodes * _BYTES_A_NODE
    most = max(_ALWAYS_ALLOWED, _MOST_SPREAD * os.path.getsize(file.filename))
    check_declared_size(file.filename, f"poses up to video frame {last:,}", declared, most)


def _read_skeleton(
    described: Mapping[str, Any], number: int
) -> tuple[list[str], list[tuple[str, str]]]:
    """Read the nodes and limbs of a skeleton, which number the nodes of the whole file."""
    skeleton = described["skeletons"][number]
    skeleton = skeleton.get("nx_graph", skeleton)
    names = dict(enumerate(str(node["name"]) for node in described["nodes"]))
    nodes = [names[node["id"]] for node in skeleton["nodes"]]
    return nodes, _list_limbs(skeleton, names)


def _parse_track(entry: str) -> str:
    """Parse a track: a number and its name, in JSON."""
    return str(json.loads(entry)[1])


def _list_limbs(skeleton: Mapping[str, Any], names: Mapping[int, str]) -> list[tuple[str, str]]:
    kinds: dict[int, int] = {}
    limbs = []
    for link in skeleton["links"]:
        kind = link["type"]
        if "py/reduce" in kind:  # A kind is spelled out once, and numbered from then on.
            number = int(kind["py/reduce"][1]["py/tuple"][0])
            kinds[len(kinds) + 1] = number
        else:
            number = kinds.get(kind["py/id"], kind["py/id"])
        if number == _LIMB:
            limbs.append((names[link["source"]], names[link["target"]]))
    return limbs


def _make_damage_error(file: Any, found: str) -> ValueError:
    return ValueError(
        explain(
            f"{file.filename!r} {found}.",
            "The tables of a .slp refer to each other by number.",
            [
                "Copy the file again from where it was made.",
                "Open it in SLEAP and export it: File > Export Analysis HDF5.",
            ],
        )
    )


def _make_format_error(found: str) -> ValueError:
    return ValueError(
        explain(
            f"The .slp file is of the format {found}, which is not read.",
            "Its layout is known up to the formats of SLEAP 1.4.",
            [
                "Read it with sleap-io: from_sleap(sleap_io.load_slp(path))",
                "Export it in SLEAP: File > Export Analysis HDF5.",
            ],
        )
    )
