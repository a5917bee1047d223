"""Pages opened in a headless Chromium that is cut off from the network."""

from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.waiting import HANGS, wait_until
from tools.bench.page_browser import find_chromium

_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_HELD_AT = 3600
"""Where a page's time is held [s]: later than any page has been open."""
_SCREEN = 16
"""Between two pictures of a screen [ms], as a page's held time has it."""
_running: list[object] = []
_PLAYER = "document.getElementById('ns-player').player"
_PIXELS = """(() => {
    const { width, height, data } = IMAGE;
    let letters = "";
    for (let at = 0; at < data.length; at += 32768)
        letters += String.fromCharCode(...data.subarray(at, at + 32768));
    return [width, height, btoa(letters)];
})()"""


class Tab:
    """A page that is open, what it said, and what it asked the network for.

    Parameters
    ----------
    page : playwright.sync_api.Page
    """

    def __init__(self, page) -> None:
        self.page = page
        self.messages: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda message: self.messages.append(message.text))
        page.on("pageerror", lambda error: self.messages.append(str(error)))
        page.on("request", self._note)

    def _note(self, request) -> None:
        if not request.url.startswith(("file:", "blob:", "data:")):
            self.asked.append(request.url)

    def open(self, path: Path, ready: bool = True) -> None:
        """Open a file and wait for its first frame."""
        self.page.goto(path.as_uri())
        if ready:
            self.run("player.ready")

    def run(self, script: str, given: object = None) -> object:
        """Give what an expression in JavaScript comes to; it may name `player` and `given`."""
        return self.page.evaluate(
            f"async (given) => {{ const player = {_PLAYER}; return await ({script}); }}", given
        )

    def show(self, frame: int) -> None:
        """Seek, and wait until the frame is drawn."""
        self.run("player.show(given)", frame)

    def pixels(self, image: str = "player.panelPixels(0)") -> NDArray[np.uint8]:
        """RGBA of an ImageData, shape (height, width, 4)."""
        width, height, text = self.run(_PIXELS.replace("IMAGE", image))
        return np.frombuffer(b64decode(text), np.uint8).reshape(height, width, 4)

    def until(self, script: str) -> None:
        """Wait for an expression to come true; the page's policy forbids waiting inside it."""
        wait_until(lambda: self.run(script), script)

    def hold_time(self) -> None:
        """Have the page's time pass only where `pass_time` and `skip_time` say so."""
        self.page.clock.install(time=0)
        self.page.clock.pause_at(_HELD_AT)

    def pass_time(self, milliseconds: int) -> None:
        """Let time pass on a machine that draws whenever the screen shows something, then too."""
        self.page.clock.run_for(milliseconds + _SCREEN)

    def skip_time(self, milliseconds: int) -> None:
        """Let time pass on a machine that has no time to draw until then."""
        self.page.clock.fast_forward(milliseconds)

    def devtools(self, command: str, **given: object) -> None:
        """Have the browser do what its developer tools can."""
        self._session.send(command, given)

    @cached_property
    def _session(self):
        return self.page.context.new_cdp_session(self.page)

    def words(self, selector: str) -> str:
        """Text of the first element that is found."""
        return self.page.inner_text(selector)


def _chromium() -> str:
    found = find_chromium()
    if found is None:
        pytest.skip("no Chromium is installed; NEUROSPATIAL_CHROMIUM may name one")
    return found


@contextmanager
def open_browser() -> Iterator[object]:
    """Start a Chromium of one's own, its profile empty; while one runs, give that one."""
    if _running:
        yield _running[0]  # Playwright is started once in a process.
        return
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=_chromium(), args=_FLAGS)
        _running.append(browser)
        yield browser
        _running.clear()
        browser.close()


@contextmanager
def open_tab(browser, **settings: object) -> Iterator[Tab]:
    """Open a tab without a network; when it is closed it must have been silent."""
    context = browser.new_context(offline=True, **settings)
    context.set_default_timeout(1000 * HANGS)
    tab = Tab(context.new_page())
    yield tab
    context.close()
    assert tab.messages == []
    assert tab.asked == []
