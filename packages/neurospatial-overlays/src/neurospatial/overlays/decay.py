"""Events that fade over the frames after them: which are visible in which frame, how strongly."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from neurospatial.overlays.sampling import time_tolerance

_BLOCK = 2**20
"""Marks computed at once: about 30 MB of temporary arrays."""


@dataclass(frozen=True, eq=False)
class Decay:
    """Events that appear in a frame and fade in those that follow.

    Parameters
    ----------
    frame_times : ndarray, shape (n_frames,)
        Increasing [s].
    first_frame : ndarray of int, shape (n_events,)
        The frame that each event appears in, never falling.
    decay : float
        Seconds until an event is gone.

    Examples
    --------
    >>> decay = Decay(np.arange(4.0), np.array([0, 0, 2]), 2.0)
    >>> decay.max_visible
    2
    >>> event, strength = decay.compute_marks(2)
    >>> event
    array([[ 0,  1],
           [ 0,  1],
           [ 2, -1],
           [ 2, -1]], dtype=int32)
    >>> strength[:, 0]
    array([1. , 0.5, 1. , 0.5], dtype=float32)
    """

    frame_times: NDArray[np.float64]
    first_frame: NDArray[np.intp]
    decay: float

    @property
    def visible_range(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """First event of each frame and the one after its last, each (n_frames,)."""
        frames = np.arange(len(self.frame_times))
        ends = self.frame_times[self.first_frame] + self.decay - time_tolerance(self.frame_times)
        # At least the frame it appears in, however short the decay.
        gone = np.maximum(np.searchsorted(self.frame_times, ends), self.first_frame + 1)
        first = np.searchsorted(gone, frames, side="right")
        return first, np.searchsorted(self.first_frame, frames, side="right")

    @property
    def max_visible(self) -> int:
        """Largest number of events visible in one frame."""
        first, last = self.visible_range
        return int(np.max(last - first))

    def count_never_visible(self, n_marks: int) -> int:
        """Count the events that no frame has a mark for, when each frame has this many."""
        _, last = self.visible_range
        late = np.arange(len(self.first_frame)) >= last[self.first_frame] - n_marks
        return int(np.count_nonzero(~late))

    def compute_marks(self, n_marks: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Assign the latest events to the marks of each frame, with their strengths.

        Parameters
        ----------
        n_marks : int
            Marks of each frame; an event keeps its mark while it is visible.

        Returns
        -------
        event : ndarray of int32, shape (n_frames, n_marks)
            -1 for none.
        strength : ndarray of float32, shape (n_frames, n_marks)
            From 1, in the frame that an event appears in, down to 0.
        """
        first, last = self.visible_range
        first = np.maximum(first, last - n_marks)
        n_frames = len(self.frame_times)
        event = np.empty((n_frames, n_marks), dtype=np.int32)
        strength = np.empty((n_frames, n_marks), dtype=np.float32)
        step = max(1, _BLOCK // n_marks)
        for start in range(0, n_frames, step):
            block = slice(start, start + step)
            begin, end = first[block, None], last[block, None]
            found = begin + (np.arange(n_marks) - begin) % n_marks
            is_visible = found < end
            found[~is_visible] = -1
            age = self.frame_times[block, None] - self.frame_times[self.first_frame[found]]
            event[block] = found
            strength[block] = np.where(is_visible, np.clip(1.0 - age / self.decay, 0.0, 1.0), 0.0)
        return event, strength
