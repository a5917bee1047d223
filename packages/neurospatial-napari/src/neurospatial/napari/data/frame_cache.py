"""Frames of a source kept in pieces, the least recently shown dropped first."""

from collections import OrderedDict
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from neurospatial.backends import large_session_napari_config
from neurospatial.napari.data.prefetch import ReadAhead
from neurospatial.napari.options import NapariOptions
from neurospatial.scene import Source

Values = NDArray[np.float32]

_PIECE_BYTES = 8_000_000
_ALL_BYTES = 64_000_000


class FrameCache:
    """Gives single frames of values; pieces around them are read in the background.

    A frame that is not there is read alone, so that a jump costs one frame; the
    piece that holds it follows.

    Parameters
    ----------
    source : Source
        Shape (n_frames, n_values).
    options : NapariOptions
        `chunk_size` and `max_chunks`; a piece has 8 MB at most, whatever they say.
    ahead : ReadAhead
    """

    def __init__(self, source: Source, options: NapariOptions, ahead: ReadAhead) -> None:
        self._source, self._ahead = source, ahead
        self.n_frames: int = source.shape[0]
        self.n_values: int = source.shape[1]
        usual = large_session_napari_config(self.n_frames)
        frame_bytes = max(1, self.n_values * source.dtype.itemsize)
        wanted = usual["chunk_size"] if options.chunk_size is None else options.chunk_size
        self.length: int = max(1, min(wanted, self.n_frames, _PIECE_BYTES // frame_bytes))
        within = max(2, _ALL_BYTES // (self.length * max(1, self.n_values) * 4))
        self.max_pieces: int = options.max_chunks or min(usual["max_chunks"], within)
        self._pieces: OrderedDict[int, Values] = OrderedDict()
        self._keeping, self._reading = Lock(), Lock()
        self._last: tuple[int, Values] = (-1, np.empty(0, dtype=np.float32))

    def frame(self, number: int) -> Values:
        """Values of one frame, shape (n_values,)."""
        last, latest = self._last
        if number == last:
            return latest
        piece, within = self._kept(number // self.length), number % self.length
        values: Values = self._read(number, number + 1)[0] if piece is None else piece[within]
        self._last = number, values
        self._ahead.want(self, self._next(number, number - last, piece is None))
        return values

    def load(self, piece: int) -> None:
        """Read a piece and keep it; called from the background."""
        if self._kept(piece) is not None:
            return
        start = piece * self.length
        values = self._read(start, min(start + self.length, self.n_frames))
        with self._keeping:
            self._pieces[piece] = values
            while len(self._pieces) > self.max_pieces:
                self._pieces.popitem(last=False)

    def _kept(self, piece: int) -> Values | None:
        with self._keeping:
            if piece in self._pieces:
                self._pieces.move_to_end(piece)
            return self._pieces.get(piece)

    def _read(self, start: int, stop: int) -> Values:
        # One reader at a time: many kinds of files cannot serve two threads.
        with self._reading:
            return np.array(self._source.read(start, stop), dtype=np.float32)

    def _next(self, number: int, moved: int, missing: bool) -> tuple[int, ...]:
        """Pieces to have soon: that of the frame, and the one that play comes to next."""
        piece, within = divmod(number, self.length)
        wanted = [piece] if missing else []
        if 0 < moved <= self.length and 2 * within >= self.length:
            wanted.append(piece + 1)
        elif -self.length <= moved < 0 and 2 * within < self.length:
            wanted.append(piece - 1)
        last = (self.n_frames - 1) // self.length
        return tuple(n for n in wanted if 0 <= n <= last and self._kept(n) is None)
