"""The chunks of a bundle, by name and in the order in which they are wanted."""

from collections.abc import Callable, Hashable, Iterator
from heapq import merge
from typing import Protocol, TypeVar

from neurospatial.errors import explain, suggest_name
from neurospatial.html.arrays import ChunkedArray, FirstFrames, Kind, Read
from neurospatial.html.pictures import ChunkedPictures
from neurospatial.html.texts import ChunkedTexts
from neurospatial.scene import Image, Raster


class _Chunked(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def n_chunks(self) -> int: ...
    def find_first_frame(self, number: int) -> int: ...
    def make_chunk(self, number: int) -> bytes: ...


_Item = TypeVar("_Item", ChunkedArray, ChunkedTexts, ChunkedPictures)


class ChunkStore:
    """What is cut into chunks; the same thing given twice is kept once.

    Things are told apart by a key, such as the identity of an array, which
    must outlive the store.

    Examples
    --------
    >>> import numpy as np
    >>> store, values = ChunkStore(), np.arange(6, dtype=np.int32)
    >>> for _ in range(2):
    ...     entry = store.add_array("values", "int32", (6,), lambda a, b: values[a:b])
    >>> entry["name"], list(store.iter_names())
    ('a0', ['a0/0'])
    """

    def __init__(self) -> None:
        self._by_key: dict[Hashable, _Chunked] = {}
        self._by_name: dict[str, _Chunked] = {}

    def add_array(
        self,
        key: Hashable,
        dtype: Kind,
        shape: tuple[int, ...],
        read: Read,
        first_frames: FirstFrames | None = None,
    ) -> dict[str, object]:
        """Add an array, and return its entry in the header."""
        return self._add_once(
            ("a", key, dtype), lambda name: ChunkedArray(name, dtype, shape, read, first_frames)
        ).entry

    def add_texts(self, key: Hashable, n: int, text: Callable[[int], str]) -> dict[str, object]:
        """Add strings, and return their entry in the header."""
        return self._add_once(("t", key), lambda name: ChunkedTexts(name, n, text)).entry

    def add_pictures(self, layer: Image, raster: Raster, quality: int | None) -> ChunkedPictures:
        """Add the pictures of a layer."""
        return self._add_once(
            ("i", id(layer), raster), lambda name: ChunkedPictures(name, layer, raster, quality)
        )

    def _add_once(self, key: tuple[Hashable, ...], make: Callable[[str], _Item]) -> _Item:
        if key not in self._by_key:
            made = make(f"{key[0]}{len(self._by_key)}")
            self._by_key[key] = self._by_name[made.name] = made
        return self._by_key[key]  # type: ignore[return-value]

    def iter_names(self) -> Iterator[str]:
        """Name every chunk: first what all frames need, then by the frame that needs it first."""
        held = [
            _iter_chunk_order(place, chunked)
            for place, chunked in enumerate(self._by_name.values())
        ]
        return (name for *_, name in merge(*held))

    def find_first_frame(self, name: str) -> int:
        """Find the frame that needs a chunk first; -1 when all of them do."""
        chunked, number = self._find(name)
        return chunked.find_first_frame(number)

    def make_chunk(self, name: str) -> bytes:
        """Make one chunk.

        Raises
        ------
        KeyError
            If there is none of that name.
        """
        chunked, number = self._find(name)
        return chunked.make_chunk(number)

    def _find(self, name: str) -> tuple[_Chunked, int]:
        of, _, number = name.partition("/")
        chunked = self._by_name.get(of)
        if chunked is None or not number.isdecimal() or int(number) >= chunked.n_chunks:
            available = (
                f"{of}/0 to {of}/{chunked.n_chunks - 1}" if chunked else list(self._by_name)
            )
            raise KeyError(
                explain(
                    f"There is no chunk {name!r}.{suggest_name(name, self._by_name)}",
                    f"The header names what there is: {available}.",
                    ["Ask for 'name/number' with a name and rows of the header."],
                )
            )
        return chunked, int(number)


def _iter_chunk_order(place: int, chunked: _Chunked) -> Iterator[tuple[int, int, int, str]]:
    # Pictures are kept in the order of the recording, and may be shown in another.
    first = sorted(
        (chunked.find_first_frame(number), number) for number in range(chunked.n_chunks)
    )
    for frame, number in first:
        yield frame, place, number, f"{chunked.name}/{number}"
