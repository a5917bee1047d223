"""What the system says about a file that cannot be written, in the name that was asked for."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeGuard

from neurospatial.errors import explain, is_explained
from neurospatial.output.hidden_name import make_hidden_name

_WHY = "A file is written beside its final place and renamed when whole; the old one stays."

_ELSEWHERE = "Write to another disk, and move the file later."

_OTHERWISE = ["Ask for permission to write there.", "Pass a save_path elsewhere."]

_FAILURES: dict[int, tuple[str, list[str]]] = {
    errno.ENOSPC: ("the disk is full", ["Make room on this disk.", _ELSEWHERE]),
    errno.EFBIG: (
        "it got larger than a file may be there",
        [
            "See whether the shell sets a limit: ulimit -f",
            "Write to a disk whose file system holds files of 4 GB and more.",
        ],
    ),
    errno.EROFS: ("the disk can only be read", ["Write to another disk."]),
    errno.ENAMETOOLONG: (
        "the name is longer than the file system allows",
        ["Choose a shorter name; most allow 255 bytes, and a letter may take several."],
    ),
    errno.ELOOP: ("its links lead in a circle", ["See where they lead: ls -l", "Pass a file."]),
    errno.EIO: ("the disk failed", ["See what the system reports: dmesg", _ELSEWHERE]),
}
"""What is said of the failures that come while something is written, whoever reports them."""

if hasattr(errno, "EDQUOT"):
    _FAILURES[errno.EDQUOT] = (
        "your share of the disk is used up",
        ["Remove files of yours there.", "Ask for a larger quota.", _ELSEWHERE],
    )


@contextmanager
def explain_failure(path: str | os.PathLike[str]) -> Iterator[None]:
    """Raise what the system says while a file is written as an error about this file.

    Parameters
    ----------
    path : path-like
        As it was asked for.

    Raises
    ------
    OSError
        Of the same number, if one is raised inside that is about writing. What explains
        itself, and what is about another file, passes as it is.

    Examples
    --------
    >>> with explain_failure("film.mp4"):
    ...     raise OSError(errno.ENOSPC, "No space left on device")
    Traceback (most recent call last):
    OSError: [Errno 28] 'film.mp4' cannot be written: the disk is full.
    ...
    """
    try:
        yield
    except OSError as error:
        if error.errno is None or is_explained(error) or not _is_about(error, path):
            raise
        reason = error.strerror or type(error).__name__
        found, how = _FAILURES.get(error.errno, (reason, _OTHERWISE))
        what = f"{os.fspath(path)!r} cannot be written: {found}."
        raise OSError(error.errno, explain(what, _WHY, how)) from error


def _is_about(error: OSError, path: str | os.PathLike[str]) -> bool:
    """Return whether an error is about a file, or what is written in its place."""
    names = [os.fsdecode(name) for name in (error.filename, error.filename2) if _is_path(name)]
    if not names:  # Errors of writing to what is open mostly name no file; nor do some of reading.
        return error.errno in _FAILURES and error.errno != errno.EIO
    target = Path(os.path.realpath(path))
    hidden = str(target.with_name(make_hidden_name(target)))
    return any(name.startswith(hidden) for name in names) or (
        error.errno in _FAILURES and str(target) in names
    )


def _is_path(name: object) -> TypeGuard[str | bytes]:
    return isinstance(name, (str, bytes))
