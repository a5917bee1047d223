"""What is left out of a picture cannot be seen."""

from types import MethodType

import numpy as np
import pytest
from vispy.visuals.image import ImageVisual

from neurospatial.napari.patches.visuals import get_visual
from tests.napari.scenes import show_scene


@pytest.fixture
def axes(viewer):
    """What draws the axes of a viewer."""
    show_scene(viewer)
    return get_visual(viewer, viewer.layers["axes"])


def take_screenshot(viewer):
    return viewer.screenshot(flash=False)


def paint_whole(viewer, image):
    sparsely = image._build_vertex_data
    image._build_vertex_data = MethodType(ImageVisual._build_vertex_data, image)
    image._need_vertex_update = True
    picture = take_screenshot(viewer)
    image._build_vertex_data = sparsely
    image._need_vertex_update = True
    take_screenshot(viewer)
    return picture


def zoom_out(viewer):
    viewer.scene.camera.zoom *= 0.61


def move(viewer):
    viewer.scene.camera.center = (-21.7, 117.6)


def say_longer_numbers(viewer):
    viewer.layers["Field"].contrast_limits = (-123.25, 400.75)


@pytest.mark.parametrize("change", [zoom_out, move, say_longer_numbers])
def test_the_picture_is_as_if_painted_whole(viewer, axes, change):
    for changed in (lambda viewer: None, change):
        changed(viewer)
        np.testing.assert_array_equal(take_screenshot(viewer), paint_whole(viewer, axes))


def test_little_is_painted(viewer, axes):
    take_screenshot(viewer)
    area = 16**2 * axes._subdiv_position.size / 6
    assert 0 < area < 0.25 * np.prod(axes.size)


def test_out_of_sight_it_is_empty(viewer, axes):
    viewer.scene.camera.zoom = 50.0
    viewer.scene.camera.center = (1e4, 1e4)
    viewer.scene.camera.zoom = 60.0
    assert (take_screenshot(viewer)[..., :3] == 0).all()
