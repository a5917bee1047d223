"""The viewer behind what napari hands to a plugin."""

from typing import TYPE_CHECKING

from neurospatial.napari.patches.guard import guard_patch

if TYPE_CHECKING:
    import napari


def unwrap_viewer(viewer: "napari.Viewer") -> "napari.Viewer":
    """Find the viewer itself: plugins get a proxy, which is slow and another object."""
    with guard_patch("unwrap_viewer"):
        wrapped: napari.Viewer = getattr(viewer, "__wrapped__", viewer)
        return wrapped
    return viewer
