"""The viewer shows, on its canvas, what the reference draws."""

import math
from itertools import cycle

import pytest

from neurospatial.napari import animation_of, backend
from neurospatial.scene import Field
from neurospatial.testing import BackendTests

# On no layout does an edge between bins then pass through the middle of a pixel.
_LONGEST = 188
_LEAST = 3
"""Layouts that a mark's case is tried on at least; `tools/test -s long` tries all."""


def choose_runs(cases):
    """Which cases are tried on which layouts whenever anything is.

    Those of fields on all; those of a mark on the first and on some that they take in turn,
    so that each mark is on each layout.
    """
    for about in dict.fromkeys(case.about for case in cases):
        those = [case for case in cases if case.about is about]
        turn = cycle(those[0].layouts[1:])
        n_others = max(_LEAST - 1, math.ceil(len(those[0].layouts[1:]) / len(those)))
        for case in those:
            if about is Field or len(case.layouts) <= _LEAST:
                yield from ((case.name, layout) for layout in case.layouts)
            else:
                chosen = (case.layouts[0], *(next(turn) for _ in range(n_others)))
                yield from ((case.name, layout) for layout in chosen)


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

    def pytest_generate_tests(self, metafunc):
        if "case" in metafunc.fixturenames:
            metafunc.parametrize("case, layout_name", list(self.iter_runs()))

    def iter_runs(self):
        chosen = set(choose_runs(self.cases()))
        for case in self.cases():
            for layout in case.layouts:
                marks = () if (case.name, layout) in chosen else pytest.mark.long
                name = f"{case.about.__name__}-{case.name}-{layout}"
                yield pytest.param(case, layout, marks=marks, id=name)


def test_what_is_chosen_has_each_case_and_each_mark_on_each_layout():
    cases = TestViewer().cases()
    chosen = set(choose_runs(cases))
    abouts = {case.name: case.about for case in cases}
    # The suite is shown to detect what it is there for on the first layout of each case.
    assert {(case.name, case.layouts[0]) for case in cases} <= chosen
    wanted = {(case.about, layout) for case in cases for layout in case.layouts}
    assert {(abouts[name], layout) for name, layout in chosen} == wanted
