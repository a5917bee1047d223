"""Spatial fields in a napari viewer: scrubbed live, with real values under the cursor."""

from importlib import import_module
from typing import TYPE_CHECKING

from neurospatial.napari.backend import NapariBackend, backend
from neurospatial.napari.options import NapariOptions

if TYPE_CHECKING:
    from neurospatial.napari.player.animation import ViewerAnimation, animation_of

__all__ = ["NapariBackend", "NapariOptions", "ViewerAnimation", "animation_of", "backend"]

_LATE = {"ViewerAnimation": "player.animation", "animation_of": "player.animation"}


def __getattr__(name: str) -> object:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATE[name]}"), name)
