"""Frame numbers where times belong, and the camera's clock that makes times of them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.nwb.file.time_series import TimeSeries, get_shape, read_times

_FEWEST = 30
"""Samples: of fewer, whole seconds and frame numbers cannot be told apart."""


@dataclass(frozen=True, eq=False)
class CameraClock:
    """When each frame of a camera was taken.

    Parameters
    ----------
    fps : float or None
        Frames per second, the first at 0 s.
    times : ndarray, shape (n_frames,), or None
        Of each frame [s], where there is no rate.

    Examples
    --------
    >>> CameraClock(fps=25.0).to_times(np.array([0.0, 50.0]), "nose")
    array([0., 2.])
    """

    fps: float | None = None
    times: NDArray[np.float64] | None = None

    def to_times(self, frames: NDArray[np.float64], name: str) -> NDArray[np.float64]:
        """Convert frame numbers (n_samples,), from 0 or from 1, to times [s]; NaN stays NaN.

        Raises
        ------
        ValueError
            If there is a frame without a time.
        """
        if self.times is None:
            return np.asarray(frames / (self.fps or 1.0))
        known = np.isfinite(frames)
        numbers = frames[known].astype(np.intp)
        count = len(self.times)
        if len(numbers) and numbers.min() >= 1 and numbers.max() == count:
            numbers = numbers - 1
        if len(numbers) and (numbers.min() < 0 or numbers.max() >= count):
            raise ValueError(
                explain(
                    f"{name} has the frames {numbers.min()} … {numbers.max()}, and camera_times "
                    f"has {count} times.",
                    "Each frame of the camera was taken at one time; the first is frame 0.",
                    ["Pass a time for each frame of the film.", "Pass camera_fps= instead."],
                )
            )
        when = np.full(len(frames), np.nan)
        when[known] = self.times[numbers]
        return when


def read_sample_times(series: TimeSeries, camera: CameraClock | None) -> NDArray[np.float64]:
    """Read the time of each sample [s]; frame numbers, or none at all, by the camera's clock.

    Parameters
    ----------
    series : TimeSeries
    camera : CameraClock or None
        None leaves times as the file has them.

    Raises
    ------
    ValueError
        If the series has neither timestamps nor a rate, or a frame has no time.
    """
    times = read_times(series)
    if camera is None:
        return times
    if not np.isfinite(times).any():
        return camera.to_times(np.arange(get_shape(series)[0], dtype=np.float64), series.name)
    return camera.to_times(times, series.name) if is_frame_numbers(times) else times


def is_frame_numbers(times: NDArray[np.float64]) -> bool:
    """Tell whether times look like the numbers of frames: whole, and mostly one apart.

    Examples
    --------
    >>> is_frame_numbers(np.arange(100.0)), is_frame_numbers(np.arange(100) / 30)
    (True, False)
    """
    finite = times[np.isfinite(times)]
    if len(finite) < _FEWEST or not np.array_equal(finite, np.round(finite)):
        return False
    return bool(np.median(np.diff(finite)) == 1)


def describe_frame_numbers(
    path: str, times: NDArray[np.float64], other: NDArray[np.float64], what: str
) -> str:
    """Describe times that look like frame numbers; empty where they do not.

    Parameters
    ----------
    path : str
        Whose times they are.
    times : ndarray, shape (n_samples,)
    other : ndarray, shape (n,)
        Times [s] on a clock that is right, increasing.
    what : str
        Whose those are.

    Examples
    --------
    >>> describe_frame_numbers("nose", np.arange(1500.0), np.arange(1500) / 25, "positions")[:60]
    'nose has the whole numbers 0 … 1499 as times, and positions '
    """
    if not is_frame_numbers(times) or is_frame_numbers(other) or len(other) < 2:
        return ""
    span = float(other[-1] - other[0])
    rate = np.ptp(times[np.isfinite(times)]) / span if span > 0 else 0.0
    guess = f"camera_fps={rate:.4g}, with which they last as long" if rate > 1 else "camera_fps="
    return (
        f"{path} has the whole numbers {np.nanmin(times):.6g} … {np.nanmax(times):.6g} as times, "
        f"and {what} are from {other[0]:.6g} s to {other[-1]:.6g} s: they look like frame "
        f"numbers. If they are, pass {guess}, or camera_times= [s] of the frames."
    )
