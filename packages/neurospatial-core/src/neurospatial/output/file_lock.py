"""Locks on files, which end with the process that holds them, however it ends."""

import errno
import os
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_UNSUPPORTED = frozenset(
    {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL, errno.EBADF}
)
"""What file systems without locks answer; some of the network are set up that way."""

_FAR = 2**30
"""Bytes into the file: Windows lets nobody read what is locked, and who holds it is before."""

if sys.platform == "win32":
    import msvcrt

    def _lock_now(descriptor: int) -> None:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock_now(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@dataclass(frozen=True)
class FileLock:
    """A lock on a small file, which says who holds it.

    Parameters
    ----------
    path : pathlib.Path
    descriptor : int
    excludes : bool
        Whether nobody else can have it: False where the file system knows no locks.
    pid : int
        Of the process that took it; what was forked from it gives nothing back.
    """

    path: Path
    descriptor: int
    excludes: bool
    pid: int

    def release(self) -> None:
        """Remove the file, and let the next one lock it."""
        if os.getpid() != self.pid:
            os.close(self.descriptor)
            return
        if sys.platform != "win32":  # There, what is open cannot be removed.
            self.path.unlink(missing_ok=True)
        os.close(self.descriptor)
        if sys.platform == "win32":
            with suppress(OSError):  # Another has opened it meanwhile.
                self.path.unlink()


def try_lock(path: Path) -> FileLock | None:
    """Lock a file, which is made where there is none, unless another process or thread holds it.

    It relies on `flock`, or on `locking` on Windows: all local file systems have it, and those
    of a network whose server keeps locks for all its machines (NFS since version 4, SMB,
    BeeGFS, GPFS, and Lustre where it is mounted with ``flock``).

    Parameters
    ----------
    path : pathlib.Path
        What stands in it is replaced by who holds it.

    Returns
    -------
    FileLock or None
        None where another holds it.

    Raises
    ------
    OSError
        If there can be no such file.
    """
    while True:
        descriptor = _open_lock(path)
        try:
            excludes = _lock(descriptor)
            if excludes is not None and _is_there(path, descriptor):
                _write_holder(descriptor)
                return FileLock(path, descriptor, excludes, os.getpid())
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
        if excludes is None:
            return None


def read_holder(path: Path) -> tuple[int, str] | None:
    """Read the process that holds a lock, and its machine; None where nothing is said.

    Returns
    -------
    tuple of (int, str) or None
    """
    try:
        pid, _, host = path.read_text(encoding="utf-8").strip().partition(" ")
        return int(pid), host
    except (OSError, ValueError):
        return None


def _open_lock(path: Path) -> int:
    flags = getattr(os, "O_NOFOLLOW", 0)
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | flags, 0o666)
    except PermissionError:
        # Another user's: it can be locked without writing who holds it.
        return os.open(path, os.O_RDONLY | flags)


def _lock(descriptor: int) -> bool | None:
    """Return whether a lock that excludes others was had; None where another has it."""
    try:
        _lock_now(descriptor)
    except OSError as error:
        if error.errno in _UNSUPPORTED:
            return False
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
            return None
        raise
    return True


def _is_there(path: Path, descriptor: int) -> bool:
    """Return whether a file still has its name: who held it before may have removed it."""
    try:
        return os.path.samestat(os.stat(path), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _write_holder(descriptor: int) -> None:
    with suppress(OSError):  # A full disk, or another user's file: the lock holds all the same.
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, f"{os.getpid()} {socket.gethostname()}\n".encode())
