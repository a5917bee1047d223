"""Objects of pynapple as overlays."""

import re
from collections.abc import Iterable, Mapping
from typing import Literal, Protocol, cast, get_args

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.overlays.bodypart import PALETTE, BodypartOverlay
from neurospatial.overlays.confidence import MIN_CONFIDENCE
from neurospatial.overlays.events import EventOverlay
from neurospatial.overlays.head_direction import HeadDirectionOverlay
from neurospatial.overlays.loaders.mask_lost import mask_lost
from neurospatial.overlays.loaders.pixel_map import Calibration, to_environment
from neurospatial.overlays.loaders.plane import select_plane, select_plane_of_parts
from neurospatial.overlays.loaders.pose_overlays import Limbs, make_pose_overlays
from neurospatial.overlays.loaders.poses import Pose
from neurospatial.overlays.position import PositionOverlay
from neurospatial.overlays.time_series import TimeSeriesOverlay
from neurospatial.overlays.validate.options import validate_min_confidence
from neurospatial.validate import validate_choice

Kind = Literal["position", "pose", "head_direction", "time_series", "events"]
"""What an object of pynapple is shown as."""

PynappleOverlay = (
    PositionOverlay | BodypartOverlay | HeadDirectionOverlay | TimeSeriesOverlay | EventOverlay
)

_KEYPOINT = re.compile(r"(?P<part>.+)[ _.](?P<coord>x|y|z|likelihood|confidence|score)", re.I)
_LOADER, _FRAME = "from_pynapple", "The TsdFrame"
_SCORES = ("likelihood", "confidence", "score")
_EVENT_COLORS = ("magenta", *(color for color in PALETTE if color != "fuchsia"))

_KINDS = (
    "A position has the columns x and y, a keypoint such as nose_x and nose_y; a Tsd is a "
    f"signal. Kinds are {', '.join(map(repr, get_args(Kind)))}."
)
_WAYS = (
    "Pass one column for a signal: frame['speed']",
    "Name the columns: TsdFrame(t=t, d=d, columns=['x', 'y'])",
    "Pass kind= where the data can be shown as it.",
    "Pass arrays to the overlays themselves.",
)


class _Series(Protocol):
    """What is asked of a Ts, Tsd or TsdFrame: its times [s], and values and columns."""

    t: NDArray[np.float64]
    values: NDArray[np.float64]
    columns: Iterable[object]


def from_pynapple(
    data: object,
    kind: Kind | None = None,
    *,
    skeleton: Limbs | None = None,
    min_confidence: float = MIN_CONFIDENCE,
    calibration: Calibration | None = None,
    lost: float | None = None,
    plane: str | None = None,
) -> tuple[PynappleOverlay, ...]:
    """Turn an object of pynapple into overlays, times in seconds included.

    What it becomes depends on its class and its columns, in this order:

    - `Ts`: an EventOverlay; `TsGroup`: one for each of its members;
    - `Tsd`: a TimeSeriesOverlay; with ``kind="head_direction"`` (angles [rad]) a
      HeadDirectionOverlay, with ``kind="position"`` (distance along a track) a
      PositionOverlay;
    - `TsdFrame` with columns x and y, among any others: a PositionOverlay (a column
      likelihood, confidence or score is its confidence); with
      ``kind="head_direction"`` (unit vectors) a HeadDirectionOverlay;
    - `TsdFrame` with pairs of columns such as nose_x and nose_y, all of them in
      pairs: a BodypartOverlay; a third column such as nose_likelihood (or
      confidence, score) is the keypoint's confidence;
    - `TsdFrame` of other columns: with ``kind="time_series"`` one
      TimeSeriesOverlay for each, labelled by the column; else an error.

    Parameters
    ----------
    data : pynapple.Ts, Tsd, TsdFrame or TsGroup
    kind : {"position", "pose", "head_direction", "time_series", "events"}, optional
        What to show it as; left out, as listed.
    skeleton : Skeleton or iterable of (str, str), optional
        Limbs of a pose.
    min_confidence : float
        Keypoints and positions with less are gaps.
    calibration : VideoCalibration, Affine2D or callable, optional
        From the coordinates of positions and poses to environment units.
    lost : float, optional
        Both coordinates of what stands for lost tracking in the data: with ``lost=0``
        samples at exactly (0, 0) are gaps.
    plane : str, optional
        Of three coordinates the two that are drawn, the horizontal one first, such
        as "xz"; left out, x and y, where there is no third that changes.

    Returns
    -------
    tuple of overlays

    Raises
    ------
    TypeError
        If it is not from pynapple.
    ValueError
        If it cannot be shown as `kind`, or its columns do not tell what they are.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> like_ts = SimpleNamespace(t=np.array([1.2, 3.4]))  # pynapple.Ts(t=[1.2, 3.4])
    >>> (spikes,) = from_pynapple(like_ts)
    >>> spikes.times
    array([1.2, 3.4])
    """
    if kind is not None:
        validate_choice(kind, get_args(Kind), "kind", _KINDS, how=_WAYS)
    if hasattr(data, "keys") and not hasattr(data, "t"):
        members = cast("Mapping[object, object]", data)
        trains = {str(key): _to_series(members[key]) for key in members.keys()}  # noqa: SIM118 - as pynapple has it
        return _make_event_overlays(trains, data, kind)
    series, shape = _to_series(data), np.shape(getattr(data, "values", ()))
    if not hasattr(data, "values"):
        return _make_event_overlays({"": series}, data, kind)
    if len(shape) == 1:
        return _make_signal_overlay(series, kind, calibration)
    if not hasattr(data, "columns"):
        raise _make_kind_error(f"A {type(data).__name__} of shape {shape} has no columns.")
    columns = dict(zip(map(str, series.columns), np.asarray(series.values).T, strict=True))
    pose = _parse_pose(columns, plane) if kind in (None, "pose") else None
    if pose is not None:
        return make_pose_overlays(
            {"": pose}, series.t, None, skeleton, min_confidence, calibration, lost, _LOADER
        )
    if kind in (None, "position") and {"x", "y"} <= set(columns):
        position = _parse_position(columns, plane)
        found = mask_lost({"": position}, lost, _LOADER, calibrated=calibration is not None)
        (places,) = found[""].places.values()
        least = validate_min_confidence(_LOADER, min_confidence)
        for score in position.confidence.values():
            places = np.where((score < least)[:, np.newaxis], np.nan, places)
        return (PositionOverlay(to_environment(places, calibration), series.t),)
    return _make_frame_overlays(columns, series.t, kind)


def _to_series(data: object) -> _Series:
    if not hasattr(data, "t"):
        raise TypeError(
            explain(
                f"from_pynapple was given a {type(data).__name__}.",
                "It reads times, values and columns as pynapple names them.",
                ["Pass a Ts, Tsd, TsdFrame or TsGroup.", "Pass arrays to the overlays."],
            )
        )
    return cast("_Series", data)


def _make_event_overlays(
    members: Mapping[str, _Series], data: object, kind: Kind | None
) -> tuple[EventOverlay, ...]:
    if kind not in (None, "events"):
        raise _make_kind_error(
            f"A {type(data).__name__} holds times of events, and kind is {kind!r}."
        )
    return tuple(
        EventOverlay(
            series.t,
            color=_EVENT_COLORS[order % len(_EVENT_COLORS)],
            name=f"Events {name}".rstrip(),
        )
        for order, (name, series) in enumerate(members.items())
    )


def _make_signal_overlay(
    series: _Series, kind: Kind | None, calibration: Calibration | None
) -> tuple[PynappleOverlay, ...]:
    if kind in (None, "time_series"):
        return (TimeSeriesOverlay(series.values, series.t),)
    if kind == "head_direction":
        return (HeadDirectionOverlay(series.values, series.t),)
    if kind == "position" and calibration is None:
        return (PositionOverlay(series.values, series.t),)
    calibrated = " with a calibration" if calibration is not None else ""
    raise _make_kind_error(
        f"A {type(series).__name__} has one value per time; kind is {kind!r}{calibrated}."
    )


def _make_frame_overlays(
    columns: Mapping[str, NDArray[np.float64]],
    times: NDArray[np.float64],
    kind: Kind | None,
) -> tuple[PynappleOverlay, ...]:
    if kind == "time_series":
        return tuple(
            TimeSeriesOverlay(values, times, label=name) for name, values in columns.items()
        )
    if not {"x", "y"} <= set(columns) or kind != "head_direction":
        wanted = "" if kind is None else f", and kind is {kind!r}"
        raise _make_kind_error(f"The columns are {', '.join(map(repr, columns))}{wanted}.")
    return (HeadDirectionOverlay(np.stack([columns["x"], columns["y"]], axis=1), times),)


def _parse_position(columns: Mapping[str, NDArray[np.float64]], plane: str | None) -> Pose:
    """Read the columns x and y, and perhaps z and a confidence, as one keypoint."""
    axes = [axis for axis in "xyz" if axis in columns]
    places = select_plane(np.stack([columns[axis] for axis in axes], axis=1), axes, plane, _FRAME)
    scores = [values for name, values in columns.items() if name.lower() in _SCORES]
    return Pose({"": places}, {"": scores[0]} if scores else {})


def _parse_pose(columns: Mapping[str, NDArray[np.float64]], plane: str | None) -> Pose | None:
    """Read columns as keypoints; None unless each is a coordinate or confidence of one."""
    found: dict[str, dict[str, NDArray[np.float64]]] = {}
    for name, values in columns.items():
        matched = _KEYPOINT.fullmatch(name)
        if matched is None:
            return None
        coord = matched["coord"].lower()
        found.setdefault(matched["part"], {})[coord if coord in "xyz" else "confidence"] = values
    if not all({"x", "y"} <= set(coords) for coords in found.values()):
        return None
    return Pose(
        select_plane_of_parts(found, plane, _FRAME),
        {part: coords["confidence"] for part, coords in found.items() if "confidence" in coords},
    )


def _make_kind_error(what: str) -> ValueError:
    return ValueError(explain(what, _KINDS, _WAYS))
