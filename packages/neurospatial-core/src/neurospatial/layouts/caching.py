"""Properties of layouts that are computed once."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # Pyright takes a cached_property for no implementation of a protocol's property, by
    # design (microsoft/pyright#4343); mypy takes either for both.
    cached_property = property
else:
    from functools import cached_property

__all__ = ["cached_property"]
