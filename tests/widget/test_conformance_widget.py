"""The widget shows, in a real browser, what the reference draws."""

import pytest

from neurospatial.testing import BackendTests
from neurospatial.widget import backend
from tests.html.browser import open_tab
from tests.widget.host import Host


@pytest.fixture(scope="module")
def one_host(browser, tmp_path_factory):
    with open_tab(browser) as tab:
        yield Host(tab, tmp_path_factory.mktemp("host"))


class TestWidget(BackendTests):
    backend = backend
    background = (224, 224, 224)
    unusual_size = {"figsize": (2.37, 1.79)}  # noqa: RUF012
    several_panels = {"figsize": None}  # noqa: RUF012

    @pytest.fixture(autouse=True)
    def _host(self, one_host):
        self.host = one_host

    def options(self, tmp_path):
        return {"figsize": (2.4, 1.8), "picture_quality": None}

    def frame(self, result, i):
        self.open(result, i)
        return self.host.tab.pixels("player.panelPixels(0)")

    def strip(self, result, i, number):
        self.open(result, i)
        return self.host.tab.pixels(f"player.stripPixels({number})")

    def open(self, widget, i):
        if self.host.widget is not widget:
            self.host.show(widget)
        self.host.tab.show(i)
        assert self.host.tab.messages == []
