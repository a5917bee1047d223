"""Arrays in an npz: what they are is read when it is opened, their values when they are asked for.

What a file declares is compared with what it can hold before memory is asked for, and nothing
in it is ever unpickled.
"""

import os
import struct
import tokenize
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import IO, Literal

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain, get_first_line
from neurospatial.input import check_input_file, explain_damage

_MOST_PACKED = 1032
"""Times that deflate makes bytes fewer, at most (zlib's technical notes)."""

_ALL_THE_SAME = 900
"""Times fewer from which on nearly all bytes are one: constants reach 1,030, maps 5 to 100."""

_LARGE = 2**30
"""Bytes that are read whatever they are packed to: memory that every machine has."""

_BLOCK = 2**20
"""Bytes that are unpacked at a time: enough that Python's share of the time is small."""

_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,  # a later version of zip
    OSError,  # a place before the file's beginning
    OverflowError,
    RuntimeError,  # a password
    ValueError,
)
"""What zipfile raises for damaged bytes."""

_BAD_HEADER = (
    *_DAMAGE,
    AttributeError,
    KeyError,
    MemoryError,  # brackets within brackets, told by Python's parser
    SyntaxError,
    TypeError,
    tokenize.TokenError,
)
"""What numpy raises for a damaged header, which it reads as Python's text."""

_CHANGED = "it has been changed since it was opened"
_WHY = "Fields, environments and the space they live on are kept in one npz."
_HOW = ("Write one with numpy.savez.", "Copy the file again from where it was made.")


@dataclass(frozen=True)
class ArrayHeader:
    """What an array is, without its values.

    Parameters
    ----------
    shape : tuple of int
    dtype : numpy dtype
    fortran_order : bool
        Whether the first index runs fastest.

    Examples
    --------
    >>> ArrayHeader((3, 2), np.dtype("f8"), False).n_bytes
    48
    """

    shape: tuple[int, ...]
    dtype: np.dtype[np.generic]
    fortran_order: bool

    @property
    def n_bytes(self) -> int:
        """Bytes of all values."""
        return prod(self.shape) * self.dtype.itemsize


class NpzArchive(Mapping[str, NDArray[np.generic]]):
    """The arrays of an npz; each is read when it is asked for, and not kept.

    Parameters
    ----------
    path : pathlib.Path
    headers : mapping of str to ArrayHeader
        What is known of those that can be read.
    unreadable : mapping of str to str
        Why the others cannot.
    """

    def __init__(
        self, path: Path, headers: Mapping[str, ArrayHeader], unreadable: Mapping[str, str]
    ) -> None:
        self.path = path
        self.headers = headers
        self.unreadable = unreadable

    def __iter__(self) -> Iterator[str]:
        return iter(self.headers)

    def __len__(self) -> int:
        return len(self.headers)

    def __contains__(self, name: object) -> bool:
        return name in self.headers

    def __getitem__(self, name: str) -> NDArray[np.generic]:
        """Read an array.

        Raises
        ------
        KeyError
            If there is none of that name, or it cannot be read.
        ValueError
            If its values are damaged, or more than there is memory for.
        """
        header = self.headers[name]
        with self._open(name) as stream:
            return _shape_values(_read_values(stream, header.n_bytes, self.path, name), header)

    def iter_rows(self, name: str, n_bytes: int) -> Iterator[NDArray[np.generic]]:
        """Read an array as blocks of whole rows, one at a time.

        Parameters
        ----------
        name : str
        n_bytes : int
            Of a block, about; an array in Fortran's order comes as one.

        Raises
        ------
        KeyError, ValueError
            As for the whole array.
        """
        header = self.headers[name]
        if header.fortran_order or len(header.shape) < 2:
            yield self[name]
            return
        n_rows, *rest = header.shape
        row = ArrayHeader((1, *rest), header.dtype, False).n_bytes
        step = max(1, n_bytes // max(1, row))
        with self._open(name) as stream:
            for start in range(0, n_rows, step):
                block = ArrayHeader((min(step, n_rows - start), *rest), header.dtype, False)
                values = _read_values(stream, block.n_bytes, self.path, name)
                yield _shape_values(values, block)

    @contextmanager
    def _open(self, name: str) -> Iterator[IO[bytes]]:
        """Open the values of an array, and make sure at the end that they are whole."""
        kind = f"an npz with an array {name!r}"
        with explain_damage(self.path, kind, _DAMAGE), zipfile.ZipFile(self.path) as packed:
            if f"{name}.npy" not in packed.namelist():
                raise ValueError(_CHANGED)
            info = packed.getinfo(f"{name}.npy")
            with packed.open(info) as stream:
                if _read_header(stream, info, self.path) != self.headers[name]:
                    raise ValueError(_CHANGED)
                yield stream
                # The checksum is compared where the data end.
                stream.read(1)


def open_npz(
    path: str | os.PathLike[str], purpose: str = _WHY, how: Iterable[str] = _HOW
) -> NpzArchive:
    """Open an npz, and read of each array what it is.

    Parameters
    ----------
    path : path-like
    purpose : str
        A sentence that says what is read from it.
    how : iterable of str
        Where such a file comes from.

    Raises
    ------
    OSError
        If the file is missing or may not be read.
    ValueError
        If it is not an npz, or its list of arrays is damaged.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     np.savez(f"{folder}/rates.npz", fields=np.eye(2), title="Rates")
    ...     held = open_npz(f"{folder}/rates.npz")
    ...     list(held), held.headers["fields"].shape, held["title"].item()
    (['fields', 'title'], (2, 2), 'Rates')
    """
    target = check_input_file(path, purpose)
    with target.open("rb") as file:
        is_packed = zipfile.is_zipfile(file)
    if not is_packed:
        raise ValueError(explain(f"{os.fspath(path)!r} is not an npz file.", purpose, how))
    headers: dict[str, ArrayHeader] = {}
    unreadable: dict[str, str] = {}
    with explain_damage(target, "an npz", _DAMAGE), zipfile.ZipFile(target) as packed:
        for info in packed.infolist():
            name = info.filename.removesuffix(".npy")
            if name in headers or name in unreadable:
                headers.pop(name, None)
                unreadable[name] = "is there twice"
                continue
            try:
                with packed.open(info) as stream:
                    headers[name] = _read_header(stream, info, target)
            except _BAD_HEADER as error:
                if isinstance(error, OSError) and error.filename is not None:
                    raise
                unreadable[name] = _describe_fault(error)
    return NpzArchive(target, headers, unreadable)


class _FaultError(ValueError):
    """What is wrong with an array, as the end of a sentence that begins with its name."""


def _describe_fault(error: Exception) -> str:
    return str(error) if isinstance(error, _FaultError) else f"is damaged: {get_first_line(error)}"


def _read_header(stream: IO[bytes], info: zipfile.ZipInfo, path: Path) -> ArrayHeader:
    _check_packing(info, path)
    readers = {
        (1, 0): np.lib.format.read_array_header_1_0,
        (2, 0): np.lib.format.read_array_header_2_0,
    }
    if not info.filename.endswith(".npy"):
        raise _FaultError("is not an array")
    version = np.lib.format.read_magic(stream)
    if version not in readers:
        # The third is written for names of columns that are not Latin-1.
        raise _FaultError(f"has version {version} of numpy's format, which is not read")
    with warnings.catch_warnings():
        # The header is Python's text: its tokenizer warns of what damage looks like.
        warnings.simplefilter("ignore")
        shape, fortran_order, dtype = readers[version](stream)
    if dtype.hasobject:
        raise _FaultError("holds Python objects, which are not read: save numbers")
    if any(n < 0 for n in shape) or (dtype.itemsize == 0 and 0 not in shape):
        raise _FaultError(f"is damaged: its shape is {shape}, its dtype {dtype}")
    header = ArrayHeader(shape, dtype, bool(fortran_order))
    held = info.file_size - stream.tell()
    if header.n_bytes != held:
        raise _FaultError(f"is damaged: it declares {header.n_bytes:,} bytes, and holds {held:,}")
    return header


def _check_packing(info: zipfile.ZipInfo, path: Path) -> None:
    """Raise unless as many bytes can be packed in as many as there are."""
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _FaultError(f"is packed by method {info.compress_type}, which numpy does not write")
    packed, declared = info.compress_size, info.file_size
    times = _MOST_PACKED if info.compress_type == zipfile.ZIP_DEFLATED else 1
    # Where nearly nothing is packed, the ends of a stream weigh.
    possible = min(packed, path.stat().st_size) * times + times
    if declared > possible or (declared > _LARGE and declared > packed * _ALL_THE_SAME):
        raise _FaultError(f"declares {declared:,} bytes, packed in {packed:,}: it is not unpacked")


def _read_values(stream: IO[bytes], n_bytes: int, path: Path, name: str) -> NDArray[np.uint8]:
    try:
        values = np.empty(n_bytes, dtype=np.uint8)
    except MemoryError as error:
        raise MemoryError(
            explain(
                f"{name!r} in {str(path)!r} takes {n_bytes:,} bytes.",
                "There is not that much memory.",
                ["Write fewer frames, or float32 in place of float64.", "Use another machine."],
            )
        ) from error
    for start in range(0, n_bytes, _BLOCK):
        block = values[start : start + _BLOCK]
        data = stream.read(len(block))
        if len(data) != len(block):
            raise EOFError(f"{name!r} ends after {start + len(data):,} of {n_bytes:,} bytes")
        block[:] = np.frombuffer(data, dtype=np.uint8)
    return values


def _shape_values(values: NDArray[np.uint8], header: ArrayHeader) -> NDArray[np.generic]:
    # A byte of 2 as True breaks what counts them.
    if header.dtype.kind == "b" and values.size and values.max() > 1:
        raise ValueError(f"it holds {values.max()} where True is 1")
    order: Literal["F", "C"] = "F" if header.fortran_order else "C"
    return values.view(header.dtype).reshape(header.shape, order=order)
