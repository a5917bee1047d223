"""What `neurospatial.napari` offers, under its documented path."""

from typing import TYPE_CHECKING

from neurospatial.animation.reexport import reexported

if TYPE_CHECKING:
    from neurospatial.napari import ViewerAnimation, animation_of

__all__ = ["ViewerAnimation", "animation_of"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return reexported(name, "neurospatial.napari")
