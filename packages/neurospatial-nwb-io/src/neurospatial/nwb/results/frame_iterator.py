"""Frames handed to a file a few at a time, as it is written."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from hdmf.data_utils import (
    AbstractDataChunkIterator,
    DataChunk,
)
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.nwb.file.datasets import wrap_compressed
from neurospatial.progress import Progress, show_progress
from neurospatial.scene import Source
from neurospatial.validate import to_array

if TYPE_CHECKING:
    from hdmf.backends.hdf5.h5_utils import H5DataIO

_CHUNK = 256 * 1024
"""Bytes of a chunk, the least that is read of a file: one frame is there in a few milliseconds."""
_BLOCK = 8_000_000
"""Bytes handed over at a time: little memory, and some thirty chunks a call."""


class _FrameIterator(AbstractDataChunkIterator):  # type: ignore[misc]
    """What hdmf draws frames from while it writes them."""

    def __init__(
        self,
        frames: Source | Iterator[NDArray[np.generic]],
        shape: tuple[int, int],
        dtype: np.dtype[np.generic],
        progress: Progress,
    ) -> None:
        self.source: Source | None = frames if isinstance(frames, Source) else None
        self._shape, self._dtype = shape, dtype
        blocks = (
            frames
            if not isinstance(frames, Source)
            else _iter_blocks(frames, self._compute_chunk_shape())
        )
        self._chunks = self._iter_chunks(blocks, progress)

    def _compute_chunk_shape(self) -> tuple[int, int]:
        n_frames, n_bins = self._shape
        held = _CHUNK // max(1, n_bins * self._dtype.itemsize)
        return min(max(1, held), n_frames), n_bins

    def _iter_chunks(
        self, blocks: Iterable[NDArray[np.generic]], progress: Progress
    ) -> Iterator[DataChunk]:
        n_frames, done = self._shape[0], 0
        with show_progress(progress, n_frames, "Write") as advance:
            for block in blocks:
                check_block_shape(block.shape, done, self._shape)
                yield DataChunk(block, np.s_[done : done + len(block), :])
                done += len(block)
                advance(len(block))
        if done < n_frames:
            raise _make_count_error(f"The pieces end after {done} frames", n_frames)

    def __iter__(self) -> "_FrameIterator":
        return self

    def __next__(self) -> DataChunk:
        return next(self._chunks)

    def recommended_chunk_shape(self) -> tuple[int, int]:
        """Recommend whole frames, about a quarter of a megabyte of them."""
        return self._compute_chunk_shape()

    def recommended_data_shape(self) -> tuple[int, int]:
        """Recommend all frames."""
        return self._shape

    @property
    def dtype(self) -> np.dtype[np.generic]:
        """Type of the values."""
        return self._dtype

    @property
    def maxshape(self) -> tuple[None, int]:
        """Frames can be added later; bins cannot."""
        return None, self._shape[1]


def compress_frames(
    frames: Source | Iterator[NDArray[np.generic]],
    shape: tuple[int, int],
    dtype: np.dtype[np.generic],
    progress: Progress,
) -> "H5DataIO":
    """Wrap frames so that they are compressed in chunks as they are written.

    Parameters
    ----------
    frames : Source or iterator of ndarray, shape (n, n_bins)
        All frames, or pieces of them in order.
    shape : tuple of int
        Number of frames and of bins.
    dtype : numpy.dtype
    progress : bool or callable
        See `neurospatial.progress`.
    """
    return wrap_compressed(_FrameIterator(frames, shape, dtype, progress))


def check_block_shape(block: tuple[int, ...], done: int, shape: tuple[int, int]) -> None:
    """Raise unless a block holds frames that are still missing.

    Raises
    ------
    ValueError
        If it has another number of bins, or more frames than there are times left.
    """
    n_frames, n_bins = shape
    if len(block) != 2 or block[1] != n_bins:
        raise ValueError(
            explain(
                f"A piece of fields, from frame {done}, has shape {block}.",
                f"The environment has {n_bins} bins.",
                [f"Give pieces of shape (n, {n_bins})."],
            )
        )
    if done + block[0] > n_frames:
        raise _make_count_error(f"The pieces have at least {done + block[0]} frames", n_frames)


def peek_dtype(
    blocks: Iterator[ArrayLike], n_frames: int
) -> tuple[np.dtype[np.generic], Iterator[NDArray[np.generic]]]:
    """Peek at the first of some blocks for its type; return that and all of them, as arrays.

    Raises
    ------
    ValueError
        If there is none.
    """
    arrays = (to_array(block, "fields") for block in blocks)
    first = next(arrays, None)
    if first is None:
        raise _make_count_error("There is no piece", n_frames)
    return first.dtype, chain([first], arrays)


def _iter_blocks(source: Source, chunk: tuple[int, int]) -> Iterator[NDArray[np.generic]]:
    """Read a source a whole number of chunks at a time: a chunk is compressed once."""
    n_frames, n_bins = source.shape
    frame_bytes = max(1, n_bins * source.dtype.itemsize)
    length = max(1, _BLOCK // (frame_bytes * chunk[0])) * chunk[0]
    for start in range(0, n_frames, length):
        yield source.read(start, min(start + length, n_frames))


def _make_count_error(problem: str, n_frames: int) -> ValueError:
    return ValueError(
        explain(
            f"{problem}, and there are {n_frames} times.",
            "Each frame has one time [s].",
            ["Pass as many times as the pieces have frames together."],
        )
    )
