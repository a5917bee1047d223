"""What an NWB file holds that an animation needs, in lines."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from neurospatial.nwb.file.open import NWBInput, open_nwb
from neurospatial.nwb.file.time_series import as_series, read_times, read_unit, read_values
from neurospatial.nwb.read.camera_clock import describe_frame_numbers
from neurospatial.nwb.read.epochs import Epochs
from neurospatial.nwb.read.head_direction import find_direction_candidates
from neurospatial.nwb.read.pose import Pose, find_pose_candidates, read_pose
from neurospatial.nwb.read.position import Positions, read_candidate
from neurospatial.nwb.read.units import SpikeTrains
from neurospatial.nwb.read.video import find_video_candidates, read_video
from neurospatial.nwb.results.environment import find_environment_tables, load_environment
from neurospatial.nwb.results.rate_maps_read import read_rate_map_table
from neurospatial.nwb.session.contents import Contents
from neurospatial.nwb.session.overlays import describe_pose_times
from neurospatial.nwb.session.rate_map_report import describe_rate_maps
from neurospatial.nwb.session.selection import Selection
from neurospatial.validate.time_unit import guess_time_unit

Found = TypeVar("Found")

_MANY_LOST = 0.05
"""Share of lost samples above which a field may have holes where the animal was."""
_MANY_AT_ONE = 0.02
"""Share of samples at exactly 0 or -1 above which they are no places, but marks of lost ones."""
_FEWEST_SPIKES = 20
"""Of fewer it cannot be told on which clock they are."""
_SHOWN = 6
"""Names or intervals in a line: more do not fit a terminal of 80 columns."""


@dataclass
class Report:
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

    def attempt(self, ask: Callable[[], Found]) -> Found | None:
        """Attempt a reading, and keep what is warned of or raised."""
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                return ask()
            except (KeyError, OSError, TypeError, ValueError) as error:
                self.suspicious.append(error)
                return None
            finally:
                self.suspicious += [x.message for x in caught if isinstance(x.message, Warning)]


def describe(nwb: NWBInput) -> Report:
    """Describe an NWB file; positions, angles, intervals and rate maps are read, nothing else is.

    Parameters
    ----------
    nwb : path-like, binary file-like or pynwb.NWBFile

    Raises
    ------
    FileNotFoundError, ImportError, OSError, ValueError
        As `read_session`, where it cannot be opened.
    """
    report = Report()
    with open_nwb(nwb) as file:
        contents = Contents(file, Selection())
        positions = _report_positions(contents, report)
        _report_directions(contents, report, positions)
        _report_poses(contents, report, positions)
        _report_videos(contents, report)
        _report_units(contents, report, positions)
        for name, epochs in contents.epochs.items():
            report.lines.append((name, _format_intervals(epochs)))
        _report_results(contents, report)
    return report


def _report_results(contents: Contents, report: Report) -> None:
    """Report what was computed and put into the file."""
    for table in find_environment_tables(contents.root):
        env = report.attempt(partial(load_environment, table.thing))
        if env is not None:
            report.lines.append(("environment", f"{table.path}: {env!r}"))
    for item in contents.items:
        if item.is_a("RateMapTable"):
            report.lines.append(("rate maps", item.path))
            maps = report.attempt(partial(read_rate_map_table, contents.root, item.thing))
            if maps is not None:
                report.lines += report.attempt(partial(describe_rate_maps, maps)) or ()


def _report_positions(contents: Contents, report: Report) -> Positions | None:
    """Report what may be positions; return those that a session would have."""
    for candidate in contents.position_candidates:
        read = report.attempt(partial(read_candidate, candidate, None, 0.0))
        if read is not None:
            report.lines.append(("position", _format_position(read)))
            _doubt_position(read, report)
    return report.attempt(lambda: contents.tracked)


def _format_position(read: Positions) -> str:
    ranges = ", ".join(
        f"{axis} {np.nanmin(column):.4g} … {np.nanmax(column):.4g}"
        for axis, column in zip(read.axes, read.places.T, strict=True)
    )
    lost = np.atleast_1d(np.isnan(read.places).any(axis=1))
    missing = f", {lost.mean():.1%} lost" if lost.any() else ""
    unit = read.units or "(no unit)"
    return f"{read.path}: {_format_clock(read.times)}, {ranges} {unit}{missing}"


def _doubt_position(read: Positions, report: Report) -> None:
    lost = np.atleast_1d(np.isnan(read.places).any(axis=1))
    if lost.mean() > _MANY_LOST:
        report.doubts.append(
            f"{read.path} is lost in {lost.mean():.1%} of the samples, at most for "
            f"{_compute_longest_gap(read.times, lost):.3g} s."
        )
    tracked = read.places[~lost]
    for value in (0.0, -1.0):
        share = float(np.mean((tracked == value).all(axis=1))) if len(tracked) else 0.0
        if share > _MANY_AT_ONE:
            report.doubts.append(
                f"{read.path} is exactly {value:g} along each axis in {share:.1%} of the samples: "
                f"is that how lost ones are marked? If so, pass lost={value:g}."
            )
    steps = np.diff(read.times)
    if len(steps) and steps.max() > max(1.0, 20 * float(np.median(steps))):
        report.doubts.append(
            f"{read.path} has no samples for {steps.max():.3g} s after "
            f"{read.times[int(steps.argmax())]:.6g} s."
        )


def _compute_longest_gap(times: NDArray[np.float64], lost: NDArray[np.bool_]) -> float:
    """Compute how long the longest run of lost samples lasts [s]."""
    edges = np.flatnonzero(np.diff(np.r_[False, lost, False].astype(int)))
    begins, ends = edges[::2], np.minimum(edges[1::2], len(times) - 1)
    return float((times[ends] - times[begins]).max(initial=0.0))


def _report_directions(contents: Contents, report: Report, positions: Positions | None) -> None:
    for item in find_direction_candidates(contents.items):
        series = as_series(item)
        values = report.attempt(partial(read_values, series))
        times = report.attempt(partial(read_times, series))
        if values is not None and times is not None and np.isfinite(values).any():
            unit = read_unit(series) or "(no unit)"
            angles = f"{np.nanmin(values):.3g} … {np.nanmax(values):.3g} {unit}"
            report.lines.append(
                ("head direction", f"{item.path}: {_format_clock(times)}, {angles}")
            )
    if positions is not None:  # Directions are drawn at positions.
        report.attempt(lambda: contents.head_direction)


def _report_poses(contents: Contents, report: Report, positions: Positions | None) -> None:
    for item in find_pose_candidates(contents.items):
        pose = report.attempt(partial(read_pose, item))
        if pose is not None and pose.places:
            clock = next(iter(pose.times.values()))
            parts = f"{len(pose.places)} keypoints ({_abbreviate(list(pose.places))})"
            limbs = f"{len(pose.skeleton.edges)} limbs"
            unit = pose.units or "(no unit)"
            report.lines.append(
                ("pose", f"{item.path}: {parts}, {limbs}, {_format_clock(clock)}, {unit}")
            )
            _doubt_pose(pose, report, positions)


def _doubt_pose(pose: Pose, report: Report, positions: Positions | None) -> None:
    if positions is not None:
        doubt = describe_pose_times(pose, positions)
        report.doubts += [doubt] if doubt else []
    for part, places in pose.places.items():
        share = float(np.mean((places == 0).all(axis=1))) if len(places) else 0.0
        if share > _MANY_AT_ONE:
            report.doubts.append(
                f"{pose.path}/{part} is exactly 0 along each axis in {share:.1%} of the samples: "
                "is that how lost ones are marked? If so, pass lost=0."
            )


def _report_videos(contents: Contents, report: Report) -> None:
    for item in find_video_candidates(contents.items):
        path = contents.path
        video = read_video(item, None if path is None else path.parent)
        names = _abbreviate([file.name for file in video.files])
        report.lines.append(("video", f"{item.path}: {len(video.files)} films ({names})"))
        for file in video.files:
            if not file.is_file():
                report.doubts.append(f"{item.path}: the film {file} is not there.")


def _report_units(contents: Contents, report: Report, positions: Positions | None) -> None:
    trains = report.attempt(lambda: contents.units)
    if trains is None:
        return
    if not isinstance(trains, SpikeTrains) or not len(trains):
        report.lines.append(("units", "none: the file has no sorted spikes"))
        return
    ids = _abbreviate([str(unit) for unit in trains])
    places = [trains.place(unit) for unit in trains]
    counted = [f"{places.count(place)} in {place}" for place in dict.fromkeys(places) if place]
    where = f", {', '.join(counted)}" if counted else ""
    report.lines.append(("units", f"{len(trains)} ({ids}), {trains.n_spikes:,} spikes{where}"))
    if positions is not None:
        _doubt_clocks(trains, report, positions)


def _doubt_clocks(trains: SpikeTrains, report: Report, positions: Positions) -> None:
    """Doubt spikes, or positions, that are not in seconds: both are of one session."""
    read = [report.attempt(partial(trains.__getitem__, unit)) for unit in list(trains)[:_SHOWN]]
    spikes = np.sort(np.concatenate([train for train in read if train is not None]))
    spikes = spikes[np.isfinite(spikes)]
    if len(spikes) < _FEWEST_SPIKES:
        return
    tracked = positions.times
    doubt = guess_time_unit(spikes, tracked, "The spike times", "the times of the positions")
    if not doubt and spikes[-1] - spikes[0] < np.ptp(tracked) / 2:
        doubt = describe_frame_numbers(positions.path, tracked, spikes, "spikes")
    inside = float(np.mean((spikes >= tracked[0]) & (spikes <= tracked[-1])))
    if doubt or not inside:
        report.doubts.append(
            f"The spikes are from {spikes[0]:.6g} s to {spikes[-1]:.6g} s, and the positions from "
            f"{tracked[0]:.6g} s to {tracked[-1]:.6g} s. {doubt}".strip()
        )


def _format_intervals(epochs: Epochs) -> str:
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


def _format_clock(times: NDArray[np.float64]) -> str:
    if len(times) < 2:
        return f"{len(times)} samples"
    rate = 1 / float(np.median(np.diff(times)))
    return f"{len(times):,} samples at {rate:.4g} Hz, {times[0]:.6g} … {times[-1]:.6g} s"


def _abbreviate(names: list[str]) -> str:
    shown = ", ".join(names[:_SHOWN])
    return shown if len(names) <= _SHOWN else f"{shown}, …"
