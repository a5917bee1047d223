"""The data's clock and the playback clock."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

_MOST_DECIMALS = 12
"""Of a label: what differs by less than a picosecond is written out in full."""


@dataclass(frozen=True, eq=False)
class Timeline:
    """When each frame was recorded, and how fast frames are played.

    Parameters
    ----------
    n_frames : int
        Number of frames.
    fps : float
        Frames played per second.
    times : ndarray, shape (n_frames,), or None
        The data's clock [`unit`]; None when the fields carry no clock.
    labels : sequence of str, or None
        The caller's own label of each frame.
    zero : str or None
        The date at 0 of the data's clock; None where it counts from no date.
    unit : str
        Of the data's clock: "s", or "ms" of a neuron's voltage.

    Examples
    --------
    >>> Timeline(3, 30.0, np.array([0.0, 0.5, 1.0])).label(1)
    't = 0.5 s'
    >>> Timeline(3, 30.0).label(1)
    'Frame 2 / 3'
    """

    n_frames: int
    fps: float
    times: NDArray[np.float64] | None = None
    labels: Sequence[str] | None = None
    zero: str | None = None
    unit: str = "s"

    def __post_init__(self) -> None:
        if self.labels is not None:
            object.__setattr__(self, "labels", tuple(map(str, self.labels)))

    @property
    def duration(self) -> float:
        """Playing time [s]."""
        return self.n_frames / self.fps

    @cached_property
    def clock(self) -> NDArray[np.float64]:
        """The data's clock [`unit`]; where there is none, the playback clock [s] from zero."""
        return np.arange(self.n_frames) / self.fps if self.times is None else self.times

    def label(self, frame: int) -> str:
        """Text shown with a frame: the caller's, else the session time, else the number."""
        if self.labels is not None:
            return self.labels[frame]
        if self.times is not None:
            return f"t = {self._format_time(float(self.times[frame]))} {self.unit}"
        return f"Frame {frame + 1} / {self.n_frames}"

    @property
    def strip_axis_label(self) -> str:
        """What stands along the time axis of the strips, with the date that times count from."""
        label = f"Time from this frame [{'s' if self.times is None else self.unit}]"
        return label if self.zero is None else f"{label}, t from {self.zero}"

    @cached_property
    def _format_time(self) -> Callable[[float], str]:
        """How times are written: with the fewest decimals that tell all of them apart."""
        if self.times is None or self.n_frames < 2:
            return "{:.2f}".format
        step = (self.times[-1] - self.times[0]) / (self.n_frames - 1)
        usual = int(np.clip(np.ceil(-np.log10(step)), 1, 4))
        closest = float(np.diff(self.times).min())
        for decimals in range(usual, _MOST_DECIMALS + 1):
            write = f"{{:.{decimals}f}}".format
            # Rounding brings two together by one last digit at most: a million need no writing.
            if closest > 1.5 * 10.0**-decimals:
                return write
            if len({write(time) for time in self.times.tolist()}) == self.n_frames:
                return write
        return repr


def find_nearest_index(
    times: NDArray[np.float64], wanted: NDArray[np.float64]
) -> NDArray[np.intp]:
    """Find the index of the time nearest to each of those wanted.

    Parameters
    ----------
    times : ndarray, shape (n,)
        Increasing.
    wanted : ndarray, shape (k,)

    Examples
    --------
    >>> find_nearest_index(np.array([0.0, 1.0, 4.0]), np.array([-1.0, 0.6, 2.4, 9.0]))
    array([0, 1, 1, 2])
    """
    return np.searchsorted((times[1:] + times[:-1]) / 2, wanted)
