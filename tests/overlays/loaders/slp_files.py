"""Small ``.slp`` files, by the layout that SLEAP and sleap-io write."""

import json
from pathlib import Path

import h5py
import numpy as np

FRAMES = [("frame_id", "<u8"), ("video", "<u4"), ("frame_idx", "<u8")]
RANGE = [("instance_id_start", "<u8"), ("instance_id_end", "<u8")]
INSTANCES = [
    *(("instance_id", "<i8"), ("instance_type", "u1"), ("frame_id", "<u8"), ("skeleton", "<u4")),
    *(("track", "<i4"), ("from_predicted", "<i8"), ("score", "<f4")),
    *(("point_id_start", "<u8"), ("point_id_end", "<u8"), ("tracking_score", "<f4")),
]
POINT = [("x", "<f8"), ("y", "<f8"), ("visible", "?"), ("complete", "?")]

NODES = ["nose", "neck", "tail"]
"""As the skeleton orders them; the file lists them the other way round."""


def describe(n_nodes: int) -> dict[str, object]:
    """Metadata of a skeleton whose first two nodes, and last two, are joined."""
    limb = {"py/reduce": [{"py/type": "sleap.skeleton.EdgeType"}, {"py/tuple": [1]}]}
    mirror = {"py/reduce": [{"py/type": "sleap.skeleton.EdgeType"}, {"py/tuple": [2]}]}
    last = n_nodes - 1
    links = [{"source": last, "target": last - 1, "type": limb, "key": 0, "edge_insert_idx": 0}]
    links.append({"source": last, "target": 0, "type": mirror, "key": 0})
    links.append({"source": 1, "target": 0, "type": {"py/id": 1}, "key": 0, "edge_insert_idx": 1})
    nodes = [{"id": number} for number in range(n_nodes)[::-1]]
    graph = {"name": "mouse", "num_edges_inserted": 2}
    skeleton = {"directed": True, "multigraph": True, "graph": graph, "links": links}
    names = [{"name": name, "weight": 1.0} for name in NODES[:n_nodes][::-1]]
    return {
        **{"version": "2.0.0", "skeletons": [{**skeleton, "nodes": nodes}], "nodes": names},
        **{"videos": [], "tracks": [], "suggestions": [], "negative_anchors": {}},
        "provenance": {},
    }


def write_slp(
    path: Path,
    animals: list[tuple[int, int, bool, np.ndarray]],
    tracks: tuple[str, ...] = ("a", "b"),
    format_id: float = 1.2,
    videos: dict[int, int] | None = None,
) -> Path:
    """Write animals: video frame, track or -1, whether predicted, points (n, 3: x, y, score).

    A user's point with a score of 0 is one that is not visible.
    """
    numbers = sorted({animal[0] for animal in animals})
    frames = np.zeros(len(numbers), FRAMES + RANGE)
    frames["frame_id"], frames["frame_idx"] = np.arange(len(numbers)), numbers
    frames["video"] = [(videos or {}).get(number, 0) for number in numbers]
    points, predicted, rows = [], [], []
    for number, (frame, track, is_predicted, xys) in enumerate(
        sorted(animals, key=lambda animal: animal[0])
    ):
        into = predicted if is_predicted else points
        first = len(into)
        for x, y, score in xys:
            seen = bool(np.isfinite(x)) and (is_predicted or score > 0)
            into.append((x, y, seen, False) + ((score,) if is_predicted else ()))
        row = (number, int(is_predicted), numbers.index(frame), 0, track, -1, 0.9)
        rows.append((*row, first, len(into), 0.5))
    for start, frame in enumerate(frames):
        mine = [row[0] for row in rows if row[2] == start]
        frame["instance_id_start"], frame["instance_id_end"] = mine[0], mine[-1] + 1
    n_videos = max((videos or {0: 0}).values()) + 1
    with h5py.File(path, "w") as file:
        metadata = file.create_group("metadata")
        metadata.attrs["format_id"] = format_id
        metadata.attrs["json"] = np.bytes_(json.dumps(describe(len(animals[0][3]))))
        file["frames"] = frames
        file["instances"] = np.array(rows, INSTANCES)
        file["points"] = np.array(points, POINT)
        file["pred_points"] = np.array(predicted, [*POINT, ("score", "<f8")])
        file["tracks_json"] = np.array([json.dumps([0, name]) for name in tracks], "S")
        video = {"backend": {"filename": "clip.mp4", "grayscale": True, "bgr": True}}
        file["videos_json"] = np.array([json.dumps(video)] * n_videos, "S")
        file["suggestions_json"] = np.zeros(0)
    return path
