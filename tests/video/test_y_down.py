"""What stands around a panel whose y grows downward."""

from dataclasses import replace

import numpy as np

from neurospatial.scene import Panel, Segments, compile_scene
from neurospatial.scene.figure_layout import Box
from neurospatial.scene.scale_bar_layers import make_scale_bar_layers
from neurospatial.video.figure.axes import draw_panel_axes
from neurospatial.video.figure.axis import AxisLook, Room, draw_y_axis
from neurospatial.video.figure.pen import Pen
from neurospatial.video.figure.style import read_style
from tests.video.clips import room


def panel_with(y_down: bool) -> Panel:
    env = room()
    (panel,) = compile_scene(env, np.zeros((1, env.n_bins)), scale_bar=10).panels
    view = replace(panel.view, y_down=y_down, axis_names=("u", "v"))
    return replace(panel, view=view)


def test_the_numbers_beside_a_panel_grow_as_y_does() -> None:
    """The lowest number, 0, is the only one of its width: it stands where y is 0."""
    box, look = Box(80, 20, 200, 200), AxisLook((0, 0, 0), (0, 0, 0))
    for limits in ((0.0, 40.0), (40.0, 0.0)):
        picture = np.full((240, 300, 3), 255, np.uint8)
        draw_y_axis(Pen(picture, 100 / 72), limits, box, Room(0, 300), look)
        ink = (picture[:, :70] < 128).any(axis=(1, 2))
        widths = (picture[:, :70] < 128).any(axis=2).sum(axis=1)
        rows = np.flatnonzero(ink)
        ends = [widths[abs(np.arange(240) - y) < 9].max() for y in (rows[4], rows[-5])]
        assert (ends[0] < ends[1]) == (limits[0] > limits[1])


def test_a_panel_whose_y_grows_downward_has_its_numbers_so() -> None:
    pictures = []
    for y_down in (False, True):
        picture = np.full((300, 320, 3), 255, np.uint8)
        panel, box = panel_with(y_down), Box(80, 40, 200, 200)
        draw_panel_axes(Pen(picture, 100 / 72), panel, box, None, Room(0, 300), read_style())
        pictures.append(picture)
    beside, below = np.s_[:, :80], np.s_[250:]
    assert not np.array_equal(pictures[0][beside], pictures[1][beside])
    assert np.array_equal(pictures[0][below], pictures[1][below])


def test_the_scale_bar_is_at_the_bottom() -> None:
    for y_down in (False, True):
        panel = panel_with(y_down)
        bar = make_scale_bar_layers(panel)[0]
        assert isinstance(bar, Segments)
        raster = panel.view.make_raster(200, 200)
        assert raster.world_to_px(bar.start[0, 0])[1] > 180
