"""Input files that are read whole, or refused by their own name."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from neurospatial.errors import explain, get_first_line, is_explained

_LFS_HEAD = b"version https://git-lfs.github.com/spec/"
"""How the text begins that Git leaves in place of a large file that was not fetched."""

_WHY_WHOLE = "What cannot be read whole is not read at all."

_COPY_AGAIN = "Copy the file again from where it was made."


def check_input_file(path: str | os.PathLike[str], purpose: str) -> Path:
    """Raise at once unless there is a file that something can be read from.

    Parameters
    ----------
    path : path-like
    purpose : str
        A sentence that says what is read from it.

    Raises
    ------
    FileNotFoundError
        If there is nothing of this name.
    IsADirectoryError
        If it is a folder.
    ValueError
        If it is empty, no ordinary file (a pipe or a device), or only what Git leaves
        in place of a large file.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     check_input_file(f"{folder}/rat.csv", "Poses are read from a file.")
    Traceback (most recent call last):
    FileNotFoundError: There is no file '...rat.csv'.
    ...
    """
    target = Path(path)
    name = repr(os.fspath(path))
    if not target.exists():
        how = ["Check the name and the folder."]
        raise FileNotFoundError(explain(f"There is no file {name}.", purpose, how))
    if target.is_dir():
        raise IsADirectoryError(explain(f"{name} is a folder.", purpose, ["Pass a file in it."]))
    if not target.is_file():
        how = ["Copy what it yields into a file first."]
        raise ValueError(explain(f"{name} is a pipe or a device.", purpose, how))
    with target.open("rb") as file:
        head = file.read(len(_LFS_HEAD))
    if not head:
        raise ValueError(explain(f"{name} is empty.", purpose, [_COPY_AGAIN]))
    if is_lfs_pointer(head):
        raise make_lfs_error(name)
    return target


def is_lfs_pointer(content: bytes) -> bool:
    """Return whether a text stands for a large file that Git did not fetch.

    Examples
    --------
    >>> is_lfs_pointer(b"version https://git-lfs.github.com/spec/v1")
    True
    """
    return content.startswith(_LFS_HEAD)


def make_lfs_error(name: str) -> ValueError:
    """Make the error for a text that stands for a large file, called `name`."""
    return ValueError(
        explain(
            f"{name} is a Git LFS pointer: the text that stands for a large file.",
            "The file itself was not fetched when the repository was cloned.",
            ["Fetch it: git lfs pull", "Download the file itself."],
        )
    )


@contextmanager
def explain_damage(
    path: str | os.PathLike[str],
    kind: str,
    errors: tuple[type[Exception], ...],
    how: Iterable[str] = (_COPY_AGAIN,),
) -> Iterator[None]:
    """Raise a reader's errors as one that names the file and says what it should have been.

    Errors that explain themselves, and those of the system (a missing file, no permission),
    pass as they are. Put as little as possible inside: a mistake of our own is no damage.

    Parameters
    ----------
    path : path-like
    kind : str
        What the file should be, such as "a SLEAP analysis file".
    errors : tuple of exception types
        What the library that reads it raises for a damaged file.
    how : iterable of str
        Ways to mend it.

    Raises
    ------
    ValueError
        If one of them is raised inside.

    Examples
    --------
    >>> with explain_damage("rat.json", "a calibration", (KeyError,)):
    ...     {}["lens"]
    Traceback (most recent call last):
    ValueError: 'rat.json' cannot be read as a calibration: KeyError: 'lens'.
    ...
    """
    try:
        yield
    except errors as error:
        of_the_system = isinstance(error, OSError) and error.filename is not None
        if of_the_system or is_explained(error):
            raise
        found = f"{os.fspath(path)!r} cannot be read as {kind}: {get_first_line(error)}."
        raise ValueError(explain(found, _WHY_WHOLE, how)) from error


def check_declared_size(path: str | os.PathLike[str], part: str, declared: int, most: int) -> None:
    """Raise if a file declares more than it can hold, before memory is asked for.

    Parameters
    ----------
    path : path-like
    part : str
        What of it, such as "dataset 'tracks'".
    declared : int
        Bytes that it says there are.
    most : int
        Bytes that there can be: of the file, or of what is reasonable for this part.

    Raises
    ------
    ValueError
        If more are declared.

    Examples
    --------
    >>> check_declared_size("rat.npz", "'fields'", 4_000_000_000, 1_200)
    Traceback (most recent call last):
    ValueError: 'rat.npz' declares 4,000,000,000 bytes for 'fields', where at most 1,200 can be.
    ...
    """
    if declared > most:
        found = (
            f"{os.fspath(path)!r} declares {declared:,} bytes for {part}, "
            f"where at most {most:,} can be."
        )
        why = "A file that says it is larger than it is would fill the memory before it fails."
        raise ValueError(explain(found, why, [_COPY_AGAIN]))
