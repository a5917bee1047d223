"""A virtual screen, and settings that are nobody's."""

import os
import shutil
import subprocess
import sys
from functools import cache

import pytest

_SIZE = "1280x1024x24"
_STARTED = []


@cache
def start_virtual_screen():
    """Name of a screen that is started here; it ends when this process has let go of it."""
    if shutil.which("Xvfb") is None:
        pytest.skip("there is no display, and no Xvfb to make one")
    reading, writing = os.pipe()
    options = ["-screen", "0", _SIZE, "-nolisten", "tcp", "-terminate"]
    _STARTED.append(subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), *options],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    ))  # fmt: skip
    os.close(writing)
    with os.fdopen(reading) as pipe:
        number = pipe.readline().strip()
    assert number, "Xvfb did not start"
    return f":{number}"


def needs_screen():
    return sys.platform.startswith("linux") and not os.environ.get("DISPLAY")
