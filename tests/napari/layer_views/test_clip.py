"""A camera's picture ends where the axes of its panel do."""

import numpy as np
import pytest

from neurospatial.scene import Affine2D, ArraySource, Image, Polygons, rgba
from tests.napari.layer_views.test_axes import to_canvas
from tests.napari.scenes import show_scene

TURNED = np.array([[0.8, -0.6, 105.0], [0.6, 0.8, -55.0], [0.0, 0.0, 1.0]])
MAPS = {
    "upright": Affine2D.translation(80.0, -45.0) @ Affine2D.scaling(0.5, 0.5),
    "turned": Affine2D(TURNED),
    "coarse": Affine2D.translation(60.0, -60.0) @ Affine2D.scaling(1.1, 1.1),
}


def make_picture(px_to_world, index, channels=3):
    pixels = np.full((1, 160, 160, channels), 255, dtype=np.uint8)
    return Image(
        name="Camera", frames=ArraySource(pixels), frame_index=np.array(index), z=-1.0,
        px_to_world=px_to_world,
    )  # fmt: skip


@pytest.mark.parametrize("channels", [3, 4])
@pytest.mark.parametrize("index", [[0], [0] * 40, [-1, *[0] * 39]], ids=["one", "all", "gap"])
@pytest.mark.parametrize("name", sorted(MAPS))
def test_nothing_is_painted_beyond_the_axes(viewer, name, index, channels):
    animation = show_scene(viewer, layers=[make_picture(MAPS[name], index, channels)])
    animation.frame = 7
    for layer in viewer.layers:
        layer.visible = layer.name == "Camera"
    shown = viewer.screenshot(flash=False)[..., :3].min(axis=-1) > 100
    x_min, y_min, x_max, y_max = animation.scene.panels[0].view.bounds
    left, bottom = to_canvas(viewer, x_min, y_min)
    right, top = to_canvas(viewer, x_max, y_max)
    # A pixel of the picture that reaches into the panel is shown whole.
    wide = np.abs(MAPS[name].matrix[0, :2]).sum()
    over = wide * viewer.scene.camera.zoom + 2
    rows, columns = np.nonzero(shown)
    assert left - over <= columns.min() < columns.max() <= right + over
    assert top - over <= rows.min() < rows.max() <= bottom + over
    middle = shown[round(top) + 20 : round(bottom) - 20, round(left) + 20 : round(right) - 20]
    assert middle.mean() > (0.5 if name == "turned" else 0.99)


def test_a_picture_beyond_the_axes_is_not_seen(viewer):
    away = Affine2D.translation(900.0, 900.0)
    show_scene(viewer, layers=[make_picture(away, [0])])
    assert not viewer.layers["Camera"].data[..., 3].any()


def test_a_region_beyond_the_axes_is_cut_off(viewer):
    ring = np.array([[90.0, -40.0], [190.0, -40.0], [190.0, 40.0], [90.0, 40.0]])
    white = rgba("white")
    region = Polygons(name="Region", polygons=((ring,),), fill=white, edge=white)
    animation = show_scene(viewer, layers=[region])
    for layer in viewer.layers:
        layer.visible = layer.name == "Region"
    rows, columns = np.nonzero(viewer.screenshot(flash=False)[..., :3].min(axis=-1) > 100)
    x_min, y_min, x_max, y_max = animation.scene.panels[0].view.bounds
    left, bottom = to_canvas(viewer, x_min, y_min)
    right, top = to_canvas(viewer, x_max, y_max)
    ends = columns.min(), columns.max() + 1, rows.min(), rows.max() + 1
    np.testing.assert_allclose(ends, (left, right, top, bottom), atol=1.5)
