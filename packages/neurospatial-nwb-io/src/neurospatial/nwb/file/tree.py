"""What lies where in an NWB file, found by neurodata type."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast

from neurospatial.errors import explain, suggest_name

if TYPE_CHECKING:
    from hdmf.container import AbstractContainer


class Container(Protocol):
    """What is asked of an object of pynwb."""

    name: str
    parent: "Container | None"
    children: Iterable["Container"]
    fields: Mapping[str, object]


@dataclass(frozen=True, eq=False)
class Item:
    """An object of the file and where it lies.

    Parameters
    ----------
    path : str
        As in the file: "processing/behavior/Position/led".
    thing : Container
    """

    path: str
    thing: Container

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]

    @property
    def folder(self) -> str:
        """The path but for its last part."""
        return self.path.rpartition("/")[0]

    def is_a(self, *types: str) -> bool:
        """Check whether it is of one of these neurodata types, or extends one."""
        return is_a(self.thing, *types)

    def is_inside(self, *types: str) -> bool:
        """Check whether it lies in an object of one of these neurodata types."""
        above = self.thing.parent
        while above is not None and not is_a(above, *types):
            above = above.parent
        return above is not None


def as_container(thing: "AbstractContainer") -> Container:
    """Type an object of pynwb as a Container."""
    return cast("Container", thing)


def is_a(thing: Container, *types: str) -> bool:
    """Check whether an object is of one of these neurodata types, or extends one.

    Types are compared by name, so that those made from the specification kept in
    a file, where the package of an extension is not installed, are found as well.

    Examples
    --------
    >>> from pynwb.file import Subject
    >>> is_a(Subject(), "Device", "NWBContainer")
    True
    """
    return any(kind.__name__ in types for kind in type(thing).__mro__)


def walk(root: Container) -> list[Item]:
    """List the objects of a file, each with its path."""
    prefixes = {
        id(thing): f"{group}/"
        for group in ("acquisition", "processing", "analysis", "scratch", "intervals", "stimulus")
        for thing in _iter_values(getattr(root, group, None))
    }
    found: list[Item] = []
    for thing in root.children:
        _collect_items(thing, prefixes.get(id(thing), ""), found)
    return found


def _iter_values(group: object) -> Iterator[object]:
    if isinstance(group, Mapping):
        yield from group.values()


def _collect_items(thing: Container, prefix: str, found: list[Item]) -> None:
    # Columns are read as parts of their table; a file may hold thousands.
    if is_a(thing, "VectorData", "ElementIdentifiers"):
        return
    item = Item(f"{prefix}{thing.name}", thing)
    found.append(item)
    for child in thing.children:
        _collect_items(child, f"{item.path}/", found)


def find_named(items: Sequence[Item], name: str, what: str, keyword: str) -> Item:
    """Find the one whose path is, or ends in, a name.

    Raises
    ------
    ValueError
        If none is, or several are.

    Examples
    --------
    >>> items = [Item("acquisition/Position/x", None), Item("acquisition/Position/y", None)]
    >>> find_named(items, "Position/x", "a position", "position").path
    'acquisition/Position/x'
    """
    matches = [item for item in items if f"/{item.path}".endswith(f"/{name.strip('/')}")]
    if len(matches) == 1:
        return matches[0]
    paths = [item.path for item in items]
    if not matches:
        hint = suggest_name(name, {*paths, *(item.name for item in items)})
        raise ValueError(
            explain(
                f"There is no {what} named {name!r}.{hint}",
                f"The file has {_quote_paths(paths) if paths else 'none'}.",
                [f"Pass one of these, or the end of it: {keyword}={paths[0]!r}"]
                if paths
                else [f"Leave {keyword} out."],
            )
        )
    raise make_ambiguity_error([item.path for item in matches], f"{what} named {name!r}", keyword)


def choose_optional_item(
    candidates: Sequence[Item], wanted: str | bool | None, keyword: str
) -> Item | None:
    """Choose the item of a name, or the only one; None where there is none, or for False.

    Parameters
    ----------
    candidates : sequence of Item
    wanted : str, False or None
    keyword : str
        Of `read_session`, which says what the items are.

    Raises
    ------
    ValueError
        If there are several, or none of the name wanted.
    """
    if wanted is False or (wanted is None and not candidates):
        return None
    if isinstance(wanted, str):
        return find_named(candidates, wanted, keyword, keyword)
    if len(candidates) > 1:
        how = [f"Pass {keyword}=False for none"]
        raise make_ambiguity_error([item.path for item in candidates], keyword, keyword, how)
    return candidates[0]


def make_ambiguity_error(
    candidates: Sequence[str], what: str, keyword: str, how: Sequence[str] = ()
) -> ValueError:
    """Make the error that lists what could be meant, and what to pass to choose."""
    return ValueError(
        explain(
            f"The file has {len(candidates)} candidates for a {what}: {_quote_paths(candidates)}.",
            "Which of them is meant, the file does not say.",
            [*how, *(f"Pass {keyword}={path!r}" for path in candidates[:4])],
        )
    )


def _quote_paths(paths: Sequence[str], most: int = 12) -> str:
    shown = ", ".join(map(repr, paths[:most]))
    return shown if len(paths) <= most else f"{shown} and {len(paths) - most} more"
