"""The times of video frames."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.validate import to_seconds, validate_positive

_WHY = "Each pose was recorded at one time, on the clock of the fields."
_HOW = (
    "Pass fps=, the camera's video frames per second, counted from 0 s.",
    "Pass times= [s], one per pose.",
    "Pass neither when there is one pose per field.",
)


def compute_sample_times(
    frames: NDArray[np.integer], fps: float | None, times: ArrayLike | None
) -> NDArray[np.float64] | None:
    """Compute the times of samples [s]: as given, or those of video frames at a rate.

    Parameters
    ----------
    frames : ndarray of int, shape (n_samples,)
        The number of each sample's video frame.
    fps : float or None
        Video frames per second, the frame numbered 0 at 0 s.
    times : array-like, shape (n_samples,), or None
        Seconds, or dates.

    Raises
    ------
    ValueError
        If both are given, the rate is not positive, or times are not one per sample.

    Examples
    --------
    >>> compute_sample_times(np.array([0, 1, 5]), 50.0, None)
    array([0.  , 0.02, 0.1 ])
    """
    if fps is not None and times is not None:
        raise _make_clock_error(f"Both fps={fps} and times are given.")
    if times is not None:
        clock = to_seconds(times, "times")
        if clock.shape != frames.shape:
            raise _make_clock_error(
                f"times have shape {clock.shape}, and there are {len(frames)} poses."
            )
        return clock
    if fps is None:
        return None
    return np.asarray(frames / validate_positive(fps, "fps", why=_WHY, how=_HOW), np.float64)


def _make_clock_error(what: str) -> ValueError:
    return ValueError(explain(what, _WHY, _HOW))
