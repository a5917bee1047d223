"""Adding a scene selects one layer, and napari selects again what is added later."""

import numpy as np

from tests.napari.scenes import make_grid, make_marks, show_scene


def test_of_all_layers_the_field_alone_is_selected(viewer):
    selected = []
    viewer.layers.selection.events.active.connect(lambda event: selected.append(event.value))
    show_scene(viewer, layers=make_marks(make_grid()))
    assert [layer.name for layer in selected] == ["Field"]
    assert viewer.layers.selection.active.name == "Field"


def test_a_layer_of_the_user_is_selected_as_usual(viewer):
    show_scene(viewer)
    added = viewer.add_image(np.eye(3))
    assert viewer.layers.selection.active is added
