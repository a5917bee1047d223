"""Files added to as a whole: the old one stays until the new one is there."""

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from neurospatial.errors import explain
from neurospatial.nwb.file import extensions
from neurospatial.nwb.file.added_size import add_margin, estimate_added_bytes
from neurospatial.nwb.file.hdf5_state import check_hdf5_usable, closing_written
from neurospatial.nwb.file.open import open_nwb
from neurospatial.output import lock_target, replace_when_whole, reserve_space
from neurospatial.progress import Progress, show_progress

if TYPE_CHECKING:
    from pynwb import NWBFile

_BLOCK = 16 * 2**20
"""Bytes copied at a time: few calls, and a bar that still moves on a slow disk."""


@contextmanager
def edit_nwb(path: str | os.PathLike[str], *, progress: Progress = True) -> "Iterator[NWBFile]":
    """Edit a file's NWBFile within a block; the file changes when the block has succeeded.

    The work is done on a copy in the same folder, so that relative paths and links to other
    files stay valid. Whatever ends the block early leaves the file as it was, and no other.
    There must be room for the copy, and when the block ends for what is added: counted as if
    nothing were compressed, and a little more. One block at a time adds to a file: another
    thread or process waits until it is done.

    Parameters
    ----------
    path : path-like
        Of an NWB file in HDF5. Where it is a link, the file that it leads to is added to.
    progress : bool or callable
        While the file is copied: a bar, or a function called with megabytes
        ``(done, total)``. What it raises ends the work.

    Yields
    ------
    pynwb.NWBFile
        To be used within the block only.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    PermissionError
        If the file, or its folder, cannot be written to.
    OSError
        If the disk has no room for a copy or for what is added (``errno.ENOSPC``), or the file
        is cut off or damaged.
    TimeoutError
        If another thread or process still adds to the file after a minute.
    ValueError
        If it is not an NWB file.
    RuntimeError
        If this very thread adds to the file already, in a block around this one; if something
        else changed the file meanwhile; or, until Python is started again, after a disk that
        became full while a file was written: HDF5 can then end the process.

    Examples
    --------
    >>> from datetime import datetime, timezone
    >>> from tempfile import TemporaryDirectory
    >>> from pynwb import NWBHDF5IO, NWBFile
    >>> from neurospatial import Environment
    >>> from neurospatial.nwb import read_environment, write_environment
    >>> env = Environment.from_mask([[True, True]], [[0, 1], [0, 1, 2]], units="cm")
    >>> with TemporaryDirectory() as folder:
    ...     with NWBHDF5IO(f"{folder}/a.nwb", "w") as io:
    ...         io.write(NWBFile("a session", "id", datetime.now(timezone.utc)))
    ...     with edit_nwb(f"{folder}/a.nwb", progress=False) as nwbfile:
    ...         _ = write_environment(nwbfile, env)
    ...     read_environment(f"{folder}/a.nwb") == env
    True
    """
    pynwb = import_module("pynwb")
    check_hdf5_usable()
    target = Path(path).resolve()
    _check_file(target)
    with lock_target(target):
        before = _stat_file(target)
        with replace_when_whole(target) as draft:
            copied = f"A copy of {target.name}, to be added to,"
            reserve_space(draft, add_margin(before[0]), copied)
            _copy_file(target, draft, progress)
            extensions.load_extensions(extensions.RATE_MAPS, extensions.POSE)
            with closing_written(pynwb.NWBHDF5IO(str(draft), "r+"), target.name) as io:
                with _ignore_deprecations():
                    nwbfile = io.read()
                yield nwbfile
                added = estimate_added_bytes(nwbfile)
                reserve_space(target, added, f"What is added to {target.name}")
                io.write(nwbfile)
            _check_unchanged(target, before)


def _check_file(target: Path) -> None:
    if target.is_dir():
        raise IsADirectoryError(
            explain(
                f"{str(target)!r} is a folder.",
                "Files in HDF5 are added to; what is kept in Zarr is a folder.",
                ["Pass the path of an NWB file in HDF5."],
            )
        )
    with _ignore_deprecations():
        open_nwb(target).close()


def _copy_file(target: Path, draft: Path, progress: Progress) -> None:
    megabytes = -(-target.stat().st_size // 10**6)
    with (
        open(target, "rb") as old,
        open(draft, "xb") as new,
        show_progress(progress, megabytes, "Copy", unit="MB") as advance,
    ):
        done = 0
        while block := old.read(_BLOCK):
            new.write(block)
            now = -(-new.tell() // 10**6)
            advance(now - done)
            done = now


def _stat_file(target: Path) -> tuple[int, int]:
    state = target.stat()
    return state.st_size, state.st_mtime_ns


def _check_unchanged(target: Path, before: tuple[int, int]) -> None:
    if _stat_file(target) != before:
        raise RuntimeError(
            explain(
                f"{target.name} changed while it was added to: it had {before[0]:,} bytes and has "
                f"{_stat_file(target)[0]:,}.",
                "What was added elsewhere would be lost: a copy is added to, and takes the name "
                "of the file when it is whole.",
                ["Add to it again, with nothing else writing to it."],
            )
        )


@contextmanager
def _ignore_deprecations() -> Iterator[None]:
    # What an old file says about the schema of its time is not its reader's mistake.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        yield
