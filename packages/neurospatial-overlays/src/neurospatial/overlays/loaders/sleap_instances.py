"""Animals that SLEAP found, video frame by video frame, as poses over time."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.validate import warn_user


@dataclass(frozen=True, eq=False)
class TrackedPoses:
    """Poses of a video.

    Parameters
    ----------
    places : ndarray, shape (n_samples, n_tracks, n_nodes, 2)
        Pixels; NaN where a node was not found.
    scores : ndarray, shape (n_samples, n_tracks, n_nodes), or None
        NaN where there is none, as of what a person labelled.
    tracks, nodes : sequence of str
        Their names.
    edges : sequence of (str, str)
        The limbs.
    """

    places: NDArray[np.float64]
    scores: NDArray[np.float64] | None
    tracks: Sequence[str]
    nodes: Sequence[str]
    edges: Sequence[tuple[str, str]]


@dataclass(frozen=True, eq=False)
class Instances:
    """The animals of all video frames, one a row.

    Parameters
    ----------
    frame : ndarray of int, shape (n_instances,)
        Number of the video frame.
    track : ndarray of int, shape (n_instances,)
        Of which track; -1 for none.
    predicted : ndarray of bool, shape (n_instances,)
        Whether SLEAP found it; if not, a person did.
    xy : ndarray, shape (n_instances, n_nodes, 2)
        Pixels; NaN where a node was not found.
    score : ndarray, shape (n_instances, n_nodes)
    """

    frame: NDArray[np.intp]
    track: NDArray[np.intp]
    predicted: NDArray[np.bool_]
    xy: NDArray[np.float64]
    score: NDArray[np.float64]


def arrange_instances(
    found: Instances,
    tracks: Sequence[str],
    nodes: Sequence[str],
    edges: Sequence[tuple[str, str]],
    n_times: int,
) -> TrackedPoses:
    """Sort animals into tracks over the frames of the video.

    Parameters
    ----------
    found : Instances
    tracks, nodes, edges
        As of `TrackedPoses`.
    n_times : int
        Video frames that have a time; there are at least so many samples.

    Raises
    ------
    ValueError
        If there are none, or several in a frame have no track.

    Warns
    -----
    UserWarning
        If some of them have no track, or two in a frame have the same one.
    """
    if not len(found.frame):
        raise _make_error("The file holds no animal in any video frame.")
    track, names = _resolve_tracks(found, tracks)
    n_samples = max(int(found.frame.max()) + 1, n_times)
    shape = (n_samples, len(names), len(nodes))
    places, scores = np.full((*shape, 2), np.nan), np.full(shape, np.nan)
    for predicted in (True, False):  # What a person labelled comes last, and stays.
        rows = np.flatnonzero((found.predicted == predicted) & (track >= 0))
        _warn_twice(found.frame[rows], track[rows], n_samples)
        places[found.frame[rows], track[rows]] = found.xy[rows]
        scores[found.frame[rows], track[rows]] = found.score[rows]
    return TrackedPoses(places, scores, names, nodes, edges)


def _resolve_tracks(
    found: Instances, tracks: Sequence[str]
) -> tuple[NDArray[np.intp], Sequence[str]]:
    """Resolve the track of each; of a lone animal without tracks it is the first."""
    without = found.track < 0
    if not without.any():
        return found.track, tracks
    if without.all():
        crowded = _count_crowded(found)
        if crowded:
            raise _make_error(
                f"{crowded:,} video frames hold several animals, and none has a track."
            )
        return np.zeros(len(found.track), dtype=np.intp), ["individual 0"]
    warn_user(
        f"from_sleap: {np.count_nonzero(without):,} of {len(without):,} animals in the video "
        "frames have no track and are left out. Track them in SLEAP to show them."
    )
    return found.track, tracks


def _count_crowded(found: Instances) -> int:
    """Count the frames with more than one animal of the same origin."""
    both = found.frame * 2 + found.predicted
    return int(np.count_nonzero(np.unique(both, return_counts=True)[1] > 1))


def _warn_twice(frame: NDArray[np.intp], track: NDArray[np.intp], n_samples: int) -> None:
    places, counts = np.unique(track * n_samples + frame, return_counts=True)
    if len(places) < len(frame):
        warn_user(
            f"from_sleap: in {np.count_nonzero(counts > 1):,} video frames a track has several "
            "animals; the last of each is shown."
        )


def _make_error(what: str) -> ValueError:
    return ValueError(
        explain(
            what,
            "Each pose over time is a track.",
            [
                "Track the animals in SLEAP: sleap-track --tracking.tracker ...",
                "Build overlays of arrays: BodypartOverlay({'nose': ...}, times)",
            ],
        )
    )
