"""Whether a file can be written where it belongs."""

import os
import stat
from pathlib import Path

from neurospatial.errors import explain
from neurospatial.output.failures import explain_failure

_WHY = "The file is written beside its final place and renamed when whole."


def check_writable(path: str | os.PathLike[str]) -> None:
    """Raise at once if a file could not be written at `path`, or where its links lead to.

    Raises
    ------
    FileNotFoundError
        If the folder does not exist.
    IsADirectoryError
        If `path` is a folder.
    PermissionError
        If the folder cannot be written to, or the file that is there.
    ValueError
        If what is there is a pipe or a device, or there can be no file of this name.
    OSError
        If the name is too long, or its links lead in a circle.
    """
    name = repr(os.fspath(path))
    try:
        with explain_failure(path):
            target = Path(os.path.realpath(path))
            _check_folder(target.parent)
            mode = _read_mode(target)
    except ValueError as error:
        how = ["Leave out what no name can have, such as '\\0'."]
        raise ValueError(explain(f"{name} is no name of a file.", _WHY, how)) from error
    if mode is None:
        return
    if stat.S_ISDIR(mode):
        how = ["Pass a save_path that names a file."]
        raise IsADirectoryError(explain(f"{name} is a folder.", _WHY, how))
    if not stat.S_ISREG(mode):
        how = ["Pass a save_path that names a file; copy it there when it is whole."]
        raise ValueError(explain(f"{name} is a pipe or a device.", _WHY, how))
    # To root every file is writable, so the file's own mode is asked as well.
    if not (os.access(target, os.W_OK) and mode & 0o222):
        how = [f"Allow it: chmod u+w {target}", "Pass another save_path."]
        raise PermissionError(explain(f"{name} is read-only, and would be replaced.", _WHY, how))


def _read_mode(target: Path) -> int | None:
    """Read the kind and permissions of a file; None where there is none."""
    try:
        return target.stat().st_mode
    except FileNotFoundError:
        return None


def _check_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise FileNotFoundError(
            explain(
                f"The folder {str(folder)!r} does not exist.",
                _WHY,
                [f"Create it: mkdir -p {folder}", "Pass a save_path in an existing folder."],
            )
        )
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(
            explain(
                f"The folder {str(folder)!r} cannot be written to.",
                _WHY,
                ["Pass a save_path in a folder of yours.", "Ask for write permission there."],
            )
        )
