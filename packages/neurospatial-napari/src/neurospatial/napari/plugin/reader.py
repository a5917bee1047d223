"""Files and the demonstration, opened from napari."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from neurospatial.scene import Scene

SUFFIX = ".npz"
DEMO = "neurospatial://demo"

NoLayers = list[tuple[None]]
"""What tells napari that a file was read and that nothing is left to be added."""


def get_reader(path: str | list[str]) -> Callable[[str], NoLayers] | None:
    """Find what opens a path, or None for paths that are not ours.

    Parameters
    ----------
    path : str or list of str
        A list is a stack of files, which is not ours.

    Examples
    --------
    >>> get_reader("rates.npz").__name__
    'show_file'
    >>> get_reader("picture.png") is None
    True
    """
    if not isinstance(path, str):
        return None
    if path == DEMO:
        return show_demo
    return show_file if path.lower().endswith(SUFFIX) else None


def show_file(path: str) -> NoLayers:
    """Show an npz of fields, or of an environment, in the current viewer.

    Raises
    ------
    OSError, TypeError, ValueError
        If it cannot be read; the text says what, why and how to mend it.
    """
    from neurospatial.backends import open_scene

    return _show_scene(open_scene(path))


def show_demo(path: str = DEMO) -> NoLayers:
    """Show the session of `neurospatial demo` in the current viewer."""
    from neurospatial.backends import demo_scene

    return _show_scene(demo_scene())


def _show_scene(scene: "Scene") -> NoLayers:
    from napari import current_viewer
    from neurospatial.napari import NapariOptions, animation_of, backend

    viewer = current_viewer()
    if viewer is not None and animation_of(viewer) is not None:
        # Two animations have two clocks, and a viewer has one slider.
        viewer = None
    backend.present(scene, NapariOptions(viewer=viewer))
    return [(None,)]
