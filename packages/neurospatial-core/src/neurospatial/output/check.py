"""Whether a file can be written where it belongs."""

import os
from pathlib import Path

from neurospatial.errors import explain


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
