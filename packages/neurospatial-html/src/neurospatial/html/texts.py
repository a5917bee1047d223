"""Lists of strings as compressed chunks."""

import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from neurospatial.errors import get_first_line
from neurospatial.html.arrays import RAW, decompress, make_damaged_error

_ROWS = 4096
"""Strings of a chunk: some tens of KB, of which a player decodes one at a time."""


@dataclass(frozen=True, eq=False)
class ChunkedTexts:
    """Strings that are made a chunk at a time, when one is asked for.

    Parameters
    ----------
    name : str
        Its chunks are ``name/0``, ``name/1`` and so on.
    n : int
        Number of strings.
    text : callable
        Makes string `i`.

    Examples
    --------
    >>> labels = ChunkedTexts("t0", 3, lambda i: f"Frame {i + 1} / 3")
    >>> decode_texts(labels.make_chunk(0))
    ['Frame 1 / 3', 'Frame 2 / 3', 'Frame 3 / 3']
    """

    name: str
    n: int
    text: Callable[[int], str]

    @property
    def n_chunks(self) -> int:
        """Number of chunks."""
        return -(-self.n // _ROWS)

    @property
    def entry(self) -> dict[str, object]:
        """What the header says of them."""
        return {"n": self.n, "rows": _ROWS, "name": self.name}

    def find_first_frame(self, number: int) -> int:
        """Find the frame that needs a chunk first."""
        return number * _ROWS

    def make_chunk(self, number: int) -> bytes:
        """Write one chunk as compressed JSON."""
        start = number * _ROWS
        strings = [self.text(i) for i in range(start, min(start + _ROWS, self.n))]
        # ASCII escapes carry what UTF-8 cannot, such as half of a surrogate pair.
        return bytes([RAW]) + zlib.compress(json.dumps(strings).encode("ascii"))


def decode_texts(chunk: bytes) -> list[str]:
    """Undo `ChunkedTexts.make_chunk`.

    Raises
    ------
    ValueError
        If the chunk is damaged.
    """
    data = decompress(chunk)
    try:
        texts = json.loads(data)
    except (RecursionError, ValueError) as error:
        fault = get_first_line(error)
        raise make_damaged_error(f"A chunk of strings is damaged: {fault}.") from error
    if not (isinstance(texts, list) and all(isinstance(text, str) for text in texts)):
        raise make_damaged_error("A chunk of strings holds something else.")
    return texts
