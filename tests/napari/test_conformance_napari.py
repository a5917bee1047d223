"""The viewer shows, on its canvas, what the reference draws."""

from itertools import count

import pytest

from neurospatial.napari import animation_of, backend
from neurospatial.testing import BackendTests

_EACH = 1
"""A viewer takes its time: on how many of its layouts each case is tried, in turns."""


def taken(case, first):
    names = case.layouts
    chosen = {names[(first + step) % len(names)] for step in range(_EACH)}
    return [(case, name) for name in names if name in chosen]


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

    def pytest_generate_tests(self, metafunc):
        """Run each case on some of its layouts, which take turns."""
        if "case" in metafunc.fixturenames:
            turns = count(step=_EACH)
            runs = [run for case in self.cases() for run in taken(case, next(turns))]
            ids = [f"{case.about.__name__}-{case.name}-{name}" for case, name in runs]
            metafunc.parametrize("case, layout_name", runs, ids=ids)

    def options(self, tmp_path):
        return {"viewer": self.viewer}

    def frame(self, result, i):
        return self.shown(result, i).frame_pixels(0, longest=_LONGEST)

    def strip(self, result, i, number):
        return self.shown(result, i).strip_pixels(number)

    def shown(self, viewer, i):
        animation = animation_of(viewer)
        animation.frame = i
        return animation
