"""The suite fails where a backend draws a line of values the wrong way up."""

from dataclasses import replace

import pytest

from neurospatial.testing.cases import CASES
from neurospatial.testing.fixture import Fixture
from neurospatial.testing.layouts import LINES
from tests.conformance.test_video import Painter, VideoTests


class Upward(Painter):
    """The video backend, to which y always grows upward."""

    def present(self, scene, options):
        panels = (replace(p, view=replace(p.view, y_down=False)) for p in scene.panels)
        return super().present(replace(scene, panels=tuple(panels)), options)


@pytest.mark.parametrize("layout", LINES)
def test_y_upward_for_ever_is_found(layout, tmp_path):
    (case,) = (case for case in CASES if case.name == "line_falls_as_y_grows")
    suite = VideoTests()
    suite.backend = Upward()
    with pytest.raises(AssertionError):
        case.run(Fixture(suite, tmp_path), LINES[layout]())
