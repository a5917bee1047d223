"""Spatial fields as one web page: everything in it, played by any browser."""

from importlib import import_module
from typing import TYPE_CHECKING

from neurospatial.html.backend import HTMLBackend, backend
from neurospatial.html.options import HTMLOptions

if TYPE_CHECKING:
    from neurospatial.html.bundle import Bundle, BundleOptions
    from neurospatial.html.read import ReadBundle, read_bundle
    from neurospatial.html.script import player_script, player_style
    from neurospatial.html.shown import HTMLPage

__all__ = [
    "Bundle",
    "BundleOptions",
    "HTMLBackend",
    "HTMLOptions",
    "HTMLPage",
    "ReadBundle",
    "backend",
    "player_script",
    "player_style",
    "read_bundle",
]

_LATE = {
    "Bundle": "bundle",
    "BundleOptions": "bundle",
    "HTMLPage": "shown",
    "ReadBundle": "read",
    "player_script": "script",
    "player_style": "script",
    "read_bundle": "read",
}


def __getattr__(name: str) -> object:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATE[name]}"), name)
