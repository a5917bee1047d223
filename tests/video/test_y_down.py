"""What stands around a panel whose y grows downward."""

from dataclasses import replace

import numpy as np
from matplotlib.figure import Figure

from neurospatial.scene import Panel, Segments, compile_scene
from neurospatial.video.figure.axes import draw_panel_axes
from neurospatial.video.figure.scale_bar import make_scale_bar_layers
from tests.video.clips import room


def panel_with(y_down: bool) -> Panel:
    env = room()
    (panel,) = compile_scene(env, np.zeros((1, env.n_bins)), scale_bar=10).panels
    view = replace(panel.view, y_down=y_down, axis_names=("u", "v"))
    return replace(panel, view=view)


def test_the_numbers_beside_a_panel_grow_as_y_does() -> None:
    for y_down in (False, True):
        axes = Figure().add_subplot()
        draw_panel_axes(axes, panel_with(y_down))
        assert axes.yaxis_inverted() == y_down
        assert (axes.get_xlabel(), axes.get_ylabel()) == ("u [cm]", "v [cm]")


def test_the_scale_bar_is_at_the_bottom() -> None:
    for y_down in (False, True):
        panel = panel_with(y_down)
        bar = make_scale_bar_layers(panel)[0]
        assert isinstance(bar, Segments)
        raster = panel.view.make_raster(200, 200)
        assert raster.world_to_px(bar.start[0, 0])[1] > 180
