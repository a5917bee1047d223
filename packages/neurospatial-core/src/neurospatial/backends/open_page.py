"""A page that nobody asked a file of: where it is written, and how it gets to be seen."""

import logging
import os
import sys
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from tempfile import gettempdir

_log = logging.getLogger("neurospatial")

PAGE_SUFFIX = ".html"
_NAME = "animation"
_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY")
_OF_TEXT = ("www-browser", "links", "elinks", "lynx", "w3m")
"""Browsers of a terminal, which run no player and would keep the script waiting."""


@contextmanager
def reserve_page() -> Iterator[Path]:
    """Reserve a file name that is not taken, and free it when the block fails.

    It is ``animation.html`` in the working folder, else ``animation-2.html`` and so on: a
    folder that is kept, where results lie, and that browsers may read (those in a snap may
    not read the folder of temporary files). Where nothing can be written there, the folder
    of temporary files.

    Yields
    ------
    pathlib.Path
        Absolute, of an empty file.

    Raises
    ------
    OSError
        If neither folder can be written to.
    """
    page = _create_unused()
    try:
        yield page
    except BaseException:
        with suppress(OSError):
            page.unlink()
        raise


def open_page(page: Path) -> None:
    """Open a page in a browser where there is one, and say on standard error where it lies."""
    shown = _open_in_browser(page.as_uri())
    what = "it was given to the browser" if shown else "no browser was found; open it in one"
    text = f"The animation is in {page} ({page.stat().st_size / 1e6:.1f} MB): {what}."
    _log.info(text)
    if sys.stderr is not None:
        print(text, file=sys.stderr)


def _create_unused() -> Path:
    try:
        return _create_in(Path.cwd())
    except OSError:
        return _create_in(Path(gettempdir()))


def _create_in(folder: Path) -> Path:
    for number in count(1):
        page = folder / f"{_NAME}{f'-{number}' if number > 1 else ''}{PAGE_SUFFIX}"
        # Processes that start at once in one folder get a name each.
        with suppress(FileExistsError):
            page.touch(exist_ok=False)
            return page
    raise AssertionError("numbers do not end")


def _open_in_browser(address: str) -> bool:
    """Open an address, and return whether that worked."""
    has_screen = any(os.environ.get(name) for name in _SCREENS)
    if sys.platform.startswith("linux") and not (has_screen or os.environ.get("BROWSER")):
        return False
    try:
        # The preferred one alone: after it come those that take the terminal.
        browser = webbrowser.get()
        return getattr(browser, "basename", "") not in _OF_TEXT and browser.open(address)
    except (OSError, webbrowser.Error):
        return False
