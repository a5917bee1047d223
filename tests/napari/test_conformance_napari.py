"""The viewer shows, on its canvas, what the reference draws."""

import pytest

from neurospatial.napari import animation_of, backend
from neurospatial.testing import BackendTests

# On no layout does an edge between bins then pass through the middle of a pixel.
_LONGEST = 188


class TestViewer(BackendTests):
    """napari's own colormap is a texture of 1024 entries: a colour may be one entry off."""

    backend = backend
    exact = False
    min_psnr = 35.0
    background = (0, 0, 0)

    @pytest.fixture(autouse=True)
    def _viewer(self, viewer):
        self.viewer = viewer

    def options(self, tmp_path):
        return {"viewer": self.viewer}

    def frame(self, result, i):
        return self.show_frame(result, i).frame_pixels(0, longest=_LONGEST)

    def strip(self, result, i, number):
        return self.show_frame(result, i).strip_pixels(number)

    def show_frame(self, viewer, i):
        animation = animation_of(viewer)
        animation.frame = i
        return animation
