"""What the commands share about NWB files."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from neurospatial._lazy import import_name
from neurospatial.animation.cli.format_error import format_error
from neurospatial.animation.cli.report_line import print_line

if TYPE_CHECKING:
    from neurospatial.nwb import Session

_HDF5 = b"\x89HDF\r\n\x1a\n"
_ZARR = ("zarr.json", ".zgroup", ".zmetadata")


def is_nwb(path: Path) -> bool:
    """Say whether a file is to be read as NWB: by its name, or as it begins.

    Examples
    --------
    >>> is_nwb(Path("session.nwb")), is_nwb(Path("fields.npz"))
    (True, False)
    """
    if path.suffix.lower() == ".nwb" or any((path / mark).exists() for mark in _ZARR):
        return True
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_HDF5)) == _HDF5


def print_session(path: Path) -> None:
    """Print what is in an NWB file.

    Raises
    ------
    FileNotFoundError, OSError, ValueError
        If it cannot be opened.
    ImportError
        If neurospatial-nwb-io is not installed, with the line that installs it.
    """
    get_session_reader()
    from neurospatial.nwb.session.report import describe

    told = describe(path)
    print_line(str(path))
    width = max((len(name) for name, _ in told.lines), default=0)
    for name, text in told.lines:
        print_line(f"  {name:<{width}}  {text}")
    for problem in dict.fromkeys((*map(format_error, told.suspicious), *told.doubts)):
        print_line(f"  suspicious: {problem}")


def get_session_reader() -> "Callable[..., Session]":
    """Fetch `read_session`.

    Raises
    ------
    ImportError
        If neurospatial-nwb-io is not installed, with the line that installs it.
    """
    return cast("Callable[..., Session]", import_name("read_session", "neurospatial.nwb"))
