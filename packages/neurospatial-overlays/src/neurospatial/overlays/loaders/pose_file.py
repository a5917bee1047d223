"""What the readers of files of poses share."""

import os

from neurospatial.errors import explain


def check_pose_file(path: str | os.PathLike[str]) -> None:
    """Raise unless there is a file of this name.

    Raises
    ------
    FileNotFoundError
        If there is none.
    """
    if not os.path.isfile(path):
        raise FileNotFoundError(
            explain(
                f"There is no file {os.fspath(path)!r}.",
                "Poses are read from a file.",
                ["Check the name and the folder."],
            )
        )


def make_missing_library_error(needed: str, what: str, install: str) -> ImportError:
    """Make the error that says what to install.

    Examples
    --------
    >>> print(make_missing_library_error("h5py", "A SLEAP analysis file is read", "h5py"))
    h5py is not installed.
    <BLANKLINE>
      WHY: A SLEAP analysis file is read with it.
    <BLANKLINE>
      HOW: Choose one of these solutions:
        1. pip install h5py
    """
    return ImportError(
        explain(f"{needed} is not installed.", f"{what} with it.", [f"pip install {install}"])
    )
