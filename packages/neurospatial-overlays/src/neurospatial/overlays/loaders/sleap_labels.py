"""Labels of sleap-io, by what they are asked for."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol, TypeGuard

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.overlays.loaders.sleap_instances import (
    Instances,
    TrackedPoses,
    arrange_instances,
)


class _Named(Protocol):
    @property
    def name(self) -> str: ...


class _Skeleton(Protocol):
    @property
    def node_names(self) -> Sequence[str]: ...
    @property
    def edge_names(self) -> Iterable[Sequence[str]]: ...


class _Instance(Protocol):
    @property
    def track(self) -> _Named | None: ...
    @property
    def points(self) -> Any: ...
    def numpy(self) -> NDArray[np.floating]: ...


class _LabeledFrame(Protocol):
    @property
    def frame_idx(self) -> int: ...
    @property
    def video(self) -> object: ...
    @property
    def instances(self) -> Sequence[_Instance]: ...


class Labels(Protocol):
    """What is asked of sleap_io.Labels."""

    @property
    def tracks(self) -> Sequence[_Named]:
        """The animals."""

    @property
    def skeletons(self) -> Sequence[_Skeleton]:
        """Nodes and edges of each kind of animal."""

    @property
    def labeled_frames(self) -> Sequence[_LabeledFrame]:
        """The video frames in which there are animals."""


def is_labels(given: Any) -> TypeGuard[Labels]:
    """Tell whether this is what sleap-io makes of a file."""
    return all(hasattr(given, name) for name in ("labeled_frames", "tracks", "skeletons"))


def read_labels(labels: Labels, n_times: int) -> TrackedPoses:
    """Read poses over time from labels; the parameters are those of `arrange_instances`.

    Raises
    ------
    ValueError
        If they are of several videos or skeletons, or as `arrange_instances` says.
    """
    frames = [frame for frame in labels.labeled_frames if len(frame.instances)]
    n_videos = len({id(frame.video) for frame in frames})
    check_one_each(n_videos, len(labels.skeletons))
    nodes = list(labels.skeletons[0].node_names)
    edges = [(str(first), str(second)) for first, second in labels.skeletons[0].edge_names]
    numbers = {id(track): number for number, track in enumerate(labels.tracks)}
    rows = [(int(frame.frame_idx), animal) for frame in frames for animal in frame.instances]
    xy = np.full((len(rows), len(nodes), 2), np.nan)
    score = np.full((len(rows), len(nodes)), np.nan)
    for row, (_, animal) in enumerate(rows):
        xy[row] = animal.numpy()
        if _is_predicted(animal):
            score[row] = animal.points["score"]
    found = Instances(
        np.array([frame for frame, _ in rows], dtype=np.intp),
        np.array([numbers.get(id(animal.track), -1) for _, animal in rows], dtype=np.intp),
        np.array([_is_predicted(animal) for _, animal in rows], dtype=bool),
        xy,
        score,
    )
    return arrange_instances(found, [track.name for track in labels.tracks], nodes, edges, n_times)


def check_one_each(n_videos: int, n_skeletons: int) -> None:
    """Raise if poses are of several videos or of several skeletons.

    Raises
    ------
    ValueError
        With how many there are.
    """
    if n_videos <= 1 and n_skeletons == 1:
        return
    raise ValueError(
        explain(
            f"The project has animals in {n_videos} videos, of {n_skeletons} skeletons.",
            "Poses over time are those of one video, with the same keypoints throughout.",
            [
                "Pass the labels of one video: labels = sleap_io.load_slp(path); "
                "from_sleap(labels.extract([i for i, frame in enumerate(labels) "
                "if frame.video is labels.videos[0]]))",
                "Export one video: sleap-convert --format analysis predictions.slp",
            ],
        )
    )


def _is_predicted(animal: _Instance) -> bool:
    return "score" in (getattr(getattr(animal.points, "dtype", None), "names", None) or ())
