"""To which environment values belong: kept in a text, for no standard type links them."""

import re
from typing import TYPE_CHECKING

from neurospatial.nwb.file.tree import Container, Item, walk
from neurospatial.nwb.results.environment import find_environment_tables

if TYPE_CHECKING:
    from pynwb.core import DynamicTable

_REFERENCE = re.compile(
    r" ?Environment (?P<name>'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\") "
    r"\(object_id (?P<id>[0-9a-f-]+)\)\.$"
)
"""The name as `repr` writes it, so that a text before it may speak of environments as well."""


def format_reference(bins: "DynamicTable") -> str:
    """Format which table of bins is meant, to stand at the end of a text."""
    return f"Environment {bins.name!r} (object_id {bins.object_id})."


def remove_reference(text: str) -> str:
    """Remove from a text what `format_reference` put at its end.

    Examples
    --------
    >>> remove_reference("Rates. Environment 'box' (object_id 12ab).")
    'Rates.'
    """
    return _REFERENCE.sub("", text)


def find_referenced_environment(root: Container, text: str) -> Container | None:
    """Find the table of bins that a text refers to; None where it is not in the file.

    The id outlasts a new name, and the name a copy of the file in which ids are new.
    """
    match = _REFERENCE.search(text)
    if match is None:
        return None
    tables = find_environment_tables(root)
    same = [item for item in tables if getattr(item.thing, "object_id", "") == match["id"]]
    same = same or [item for item in tables if repr(item.name) == match["name"]]
    return same[0].thing if len(same) == 1 else None


def find_field_items(root: Container) -> list[Item]:
    """List the series of a file whose values belong to an environment."""
    return [item for item in walk(root) if item.is_a("TimeSeries") and _has_reference(item.thing)]


def _has_reference(thing: Container) -> bool:
    return _REFERENCE.search(str(thing.fields.get("comments", ""))) is not None
