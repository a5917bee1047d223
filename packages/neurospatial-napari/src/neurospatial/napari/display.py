"""Whether a window can be opened here, and what may prevent it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

_WITHOUT_SCREEN = ("offscreen", "minimal", "vnc")
_INSTEAD = "Write a file instead: save_path='animation.html' or save_path='animation.mp4'."


def explain_missing_display() -> str | None:
    """Explain that there is no screen, as on a server; None where there is one.

    Examples
    --------
    >>> explain_missing_display() is None or "save_path" in explain_missing_display()
    True
    """
    if not sys.platform.startswith("linux"):
        return None
    if any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")):
        return None
    if os.environ.get("QT_QPA_PLATFORM", "").startswith(_WITHOUT_SCREEN):
        return None
    return f"There is no display (DISPLAY is not set), so no window can be opened. {_INSTEAD}"


def find_qt_conflict() -> str | None:
    """Find what keeps Qt from starting.

    Returns
    -------
    str or None
        One line: the cause and its cure.
    """
    bindings = [name for name in ("PyQt6", "PySide6", "PyQt5", "PySide2") if find_spec(name)]
    cv2 = find_spec("cv2")
    folders = [] if cv2 is None else list(cv2.submodule_search_locations or ())
    if any((Path(folder) / "qt").is_dir() for folder in folders):
        return (
            "opencv-python brings Qt plugins of its own, which are loaded in place of napari's. "
            "Replace it: pip uninstall opencv-python; pip install opencv-python-headless"
        )
    if len(bindings) > 1:
        return (
            f"Several Qt bindings are installed ({', '.join(bindings)}), and they do not mix "
            f"within one process. Keep one: pip uninstall {' '.join(bindings[1:])}"
        )
    return None


@contextmanager
def explain_qt_failure() -> Iterator[None]:
    """Explain what keeps Qt from starting, where the body fails and the cause is found."""
    try:
        yield
    except Exception as error:
        cause = find_qt_conflict()
        if cause is None:
            raise
        raise RuntimeError(f"napari could not open a window. {cause}") from error
