"""What an NWB file holds that an animation needs, said in lines."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from neurospatial.nwb.file.time_series import as_series, read_times, read_values
from neurospatial.nwb.read.epochs import Epochs
from neurospatial.nwb.read.head_direction import direction_candidates
from neurospatial.nwb.read.pose import find_pose, pose_candidates
from neurospatial.nwb.read.position import Positions, read_candidate
from neurospatial.nwb.read.position_candidates import position_candidates
from neurospatial.nwb.read.units import SpikeTrains
from neurospatial.nwb.read.video import find_video, video_candidates
from neurospatial.nwb.results.environment import environment_of, environment_tables
from neurospatial.nwb.session.open import read_session
from neurospatial.nwb.session.session import Session

Found = TypeVar("Found")

_MANY_LOST = 0.05
_MANY_AT_ONE = 0.02
_SHOWN = 6


@dataclass
class Description:
    """Lines about a file, and what to look at before it is animated.

    Parameters
    ----------
    lines : list of (str, str)
        What there is, and what is said of it.
    suspicious : list of Exception or Warning
        What reading it raised or warned of.
    doubts : list of str
        What the numbers themselves give to think.
    """

    lines: list[tuple[str, str]] = field(default_factory=list)
    suspicious: list[Exception | Warning] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def tried(self, ask: Callable[[], Found]) -> Found | None:
        """Ask, and keep what is warned of or raised."""
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                return ask()
            except (KeyError, OSError, TypeError, ValueError) as error:
                self.suspicious.append(error)
                return None
            finally:
                self.suspicious += [x.message for x in caught if isinstance(x.message, Warning)]


def describe(nwb: object) -> Description:
    """Look into an NWB file; positions, angles and intervals are read, nothing else is.

    Parameters
    ----------
    nwb : path-like, binary file-like or pynwb.NWBFile

    Raises
    ------
    FileNotFoundError, ImportError, OSError, ValueError
        As `read_session`, where it cannot be opened.
    """
    told = Description()
    with read_session(nwb) as session:
        _positions(session, told)
        _directions(session, told)
        _poses(session, told)
        _videos(session, told)
        _units(session, told)
        for name, epochs in session.epochs.items():
            told.lines.append((name, _intervals(epochs)))
        _kept(session, told)
    return told


def _kept(session: Session, told: Description) -> None:
    """Name what was computed and put into the file."""
    for table in environment_tables(session.root):
        env = told.tried(partial(environment_of, table.thing))
        if env is not None:
            told.lines.append(("environment", f"{table.path}: {env!r}"))
    told.lines += [("rate maps", x.path) for x in session.items if x.is_a("RateMapTable")]


def _positions(session: Session, told: Description) -> None:
    candidates = position_candidates(session.items)
    for candidate in candidates:
        read = told.tried(partial(read_candidate, candidate, None))
        if read is not None:
            told.lines.append(("position", _position(read)))
            _doubt_positions(read, told)
    told.tried(lambda: session.tracked)


def _position(read: Positions) -> str:
    ranges = ", ".join(
        f"{axis} {np.nanmin(column):.4g} … {np.nanmax(column):.4g}"
        for axis, column in zip(read.axes, read.places.T, strict=True)
    )
    lost = np.atleast_1d(np.isnan(read.places).any(axis=1))
    missing = f", {lost.mean():.1%} lost" if lost.any() else ""
    unit = read.units or "(no unit)"
    return f"{read.path}: {_clock(read.times)}, {ranges} {unit}{missing}"


def _doubt_positions(read: Positions, told: Description) -> None:
    lost = np.atleast_1d(np.isnan(read.places).any(axis=1))
    if lost.mean() > _MANY_LOST:
        told.doubts.append(
            f"{read.path} is lost in {lost.mean():.1%} of the samples, at most for "
            f"{_longest(read.times, lost):.3g} s."
        )
    known = read.places[~lost]
    for value in (0.0, -1.0):
        share = float(np.mean((known == value).all(axis=1))) if len(known) else 0.0
        if share > _MANY_AT_ONE:
            told.doubts.append(
                f"{read.path} is exactly {value:g} along each axis in {share:.1%} of the samples: "
                "is that how lost ones are marked?"
            )
    steps = np.diff(read.times)
    if len(steps) and steps.max() > max(1.0, 20 * float(np.median(steps))):
        told.doubts.append(
            f"{read.path} has no samples for {steps.max():.3g} s after "
            f"{read.times[int(steps.argmax())]:.6g} s."
        )


def _longest(times: NDArray[np.float64], lost: NDArray[np.bool_]) -> float:
    """Give how long the longest run of lost samples lasts [s]."""
    edges = np.flatnonzero(np.diff(np.r_[False, lost, False].astype(int)))
    begins, ends = edges[::2], np.minimum(edges[1::2], len(times) - 1)
    return float((times[ends] - times[begins]).max(initial=0.0))


def _directions(session: Session, told: Description) -> None:
    for item in direction_candidates(session.items):
        series = as_series(item)
        values = told.tried(partial(read_values, series))
        times = told.tried(partial(read_times, series))
        if values is not None and times is not None and np.isfinite(values).any():
            said = (
                f"{np.nanmin(values):.3g} … {np.nanmax(values):.3g} {series.unit or '(no unit)'}"
            )
            told.lines.append(("head direction", f"{item.path}: {_clock(times)}, {said}"))
    if "tracked" in vars(session):  # It can be drawn.
        told.tried(lambda: session.head_direction)


def _poses(session: Session, told: Description) -> None:
    for item in pose_candidates(session.items):
        pose = told.tried(partial(find_pose, [item], None))
        if pose is not None and pose.places:
            clock = next(iter(pose.times.values()))
            parts = f"{len(pose.places)} keypoints ({_some(list(pose.places))})"
            limbs = f"{len(pose.skeleton.edges)} limbs"
            unit = pose.units or "(no unit)"
            told.lines.append(("pose", f"{item.path}: {parts}, {limbs}, {_clock(clock)}, {unit}"))


def _videos(session: Session, told: Description) -> None:
    for item in video_candidates(session.items):
        path = session.path
        video = find_video([item], None, None if path is None else path.parent)
        if video is None:
            continue
        names = _some([file.name for file in video.files])
        told.lines.append(("video", f"{item.path}: {len(video.files)} films ({names})"))
        for file in video.files:
            if not file.is_file():
                told.doubts.append(f"{item.path}: the film {file} is not there.")


def _units(session: Session, told: Description) -> None:
    trains = told.tried(lambda: session.units)
    if not isinstance(trains, SpikeTrains) or not len(trains):
        return
    ids = _some([str(unit) for unit in trains])
    places = [trains.place(unit) for unit in trains]
    counted = [f"{places.count(place)} in {place}" for place in dict.fromkeys(places) if place]
    where = f", {', '.join(counted)}" if counted else ""
    told.lines.append(("units", f"{len(trains)} ({ids}), {trains.n_spikes:,} spikes{where}"))


def _intervals(epochs: Epochs) -> str:
    if not len(epochs):
        return "no intervals"
    spans = f"{epochs.spans.min():.6g} … {epochs.spans.max():.6g} s"
    labelled = [
        f"{label} {start:.6g} … {stop:.6g} s"
        for label, (start, stop) in zip(epochs.labels, epochs.spans, strict=True)
        if label and not label.isdigit()
    ]
    if labelled and len(epochs) <= _SHOWN:
        return ", ".join(labelled)
    return f"{len(epochs)} intervals, {spans}"


def _clock(times: NDArray[np.float64]) -> str:
    if len(times) < 2:
        return f"{len(times)} samples"
    rate = 1 / float(np.median(np.diff(times)))
    return f"{len(times):,} samples at {rate:.4g} Hz, {times[0]:.6g} … {times[-1]:.6g} s"


def _some(names: list[str]) -> str:
    shown = ", ".join(names[:_SHOWN])
    return shown if len(names) <= _SHOWN else f"{shown}, …"
