"""DeepLabCut's files as overlays."""

import os
from collections.abc import Sequence
from pathlib import Path

from numpy.typing import ArrayLike

from neurospatial.input import check_input_file
from neurospatial.overlays.bodypart import BodypartOverlay
from neurospatial.overlays.confidence import MIN_CONFIDENCE
from neurospatial.overlays.loaders.dlc_csv import read_csv
from neurospatial.overlays.loaders.dlc_table import KeypointTable, make_table, name_columns
from neurospatial.overlays.loaders.hdf5_file import open_hdf5
from neurospatial.overlays.loaders.pandas_table import read_pandas_table
from neurospatial.overlays.loaders.pixel_map import Calibration
from neurospatial.overlays.loaders.pose_overlays import Limbs, make_pose_overlays
from neurospatial.overlays.loaders.sample_times import compute_sample_times


def from_dlc(
    path: str | os.PathLike[str],
    *,
    fps: float | None = None,
    times: ArrayLike | None = None,
    individual: str | Sequence[str] | None = None,
    skeleton: Limbs | None = None,
    min_confidence: float = MIN_CONFIDENCE,
    calibration: Calibration | None = None,
    lost: float | None = None,
    plane: str | None = None,
) -> tuple[BodypartOverlay, ...]:
    """Read what DeepLabCut found in a video: one pose overlay for each individual.

    Coordinates are pixels of the video, y downward; without a calibration they
    are taken as they are. A ``.csv`` is read with numpy alone, in the separators,
    decimal marks and encodings that spreadsheets save it with; an ``.h5`` with h5py,
    and nothing in it is ever unpickled.

    Parameters
    ----------
    path : path-like
        The ``.csv`` or ``.h5`` that ``analyze_videos`` writes, of one animal or several.
    fps : float, optional
        Video frames per second; the video's first is at 0 s.
    times : array-like, shape (n_samples,), optional
        Instead of `fps`, the time of each [s]. With neither, there is one per field.
    individual : str or sequence of str, optional
        Which animals; left out, all. A file of one animal calls it "individual 0".
    skeleton : Skeleton or iterable of (str, str), optional
        Limbs: these files hold none.
    min_confidence : float
        Keypoints with a lower likelihood are gaps; DeepLabCut's own `pcutoff` is 0.6.
    calibration : VideoCalibration, Affine2D or callable, optional
        From pixels to environment units.
    lost : float, optional
        Both coordinates of what stands for lost tracking in the file: with ``lost=0``
        samples at exactly (0, 0) are gaps.
    plane : str, optional
        Of three coordinates the two that are drawn, the horizontal one first, such
        as "xz"; left out, x and y, where there is no third that changes.

    Returns
    -------
    tuple of BodypartOverlay
        Each with the keypoints that this individual has.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ImportError
        If it is an ``.h5`` and h5py is not installed.
    ValueError
        If it is not such a file or damaged, or an option does not fit it.

    Warns
    -----
    UserWarning
        If names are read in a code page that the file does not say, or many samples look
        like lost tracking.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> lines = ["scorer,me,me", "bodyparts,nose,nose", "coords,x,y", "0,3,4", "1,5,6"]
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "video.csv"
    ...     _ = path.write_text(os.linesep.join(lines))
    ...     (pose,) = from_dlc(path, fps=50)
    >>> pose.times, pose.data["nose"][1]
    (array([0.  , 0.02]), array([5., 6.]))
    """
    check_input_file(path, "Poses are read from a file.")
    is_hdf5 = Path(path).suffix.lower() in (".h5", ".hdf5")
    table = _read_hdf5(path) if is_hdf5 else read_csv(path)
    clock = compute_sample_times(table.frames, fps, times)
    poses = table.to_poses(plane)
    return make_pose_overlays(
        poses, clock, individual, skeleton, min_confidence, calibration, lost, "from_dlc"
    )


def _read_hdf5(path: str | os.PathLike[str]) -> KeypointTable:
    what = "The .h5 of DeepLabCut (its .csv, which holds the same, needs nothing) is read"
    with open_hdf5(path, what) as file:
        table = read_pandas_table(file)
    columns = name_columns(path, table.levels, table.columns)
    return make_table(path, table.index, columns, table.values)
