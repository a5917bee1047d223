"""Arrays as compressed chunks, each the rows of a stretch of the first axis."""

import sys
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from math import prod
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain

CHUNK_BYTES = 1 << 18
"""Bytes of a chunk, about, before it is compressed: a seek decodes one in some ms."""

WHOLE_BYTES = 1 << 22
"""Bytes of one of what every frame needs whole: to ask a kernel for each takes a while."""

LEVEL = {"uint8": 4, "int32": 6, "float32": 6, "float64": 6}
"""How hard zlib tries: for codes, the usual 6 takes up to four times as long to save 4 %."""

RAW, DIFFERENCE, PLANES, STORED = 0, 1, 2, 3
"""The first byte of a chunk; see `encode` and, for what is not compressed, the pictures."""

_MOST_BYTES = 1 << 28
"""Bytes of a chunk of strings, which the header does not say: ours have some hundred thousand."""

Kind = Literal["uint8", "int32", "float32", "float64"]

FirstFrames: TypeAlias = range | NDArray[np.intp]
"""The frame that needs each row first."""

Read = Callable[[int, int], NDArray[np.generic]]
"""Reads the rows in ``[start, stop)``."""


@dataclass(frozen=True, eq=False)
class ChunkedArray:
    """An array that is read a chunk of rows at a time, when one is asked for.

    Parameters
    ----------
    name : str
        Its chunks are ``name/0``, ``name/1`` and so on.
    dtype : str
    shape : tuple of int
    read : callable
        Reads the rows in ``[start, stop)``, of any type that converts to `dtype`.
    first_frames : range, ndarray of int, or None
        The frame that needs each row first; None where all frames need all rows.
    """

    name: str
    dtype: Kind
    shape: tuple[int, ...]
    read: Read
    first_frames: FirstFrames | None = None

    @property
    def rows(self) -> int:
        """Rows of a chunk; the last one has what is left."""
        n_bytes = WHOLE_BYTES if self.first_frames is None else CHUNK_BYTES
        return max(1, n_bytes // max(1, prod(self.shape[1:]) * np.dtype(self.dtype).itemsize))

    @property
    def n_chunks(self) -> int:
        """Number of chunks."""
        return -(-self.shape[0] // self.rows)

    @property
    def entry(self) -> dict[str, object]:
        """What the header says of it."""
        shape = list(self.shape)
        return {"dtype": self.dtype, "shape": shape, "rows": self.rows, "name": self.name}

    def find_first_frame(self, number: int) -> int:
        """Find the frame that needs a chunk first; -1 when all of them do."""
        if self.first_frames is None:
            return -1
        start = number * self.rows
        return int(min(self.first_frames[start : start + self.rows]))

    def make_chunk(self, number: int) -> bytes:
        """Read, encode and compress one chunk."""
        start = number * self.rows
        rows = self.read(start, min(start + self.rows, self.shape[0]))
        # What is too large for float32 is infinite there, and drawn as such: at the edge.
        with np.errstate(over="ignore"):
            return encode(np.asarray(rows).astype(self.dtype))


def encode(rows: NDArray[np.generic]) -> bytes:
    """Compress rows in the way that makes them smallest.

    Parameters
    ----------
    rows : ndarray of uint8, int32, float32 or float64, shape (n_rows, ...)

    Returns
    -------
    bytes
        One that says how the rest, a zlib stream, is to be read: 0, the rows'
        little-endian bytes in C order; 1, the difference of each row of uint8 to
        the row before, modulo 256, column by column; 2, all first bytes of the
        floats, then all second ones, and so on.

    Examples
    --------
    >>> moving = np.add.outer(np.arange(50), np.arange(40) ** 2 % 97).astype(np.uint8)
    >>> encode(moving)[0]
    1
    >>> np.array_equal(decode(encode(moving), "uint8", moving.shape), moving)
    True
    """
    little = np.ascontiguousarray(rows, dtype=rows.dtype.newbyteorder("<"))
    ways = [(RAW, little)]
    if little.dtype == np.uint8 and len(little) > 1:
        table = little.reshape(len(little), -1)
        change = table.copy()
        change[1:] -= table[:-1]
        ways.append((DIFFERENCE, np.ascontiguousarray(change.T)))
    elif little.dtype.kind == "f":
        planes = little.view(np.uint8).reshape(-1, little.dtype.itemsize)
        ways.append((PLANES, np.ascontiguousarray(planes.T)))
    level = LEVEL[rows.dtype.name]
    packed = (bytes([way]) + zlib.compress(data.tobytes(), level) for way, data in ways)
    return min(packed, key=len)


def decode(chunk: bytes, dtype: Kind, shape: tuple[int, ...]) -> NDArray[np.generic]:
    """Undo `encode`.

    Parameters
    ----------
    chunk : bytes
    dtype : str
    shape : tuple of int
        Of the rows in this chunk.

    Raises
    ------
    ValueError
        If the chunk is damaged, or was written by a later version.
    """
    wanted = prod(shape) * np.dtype(dtype).itemsize
    data = decompress(chunk, wanted)
    flat = np.frombuffer(data, dtype=np.uint8)
    if chunk[0] == DIFFERENCE and dtype != "uint8":
        raise make_damaged_error(f"A chunk of {dtype} is kept as differences, which are of uint8.")
    if chunk[0] == DIFFERENCE:
        table = flat.reshape(-1, shape[0]).T if flat.size else flat
        return np.cumsum(table, axis=0, dtype=np.uint8).reshape(shape)
    if chunk[0] == PLANES:
        flat = np.ascontiguousarray(flat.reshape(np.dtype(dtype).itemsize, -1).T)
    little = flat.reshape(-1).view(np.dtype(dtype).newbyteorder("<"))
    return little.reshape(shape).astype(dtype)


def decompress(chunk: bytes, wanted: int | None = None) -> bytes:
    """Decompress a chunk, or raise when its contents are not `wanted` bytes long.

    No more than that is decompressed, whatever the chunk would become.

    Raises
    ------
    ValueError
        If it is damaged, or holds another number of bytes.
    """
    if not chunk or chunk[0] > STORED:
        fault = f"starts with {chunk[0]}" if chunk else "is empty"
        raise make_damaged_error(f"A chunk of {len(chunk)} bytes {fault}.")
    most = _MOST_BYTES if wanted is None else wanted
    data = chunk[1:] if chunk[0] == STORED else _inflate(chunk, most)
    if len(data) > most:
        raise make_damaged_error(
            f"A chunk of {len(chunk)} bytes holds more than the {most} it should."
        )
    if wanted is not None and len(data) != wanted:
        raise make_damaged_error(f"A chunk holds {len(data)} bytes, and {wanted} are wanted.")
    return data


def _inflate(chunk: bytes, most: int) -> bytes:
    """Inflate a chunk, up to one byte more than `most`."""
    stream = zlib.decompressobj()
    try:
        data = stream.decompress(chunk[1:], min(most, sys.maxsize - 1) + 1)
    except zlib.error as error:
        raise make_damaged_error(f"A chunk of {len(chunk)} bytes is damaged: {error}.") from error
    if not stream.eof and len(data) <= most:
        raise make_damaged_error(f"A chunk of {len(chunk)} bytes is damaged: it is cut short.")
    return data


def make_damaged_error(problem: str) -> ValueError:
    """Make the error for a part of a bundle that cannot be read.

    Examples
    --------
    >>> str(make_damaged_error("A chunk is empty.")).splitlines()[0]
    'A chunk is empty.'
    """
    why = "Every chunk is read as the header describes it."
    how = ["Write the bundle again.", "Fetch the file again: it may be cut short."]
    return ValueError(explain(problem, why, how))
