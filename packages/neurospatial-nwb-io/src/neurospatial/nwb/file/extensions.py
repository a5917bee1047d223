"""Extensions of NWB: known to pynwb before a file is opened, or they are not written."""

from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING

from neurospatial.errors import explain

if TYPE_CHECKING:
    from pynwb import NWBFile

RATE_MAPS = "ndx_rate_maps"
POSE = "ndx_pose"


def load_extensions(*packages: str) -> None:
    """Make extensions known to pynwb, for the files that are opened from now on.

    What is not installed is passed over: files are read without.
    """
    for package in packages:
        with suppress(ImportError):
            import_module(package)


def check_extension_loaded(nwbfile: "NWBFile", package: str, kind: str) -> None:
    """Raise if a file was opened before a type of an extension was known.

    pynwb would write the objects without their type, and say nothing.

    Raises
    ------
    RuntimeError
        If so.
    """
    io = nwbfile.read_io
    own = getattr(import_module(package), kind)
    # Asked for the class: a file may bring the specification without it.
    if io is None or io.manager.type_map.get_container_cls_dt(own)[1] == kind:
        return
    raise RuntimeError(
        explain(
            f"The file was opened before {package} was imported.",
            "pynwb knows the extensions that were imported when it opened a file, and would "
            "write a plain table or group.",
            [
                f"Put import {package} at the top, before the file is opened.",
                "Let edit_nwb(path) open it.",
            ],
        )
    )
