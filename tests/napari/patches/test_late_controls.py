"""Controls are made for layers that are selected, and are then as napari has them."""

import numpy as np
import pytest

from tests.napari.scenes import make_grid, make_marks, make_ramps, show_scene


@pytest.fixture
def controls(viewer):
    """What holds the controls, once a scene of two panels is shown."""
    layout = make_grid()
    show_scene(viewer, layout, {"a": make_ramps(layout), "b": make_ramps(layout)})
    return viewer.window._qt_viewer.controls


def test_only_those_of_the_selected_layer_are_made(viewer, controls):
    assert list(controls.widgets) == [viewer.layers["a: Field"]]
    viewer.layers.selection.active = viewer.layers["b: Field"]
    assert {layer.name for layer in controls.widgets} == {"a: Field", "b: Field"}
    shown = controls.currentWidget()
    assert shown is controls.widgets[viewer.layers["b: Field"]]
    assert shown.layer is viewer.layers["b: Field"]
    viewer.layers.selection.active = viewer.layers["a: Field"]
    assert controls.currentWidget().layer is viewer.layers["a: Field"]


def test_of_several_selected_layers_the_common_ones_are_shown(viewer, controls):
    viewer.layers.selection = set(viewer.layers)
    assert controls.currentWidget() is controls.panel


def test_layers_go_with_and_without_controls(viewer, controls):
    shown = controls.count()
    viewer.layers.remove("b: Field")
    assert controls.count() == shown
    viewer.layers.remove("a: Field")
    assert controls.currentWidget() is controls.empty_widget or len(viewer.layers) > 0
    viewer.layers.clear()
    assert not controls.widgets
    assert controls.currentWidget() is controls.empty_widget


def test_a_layer_of_the_user_has_controls_at_once(viewer, controls):
    added = viewer.add_image(np.eye(3))
    assert added in controls.widgets
    assert controls.currentWidget().layer is added


def test_a_second_scene_in_the_same_window_is_late_too(viewer, controls):
    show_scene(viewer, layers=make_marks(make_grid()))
    assert list(controls.widgets) == [viewer.layers["Field"]]
    for layer in viewer.layers:
        viewer.layers.selection.active = layer
        assert controls.currentWidget().layer is layer
    assert len(controls.widgets) == len(viewer.layers)
