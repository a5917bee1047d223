"""The page shows, in a real browser, what the reference draws."""

import pytest

from neurospatial.html import backend
from neurospatial.testing import BackendTests
from tests.html.browser import open_tab


@pytest.fixture(scope="module")
def one_tab(browser):
    with open_tab(browser) as tab:
        yield tab


class TestPage(BackendTests):
    backend = backend
    background = (224, 224, 224)
    unusual_size = {"figsize": (2.37, 1.79)}  # noqa: RUF012
    several_panels = {"figsize": None}  # noqa: RUF012

    @pytest.fixture(autouse=True)
    def _tab(self, one_tab):
        self.tab, self.opened = one_tab, None

    def options(self, tmp_path):
        return {"figsize": (2.4, 1.8), "picture_quality": None}

    def frame(self, result, i):
        self.open(result, i)
        return self.tab.pixels("player.panelPixels(0)")

    def strip(self, result, i, number):
        self.open(result, i)
        return self.tab.pixels(f"player.stripPixels({number})")

    def open(self, path, i):
        if self.opened != path:
            self.tab.open(path)
            self.opened = path
        self.tab.show(i)
        assert self.tab.messages == []
