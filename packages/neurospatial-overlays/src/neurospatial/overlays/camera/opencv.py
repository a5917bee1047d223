"""OpenCV, looked up when it is needed."""

from types import ModuleType

from neurospatial.errors import explain
from neurospatial.install_hint import make_install_line


def import_opencv(wanted_for: str) -> ModuleType:
    """Import OpenCV, or say how to get it.

    Parameters
    ----------
    wanted_for : str
        What needs it, for the text of the error.

    Raises
    ------
    ImportError
        If it is not installed.

    Examples
    --------
    >>> import_opencv("A camera at an angle").__name__
    'cv2'
    """
    try:
        import cv2
    except ImportError as error:
        raise ImportError(
            explain(
                f"{wanted_for} needs OpenCV, which is not installed.",
                "It is not needed for anything else here, so it is not installed by default.",
                [make_install_line("neurospatial-overlays[camera]")],
            )
        ) from error
    return cv2
