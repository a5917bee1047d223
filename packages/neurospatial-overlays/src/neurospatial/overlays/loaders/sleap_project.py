"""SLEAP's projects and predictions, ``.slp``, by the layout of their HDF5 file."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.overlays.loaders.sleap_instances import (
    Instances,
    TrackedPoses,
    arrange_instances,
)
from neurospatial.overlays.loaders.sleap_labels import check_one_each
from neurospatial.validate import to_text

_NEWEST = 2.0
"""From this number of the format on, files may keep instances otherwise."""

_CENTERED = 1.1
"""From this number of the format on, the centre of the first pixel is (0, 0), not (0.5, 0.5)."""

_PREDICTED = 1
"""Kind of an instance that SLEAP found; a person's is 0."""

_LIMB = 1
"""Kind of a link between nodes that is a limb; 2 is a symmetry."""


def read_project(file: Any, n_times: int) -> TrackedPoses:
    """Read poses over time from an open file; the parameters are those of `arrange_instances`.

    Raises
    ------
    ValueError
        If its format is newer, it has several videos or skeletons, or as
        `arrange_instances` says.
    """
    version = float(file["metadata"].attrs.get("format_id", 1.0))
    if version >= _NEWEST:
        raise _make_format_error(f"{version:g}")
    described = json.loads(to_text(file["metadata"].attrs["json"], "metadata"))
    frames, instances = file["frames"][()], file["instances"][()]
    used = frames[np.isin(frames["frame_id"], instances["frame_id"])]
    skeletons = np.unique(instances["skeleton"])
    check_one_each(len(np.unique(used["video"])), max(len(skeletons), 1))
    skeleton = described["skeletons"][int(skeletons[0]) if len(skeletons) else 0]
    skeleton = skeleton.get("nx_graph", skeleton)
    names = [str(node["name"]) for node in described["nodes"]]
    nodes = [names[node["id"]] for node in skeleton["nodes"]]
    tracks = [_parse_track(to_text(entry, "tracks_json")) for entry in file["tracks_json"][()]]
    found = _read_instances(file, frames, instances, len(nodes))
    if version < _CENTERED:
        found.xy[...] -= 0.5
    return arrange_instances(found, tracks, nodes, _list_limbs(skeleton, names), n_times)


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
        first = instances["point_id_start"][rows].astype(np.intp)
        points = file[key][()][first[:, np.newaxis] + np.arange(n_nodes)]
        places = np.stack([points["x"], points["y"]], axis=-1)
        xy[rows] = np.where(points["visible"][..., np.newaxis], places, np.nan)
        if key == "pred_points":
            score[rows] = points["score"]
    order = np.argsort(frames["frame_id"])
    place = order[np.searchsorted(frames["frame_id"][order], instances["frame_id"])]
    frame = frames["frame_idx"][place].astype(np.intp)
    return Instances(frame, instances["track"].astype(np.intp), predicted, xy, score)


def _parse_track(entry: str) -> str:
    """Parse a track: a number and its name, in JSON."""
    return str(json.loads(entry)[1])


def _list_limbs(skeleton: Mapping[str, Any], names: Sequence[str]) -> list[tuple[str, str]]:
    """List the limbs of a skeleton, whose links number the nodes of the whole file."""
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
