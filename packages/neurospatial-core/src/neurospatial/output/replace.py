"""Replacing a file by one that is whole."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from neurospatial.output.check import check_writable


@contextmanager
def replace_when_whole(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Write to a temporary name beside `path`, renamed to it only when the block succeeds.

    Whatever ends the block early (an error, a cancel) leaves the old file, or
    none, and never half a one.

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
        If the folder cannot be written to.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     with replace_when_whole(f"{folder}/answer.txt") as draft:
    ...         _ = draft.write_text("42")
    ...     Path(f"{folder}/answer.txt").read_text()
    '42'
    """
    target = Path(path)
    check_writable(target)
    draft = target.with_name(f".{target.stem}.{uuid4().hex[:8]}{target.suffix}")
    try:
        yield draft
        os.replace(draft, target)
    finally:
        with suppress(FileNotFoundError):
            draft.unlink()
