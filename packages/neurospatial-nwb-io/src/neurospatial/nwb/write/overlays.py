"""What was recorded beside the fields, written from overlays: positions, pose, head, camera."""

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING

from numpy.typing import ArrayLike

from neurospatial import Environment
from neurospatial.errors import explain
from neurospatial.nwb.file import extensions
from neurospatial.nwb.file.modules import (
    MODULE,
    check_free,
    check_name,
    checked_nwbfile,
    module_of,
)
from neurospatial.nwb.results.calibration import calibration_table, read_calibration
from neurospatial.nwb.write.pose import pose_pieces
from neurospatial.nwb.write.position import Piece, Place, direction_piece, position_piece
from neurospatial.overlays import (
    BodypartOverlay,
    HeadDirectionOverlay,
    PositionOverlay,
    VideoCalibration,
    VideoOverlay,
)

if TYPE_CHECKING:
    from pynwb import NWBFile
    from pynwb.core import NWBContainer

__all__ = ["read_calibration", "write_overlays"]

# Now, for it must be known before the file is opened that poses are written to.
extensions.load(extensions.POSE)


def write_overlays(
    nwbfile: "NWBFile",
    env: Environment,
    overlays: Iterable[
        PositionOverlay | BodypartOverlay | HeadDirectionOverlay | VideoOverlay | VideoCalibration
    ],
    *,
    frame_times: ArrayLike | None = None,
    module: str = MODULE,
) -> "tuple[NWBContainer, ...]":
    """Put what overlays show into an NWB file, each as the type that NWB has for it.

    A PositionOverlay becomes a SpatialSeries in a Position, a HeadDirectionOverlay one in a
    CompassDirection (radians), a BodypartOverlay a PoseEstimation of ndx-pose with its
    Skeleton, and the calibration of a camera, by itself or of a VideoOverlay, a table that
    `read_calibration` reads. Each has the name of its overlay. What only concerns drawing,
    such as colours, is not kept; neither are the pictures of a camera.

    Parameters
    ----------
    nwbfile : pynwb.NWBFile
        Made or read with pynwb, or given by `edit_nwb`.
    env : Environment
        Whose units and origin the positions have.
    overlays : iterable
        PositionOverlay, BodypartOverlay, HeadDirectionOverlay, VideoOverlay with a
        calibration, or VideoCalibration.
    frame_times : array-like, shape (n_frames,), optional
        The times [s] of overlays that have none of their own.
    module : str
        The processing module, made where there is none.

    Returns
    -------
    tuple of pynwb.core.NWBContainer
        What was added for each overlay.

    Raises
    ------
    TypeError
        If an overlay is of another kind.
    ValueError
        If data and times do not fit, a name is taken, or there is no calibration.
        Nothing is added then.
    RuntimeError
        If a file was opened before ndx_pose was imported, which poses need (importing this
        function imports it).

    Examples
    --------
    >>> from datetime import datetime, timezone
    >>> from pynwb import NWBFile
    >>> nwbfile = NWBFile("a session", "id", datetime.now(timezone.utc))
    >>> env = Environment.from_mask([[True, True]], [[0, 1], [0, 1, 2]], units="cm")
    >>> rat = PositionOverlay([[0.5, 0.5], [0.5, 1.5]], times=[0.0, 0.1], name="rat")
    >>> (series,) = write_overlays(nwbfile, env, [rat])
    >>> series.unit, series.rate
    ('centimeters', 10.0)
    """
    nwbfile = checked_nwbfile(nwbfile)
    place = Place(nwbfile, env, module, frame_times)
    listed = list(overlays)
    for overlay in listed:
        check_name(getattr(overlay, "name", "unnamed"))
    pieces = [_pieces(place, overlay) for overlay in listed]
    _check_names(place, [piece for some in pieces for piece in some])
    for some in pieces:
        for piece in some:
            _add(place, piece)
    return tuple(some[0].thing for some in pieces)


def _pieces(place: Place, overlay: object) -> list[Piece]:
    """Make what is to be added for one overlay, itself first."""
    if isinstance(overlay, PositionOverlay):
        return [position_piece(place, overlay)]
    if isinstance(overlay, HeadDirectionOverlay):
        return [direction_piece(place, overlay)]
    if isinstance(overlay, BodypartOverlay):
        extensions.check_loaded(place.nwbfile, extensions.POSE, "PoseEstimation")
        return pose_pieces(place, overlay)
    if isinstance(overlay, VideoCalibration):
        return [Piece(calibration_table(overlay, "camera_calibration", place.unit))]
    if isinstance(overlay, VideoOverlay) and overlay.calibration is not None:
        name = f"{overlay.name} calibration"
        return [Piece(calibration_table(overlay.calibration, name, place.unit))]
    written = "PositionOverlay, BodypartOverlay, HeadDirectionOverlay, VideoCalibration"
    if isinstance(overlay, VideoOverlay):
        problem = f"VideoOverlay {overlay.name!r} has no calibration."
        why = "Of a camera its calibration is written; its pictures stay in their own file."
        ways = ["Make it with calibration=calibrate_video(...).", "Leave it out."]
        raise ValueError(explain(problem, why, ways))
    raise TypeError(
        explain(
            f"A {type(overlay).__name__} is not written.",
            f"These have a type of their own in NWB: {written}.",
            ["Leave it out.", "Add it with pynwb, as a TimeSeries or TimeIntervals."],
        )
    )


def _check_names(place: Place, pieces: list[Piece]) -> None:
    names: set[tuple[str, str]] = set()
    for piece in pieces:
        key = (piece.inside, piece.thing.name)
        if key in names:
            raise ValueError(
                explain(
                    f"Two overlays are called {piece.thing.name!r}.",
                    "In a file each has a name of its own.",
                    ["Name them: PositionOverlay(..., name='rat 1')."],
                )
            )
        names.add(key)
        if piece.inside:
            _check_holder(place, piece)
        else:
            check_free(place.nwbfile, place.module, piece.thing.name)


def _check_holder(place: Place, piece: Piece) -> None:
    held = place.held(piece.inside)
    if held is None:
        return
    if type(held).__name__ != piece.inside:
        check_free(place.nwbfile, place.module, piece.inside)
    if piece.thing.name in {child.name for child in held.children}:
        raise ValueError(
            explain(
                f"There is a {type(piece.thing).__name__} {piece.thing.name!r} in "
                f"{place.module}/{piece.inside} already.",
                "Nothing in a file is replaced.",
                ["Give the overlay another name=.", "Pass another module=…."],
            )
        )


def _add(place: Place, piece: Piece) -> None:
    module = module_of(place.nwbfile, place.module)
    if not piece.inside:
        module.add(piece.thing)
        return
    if piece.inside not in module.data_interfaces:
        module.add(_holder(piece.inside))
    holder = module[piece.inside]
    if piece.inside == "Skeletons":
        holder.add_skeletons(piece.thing)
    else:
        holder.add_spatial_series(piece.thing)


def _holder(kind: str) -> "NWBContainer":
    where = "ndx_pose" if kind == "Skeletons" else "pynwb.behavior"
    return getattr(import_module(where), kind)(name=kind)
