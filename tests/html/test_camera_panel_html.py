"""A camera beside a field, in a page."""

from neurospatial.testing.fixture import Fixture
from tests.html import test_conformance_html
from tests.html.browser import open_tab
from tests.overlays.camera_panels import check_camera_panel


def test_camera_panel_is_shown_in_a_page(browser, tmp_path):
    suite = test_conformance_html.TestPage()
    with open_tab(browser) as tab:
        suite.tab, suite.opened = tab, None
        check_camera_panel(Fixture(suite, tmp_path))
