"""Replacing a file by one that is whole."""

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from neurospatial.output.check import check_writable
from neurospatial.output.draft import hold_draft
from neurospatial.output.failures import explain_failure

_NOT_FLUSHED = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP})
"""What file systems answer that have nothing to flush."""


@contextmanager
def replace_when_whole(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Write to a temporary name beside `path`, renamed to it only when the block succeeds.

    Whatever ends the block early (an error, a cancel) leaves the old file, or
    none, and never half a one. Where the process itself is killed, what it had
    written stays under the temporary name until the same file is written again
    on that machine. The new file is on the disk before it takes the name of the
    old one, keeps its permissions, and stands where a link leads to.

    Parameters
    ----------
    path : path-like
        Where the finished file belongs.

    Yields
    ------
    pathlib.Path
        The temporary name, in the same folder and with the same suffix.

    Raises
    ------
    FileNotFoundError
        If the folder does not exist.
    PermissionError
        If the folder, or the file that is there, cannot be written to.
    ValueError
        If what is there is no file but a pipe or a device.
    OSError
        If the file cannot be written, for example because the disk is full.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     with replace_when_whole(f"{folder}/answer.txt") as draft:
    ...         _ = draft.write_text("42")
    ...     Path(f"{folder}/answer.txt").read_text()
    '42'
    """
    check_writable(path)
    target = Path(os.path.realpath(path))
    with explain_failure(path), hold_draft(target) as draft:
        yield draft
        _copy_permissions(target, draft)
        _flush(draft)
        os.replace(draft, target)
        _flush_folder(target.parent)


def _copy_permissions(target: Path, draft: Path) -> None:
    """Copy mode and owner of the old file, if there is one; the owner as far as we may."""
    try:
        state = target.stat()
    except FileNotFoundError:
        return
    if sys.platform != "win32":
        made = draft.stat()
        if (made.st_uid, made.st_gid) != (state.st_uid, state.st_gid):
            with suppress(OSError):
                os.chown(draft, state.st_uid, state.st_gid)
    os.chmod(draft, stat.S_IMODE(state.st_mode))


def _flush(draft: Path) -> None:
    """Have what was written on the disk: where there is no room for it, some tell only now."""
    with draft.open("r+b") as file:
        try:
            os.fsync(file.fileno())
        except OSError as error:
            if error.errno not in _NOT_FLUSHED:
                raise


def _flush_folder(folder: Path) -> None:
    """Have the new name on the disk; where that fails, the file is whole all the same."""
    if sys.platform == "win32":  # There, a folder is no file.
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
