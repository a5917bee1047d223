"""Frozen options, in the form that their checks gave them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def set_option(options: "DataclassInstance", **values: object) -> None:
    """Set what frozen options were given, in the form that a check returned it.

    For ``__post_init__`` alone: afterwards, options do not change.

    Examples
    --------
    >>> from dataclasses import dataclass
    >>> @dataclass(frozen=True)
    ... class Options:
    ...     loop: int
    ...
    ...     def __post_init__(self) -> None:
    ...         set_option(self, loop=int(self.loop))
    >>> Options(True)
    Options(loop=1)
    """
    for name, value in values.items():
        object.__setattr__(options, name, value)
