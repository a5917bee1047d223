"""Layers without a text paint none, and paint one that is given later."""

import numpy as np

from neurospatial.napari.patches.visuals import get_visual
from tests.napari.scenes import make_grid, make_marks, show_scene


def get_text_visual(viewer, name):
    return get_visual(viewer, viewer.layers[name]).text


def test_a_text_is_painted_once_there_is_one(viewer):
    animation = show_scene(viewer, layers=make_marks(make_grid()))
    assert not get_text_visual(viewer, "Position").visible
    before = animation.frame_pixels().astype(int)
    viewer.layers["Position"].text = {"string": {"constant": "here"}, "size": 20, "color": "white"}
    assert np.abs(animation.frame_pixels() - before).max() > 100
    viewer.layers["Position"].text = {"string": {"constant": ""}}
    assert not get_text_visual(viewer, "Position").visible
    np.testing.assert_array_equal(animation.frame_pixels(), before)


def test_afterwards_the_layers_are_as_napari_has_them(viewer):
    animation = show_scene(viewer, layers=make_marks(make_grid()))
    animation.close()
    assert get_text_visual(viewer, "Position").visible
    viewer.layers["Position"].text = {"string": {"constant": ""}}
    assert get_text_visual(viewer, "Position").visible
