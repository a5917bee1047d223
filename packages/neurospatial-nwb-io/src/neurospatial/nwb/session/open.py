"""From an NWB file to a session."""

from collections.abc import Sequence
from math import isfinite
from typing import Literal, TypeVar, cast

from numpy.typing import ArrayLike

from neurospatial.errors import explain
from neurospatial.nwb.file.open import NWBInput, open_nwb
from neurospatial.nwb.file.session_clock import to_session_seconds
from neurospatial.nwb.file.tree import Container
from neurospatial.nwb.read.camera_clock import CameraClock
from neurospatial.nwb.read.head_direction import DirectionsLike
from neurospatial.nwb.read.position import MIN_CONFIDENCE
from neurospatial.nwb.read.position_candidates import PositionLike
from neurospatial.nwb.read.units import SpikesByUnit
from neurospatial.nwb.session.contents import Contents
from neurospatial.nwb.session.selection import Selection
from neurospatial.nwb.session.session import Session
from neurospatial.overlays.loaders.pixel_map import Calibration, PixelMap
from neurospatial.overlays.validate.options import validate_min_confidence
from neurospatial.validate import to_number, validate_positive, validate_times

Given = TypeVar("Given")


def read_session(
    nwb: NWBInput,
    *,
    position: PositionLike | None = None,
    plane: str | None = None,
    units: str | None = None,
    convert_to: str | None = None,
    head_direction: DirectionsLike | None = None,
    clockwise: bool | None = None,
    angle_origin: float | None = None,
    pose: str | Sequence[str] | bool | None = None,
    video: str | bool | None = None,
    spikes: str | SpikesByUnit | None = None,
    calibration: Calibration | Literal[False] | None = None,
    lost: float | None = None,
    min_confidence: float = MIN_CONFIDENCE,
    camera_fps: float | None = None,
    camera_times: ArrayLike | None = None,
) -> Session:
    """Open a session; what is in it is read when it is asked for.

    Data are found by their neurodata type, wherever they lie. Where several may
    be meant, the error lists them and what to pass. A name is the path within
    the file, or the end of it: "led" for "processing/behavior/Position/led".

    Parameters
    ----------
    nwb : path-like, binary file-like or pynwb.NWBFile
        In HDF5; what is kept in Zarr is to be exported to HDF5 first.
    position : str, sequence of str, or pynapple.TsdFrame, optional
        Name of a series, or of what holds it; several series, one per axis; or
        the samples themselves.
    plane : str, optional
        Which axes to draw where there are three, the horizontal one first, as in "xz".
    units : str, optional
        Unit of the positions, where the file does not say it or is wrong: "m", "cm", "px".
    convert_to : str, optional
        Unit of length to have the positions in, as in "cm".
    head_direction : str, pynapple.Tsd, or False, optional
        Name of a series; or angles [rad]; False for none.
    clockwise : bool, optional
        Whether its angles grow clockwise in the plane of the positions. Left
        out, they do not, but for a rotation about an axis seen from below.
    angle_origin : float, optional
        Where its angle 0 points [rad]; left out, along the first axis.
    pose : str, sequence of str, or False, optional
        Name of a PoseEstimation, or of several, one an animal; False for none.
    video : str or False, optional
        Name of an ImageSeries whose pictures lie in files.
    spikes : str, pynapple.TsGroup, or mapping of array-like, optional
        Name of a table of units; or spike times [s] by unit.
    calibration : VideoCalibration, Affine2D, callable, or False, optional
        Takes positions, poses and head directions that are in pixels to the environment,
        where y is up; its unit is then that of `convert_to`. Left out, the one that the file
        keeps, if it keeps one; without any, or with False, pixels are shown with y downward.
    lost : float, optional
        Samples that are exactly this along each axis are lost ones, as 0 in some trackers.
    min_confidence : float
        Samples of keypoints with less confidence are lost ones.
    camera_fps : float, optional
        Frames per second of the camera, where the times of positions, head directions or
        keypoints are frame numbers, or not there.
    camera_times : array-like, shape (n_frames,), optional
        When each frame of the camera was taken [s], instead of `camera_fps`.

    Returns
    -------
    Session
        To be closed, or used in a with statement.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    OSError
        If the file is cut off or damaged.
    IsADirectoryError
        If it is a folder.
    ValueError
        If it is not an NWB file, is damaged, has nothing of a name, or `camera_fps` or
        `camera_times` are no clock.

    Examples
    --------
    >>> import numpy as np
    >>> from datetime import UTC, datetime
    >>> from pynwb import NWBFile
    >>> from pynwb.behavior import Position, SpatialSeries
    >>> nwbfile = NWBFile("a walk", "1", datetime(2026, 1, 1, tzinfo=UTC))
    >>> places = SpatialSeries(
    ...     name="led",
    ...     data=np.random.default_rng(0).uniform(0, 0.8, (3000, 2)),
    ...     unit="meters",
    ...     rate=30.0,
    ...     reference_frame="a corner",
    ... )
    >>> nwbfile.add_acquisition(Position(spatial_series=places))
    >>> nwbfile.add_unit(spike_times=[1.0, 2.5], id=7)
    >>> with read_session(nwbfile, convert_to="cm") as session:
    ...     env = session.environment(bin_size=10)
    ...     list(session.units), session.place_fields(7, env).shape
    ([7], (64,))
    """
    file = open_nwb(nwb)
    try:
        selection = Selection(
            _decode(position),
            _decode(head_direction),
            _decode(spikes),
            _decode(pose),
            _decode(video),
            _decode(plane),
            _decode(units),
            _decode(convert_to),
            clockwise,
            angle_origin,
            _validate_calibration(calibration),
            _validate_lost(lost),
            validate_min_confidence("read_session", min_confidence),
            _make_camera_clock(camera_fps, camera_times, file.root),
        )
        contents = Contents(file, selection)
        contents.choose_named()
    except BaseException:
        file.close()
        raise
    return Session(contents)


def _validate_calibration(
    calibration: Calibration | Literal[False] | None,
) -> Calibration | Literal[False] | None:
    if calibration is None or calibration is False or isinstance(calibration, PixelMap):
        return calibration
    if callable(calibration):
        return calibration
    raise TypeError(
        explain(
            f"calibration is a {type(calibration).__name__}.",
            "It takes the pixels of a camera to the environment.",
            [
                "Pass a VideoCalibration: of calibrate_video(...), or kept in a file: "
                "VideoCalibration.load('camera.json')",
                "Pass False to have pixels as they are.",
            ],
        )
    )


def _validate_lost(lost: float | None) -> float | None:
    value = to_number(lost)
    if value is None or (isinstance(value, (int, float)) and isfinite(value)):
        return value
    raise ValueError(
        explain(
            f"lost is {value!r}.",
            "Samples that are exactly this along each axis are lost ones.",
            ["Pass a number, such as lost=0.", "Leave it out: NaN is lost already."],
        )
    )


def _make_camera_clock(
    fps: float | None, times: ArrayLike | None, root: Container
) -> CameraClock | None:
    if fps is not None and times is not None:
        raise ValueError(
            explain(
                "Both camera_fps and camera_times are passed.",
                "Each says when a frame was taken.",
                ["Pass camera_times alone, where they are known.", "Pass camera_fps alone."],
            )
        )
    if times is not None:
        seconds = to_session_seconds(times, "camera_times", root)
        return CameraClock(
            None, validate_times(seconds, seconds.size, "camera_times", of="frames")
        )
    return None if fps is None else CameraClock(validate_positive(fps, "camera_fps", unit="Hz"))


def _decode(name: Given) -> Given:
    """Decode a name that HDF5 gave as bytes; whatever else is passed stays as it is."""
    return cast("Given", name.decode()) if isinstance(name, bytes) else name
