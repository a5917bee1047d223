"""One browser for all tests of pages."""

import pytest

from tests.html.browser import open_browser, open_tab


@pytest.fixture(scope="session")
def browser():
    with open_browser() as browser:
        yield browser


@pytest.fixture
def tab(browser):
    with open_tab(browser) as tab:
        yield tab
