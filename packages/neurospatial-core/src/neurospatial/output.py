"""Output files that are whole or not there at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from neurospatial.errors import explain


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


def check_figure(
    figsize: tuple[float, float], dpi: int, least: tuple[int, int], most: int, why: str
) -> None:
    """Raise unless a figure has a usable number of pixels.

    Parameters
    ----------
    figsize : tuple of float
        Width and height [inches].
    dpi : int
        Pixels per inch.
    least : tuple of int
        Fewest pixels across and upward.
    most : int
        Most pixels along either.
    why : str
        Why there are limits.

    Raises
    ------
    ValueError
        If there are too few or too many.
    """
    width, height = (edge * dpi for edge in figsize)
    if not (least[0] <= width <= most and least[1] <= height <= most):
        raise ValueError(
            explain(
                f"figsize {figsize} at dpi {dpi} is {width:.0f} x {height:.0f} px.",
                why,
                ["Change dpi (the default is 100).", "Change figsize [inches] (default (8, 6))."],
            )
        )


def check_writable(path: str | os.PathLike[str]) -> None:
    """Raise at once if a file could not be written at `path`.

    Raises
    ------
    FileNotFoundError
        If the folder does not exist.
    IsADirectoryError
        If `path` is a folder.
    PermissionError
        If the folder cannot be written to.
    """
    target = Path(path)
    folder = target.parent
    why = "The file is written beside its final place and renamed when whole."
    if not folder.is_dir():
        raise FileNotFoundError(
            explain(
                f"The folder {str(folder)!r} does not exist.",
                why,
                [f"Create it: mkdir -p {folder}", "Pass a save_path in an existing folder."],
            )
        )
    if target.is_dir():
        raise IsADirectoryError(
            explain(f"{str(target)!r} is a folder.", why, ["Pass a save_path that names a file."])
        )
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(
            explain(
                f"The folder {str(folder)!r} cannot be written to.",
                why,
                ["Pass a save_path in a folder of yours.", "Ask for write permission there."],
            )
        )
