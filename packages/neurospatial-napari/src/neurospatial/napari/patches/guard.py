"""What happens to a patch that fails: it is off, and the log says so once."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

_LOGGER = logging.getLogger("neurospatial")

_OFF: set[str] = set()
"""Patches of which the log has said that they are off."""


@contextmanager
def guard_patch(name: str) -> Iterator[None]:
    """Leave out the rest of the body where it fails, and log once that a patch is off.

    Whatever is right without the patch has to stand before the body or after it.

    Parameters
    ----------
    name : str
        The module of the patch.

    Examples
    --------
    >>> with guard_patch("an_example"):
    ...     print("tried")
    tried
    """
    try:
        yield
    except Exception as error:
        _report_off(name, error)


def _report_off(name: str, error: Exception) -> None:
    """Log that a patch is off, the first time that it fails."""
    if name in _OFF:
        return
    _OFF.add(name)
    _LOGGER.warning(
        "The patch %r of the napari viewer is off, as napari or vispy has changed: %s: %s",
        name,
        type(error).__name__,
        error,
    )
