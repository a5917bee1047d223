"""Stepping compiles no shader anew, and colours still follow what is chosen."""

import numpy as np
import pytest
from vispy.visuals.shaders import Compiler

from neurospatial.testing import LAYOUTS
from tests.napari.scenes import make_grid, make_marks, make_ramps, show_scene


@pytest.fixture
def compiled(monkeypatch):
    """How often shaders were put together."""
    times = []
    put_together = Compiler.compile

    def counted(self, *given, **more):
        times.append(1)
        return put_together(self, *given, **more)

    monkeypatch.setattr(Compiler, "compile", counted)
    return times


def test_a_step_compiles_nothing(viewer, compiled):
    animation = show_scene(viewer, layers=make_marks(make_grid()))
    animation.frame = 1
    viewer.screenshot(flash=False)
    assert compiled
    compiled.clear()
    animation.frame = 2
    viewer.screenshot(flash=False)
    assert not compiled


def test_colours_of_a_mesh_follow_limits_and_colormap(viewer):
    layout = LAYOUTS["flat hexagons"]()
    animation = show_scene(viewer, layout, make_ramps(layout))
    animation.frame = 11
    before = animation.frame_pixels()
    field = viewer.layers["Field"]
    field.contrast_limits = (0, 5)
    darker = animation.frame_pixels()
    field.colormap = "magma"
    other = animation.frame_pixels()
    assert np.abs(before.astype(int) - darker).max() > 30
    assert np.abs(darker.astype(int) - other).max() > 30
