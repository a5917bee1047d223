"""What SLEAP found in a video as overlays."""

import os
from collections.abc import Sequence
from typing import cast

import numpy as np
from numpy.typing import ArrayLike

from neurospatial.overlays.bodypart import BodypartOverlay
from neurospatial.overlays.confidence import MIN_CONFIDENCE
from neurospatial.overlays.loaders.hdf5_file import open_hdf5
from neurospatial.overlays.loaders.pixel_map import Calibration
from neurospatial.overlays.loaders.pose_overlays import Limbs, make_pose_overlays
from neurospatial.overlays.loaders.poses import split_individuals
from neurospatial.overlays.loaders.sample_times import compute_sample_times
from neurospatial.overlays.loaders.sleap_analysis import read_analysis
from neurospatial.overlays.loaders.sleap_instances import TrackedPoses
from neurospatial.overlays.loaders.sleap_labels import Labels, is_labels, read_labels
from neurospatial.overlays.loaders.sleap_project import is_project, read_project

_LOADER = "from_sleap"


def from_sleap(
    path: str | os.PathLike[str] | Labels,
    *,
    fps: float | None = None,
    times: ArrayLike | None = None,
    individual: str | Sequence[str] | None = None,
    skeleton: Limbs | None = None,
    min_confidence: float = MIN_CONFIDENCE,
    calibration: Calibration | None = None,
    lost: float | None = None,
) -> tuple[BodypartOverlay, ...]:
    """Read what SLEAP found in a video: one pose overlay for each track.

    Coordinates are pixels of the video, y downward; without a calibration they
    are taken as they are. Of a project, what a person labelled comes before what
    was predicted for the same animal in the same video frame.

    Parameters
    ----------
    path : path-like or sleap_io.Labels
        A project or its predictions (``.slp``), or the ``.h5`` that SLEAP exports as
        "Analysis HDF5"; or what sleap-io has read from either.
    fps : float, optional
        Video frames per second; the video's first is at 0 s.
    times : array-like, shape (n_samples,), optional
        Instead of `fps`, the time of each video frame [s]. With neither, there is
        one per field.
    individual : str or sequence of str, optional
        Names of tracks; left out, all. Without tracks, the animal is "individual 0".
    skeleton : Skeleton or iterable of (str, str), optional
        Limbs; left out, the edges of the file.
    min_confidence : float
        Keypoints with a lower score are gaps. SLEAP's scores are no probabilities,
        and it has left out the worst itself: 0 draws all.
    calibration : VideoCalibration, Affine2D or callable, optional
        From pixels to environment units.
    lost : float, optional
        Both coordinates of what stands for lost tracking in the file: with ``lost=0``
        samples at exactly (0, 0) are gaps.

    Returns
    -------
    tuple of BodypartOverlay

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ImportError
        If h5py is not installed.
    ValueError
        If it is no such file or damaged, animals cannot be told apart, names do not fit, or an
        option does not fit the file.

    Warns
    -----
    UserWarning
        If tracks have one name (they are numbered), some animals have no track, limbs
        are counted from 1, or many samples look like lost tracking.

    Examples
    --------
    >>> import h5py
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     with h5py.File(f"{folder}/flies.analysis.h5", "w") as file:
    ...         file["tracks"] = np.ones((2, 2, 1, 100))  # tracks, x and y, nodes, frames
    ...         file["node_names"] = [b"thorax"]
    ...         file["track_names"] = [b"female", b"male"]
    ...     overlays = from_sleap(f"{folder}/flies.analysis.h5", fps=25)
    >>> [overlay.name for overlay in overlays]
    ['Pose female', 'Pose male']
    """
    n_times = 0 if times is None else int(np.size(times))
    tracked = _read(path, n_times)
    poses = split_individuals(tracked.places, tracked.scores, tracked.tracks, tracked.nodes)
    limbs = tracked.edges if skeleton is None else skeleton
    clock = compute_sample_times(np.arange(len(tracked.places)), fps, times)
    return make_pose_overlays(
        poses, clock, individual, limbs, min_confidence, calibration, lost, _LOADER
    )


def _read(path: str | os.PathLike[str] | Labels, n_times: int) -> TrackedPoses:
    if is_labels(path):
        return read_labels(path, n_times)
    with open_hdf5(cast("str | os.PathLike[str]", path), "A file of SLEAP is read") as file:
        return read_project(file, n_times) if is_project(file) else read_analysis(file)
