"""The clocks of keypoints: each may have its own, and not all need to meet the frames."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from neurospatial.overlays.validate.check_overlap import check_overlap
from neurospatial.overlays.validate.format_range import format_range
from neurospatial.overlays.validate.untimed_samples import TimedKeypoints
from neurospatial.scene import OverlayContext
from neurospatial.validate import warn_user
from neurospatial.validate.time_unit import guess_time_unit

_ADVICE = (
    "Leave it out of data; the one place of a mark that never moves is repeated for each time."
)


def check_keypoint_clocks(
    clocks: Mapping[str, NDArray[np.float64]], context: OverlayContext, name: str
) -> None:
    """Raise if every clock misses all frames, and warn of those that do where others do not.

    Parameters
    ----------
    clocks : mapping of str to ndarray, shape (n_samples,)
        By what the text calls the keypoint; strictly increasing [s].
    context : OverlayContext
    name : str
        What the text calls the pose.

    Raises
    ------
    ValueError
        If none of them has a time in common with the frames.

    Warns
    -----
    UserWarning
        If some have none, and as `check_overlap` of the others.
    """
    begin, end = context.times[0], context.times[-1]
    missed = {part: x for part, x in clocks.items() if x[-1] < begin or end < x[0]}
    met = {part: x for part, x in clocks.items() if part not in missed} or clocks
    for part, clock in met.items():
        check_overlap(clock, context, part)
    if not missed:
        return
    first, clock = next(iter(missed.items()))
    others = f" nor of {len(missed) - 1} more keypoints" if len(missed) > 1 else ""
    warn_user(
        f"{name}: no sample of {first}{others} lies within the times of the frames: not drawn.\n"
        f"  Time range of {first} ({len(clock)} samples): {_format_seconds(clock)}\n"
        f"  Frame time range: {_format_seconds(context.times)}\n"
        f"  {guess_time_unit(clock, context.times) or _ADVICE}"
    )


def warn_of_untimed(keypoints: TimedKeypoints, name: str) -> None:
    """Warn of samples that were left out because they have no time.

    Warns
    -----
    UserWarning
        With their number, of each clock.
    """
    if keypoints.left_out:
        warn_user(
            f"{name}: {'; '.join(keypoints.left_out)}. They are left out.\n"
            "  Pass the times of these frames, or leave them out before."
        )


def _format_seconds(clock: NDArray[np.float64]) -> str:
    return f"{format_range(float(clock[0]), float(clock[-1]), decimals=3)} seconds"
