"""Reading values a block of frames at a time."""

from collections.abc import Callable
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from neurospatial.scene import SelectedSource, Source

_READ_BYTES = 4_000_000
"""Bytes read at a time: a disk is busy for longer than a read costs, and memory hardly grows."""

Value = TypeVar("Value", bound=np.generic)


class BlockReader(Generic[Value]):
    """Values of one frame after another, read ahead where frames are played in order.

    A row that several frames show is read and prepared once, as long as they follow one another.

    Parameters
    ----------
    source : Source
        Shape (n_rows, n_values).
    frame_index : ndarray of int, shape (n_frames,), or None
        The row of each frame; -1 for none. None where there is a row for each.
    stop : int
        The frame before which reading ahead ends.
    prepare : callable
        What is done with every block that was read, shape (n, n_values).

    Examples
    --------
    >>> from neurospatial.scene import ArraySource
    >>> rows = ArraySource(np.arange(6.0).reshape(3, 2))
    >>> BlockReader(rows, None, 3, np.negative).read_frame(1)
    array([-2., -3.])
    >>> slow = BlockReader(rows, np.array([0, 0, 2, -1]), 4, np.negative)
    >>> slow.read_frame(1), slow.read_frame(3)
    (array([-0., -1.]), None)
    """

    def __init__(
        self,
        source: Source,
        frame_index: NDArray[np.intp] | None,
        stop: int,
        prepare: Callable[[NDArray[np.generic]], NDArray[Value]],
    ) -> None:
        self._source = source
        self._index = np.arange(source.shape[0]) if frame_index is None else frame_index
        self._changes = np.cumsum(np.diff(self._index, prepend=-1) != 0)
        self._end = stop
        self._prepare = prepare
        self._length = max(1, _READ_BYTES // (source.shape[1] * source.dtype.itemsize))
        self._next = 0
        self._places: dict[int, int] = {}
        self._block: NDArray[Value]

    def find_row(self, frame: int) -> int:
        """Find the row that a frame shows; -1 for none."""
        return int(self._index[frame])

    def is_shown_on(self, frame: int) -> bool:
        """Tell whether the next frame shows the same row."""
        return frame + 1 < len(self._index) and self.find_row(frame) == self.find_row(frame + 1)

    def read_frame(self, frame: int) -> NDArray[Value] | None:
        """Read one frame, prepared; None where it shows no row.

        A block of the rows after it is read as well where frames come in order.
        """
        row, in_order = self.find_row(frame), frame == self._next
        self._next = frame + 1
        if row < 0:
            return None
        if row not in self._places:
            rows = self._choose_rows(frame, self._length if in_order else 1)
            self._block = self._prepare(SelectedSource(self._source, rows).read(0, len(rows)))
            self._places = {number: place for place, number in enumerate(rows.tolist())}
        values: NDArray[Value] = self._block[self._places[row]]
        return values

    def _choose_rows(self, frame: int, most: int) -> NDArray[np.intp]:
        """Choose the rows of a frame and of those that follow, each once, in order."""
        stop = int(np.searchsorted(self._changes, self._changes[frame] + most))
        rows = np.unique(self._index[frame : max(frame + 1, min(stop, self._end))])
        return rows[rows >= 0]
