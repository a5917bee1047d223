"""Where in an NWB file things are put, and how they are found again."""

import re
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from neurospatial.errors import explain
from neurospatial.nwb.file.text import UNWRITABLE
from neurospatial.nwb.file.tree import Item, find_named, make_ambiguity_error
from neurospatial.validate import to_text

if TYPE_CHECKING:
    from pynwb import NWBFile, ProcessingModule

MODULE = "behavior"
"""The processing module that everything is put into unless another is named."""

ENVIRONMENT_FRAME = "Coordinates of the environment"
"""How the reference frame of what `write_overlays` writes begins: it needs no calibration."""

_DESCRIPTIONS = {"behavior": "Behavior, and what was computed from it."}
_NOT_IN_NAMES = re.compile(rf"[/\\:{UNWRITABLE}]")


def check_name(name: str) -> str:
    """Validate a name that an object of a file is to have, and return it.

    Raises
    ------
    TypeError
        If it is no text.
    ValueError
        If it is empty, or holds a slash, a colon or what no file can hold.

    Examples
    --------
    >>> check_name("left trials")
    'left trials'
    """
    if not isinstance(name, str):
        raise TypeError(
            explain(
                f"The name {name!r} is a {type(name).__name__}.",
                "Names in NWB are parts of paths, in UTF-8.",
                ["Pass text: name='place_fields'."],
            )
        )
    if name and name not in {".", ".."} and not _NOT_IN_NAMES.search(name):
        return name
    raise ValueError(
        explain(
            f"The name {name!r} cannot be used in a file.",
            "Names in NWB are parts of paths, in UTF-8: not empty, without slash, colon and NUL.",
            ["Pass another: name='place_fields'."],
        )
    )


def sanitize_name(name: str, otherwise: str) -> str:
    """Replace what the name of an object of a file cannot have.

    Examples
    --------
    >>> sanitize_name("box 1/2", "environment"), sanitize_name("", "environment")
    ('box 1_2', 'environment')
    """
    cleaned = _NOT_IN_NAMES.sub("_", name)
    return otherwise if cleaned in {"", ".", ".."} else cleaned


def validate_nwbfile(nwbfile: "NWBFile") -> "NWBFile":
    """Validate that an object is an NWBFile, and return it.

    Raises
    ------
    TypeError
        If it is something else.
    """
    if isinstance(nwbfile, import_module("pynwb").NWBFile):
        return nwbfile
    raise TypeError(
        explain(
            f"nwbfile is a {type(nwbfile).__name__}.",
            "What is written goes into a pynwb.NWBFile.",
            [
                "Pass the NWBFile that you make or read with pynwb.",
                "To add to a file on disk: with edit_nwb(path) as nwbfile: ...",
            ],
        )
    )


def get_or_create_module(nwbfile: "NWBFile", name: str) -> "ProcessingModule":
    """Get a processing module, created where there is none of this name."""
    if name in nwbfile.processing:
        return nwbfile.processing[name]
    description = _DESCRIPTIONS.get(name, "Computed from what was recorded.")
    return nwbfile.create_processing_module(check_name(name), description)


def check_name_free(nwbfile: "NWBFile", module: str, name: str) -> None:
    """Raise if a name cannot be used, or is taken in a processing module.

    Raises
    ------
    ValueError
        If so.
    """
    check_name(name)
    taken = nwbfile.processing[module].data_interfaces if module in nwbfile.processing else {}
    if name in taken:
        raise ValueError(
            explain(
                f"There is a {type(taken[name]).__name__} {name!r} in processing module "
                f"{module!r} already.",
                "Nothing in a file is replaced.",
                [f"Pass another: name='{name}_2'.", "Pass another module=…."],
            )
        )


def choose_item(items: Sequence[Item], name: str | None, what: str) -> Item:
    """Choose one of several objects: the one that is named, or the only one.

    Parameters
    ----------
    items : sequence of Item
        Those of the kind.
    name : str or None
    what : str
        What they are, for the texts, as in "table of rate maps".

    Raises
    ------
    ValueError
        If none is meant, or several are.
    """
    if name is not None:
        return find_named(items, to_text(name, "name"), what, "name")
    if len(items) == 1:
        return items[0]
    if items:
        raise make_ambiguity_error([item.path for item in items], what, "name")
    raise ValueError(
        explain(
            f"The file has no {what}.",
            "It was looked for by its type, wherever it may lie.",
            ["Check that it is the file you mean.", "neurospatial info lists what a file holds."],
        )
    )
