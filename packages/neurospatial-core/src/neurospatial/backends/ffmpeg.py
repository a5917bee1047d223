"""Whether videos can be written here."""

from neurospatial.backends.choose import can_run


def check_ffmpeg_available() -> bool:
    """Return whether videos can be written: their backend is installed, and an encoder with it.

    PyAV brings ffmpeg; a program of that name is not needed and does not do instead.

    Examples
    --------
    >>> isinstance(check_ffmpeg_available(), bool)
    True
    """
    return can_run("video")
