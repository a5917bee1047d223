"""Things that happen at times: spikes, rewards, licks."""

import logging
from collections.abc import Sized
from dataclasses import KW_ONLY, dataclass
from typing import cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.overlays.anchor import resolve_anchor
from neurospatial.overlays.bodypart import BodypartOverlay
from neurospatial.overlays.decay import Decay
from neurospatial.overlays.position import PositionOverlay
from neurospatial.overlays.sampling import time_tolerance
from neurospatial.overlays.validate.check_overlap import warn_far_longer
from neurospatial.scene import Layer, OverlayContext, Points, rgba
from neurospatial.validate import (
    compute_usual_interval,
    guess_event_values,
    validate_event_times,
    validate_positive,
    warn_user,
)
from neurospatial.validate.time_unit import guess_time_unit

_log = logging.getLogger("neurospatial")
_CLASS = "EventOverlay"
_DECAY_INTERVALS = 5.0
"""Frames that a mark lasts by default: long enough to be noticed, at 30 a second."""

_LONE_FRAME = 1.0
"""What a scene of one frame is taken to last [s]."""

_MOST_MARKS = 2**24
"""Of all frames together: about 200 MB."""


@dataclass(eq=False)
class EventOverlay:
    """Marks where the animal was when something happened, fading away.

    An event is drawn at full strength in the first frame at or after it, so that
    none falls between two frames, and fades in the frames that follow. It lies
    where the animal was at the event's own time, between two samples of the
    tracking. Events after the last frame are not drawn, nor those earlier before
    the first one than frames are apart, nor those without a place. On a track
    drawn as a line, marks stand on the axis of distance.

    Parameters
    ----------
    times : array-like, shape (n_events,)
        When they happened, on the data's clock [s], in any order; or a Ts of pynapple.
    positions : array-like, shape (n_events, n_dims), optional
        Where, in environment units; on a track, distances (n_events,) do too.
        Left out, where the animal was.
    color : str or tuple
        Any colour of matplotlib.
    size : float
        Diameter in points.
    decay : float, optional
        Seconds of the data's clock until a mark is gone; left out, five usual
        intervals between frames.
    anchor : PositionOverlay or BodypartOverlay, optional
        Whose place is marked; left out, that of the animal in the scene.
    name : str
        What viewers list it as.

    Examples
    --------
    >>> from neurospatial.layouts import RegularGrid
    >>> grid = RegularGrid((np.arange(5.0), np.arange(3.0)), np.ones((4, 2), bool))
    >>> clock = np.array([0.0, 1.0, 2.0, 3.0])
    >>> context = OverlayContext(clock, clock, (0.0, 0.0, 4.0, 2.0), grid)
    >>> rewards = EventOverlay([0.5], positions=[(3.0, 1.0)], decay=2.0)
    >>> (marks,) = rewards.layers(context)
    >>> marks.opacity[:, 0]
    array([0. , 1. , 0.5, 0. ], dtype=float32)
    """

    times: ArrayLike
    positions: ArrayLike | None = None
    color: str | tuple[float, ...] = "magenta"
    size: float = 8.0
    decay: float | None = None
    _: KW_ONLY
    anchor: PositionOverlay | BodypartOverlay | None = None
    name: str = "Events"

    def layers(self, context: OverlayContext) -> tuple[Layer, ...]:
        """Lower to one layer of points; to none when there is no event to show.

        Raises
        ------
        ValueError
            If times, size or decay are not as described, there is not one
            position per event, or neither a position nor an animal to follow.

        Warns
        -----
        UserWarning
            If none of the events can be drawn, or too many are seen at once.
        """
        _refuse_groups(self.times)
        times = validate_event_times(self.times, "Event times")
        if len(times):
            self._warn_of_values(times, len(context.field_times))
            warn_far_longer(float(times.min()), float(times.max()), context, self.name)
        validate_positive(self.size, "size", unit="points", owner=_CLASS)
        decay, color = self._resolve_decay(context.times), rgba(self.color)
        if not len(times):
            return ()
        first_frame = _find_first_frames(times, context.times)
        places = self._locate_events(context, times, shown=first_frame >= 0)
        shown = np.flatnonzero((first_frame >= 0) & ~np.isnan(places).any(axis=1))
        if not len(shown):
            self._warn_none(times, context.times, found=int(np.count_nonzero(first_frame >= 0)))
            return ()
        _log.info("%s: %d of %d events are drawn.", self.name, len(shown), len(times))
        shown = shown[np.argsort(times[shown], kind="stable")]
        event_decay = Decay(context.times, first_frame[shown], decay)
        event, strength = event_decay.compute_marks(self._limit_marks(event_decay))
        xy = places[shown].astype(context.dtype)[event]
        xy[event < 0] = np.nan
        return (
            Points(
                name=self.name, xy=xy, color=color, size=float(self.size), opacity=strength, z=3.4
            ),
        )

    def _resolve_decay(self, frame_times: NDArray[np.float64]) -> float:
        if self.decay is None:
            return _DECAY_INTERVALS * _compute_frame_interval(frame_times)
        return validate_positive(self.decay, "decay", unit="seconds", owner=_CLASS)

    def _locate_events(
        self, context: OverlayContext, times: NDArray[np.float64], shown: NDArray[np.bool_]
    ) -> NDArray[np.float64]:
        """Find each event in world coordinates (n_events, 2); NaN for those not shown."""
        places = np.full((len(times), 2), np.nan)
        if self.positions is not None:
            given = context.to_drawable_coordinates(self.positions, "Event positions")
            _check_length(len(given), len(times))
            places[shown] = context.to_world(given[shown])
            return places
        trajectory = resolve_anchor(self, context)
        if trajectory is None:
            raise ValueError(
                explain(
                    f"{len(times)} events have no positions, and there is no animal to follow.",
                    "An event is drawn at a place in the environment.",
                    [
                        "Add the tracking: overlays=[PositionOverlay(positions, times), events]",
                        "Follow an animal that is not drawn: EventOverlay(..., anchor=position)",
                        "Pass positions=, one per event: EventOverlay(times, positions)",
                    ],
                )
            )
        places[shown] = context.to_world(trajectory.interpolate(times[shown]))
        return places

    def _limit_marks(self, event_decay: Decay) -> int:
        """Limit the marks of a frame, one for each event visible, to the memory."""
        n_frames, most = len(event_decay.frame_times), event_decay.max_visible
        n_marks = min(most, max(1, _MOST_MARKS // n_frames))
        if n_marks < most:
            n_never = event_decay.count_never_visible(n_marks)
            n_events = len(event_decay.first_frame)
            warn_user(
                f"{self.name}: up to {most} events are seen at once, and {n_frames} frames hold "
                f"{n_marks} marks each ({_MOST_MARKS} in all). Frames show their latest events: "
                f"{n_never} of {n_events} are left out, others fade early. A shorter decay= "
                f"(now {event_decay.decay:g} s) shows more of them."
            )
        return n_marks

    def _warn_of_values(self, times: NDArray[np.float64], n_fields: int) -> None:
        """Warn of values for each frame, such as counts, that are taken for times."""
        guess = guess_event_values(times, n_fields)
        if guess:
            warn_user(
                f"{self.name}: the times of {len(times):,} events come in no order, from "
                f"{times.min():.4g} to {times.max():.4g}.\n  {guess}"
            )

    def _warn_none(
        self, times: NDArray[np.float64], frame_times: NDArray[np.float64], found: int
    ) -> None:
        """Warn that a picture has no events, and why."""
        text = (
            f"{self.name}: none of {len(times)} events is drawn.\n"
            f"  Event time range: [{times.min():.6g}, {times.max():.6g}] seconds\n"
            f"  Frame time range: [{frame_times[0]:.6g}, {frame_times[-1]:.6g}] seconds\n"
            f"  {found} of them happened while frames are shown; none of these has a place."
        )
        guess = guess_time_unit(np.sort(times), frame_times)
        warn_user(text + (guess and f"\n  {guess}"))


def _refuse_groups(times: object) -> None:
    """Refuse trains of several units, such as a TsGroup of pynapple."""
    if not hasattr(times, "keys") or hasattr(times, "__array__"):
        return
    raise TypeError(
        explain(
            f"Event times are a {type(times).__name__} of {len(cast('Sized', times))} trains.",
            "Marks of one overlay have one colour and one name, so that units stay apart.",
            [
                "One overlay for each: from_pynapple(group), or "
                "[EventOverlay(group[unit], color=...) for unit in ...]",
                "One train alone: EventOverlay(group[unit])",
            ],
        )
    )


def _find_first_frames(
    times: NDArray[np.float64], frame_times: NDArray[np.float64]
) -> NDArray[np.intp]:
    """Find the first frame at or after each event; -1 for those that no frame is near."""
    # A time computed along another way than the frame's own differs by rounding.
    found = np.searchsorted(frame_times, times - time_tolerance(frame_times))
    early = times <= frame_times[0] - _compute_frame_interval(frame_times)
    return np.where(early | (found == len(frame_times)), -1, found)


def _compute_frame_interval(frame_times: NDArray[np.float64]) -> float:
    """Compute the median time between frames [s], of a lone one as well."""
    return compute_usual_interval(frame_times) or _LONE_FRAME


def _check_length(n_positions: int, n_events: int) -> None:
    if n_positions != n_events:
        raise ValueError(
            explain(
                f"There are {n_positions} event positions and {n_events} event times.",
                "Each event happens at one place.",
                ["Pass one position per time.", "Leave positions out to follow the animal."],
            )
        )
