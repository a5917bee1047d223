"""From an NWB file to a session."""

from neurospatial.nwb.file.open import NWBInput, open_nwb
from neurospatial.nwb.read.head_direction import DirectionsLike
from neurospatial.nwb.read.position_candidates import PositionLike
from neurospatial.nwb.read.units import SpikesByUnit
from neurospatial.nwb.session.contents import Contents
from neurospatial.nwb.session.selection import Selection
from neurospatial.nwb.session.session import Session


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
    pose: str | bool | None = None,
    video: str | bool | None = None,
    spikes: str | SpikesByUnit | None = None,
) -> Session:
    """Open a session; what is in it is read when it is asked for.

    Data are found by their neurodata type, wherever they lie. Where several may
    be meant, the error lists them and what to pass. A name is the path within
    the file, or the end of it: "led" for "processing/behavior/Position/led".

    Parameters
    ----------
    nwb : path-like, binary file-like or pynwb.NWBFile
        HDF5, or a folder of Zarr where hdmf-zarr is installed.
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
    pose : str or False, optional
        Name of a PoseEstimation.
    video : str or False, optional
        Name of an ImageSeries whose pictures lie in files.
    spikes : str, pynapple.TsGroup, or mapping of array-like, optional
        Name of a table of units; or spike times [s] by unit.

    Returns
    -------
    Session
        To be closed, or used in a with statement.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ImportError
        If it is kept in Zarr and hdmf-zarr is not installed.
    OSError
        If the file is cut off or damaged.
    ValueError
        If it is not an NWB file, or has nothing of a name.

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
    selection = Selection(
        position,
        head_direction,
        spikes,
        pose,
        video,
        plane,
        units,
        convert_to,
        clockwise,
        angle_origin,
    )
    contents = Contents(file, selection)
    try:
        contents.choose_named()
    except BaseException:
        file.close()
        raise
    return Session(contents)
