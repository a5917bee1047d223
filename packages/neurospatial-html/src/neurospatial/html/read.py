"""Reading a bundle back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.html.arrays import Kind, decode
from neurospatial.html.bundle import FORMAT, VERSION
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
            If a chunk is damaged or cut short.
        """
        dtype, shape = cast(Kind, entry["dtype"]), tuple(cast(list[int], entry["shape"]))
        whole = np.empty(shape, dtype=dtype)
        rows = cast(int, entry["rows"])
        for number, start in enumerate(range(0, shape[0], rows)):
            part = whole[start : start + rows]
            part[:] = decode(self.fetch(f"{entry['name']}/{number}"), dtype, part.shape)
        return whole

    def texts(self, entry: Mapping[str, object]) -> list[str]:
        """Read the strings that an entry of the header describes."""
        n_chunks = -(-cast(int, entry["n"]) // cast(int, entry["rows"]))
        chunks = [decode_texts(self.fetch(f"{entry['name']}/{i}")) for i in range(n_chunks)]
        return [text for chunk in chunks for text in chunk]

    def picture(self, entry: Mapping[str, object], number: int) -> NDArray[np.uint8]:
        """Read one of the pictures that an entry describes, (height, width, 3 or 4)."""
        return decode_picture(self.fetch(f"{entry['name']}/{number}"))


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
        If it is no bundle, or one of a later version.

    Examples
    --------
    >>> read_bundle({"format": "neurospatial-bundle", "version": 2}, lambda name: b"").header
    {'format': 'neurospatial-bundle', 'version': 2}
    """
    found = header.get("format"), header.get("version")
    if found != (FORMAT, VERSION):
        raise ValueError(
            explain(
                f"The header has format {found[0]!r} and version {found[1]!r}.",
                f"This reads format {FORMAT!r}, version {VERSION}.",
                ["Read it with the version that wrote it.", "Write it again with this one."],
            )
        )
    return ReadBundle(header, chunk)
