"""Reading values a block of frames at a time."""

from collections.abc import Callable
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from neurospatial.scene import Source

_READ_BYTES = 4_000_000
"""Bytes read at a time: a disk is busy for longer than a read costs, and memory hardly grows."""

Value = TypeVar("Value", bound=np.generic)


class BlockReader(Generic[Value]):
    """Values of one frame after another, read ahead where frames are played in order.

    Parameters
    ----------
    source : Source
        Shape (n_frames, n_values).
    stop : int
        The frame before which reading ahead ends.
    prepare : callable
        What is done with every block that was read, shape (n, n_values).

    Examples
    --------
    >>> from neurospatial.scene import ArraySource
    >>> BlockReader(ArraySource(np.arange(6.0).reshape(3, 2)), 3, np.negative).read_frame(1)
    array([-2., -3.])
    """

    def __init__(
        self,
        source: Source,
        stop: int,
        prepare: Callable[[NDArray[np.generic]], NDArray[Value]],
    ) -> None:
        self._source = source
        self._end = stop
        self._prepare = prepare
        self._length = max(1, _READ_BYTES // (source.shape[1] * source.dtype.itemsize))
        self._start = self._stop = 0
        self._block: NDArray[Value]

    def read_frame(self, frame: int) -> NDArray[Value]:
        """Read one frame, prepared; a block of those after it where they come in order."""
        if not self._start <= frame < self._stop:
            n_ahead = self._length if frame == self._stop else 1
            stop = max(frame + 1, min(frame + n_ahead, self._end))
            self._block = self._prepare(self._source.read(frame, stop))
            self._start, self._stop = frame, stop
        row: NDArray[Value] = self._block[frame - self._start]
        return row
