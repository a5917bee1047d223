"""One browser for all tests of widgets, and a page that shows them."""

import pytest

from tests.html.browser import open_browser, open_tab
from tests.widget.host import Host, keep_messages


@pytest.fixture(scope="session")
def browser():
    with open_browser() as browser:
        yield browser


@pytest.fixture(autouse=True)
def _kept(monkeypatch):
    keep_messages(monkeypatch)


@pytest.fixture
def host(browser, tmp_path):
    with open_tab(browser) as tab:
        yield Host(tab, tmp_path)
