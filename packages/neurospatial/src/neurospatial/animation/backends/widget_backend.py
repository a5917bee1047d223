"""What `neurospatial.widget` offers, under its documented path."""

from typing import TYPE_CHECKING

from neurospatial.animation.reexport import reexported

if TYPE_CHECKING:
    from neurospatial.widget import FieldsWidget

__all__ = ["FieldsWidget"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return reexported(name, "neurospatial.widget")
