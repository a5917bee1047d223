"""A camera beside a field, in the viewer."""

from neurospatial.testing.fixture import Fixture
from tests.napari import test_conformance_napari
from tests.overlays.camera_panels import check_camera_panel


def test_camera_panel_is_shown_in_the_viewer(viewer, tmp_path):
    suite = test_conformance_napari.TestViewer()
    suite.viewer = viewer
    check_camera_panel(Fixture(suite, tmp_path))
