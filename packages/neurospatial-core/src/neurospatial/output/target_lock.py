"""One writer of a file at a time."""

import logging
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from neurospatial.errors import explain
from neurospatial.output.check import check_writable
from neurospatial.output.file_lock import FileLock, read_holder, try_lock
from neurospatial.output.hidden_name import make_hidden_name

_PATIENCE = 60.0
"""Seconds to wait: adding to a file of some GB takes less, and nobody waits longer unasked."""

_POLL = 0.05
"""Seconds between two tries: not to be felt, and next to no work."""

_holders: dict[Path, tuple[int, int]] = {}
"""The process and the thread that hold each lock: a fork has its own, and holds none of them."""


@contextmanager
def lock_target(path: str | os.PathLike[str]) -> Iterator[None]:
    """Keep every other thread and process that locks a file out, for as long as the block lasts.

    Who comes second waits. The lock is a small hidden file beside the file that `path` leads
    to, also through links; it ends with the process that holds it, however that ends. Machines
    that share the folder exclude each other where their file system has locks; where it has
    none, nobody is kept out.

    Parameters
    ----------
    path : path-like
        Of a file, which may be yet to come.

    Raises
    ------
    RuntimeError
        If this thread holds it already: within its own block it would wait for ever.
    TimeoutError
        If another still holds it after a minute; it says which process.
    OSError, ValueError
        If no file can be written there; see `check_writable`.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder, lock_target(f"{folder}/session.nwb"):
    ...     print("nobody else adds to it now")
    nobody else adds to it now
    """
    check_writable(path)
    target = Path(os.path.realpath(path))
    lock_path = target.with_name(make_hidden_name(target, ".lock"))
    here = os.getpid(), threading.get_ident()
    if _holders.get(lock_path) == here:
        raise _make_nested_error(Path(path))
    lock = _wait_for_lock(lock_path, Path(path))
    _holders[lock_path] = here
    try:
        yield
    finally:
        _holders.pop(lock_path, None)
        lock.release()


def _make_nested_error(asked: Path) -> RuntimeError:
    return RuntimeError(
        explain(
            f"{str(asked)!r} is being written in a block of this thread, and this one is in it.",
            "One block at a time writes a file: the inner would wait for the outer for ever.",
            [
                "Do both in the outer block: with edit_nwb, add to the NWBFile that it gave.",
                "End the first block before the second begins.",
            ],
        )
    )


def _wait_for_lock(lock_path: Path, asked: Path) -> FileLock:
    end = time.monotonic() + _PATIENCE
    lock = try_lock(lock_path)
    if lock is None:
        logging.getLogger("neurospatial").info(
            "%s is being written by %s: waiting", asked, _describe_holder(lock_path)
        )
    while lock is None:
        if time.monotonic() >= end:
            who = _describe_holder(lock_path)
            raise TimeoutError(
                explain(
                    f"{str(asked)!r} is being written by {who}, still after {_PATIENCE:g} s.",
                    "Of two that add to a file at once, one would undo what the other did.",
                    ["Wait until it is done, and do it again.", f"End {who} if it hangs."],
                )
            )
        time.sleep(_POLL)
        lock = try_lock(lock_path)
    return lock


def _describe_holder(lock_path: Path) -> str:
    holder = read_holder(lock_path)
    if holder is None:
        return "another process"
    pid, host = holder
    if host != socket.gethostname():
        return f"process {pid} on {host}"
    return f"process {pid} (this one)" if pid == os.getpid() else f"process {pid}"
