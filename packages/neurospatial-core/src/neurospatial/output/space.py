"""Room for what will be written."""

import errno
import os
import shutil
from pathlib import Path

from neurospatial.errors import explain


def reserve_space(path: str | os.PathLike[str], n_bytes: int, what: str) -> None:
    """Raise before anything is written if there is not enough room for it.

    Nothing is set aside: others may take the room meanwhile. A quota of yours below what is
    free shows only when it is reached.

    Parameters
    ----------
    path : path-like
        Of the file that will be written, or of its folder.
    n_bytes : int
        How much will be written.
    what : str
        What it is, such as "A copy of rat.nwb".

    Raises
    ------
    OSError
        With ``errno.ENOSPC``, if the file system that `path` is on, through links, has less room.

    Examples
    --------
    >>> reserve_space("session.nwb", 4_096, "A copy of it")
    >>> reserve_space("session.nwb", 10**18, "A copy of it")
    Traceback (most recent call last):
    OSError: [Errno 28] A copy of it takes 1,000,000,000,000,000,000 bytes, and ... are free ...
    """
    target = Path(os.path.realpath(path))
    folder = target if target.is_dir() else target.parent
    usage = shutil.disk_usage(folder)
    if usage.total == 0 or usage.free >= n_bytes:  # Some file systems of a network do not tell.
        return
    raise OSError(
        errno.ENOSPC,
        explain(
            f"{what} takes {n_bytes:,} bytes, and {usage.free:,} are free in {str(folder)!r}.",
            "Nothing is begun that could not be finished.",
            ["Make room on this disk.", "Write to another disk."],
        ),
    )
