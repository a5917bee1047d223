"""Whether HDF5 still works in this process: what it could not write breaks it."""

import errno
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from neurospatial.errors import explain, get_first_line

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

    from pynwb import NWBHDF5IO

_ERRNO = re.compile(r"errno = (\d+)")
"""How HDF5 says in a text what the system answered."""

_NO_ROOM = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
"""A full disk, a limit on the size of files, a quota."""

_RESTART = "Restart Python (of a notebook, its kernel)"

_broken: list[tuple[str, object]] = []
"""Name of a file that could not be written to its end, and all that holds on to it: HDF5 ends
the process when something of it is let go of."""


def check_hdf5_usable() -> None:
    """Raise if a file could not be written to its end in this process.

    Raises
    ------
    RuntimeError
        With the name of that file.
    """
    if not _broken:
        return
    raise RuntimeError(
        explain(
            f"HDF5 could not finish writing {_broken[0][0]} before, and no longer works in this "
            "process.",
            "Its library keeps what it could not write: the next file that is opened or closed "
            "could end the process. The file itself is as it was before.",
            [f"{_RESTART}, make room on the disk, and do it again."],
        )
    )


@contextmanager
def closing_written(io: "NWBHDF5IO", name: str) -> "Iterator[NWBHDF5IO]":
    """Close a file that is written to within a block, also where the block ends early.

    Parameters
    ----------
    io : pynwb.NWBHDF5IO
    name : str
        What texts call the file.

    Raises
    ------
    OSError
        If the system did not let HDF5 write all, because the disk is full or whatever else.
    """
    with _collect_lost_failures() as failures:
        try:
            yield io
        except BaseException as error:
            failures += _close(io)
            _check_written(failures, error, io, name)
            if isinstance(error, Exception) and _find_errno(error) in _NO_ROOM:
                raise _make_write_error(error, name) from error
            raise
        failures += _close(io)
        _check_written(failures, None, io, name)


def _close(io: "NWBHDF5IO") -> list[Exception]:
    """Close a file, which also writes what was not written yet; return what went wrong."""
    try:
        io.close()
    except (OSError, RuntimeError) as failure:
        return [failure]
    return []


@contextmanager
def _collect_lost_failures() -> Iterator[list[Exception]]:
    """Collect what fails while objects of HDF5 are let go of: h5py cannot raise it there."""
    failures: list[Exception] = []
    before = sys.unraisablehook

    def collect(told: "UnraisableHookArgs") -> None:
        if isinstance(told.exc_value, Exception) and "h5py" in str(told.object):
            failures.append(told.exc_value)
        else:
            before(told)

    sys.unraisablehook = collect
    try:
        yield failures
    finally:
        sys.unraisablehook = before


def _check_written(
    failures: list[Exception], error: BaseException | None, io: "NWBHDF5IO", name: str
) -> None:
    if not failures:
        return
    _broken.append((name, (io, error, failures)))
    all_causes = [error, *failures] if isinstance(error, Exception) else failures
    cause = next((x for x in all_causes if _find_errno(x) is not None), failures[0])
    raise _make_write_error(cause, name) from cause


def _find_errno(error: Exception) -> int | None:
    """Find what the system answered to HDF5; None where it did not say no."""
    found = _ERRNO.search(str(error))
    return int(found[1]) if isinstance(error, OSError | RuntimeError) and found else None


def _make_write_error(error: Exception, name: str) -> OSError:
    number = _find_errno(error) or errno.EIO
    what = f"{name} could not be added to: {os.strerror(number)}."
    room = "make room on this disk, and do it again." if number in _NO_ROOM else "do it again."
    if not _broken:
        why = "All of it is written, or nothing: the file is as it was before."
        return OSError(number, explain(what, why, [room.capitalize()]))
    why = (
        "The file is as it was before. But HDF5 keeps what it could not write, and no longer "
        f"works in this process. It says: {get_first_line(error)}."
    )
    return OSError(number, explain(what, why, [f"{_RESTART}, {room}"]))
