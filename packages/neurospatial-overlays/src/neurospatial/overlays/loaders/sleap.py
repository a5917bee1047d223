"""SLEAP's analysis files as overlays."""

import json
import os
from collections.abc import Mapping, Sequence
from importlib import import_module

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.overlays.bodypart import BodypartOverlay
from neurospatial.overlays.loaders.pixel_map import Calibration
from neurospatial.overlays.loaders.pose_file import check_pose_file, make_missing_library_error
from neurospatial.overlays.loaders.pose_overlays import Limbs, make_pose_overlays
from neurospatial.overlays.loaders.poses import split_individuals
from neurospatial.overlays.loaders.sample_times import compute_sample_times

_AXES = ("frame", "track", "node", "xy")
_OLD_AXES = ("track", "xy", "node", "frame")
_KEYS = ("tracks", "point_scores", "track_names", "node_names", "edge_names")

_Stored = NDArray[np.generic]


def from_sleap(
    path: str | os.PathLike[str],
    *,
    fps: float | None = None,
    times: ArrayLike | None = None,
    individual: str | Sequence[str] | None = None,
    skeleton: Limbs | None = None,
    min_confidence: float = 0.0,
    calibration: Calibration | None = None,
) -> tuple[BodypartOverlay, ...]:
    """Read a SLEAP analysis file: one pose overlay for each track.

    Coordinates are pixels of the video, y downward; without a calibration they
    are taken as they are.

    Parameters
    ----------
    path : path-like
        Of the ``.h5`` that SLEAP exports as "Analysis HDF5"; not a ``.slp``.
    fps : float, optional
        Video frames per second; the file's first is at 0 s.
    times : array-like, shape (n_samples,), optional
        Instead of `fps`, the time of each [s]. With neither, there is one per field.
    individual : str or sequence of str, optional
        Names of tracks; left out, all. Without tracks, the animal is "individual 0".
    skeleton : Skeleton or iterable of (str, str), optional
        Limbs; left out, the edges of the file.
    min_confidence : float
        Keypoints with a lower score are not drawn. SLEAP's scores are no
        probabilities, and it has left out the worst itself.
    calibration : VideoCalibration, Affine2D or callable, optional
        From pixels to environment units.

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
        If it is not an analysis file, or an option does not fit it.

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
    stored, axes = _read_analysis(path)
    places = _order_axes(stored["tracks"], axes)
    scores = None
    if "point_scores" in stored:
        scores = _order_axes(stored["point_scores"], [axis for axis in axes if axis != "xy"])
    n_samples, n_individuals = places.shape[:2]
    tracks = _read_names(stored, "track_names") or [
        f"individual {k}" for k in range(n_individuals)
    ]
    poses = split_individuals(places, scores, tracks, _read_names(stored, "node_names"))
    limbs = _read_edges(stored) if skeleton is None else skeleton
    clock = compute_sample_times(np.arange(n_samples), fps, times)
    return make_pose_overlays(poses, clock, individual, limbs, min_confidence, calibration)


def _read_analysis(path: str | os.PathLike[str]) -> tuple[dict[str, _Stored], list[str]]:
    """Read what is stored, by name, and the axes of the tracks."""
    check_pose_file(path)
    try:
        h5py = import_module("h5py")
    except ImportError:
        raise make_missing_library_error("h5py", "A SLEAP analysis file is read", "h5py") from None
    if not h5py.is_hdf5(path):
        raise _make_format_error(path, "is no HDF5 file")
    with h5py.File(path, "r") as file:
        if "tracks" not in file or "node_names" not in file:
            raise _make_format_error(path, f"holds {', '.join(sorted(file)) or 'nothing'}")
        stored = {key: file[key][()] for key in _KEYS if key in file}
        written = file["tracks"].attrs.get("dims")
    # Newer versions write the order of the axes; it is fixed in older ones.
    axes = list(_OLD_AXES) if written is None else list(json.loads(written))
    if sorted(axes) != sorted(_AXES) or stored["tracks"].ndim != len(_AXES):
        raise _make_format_error(
            path, f"has tracks of shape {stored['tracks'].shape} with the axes {axes}"
        )
    return stored, axes


def _order_axes(numbers: _Stored, axes: Sequence[str]) -> NDArray[np.float64]:
    """Bring the axes of an array into the order of `_AXES`."""
    order = [axes.index(axis) for axis in _AXES if axis in axes]
    return np.asarray(numbers, dtype=np.float64).transpose(order)


def _read_names(stored: Mapping[str, _Stored], key: str) -> list[str]:
    return [_decode_text(name) for name in stored.get(key, np.empty(0))]


def _read_edges(stored: Mapping[str, _Stored]) -> list[tuple[str, str]]:
    edges = stored.get("edge_names", np.empty(0)).reshape(-1, 2)
    return [(_decode_text(start), _decode_text(stop)) for start, stop in edges]


def _decode_text(written: bytes | str) -> str:
    return written.decode() if isinstance(written, bytes) else str(written)


def _make_format_error(path: str | os.PathLike[str], found: str) -> ValueError:
    return ValueError(
        explain(
            f"{os.fspath(path)!r} {found}.",
            "A SLEAP analysis file is HDF5 and holds tracks and node_names.",
            [
                "Export it in SLEAP: File > Export Analysis HDF5.",
                "On the command line: sleap-convert --format analysis predictions.slp",
            ],
        )
    )
