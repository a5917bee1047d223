"""A camera beside a field, in a film."""

from neurospatial.testing.fixture import Fixture
from tests.conformance import test_video
from tests.overlays.camera_panels import check_camera_panel


def test_camera_panel_is_painted(tmp_path):
    check_camera_panel(Fixture(test_video.TestBeforeEncoding(), tmp_path))
