"""An NWB file opened for reading, whatever holds it."""

import logging
import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self, TypeAlias

from neurospatial.errors import explain
from neurospatial.input import check_input_file, explain_damage, is_lfs_pointer, make_lfs_error
from neurospatial.nwb.file.damage import DAMAGE
from neurospatial.nwb.file.hdf5_state import check_hdf5_usable
from neurospatial.nwb.file.tree import Container, as_container

if TYPE_CHECKING:
    from hdmf.backends.io import HDMFIO
    from pynwb import NWBFile

_log = logging.getLogger("neurospatial")

_HEAD = 128
"""Bytes: a Git LFS pointer is told by fewer."""

_ZARR_MARKS = ("zarr.json", ".zgroup", ".zmetadata")


class BinaryFile(Protocol):
    """What is asked of a file-like: one of `open(path, "rb")`, `io.BytesIO`, fsspec."""

    def read(self, size: int = ..., /) -> bytes:
        """Read so many bytes, or all that are left."""

    def seek(self, offset: int, whence: int = ..., /) -> int:
        """Go to a place, counted from the begin, from here or from the end."""


NWBInput: TypeAlias = "str | os.PathLike[str] | BinaryFile | NWBFile"
"""What an NWB file is read from: its path, a file-like, or an NWBFile that is open already."""


@dataclass(frozen=True, eq=False)
class OpenFile:
    """An NWB file, and how to let go of it; a ``with`` statement closes what was opened here.

    Parameters
    ----------
    root : Container
        The NWBFile.
    path : pathlib.Path or None
        Where it lies; None where that is not known.
    close : callable
        Closes what was opened here; what the caller opened stays open.
    """

    root: Container
    path: Path | None
    close: Callable[[], object]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def name(self) -> str:
        """What texts call the file."""
        return str(self.path.name) if self.path is not None else "The NWB file"


def open_nwb(nwb: NWBInput) -> OpenFile:
    """Open a path or a file-like, or take an NWBFile that is open already.

    Nothing but the file's structure is read.

    Parameters
    ----------
    nwb : path-like, binary file-like or pynwb.NWBFile

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    IsADirectoryError
        If it is a folder.
    OSError
        If the file is cut off or damaged.
    TypeError
        If it is none of these.
    ValueError
        If it is not an NWB file, a damaged one, one in Zarr, one that pynwb cannot read, or only
        what Git leaves in place of a large file.
    RuntimeError
        If HDF5 no longer works in this process, after a disk that became full.
    """
    if isinstance(nwb, str | os.PathLike):
        return _open_path(Path(nwb))
    if callable(getattr(nwb, "read", None)) and callable(getattr(nwb, "seek", None)):
        return _open_hdf5(nwb, None, "The file-like")
    if hasattr(nwb, "acquisition") and hasattr(nwb, "container_source"):
        source = nwb.container_source
        return OpenFile(as_container(nwb), Path(source) if source else None, lambda: None)
    raise TypeError(
        explain(
            f"nwb is a {type(nwb).__name__}.",
            "A session is read from an NWB file.",
            [
                "Pass the path of a file: read_session('session.nwb')",
                "Pass an NWBFile of pynwb that is open.",
                "Pass a binary file: open('session.nwb', 'rb')",
            ],
        )
    )


def _open_path(path: Path) -> OpenFile:
    if path.is_dir() and any((path / mark).exists() for mark in _ZARR_MARKS):
        raise _make_zarr_error(path)
    check_input_file(path, "A session is read from an NWB file.")
    return _open_hdf5(str(path), path, path.name)


def _open_hdf5(source: str | BinaryFile, path: Path | None, name: str) -> OpenFile:
    check_hdf5_usable()
    h5py = import_module("h5py")
    try:
        file = h5py.File(source, "r")
    except (OSError, RuntimeError) as error:
        raise _make_open_error(error, source, name) from error
    try:
        with explain_damage(path or name, "NWB", DAMAGE):
            _check_is_nwb(file, name)
            with _log_warnings():
                io = import_module("pynwb").NWBHDF5IO(file=file, mode="r")
            return _read_root(io, path, name)
    except BaseException:
        file.close()
        raise


def _make_zarr_error(path: Path) -> ValueError:
    return ValueError(
        explain(
            f"{str(path)!r} is a folder of Zarr.",
            "NWB is read from HDF5 alone: hdmf-zarr, which reads it from Zarr, needs a zarr below "
            "version 3.",
            ["Export it to HDF5 with hdmf-zarr: NWBHDF5IO('session.nwb', 'w').export(...)"],
        )
    )


def _read_root(io: "HDMFIO", path: Path | None, name: str) -> OpenFile:
    try:
        with _log_warnings():
            root = io.read()
    except OSError:
        io.close()
        raise
    except Exception as error:  # hdmf raises many kinds for what it does not know
        io.close()
        raise ValueError(
            explain(
                f"{name} could not be read: {_get_first_line(error)}",
                "It may have been written for a newer schema than the installed pynwb knows.",
                [
                    "pip install --upgrade pynwb",
                    f"Check the file: python -m pynwb.validate {name}",
                ],
            )
        ) from error
    return OpenFile(as_container(root), path, io.close)


@contextmanager
def _log_warnings() -> Iterator[None]:
    """Log what pynwb warns of: how a file was written is not its reader's mistake."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield
    for text in dict.fromkeys(str(warning.message).splitlines()[0] for warning in caught):
        _log.info("pynwb: %s", text)


def _get_first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]


def _check_is_nwb(file: object, name: str) -> None:
    attributes, held = file.attrs, sorted(file)  # type: ignore[attr-defined, call-overload]
    if "nwb_version" in attributes and "neurodata_type" in attributes:
        return
    raise ValueError(
        explain(
            f"{name} is HDF5 but not NWB 2: it holds {', '.join(held[:6]) or 'nothing'}, and says "
            "no nwb_version.",
            "What is in an NWB file is found by the types that its schema gives.",
            ["Pass an NWB file.", "Pass arrays to Environment and to the overlays themselves."],
        )
    )


def _make_open_error(
    error: OSError | RuntimeError, source: str | BinaryFile, name: str
) -> Exception:
    """Make the error that says why h5py did not open a file."""
    if "truncated" in str(error):
        size = os.path.getsize(source) if isinstance(source, str) else None
        held = "" if size is None else f" after {size:,} bytes"
        return OSError(
            explain(
                f"{name} is cut off{held}: {_get_first_line(error)}",
                "The end of the file is missing, so a copy or a download did not finish.",
                ["Copy or download it again, and compare the sizes."],
            )
        )
    if isinstance(error, PermissionError):
        return error
    if not isinstance(source, str) and is_lfs_pointer(_read_head(source)):
        return make_lfs_error(name)  # of a path it is asked before
    if isinstance(source, str) and not import_module("h5py").is_hdf5(source):
        return ValueError(
            explain(
                f"{name} is not an NWB file: it is not HDF5.",
                "NWB files are read from HDF5.",
                ["Pass an NWB file.", "neurospatial render draws fields kept in an npz."],
            )
        )
    return OSError(
        explain(
            f"{name} could not be opened: {_get_first_line(error)}",
            "HDF5 found it damaged, or no HDF5 at all.",
            ["Copy or download it again.", "Look at it: h5dump -H, or h5py.File(path)"],
        )
    )


def _read_head(source: BinaryFile) -> bytes:
    source.seek(0)
    return source.read(_HEAD)
