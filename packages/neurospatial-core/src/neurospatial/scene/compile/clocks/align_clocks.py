"""One time axis for panels that were recorded at times of their own."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.scene.compile.clocks.check_clocks import (
    check_spans,
    refuse_no_frames,
    refuse_unknown_times,
)
from neurospatial.scene.compile.clocks.clock import read_frame_labels
from neurospatial.scene.compile.panel_spec import PanelClock
from neurospatial.scene.compile.scene_options import Align, SceneOptions
from neurospatial.scene.timeline import Timeline, find_nearest_index
from neurospatial.validate import format_date, to_number, validate_known

_log = logging.getLogger("neurospatial")

_MOST_FRAMES = 10_000_000
"""Frames of one axis: four days of playing at 30 frames a second."""

_SAME = 1e-6
"""Seconds by which times differ that are the same: less than any recording tells apart."""


@dataclass(frozen=True, eq=False)
class PanelFrames:
    """Which of its own frames a panel shows when.

    Parameters
    ----------
    times : ndarray, shape (n_frames,)
        When each frame of the scene was recorded, on the panel's clock [s].
    own_times : ndarray, shape (n_own,)
        The same of each of its own.
    index : ndarray of int, shape (n_frames,), or None
        The own frame shown in each, -1 for none; None where it is frame by frame.
    shift : float
        By how much its clock is later than the scene's [s].
    """

    times: NDArray[np.float64]
    own_times: NDArray[np.float64]
    index: NDArray[np.intp] | None
    shift: float


def align_clocks(
    clocks: Sequence[PanelClock],
    titles: Sequence[str],
    options: SceneOptions,
) -> tuple[Timeline, tuple[PanelFrames, ...]]:
    """Find the time axis of a scene, and what each of its panels shows along it.

    Where all panels have the same times, or none, one frame is one frame. Else the axis is
    the union of their spans, in steps of the smallest median interval of any of them, or of
    ``speed / fps``; each panel shows its nearest frame, and nothing outside of its span.

    Parameters
    ----------
    clocks : sequence of PanelClock
    titles : sequence of str
        What the panels are called.
    options : SceneOptions
        Its fps, speed, frame_labels and align.

    Returns
    -------
    timeline : Timeline
        Of dates, the seconds from the first of them.
    frames : tuple of PanelFrames
        One a panel.

    Raises
    ------
    ValueError
        If the panels have nothing in common that they could be laid beside one another by.
    """
    panels = list(clocks)
    names = [title or f"panel {number}" for number, title in enumerate(titles, 1)]
    refuse_no_frames(panels, names)
    offsets = _find_offsets(panels, titles, options.align)
    moving = [k for k, clock in enumerate(panels) if clock.n_frames > 1 or clock.times is not None]
    shared = _find_shared_clock(panels, moving, offsets)
    if shared is not None:
        return _make_shared_axis(panels, shared, offsets, options)
    refuse_unknown_times([panels[k] for k in moving], [names[k] for k in moving])
    timed = [k for k in moving if panels[k].times is not None]
    spans = {names[k]: _shift(panels[k], offsets[k])[[0, -1]] for k in timed}
    if not isinstance(options.align, Mapping):
        check_spans(spans, is_aligned=options.align is not None)
    return _make_union_axis(panels, offsets, options)


def _find_offsets(
    clocks: Sequence[PanelClock], titles: Sequence[str], align: Align
) -> list[float]:
    """Find the time of each panel's clock that the scene begins to count from."""
    if isinstance(align, Mapping):
        for title in align:
            validate_known(
                str(title),
                [name for name in titles if name],
                "panel",
                "align has the time at which each panel starts.",
                how=["Name the panels by their titles."],
            )
        return [_to_time(align.get(title, 0.0), title) for title in titles]
    if align == "start":
        return [0.0 if clock.times is None else float(clock.times[0]) for clock in clocks]
    return [0.0] * len(clocks)


def _to_time(value: object, title: str) -> float:
    number = to_number(value)
    if isinstance(number, (int, float)) and np.isfinite(number):
        return float(number)
    raise ValueError(
        explain(
            f"align[{title!r}] is {value!r}.",
            "It is the time on the panel's own clock [s] that is laid at 0.",
            ["Pass a finite number of seconds."],
        )
    )


def _find_shared_clock(
    clocks: Sequence[PanelClock], moving: Sequence[int], offsets: Sequence[float]
) -> PanelClock | None:
    """Find the one clock that all panels have; None where there is none."""
    if not moving:
        return clocks[0]
    if len({clocks[k].n_frames for k in moving}) > 1:
        return None
    timed = [k for k in moving if clocks[k].times is not None]
    if not timed:
        return clocks[moving[0]]
    first = clocks[timed[0]]
    for k in timed[1:]:
        moved = _shift(clocks[k], offsets[k])
        if not np.allclose(moved, _shift(first, offsets[timed[0]]), rtol=0, atol=_SAME):
            return None
    return PanelClock(first.n_frames, _shift(first, offsets[timed[0]]), first.is_dated)


def _shift(clock: PanelClock, offset: float) -> NDArray[np.float64]:
    assert clock.times is not None
    return clock.times - offset if offset else clock.times


def _make_shared_axis(
    clocks: Sequence[PanelClock],
    shared: PanelClock,
    offsets: Sequence[float],
    options: SceneOptions,
) -> tuple[Timeline, tuple[PanelFrames, ...]]:
    labels = read_frame_labels(options.frame_labels, shared.n_frames)
    fps, zero, date = float(options.fps), 0.0, None
    times = shared.times
    if times is not None and shared.is_dated and not any(offsets):
        zero, date = float(times[0]), format_date(float(times[0]))
        _log.info("frame_times are dates: 0 s is %s.", date)
        times = times - zero
    timeline = Timeline(shared.n_frames, fps, times, labels, date)
    given, index = timeline, None
    if options.speed is not None:
        timeline, index = resample_timeline(timeline, float(options.speed))
    scene_times, own = _add(timeline.clock, zero), _add(given.clock, zero)
    still = np.zeros(timeline.n_frames, dtype=np.intp)
    moved = {offset: (_add(scene_times, offset), _add(own, offset)) for offset in offsets}
    frames = tuple(
        PanelFrames(
            *moved[offset],
            index if clock.n_frames == shared.n_frames else still,
            zero + offset,
        )
        for clock, offset in zip(clocks, offsets, strict=True)
    )
    return timeline, frames


def _add(times: NDArray[np.float64], offset: float) -> NDArray[np.float64]:
    # The same array where nothing is added: panels share what is aligned with it.
    return times + offset if offset else times


def _make_union_axis(
    clocks: Sequence[PanelClock], offsets: Sequence[float], options: SceneOptions
) -> tuple[Timeline, tuple[PanelFrames, ...]]:
    timed = [k for k, clock in enumerate(clocks) if clock.times is not None]
    moved = {k: _shift(clocks[k], offsets[k]) for k in timed}
    start = min(float(times[0]) for times in moved.values())
    stop = max(float(times[-1]) for times in moved.values())
    fps = float(options.fps)
    step = min((clocks[k].interval for k in timed if clocks[k].interval > 0), default=stop - start)
    if options.speed is not None:
        step = float(options.speed) / fps
    n_steps = np.floor((stop - start) / step + _SAME) if step else 0.0
    if not n_steps < _MOST_FRAMES:
        raise ValueError(_explain_length(stop - start, step))
    axis: NDArray[np.float64] = start + step * np.arange(int(n_steps) + 1, dtype=np.float64)
    labels = read_frame_labels(options.frame_labels, len(axis))
    is_dated = all(clocks[k].is_dated for k in timed) and not any(offsets)
    zero = start if is_dated else 0.0
    date = format_date(zero) if is_dated else None
    timeline = Timeline(len(axis), fps, _add(axis, -zero), labels, date)
    # Panels of one clock share its arrays: what overlays make of them is then made once.
    made: dict[tuple[bytes | None, float], PanelFrames] = {}
    keys = []
    for k, (clock, offset) in enumerate(zip(clocks, offsets, strict=True)):
        keys.append((None if clock.times is None else clock.times.tobytes(), offset))
        if keys[-1] in made:
            continue
        times = _add(axis, offset)
        if clock.times is None:
            own, index = times[:1], np.zeros(len(axis), dtype=np.intp)
        else:
            own, index = clock.times, _find_shown(moved[k], clock.interval or step, axis)
        made[keys[-1]] = PanelFrames(times, own, index, zero + offset)
    return timeline, tuple(made[key] for key in keys)


def _find_shown(
    own: NDArray[np.float64], interval: float, axis: NDArray[np.float64]
) -> NDArray[np.intp]:
    """Find a panel's frame nearest to each time; -1 outside of its span."""
    index = find_nearest_index(own, axis)
    # A frame stands for half an interval to either side; rounding makes no gap between two.
    reach = interval / 2 + _SAME
    outside = (axis < own[0] - reach) | (axis > own[-1] + reach)
    return np.where(outside, -1, index)


def resample_timeline(timeline: Timeline, speed: float) -> tuple[Timeline, NDArray[np.intp]]:
    """Resample the timeline so that recorded time passes at `speed` times its own pace.

    Returns
    -------
    timeline : Timeline
    index : ndarray of int
        The field that is shown in each of its frames.
    """
    times = timeline.times
    if times is None:
        raise ValueError(
            explain(
                f"speed is {speed:g}, but frame_times is not given.",
                "Speed compares the recording's clock with the player's.",
                ["Pass frame_times [s].", "Leave speed out and set fps."],
            )
        )
    step = speed / timeline.fps
    n_steps = np.floor((times[-1] - times[0]) / step)
    if not n_steps < _MOST_FRAMES:
        raise ValueError(_explain_gap(times, speed, n_steps))
    shown = times[0] + step * np.arange(int(n_steps) + 1)
    nearest = find_nearest_index(times, shown)
    labels = timeline.labels
    named = None if labels is None else tuple(labels[i] for i in nearest)
    return Timeline(len(shown), timeline.fps, shown, named, timeline.zero), nearest


def _explain_gap(times: NDArray[np.float64], speed: float, n_steps: float) -> str:
    gaps = np.diff(times)
    number = int(gaps.argmax())
    return explain(
        f"speed={speed:g} asks for {n_steps:.3g} frames of the {times[-1] - times[0]:.6g} s that "
        f"frame_times span; the longest gap, {gaps[number]:.6g} s, is between frames {number} "
        f"and {number + 1}.",
        f"With a speed, gaps are played in full, and {_MOST_FRAMES:,} frames are the most.",
        [
            "Check frame_times: are they seconds, and all of one session?",
            "Cut at the gap, and animate each part.",
            "Raise speed, or lower fps.",
            "Leave speed out: each field is then shown for one frame.",
        ],
    )


def _explain_length(span: float, step: float) -> str:
    return explain(
        f"The panels together span {span:.6g} s, in steps of {step:.6g} s.",
        f"{_MOST_FRAMES:,} frames are the most, and the whole span is played.",
        [
            "Check the times of the panels: are they all seconds, and of one session?",
            "Pass speed=, so that frames are chosen by time.",
            "Pass align='start' to lay the beginnings side by side.",
        ],
    )
