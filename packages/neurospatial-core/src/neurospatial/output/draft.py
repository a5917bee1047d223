"""What lies beside a file while it is written, and is removed whatever happens to its writer."""

import logging
import os
import shutil
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from neurospatial.output.file_lock import try_lock
from neurospatial.output.hidden_name import make_hidden_name

_LOCK = "-lock"
"""Ends the name of a draft's lock, where the draft's own has a suffix or nothing."""


@contextmanager
def hold_draft(target: Path) -> Iterator[Path]:
    """Hold a free name beside a file; what is there when the block ends, is removed.

    Drafts of the same file whose writers are dead are removed first.

    Parameters
    ----------
    target : pathlib.Path
        The file that the draft is for, not a link.

    Yields
    ------
    pathlib.Path
        With the suffix of the file. Nothing is there yet: make a file or a folder.
    """
    remove_dead_drafts(target)
    lock = None
    while lock is None:  # Another may look whether we are dead before the lock is ours.
        ending = f"{_describe_writer()}{os.getpid()}-{uuid4().hex[:6]}"
        lock = try_lock(target.with_name(make_hidden_name(target, ending + _LOCK)))
    draft = target.with_name(make_hidden_name(target, ending, target.suffix))
    try:
        yield draft
    finally:
        if lock.pid == os.getpid():  # What was forked meanwhile has no part in it.
            _remove(draft)
        lock.release()


@contextmanager
def hold_draft_folder(target: Path) -> Iterator[Path]:
    """Make a folder beside a file for its parts, removed when the block ends.

    Parameters
    ----------
    target : pathlib.Path
        The file that the parts are for; a link is followed.

    Yields
    ------
    pathlib.Path
    """
    with hold_draft(Path(os.path.realpath(target))) as folder:
        folder.mkdir()
        yield folder


def remove_dead_drafts(target: Path) -> None:
    """Remove what writers of a file left on this machine that did not live to remove it.

    A writer is dead when its lock is free and no process has its number. Where there are no
    locks nobody can be known to be dead, and nothing is removed; nor is what another machine
    left, whose processes are not seen from here.

    Parameters
    ----------
    target : pathlib.Path
        Not a link.
    """
    begin = make_hidden_name(target, _describe_writer())
    with suppress(OSError):
        names = [entry.name for entry in os.scandir(target.parent) if entry.name.startswith(begin)]
        for name in names:
            if name.endswith(_LOCK):
                stem = name.removesuffix(_LOCK)
                drafts = [x for x in names if x != name and x.partition(stem)[0] == ""]
                _remove_if_dead(target.parent, name, drafts, stem.removeprefix(begin))


def _remove_if_dead(folder: Path, lock_name: str, drafts: list[str], writer: str) -> None:
    pid = writer.partition("-")[0]
    if not pid.isdecimal() or _is_alive(int(pid)):
        return
    lock = try_lock(folder / lock_name)
    if lock is None:
        return
    if not lock.excludes:
        os.close(lock.descriptor)
        return
    try:
        for name in drafts:
            _remove(folder / name)
            message = "Removed %s, which process %s left unfinished"
            logging.getLogger("neurospatial").info(message, folder / name, pid)
    finally:
        lock.release()


def _describe_writer() -> str:
    """Return what the drafts of this machine have in their names: locks and numbers hold there."""
    return f"-{sha256(socket.gethostname().encode()).hexdigest()[:6]}-"


def _is_alive(pid: int) -> bool:
    if sys.platform == "win32":  # There the lock alone tells, and such a signal would kill.
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OverflowError, OSError):
        return True
    return True


def _remove(draft: Path) -> None:
    """Remove a draft, but no folder that says in a manifest what is to be kept of it."""
    with suppress(FileNotFoundError, NotADirectoryError):
        if not draft.is_dir():
            draft.unlink()
        elif not (draft / "manifest.json").exists():
            shutil.rmtree(draft, ignore_errors=True)
