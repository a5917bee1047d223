"""What `neurospatial.widget` offers, under its documented path."""

from neurospatial.animation.reexport import reexported

_NAMES = {"render_widget"}


def __getattr__(name: str) -> object:
    if name not in _NAMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return reexported(name, "neurospatial.widget")
