"""Rows of a source kept in chunks, the least recently shown dropped first."""

from collections import OrderedDict
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from neurospatial.backends import large_session_napari_config
from neurospatial.napari.data.prefetch import Prefetcher
from neurospatial.napari.options import NapariOptions
from neurospatial.scene import Source, fits_float32

Values = NDArray[np.float32]

_CHUNK_BYTES = 8_000_000
"""Most bytes of a chunk, as the source stores it: it is read in a fraction of a second."""
_TOTAL_BYTES = 64_000_000
"""Most bytes of all chunks of a layer, as float32: a viewer may grow by less than 100 MB."""


class FrameCache:
    """Values of single frames; chunks around their rows are read in the background.

    A row that is not there is read alone, so that a jump costs one row; the chunk
    that holds it follows. Frames that show one row share it: it is read once.

    Parameters
    ----------
    source : Source
        Shape (n_rows, n_values).
    options : NapariOptions
        `chunk_size` and `max_chunks`; a chunk has 8 MB at most, whatever they say.
    prefetcher : Prefetcher
    limits : tuple of float
        Lowest and highest value of interest. Where float32 does not tell apart what lies
        between them, values are kept as shares of the way from one to the other.
    frame_index : ndarray of int, shape (n_frames,), or None
        The row shown in each frame, -1 for none; None where there is a row for each.
    """

    def __init__(
        self,
        source: Source,
        options: NapariOptions,
        prefetcher: Prefetcher,
        limits: tuple[float, float],
        frame_index: NDArray[np.intp] | None = None,
    ) -> None:
        self._limits = None if fits_float32(*limits) else limits
        self._source, self._prefetcher, self._index = source, prefetcher, frame_index
        self.n_rows: int = source.shape[0]
        self.n_frames: int = self.n_rows if frame_index is None else len(frame_index)
        self.n_values: int = source.shape[1]
        usual = large_session_napari_config(self.n_rows)
        frame_bytes = max(1, self.n_values * source.dtype.itemsize)
        wanted = usual["chunk_size"] if options.chunk_size is None else options.chunk_size
        self.chunk_length: int = max(1, min(wanted, self.n_rows, _CHUNK_BYTES // frame_bytes))
        within = max(2, _TOTAL_BYTES // (self.chunk_length * max(1, self.n_values) * 4))
        self.max_chunks: int = options.max_chunks or min(usual["max_chunks"], within)
        self._chunks: OrderedDict[int, Values] = OrderedDict()
        self._keeping, self._reading = Lock(), Lock()
        self._last: tuple[int, Values] = (-1, np.empty(0, dtype=np.float32))
        self._nothing: Values = np.full(self.n_values, np.nan, dtype=np.float32)

    def find_row(self, frame: int) -> int:
        """Find the row that a frame shows; -1 for none."""
        return frame if self._index is None else int(self._index[frame])

    def read_frame(self, frame: int) -> Values:
        """Read what a frame shows, shape (n_values,): NaN where it shows nothing."""
        row = self.find_row(frame)
        return self._nothing if row < 0 else self._read_row(row)

    def to_values(self, kept: Values) -> NDArray[np.float64]:
        """Convert what `read_frame` reads to the values themselves."""
        if self._limits is None:
            return kept.astype(np.float64)
        low, high = self._limits
        return low + kept.astype(np.float64) * (high - low)

    def load(self, chunk: int) -> None:
        """Read a chunk and keep it; called from the background."""
        if self._get_chunk(chunk) is not None:
            return
        start = chunk * self.chunk_length
        values = self._read(start, min(start + self.chunk_length, self.n_rows))
        with self._keeping:
            self._chunks[chunk] = values
            while len(self._chunks) > self.max_chunks:
                self._chunks.popitem(last=False)

    def _read_row(self, row: int) -> Values:
        last, latest = self._last
        if row == last:
            return latest
        chunk, within = self._get_chunk(row // self.chunk_length), row % self.chunk_length
        values: Values = self._read(row, row + 1)[0] if chunk is None else chunk[within]
        self._last = row, values
        self._prefetcher.request(self, self._choose_next_chunks(row, row - last, chunk is None))
        return values

    def _get_chunk(self, chunk: int) -> Values | None:
        with self._keeping:
            if chunk in self._chunks:
                self._chunks.move_to_end(chunk)
            return self._chunks.get(chunk)

    def _read(self, start: int, stop: int) -> Values:
        # One reader at a time: many kinds of files cannot serve two threads.
        with self._reading:
            read = self._source.read(start, stop)
            if self._limits is not None:
                low, high = self._limits
                read = (read.astype(np.float64) - low) / (high - low)
            with np.errstate(over="ignore"):  # What is too large is drawn as such: at the edge.
                return np.array(read, dtype=np.float32)

    def _choose_next_chunks(self, row: int, moved: int, missing: bool) -> tuple[int, ...]:
        """Choose the chunks to have soon: the row's own, and the one that play comes to next."""
        chunk, within = divmod(row, self.chunk_length)
        wanted = [chunk] if missing else []
        if 0 < moved <= self.chunk_length and 2 * within >= self.chunk_length:
            wanted.append(chunk + 1)
        elif -self.chunk_length <= moved < 0 and 2 * within < self.chunk_length:
            wanted.append(chunk - 1)
        last = (self.n_rows - 1) // self.chunk_length
        return tuple(n for n in wanted if 0 <= n <= last and self._get_chunk(n) is None)
