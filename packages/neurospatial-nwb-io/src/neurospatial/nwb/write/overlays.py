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
    check_name,
    check_name_free,
    get_or_create_module,
    validate_nwbfile,
)
from neurospatial.nwb.results.calibration import build_calibration_table
from neurospatial.nwb.write.pose import make_pose
from neurospatial.nwb.write.position import (
    NewObject,
    WriteTarget,
    make_head_direction,
    make_position,
)
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

# Now, for it must be known before the file is opened that poses are written to.
extensions.load_extensions(extensions.POSE)


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
        The times [s] of overlays that have none of their own; dates, here and in overlays,
        are counted from the file's `timestamps_reference_time`.
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
        If data and times do not fit, a name is taken, there is no calibration, or the
        unit has a character that no file can hold. Nothing is added then.
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
    nwbfile = validate_nwbfile(nwbfile)
    target = WriteTarget(nwbfile, env, module, frame_times)
    listed = list(overlays)
    for overlay in listed:
        check_name(getattr(overlay, "name", "unnamed"))
    objects = [_make_objects(target, overlay) for overlay in listed]
    _check_names(target, [new for some in objects for new in some])
    for some in objects:
        for new in some:
            _add_object(target, new)
    return tuple(some[0].thing for some in objects)


def _make_objects(target: WriteTarget, overlay: object) -> list[NewObject]:
    """Make what is to be added for one overlay, itself first."""
    if isinstance(overlay, PositionOverlay):
        return [make_position(target, overlay)]
    if isinstance(overlay, HeadDirectionOverlay):
        return [make_head_direction(target, overlay)]
    if isinstance(overlay, BodypartOverlay):
        extensions.check_extension_loaded(target.nwbfile, extensions.POSE, "PoseEstimation")
        return make_pose(target, overlay)
    if isinstance(overlay, VideoCalibration):
        return [NewObject(build_calibration_table(overlay, "camera_calibration", target.unit))]
    if isinstance(overlay, VideoOverlay) and overlay.calibration is not None:
        name = f"{overlay.name} calibration"
        return [NewObject(build_calibration_table(overlay.calibration, name, target.unit))]
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


def _check_names(target: WriteTarget, objects: list[NewObject]) -> None:
    names: set[tuple[str, str]] = set()
    for new in objects:
        key = (new.holder, new.thing.name)
        if key in names:
            raise ValueError(
                explain(
                    f"Two overlays are called {new.thing.name!r}.",
                    "In a file each has a name of its own.",
                    ["Name them: PositionOverlay(..., name='rat 1')."],
                )
            )
        names.add(key)
        if new.holder:
            _check_holder(target, new)
        else:
            check_name_free(target.nwbfile, target.module, new.thing.name)


def _check_holder(target: WriteTarget, new: NewObject) -> None:
    existing = target.find_object(new.holder)
    if existing is None:
        return
    if type(existing).__name__ != new.holder:
        check_name_free(target.nwbfile, target.module, new.holder)
    if new.thing.name in {child.name for child in existing.children}:
        raise ValueError(
            explain(
                f"There is a {type(new.thing).__name__} {new.thing.name!r} in "
                f"{target.module}/{new.holder} already.",
                "Nothing in a file is replaced.",
                ["Give the overlay another name=.", "Pass another module=…."],
            )
        )


def _add_object(target: WriteTarget, new: NewObject) -> None:
    module = get_or_create_module(target.nwbfile, target.module)
    if not new.holder:
        module.add(new.thing)
        return
    if new.holder not in module.data_interfaces:
        module.add(_make_holder(new.holder))
    holder = module[new.holder]
    if new.holder == "Skeletons":
        holder.add_skeletons(new.thing)
    else:
        holder.add_spatial_series(new.thing)


def _make_holder(kind: str) -> "NWBContainer":
    where = "ndx_pose" if kind == "Skeletons" else "pynwb.behavior"
    return getattr(import_module(where), kind)(name=kind)
