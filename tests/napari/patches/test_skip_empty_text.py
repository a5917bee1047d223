"""Layers without a text paint none, and paint one that is given later."""

import numpy as np

from neurospatial.napari.patches.visuals import visual_of
from tests.napari.scenes import grid, marks, shown


def painted_text(viewer, name):
    return visual_of(viewer, viewer.layers[name]).text


def test_a_text_is_painted_once_there_is_one(viewer):
    animation = shown(viewer, layers=marks(grid()))
    assert not painted_text(viewer, "Position").visible
    before = animation.frame_pixels().astype(int)
    viewer.layers["Position"].text = {"string": {"constant": "here"}, "size": 20, "color": "white"}
    assert np.abs(animation.frame_pixels() - before).max() > 100
    viewer.layers["Position"].text = {"string": {"constant": ""}}
    assert not painted_text(viewer, "Position").visible
    np.testing.assert_array_equal(animation.frame_pixels(), before)


def test_afterwards_the_layers_are_as_napari_has_them(viewer):
    animation = shown(viewer, layers=marks(grid()))
    animation.close()
    assert painted_text(viewer, "Position").visible
    viewer.layers["Position"].text = {"string": {"constant": ""}}
    assert painted_text(viewer, "Position").visible
