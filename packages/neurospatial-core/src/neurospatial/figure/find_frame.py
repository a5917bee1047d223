"""Which frame of a scene is meant."""

import numpy as np

from neurospatial.errors import explain
from neurospatial.scene.timeline import Timeline, find_nearest_index

_EDGE = 1e-9
"""Of a step: a time this far beyond half a step is put down to rounding."""


def find_frame(timeline: Timeline, at: float | None) -> int:
    """Find the frame nearest to a time, or of a number where there is no clock.

    Parameters
    ----------
    timeline : Timeline
    at : float or None
        On the clock of the frames; a frame's number from 0 without one. None for the first.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If it lies beyond the first or the last frame by more than half a step.

    Examples
    --------
    >>> find_frame(Timeline(3, 30.0, np.array([10.0, 10.5, 11.0])), 10.6)
    1
    """
    if at is None:
        return 0
    times = timeline.times
    if times is None:
        return _check_number(at, timeline.n_frames)
    step = float(np.median(np.diff(times))) if len(times) > 1 else 0.0
    first, last = float(times[0]), float(times[-1])
    spare = step * (0.5 + _EDGE)
    if not first - spare <= at <= last + spare:
        unit = timeline.unit
        raise ValueError(
            explain(
                f"at={at:g} {unit} is not in the session: "
                f"its frames are from {first:g} to {last:g} {unit}.",
                f"The frame nearest to it is drawn, and none is within half a step "
                f"({step / 2:g} {unit}).",
                [
                    f"Pass a time between {first:g} and {last:g}, on the clock of the frames.",
                    "Leave at out for the first frame.",
                ],
            )
        )
    return int(find_nearest_index(times, np.array([at]))[0])


def _check_number(at: float, n_frames: int) -> int:
    if at == int(at) and 0 <= at < n_frames:
        return int(at)
    raise ValueError(
        explain(
            f"at={at:g} is not the number of a frame: there are {n_frames}, from 0 to "
            f"{n_frames - 1}.",
            "The fields have no clock, so that frames are counted.",
            [
                f"Pass a whole number between 0 and {n_frames - 1}.",
                "Pass frame_times=… to name a frame by its time.",
            ],
        )
    )
