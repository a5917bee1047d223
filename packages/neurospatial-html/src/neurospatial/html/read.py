"""Reading a bundle back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.html.arrays import Kind, decode, make_damaged_error
from neurospatial.html.bundle import FORMAT, VERSION
from neurospatial.html.check_header import check_header
from neurospatial.html.pictures import decode_picture
from neurospatial.html.texts import decode_texts

Fetch = Callable[[str], bytes]
"""Fetches the chunk of a name."""


@dataclass(frozen=True, eq=False)
class ReadBundle:
    """A bundle's contents, whoever wrote it.

    Parameters
    ----------
    header : mapping
    fetch : callable
        Fetches the chunk of a name.
    """

    header: Mapping[str, object]
    fetch: Fetch

    def array(self, entry: Mapping[str, object]) -> NDArray[np.generic]:
        """Read the array that an entry of the header describes.

        Raises
        ------
        ValueError
            If a chunk is missing, damaged or cut short, or the header declares more
            than there is.
        """
        dtype, shape = cast(Kind, entry["dtype"]), tuple(cast(list[int], entry["shape"]))
        rows, name = cast(int, entry["rows"]), cast(str, entry["name"])
        n_chunks = -(-shape[0] // rows)
        if not n_chunks:
            return _allocate(name, dtype, shape)
        # The last chunk is there, and as long as it should be, only where the shape is right:
        # no memory is asked for before that.
        begin = (n_chunks - 1) * rows
        last = self._decode(name, n_chunks - 1, dtype, (shape[0] - begin, *shape[1:]))
        whole = _allocate(name, dtype, shape)
        whole[begin:] = last
        for number in range(n_chunks - 1):
            part = whole[number * rows : (number + 1) * rows]
            part[:] = self._decode(name, number, dtype, part.shape)
        return whole

    def texts(self, entry: Mapping[str, object]) -> list[str]:
        """Read the strings that an entry of the header describes.

        Raises
        ------
        ValueError
            If a chunk is missing or damaged, or there are not as many as it says.
        """
        n, rows, name = cast(int, entry["n"]), cast(int, entry["rows"]), entry["name"]
        texts: list[str] = []
        for number, start in enumerate(range(0, n, rows)):
            chunk = decode_texts(self._fetch(f"{name}/{number}"))
            if len(chunk) != min(rows, n - start):
                found = f"Chunk '{name}/{number}' holds {len(chunk)} strings"
                raise make_damaged_error(f"{found}, and {min(rows, n - start)} are wanted.")
            texts += chunk
        return texts

    def picture(self, entry: Mapping[str, object], number: int) -> NDArray[np.uint8]:
        """Read one of the pictures that an entry describes, (height, width, 3 or 4).

        Raises
        ------
        ValueError
            If its chunk is missing or damaged.
        """
        return decode_picture(self._fetch(f"{entry['name']}/{number}"))

    def _decode(
        self, name: str, number: int, dtype: Kind, shape: tuple[int, ...]
    ) -> NDArray[np.generic]:
        return decode(self._fetch(f"{name}/{number}"), dtype, shape)

    def _fetch(self, name: str) -> bytes:
        try:
            return self.fetch(name)
        except KeyError as error:
            raise make_damaged_error(
                f"The header names the chunk {name!r}, which is missing."
            ) from error


def _allocate(name: str, dtype: Kind, shape: tuple[int, ...]) -> NDArray[np.generic]:
    try:
        return np.empty(shape, dtype=dtype)
    except (MemoryError, ValueError) as error:
        raise make_damaged_error(f"Array {name!r} has the shape {shape}: {error}.") from error


def read_bundle(header: Mapping[str, object], chunk: Fetch) -> ReadBundle:
    """Open a bundle.

    Parameters
    ----------
    header : mapping
        As `neurospatial.html.Bundle.header`, perhaps from JSON.
    chunk : callable
        Fetches the bytes of a chunk by its name.

    Raises
    ------
    ValueError
        If it is no bundle, one of a later version, or its header is not as
        `bundle.schema.json` says.

    Examples
    --------
    >>> from neurospatial import Environment
    >>> from neurospatial.html import Bundle, BundleOptions
    >>> from neurospatial.scene import compile_scene
    >>> env = Environment.from_mask([[True, True]], [[0, 1], [0, 1, 2]])
    >>> bundle = Bundle(compile_scene(env, [[0.0, 1.0]]), BundleOptions())
    >>> read = read_bundle(bundle.header, bundle.chunk)
    >>> read.texts(read.header["labels"])
    ['Frame 1 / 1']
    """
    given: object = header  # JSON gives anything
    entries = given if isinstance(given, Mapping) else {}
    found = entries.get("format"), entries.get("version")
    if found != (FORMAT, VERSION):
        raise ValueError(
            explain(
                f"The header has format {found[0]!r} and version {found[1]!r}.",
                f"This reads format {FORMAT!r}, version {VERSION}.",
                ["Read it with the version that wrote it.", "Write it again with this one."],
            )
        )
    check_header(header)
    return ReadBundle(header, chunk)
