"""A camera beside a field, in a notebook."""

from neurospatial.testing.fixture import Fixture
from tests.html.browser import open_tab
from tests.overlays.camera_panels import check_camera_panel
from tests.widget import test_conformance_widget
from tests.widget.host import Host


def test_camera_panel_is_shown_in_a_widget(browser, tmp_path):
    suite = test_conformance_widget.TestWidget()
    with open_tab(browser) as tab:
        suite.host = Host(tab, tmp_path)
        check_camera_panel(Fixture(suite, tmp_path))
