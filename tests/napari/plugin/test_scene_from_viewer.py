"""The scene as the viewer shows it."""

import numpy as np
import pytest

from neurospatial import Environment, FieldPanel, animate, animate_fields
from neurospatial.napari.plugin.scene_from_viewer import scene_from_viewer
from neurospatial.scene import ColorScale, Points
from tests.napari.plugin.exports import get_animation, sample_bins, wait_until


@pytest.fixture
def animation(viewer, fields_file):
    viewer.open(fields_file, plugin="neurospatial-napari")
    return get_animation(viewer)


@pytest.fixture
def two(viewer):
    """Two panels side by side."""
    env = Environment.from_mask(np.ones((6, 5), bool), [np.arange(7.0), np.arange(6.0)])
    fields = np.random.default_rng(0).uniform(0, 1, (2, 4, 30))
    animate_fields(
        env, {"a": fields[0], "b": fields[1]}, backend="napari", viewer=viewer,
        overlay_trajectory=np.full((4, 2), 3.0),
    )  # fmt: skip
    return get_animation(viewer)


def the_field(scene, panel=0):
    (field,) = scene.panels[panel].fields
    return field


def test_untouched_it_is_the_scene(animation):
    seen = scene_from_viewer(animation, 0, 8, window_only=False)
    before = animation.scene
    assert seen.timeline is before.timeline
    (panel,), (panel_before,) = seen.panels, before.panels
    assert panel.view == panel_before.view
    assert panel.colorbar.table is panel_before.colorbar.table
    for layer, layer_before in zip(panel.layers, panel_before.layers, strict=True):
        assert vars(layer).keys() == vars(layer_before).keys()
        assert layer.visible
    scale, scale_before = the_field(seen).color, the_field(before).color
    assert (scale.vmin, scale.vmax) == pytest.approx((scale_before.vmin, scale_before.vmax))


def test_what_is_not_shown_is_hidden(animation, viewer):
    def points():
        (found,) = (
            x
            for x in scene_from_viewer(animation, 2, 5, window_only=False).panels[0].layers
            if isinstance(x, Points)
        )
        assert found.xy.shape == (3, 1, 2)
        return found

    viewer.layers["Trajectory trail"].visible = False
    assert (points().visible, points().trail) == (True, 0)
    viewer.layers["Trajectory"].visible = False
    assert not points().visible
    viewer.layers["Trajectory"].visible = True
    assert points().visible
    viewer.layers.remove("Trajectory")
    assert not points().visible
    assert the_field(scene_from_viewer(animation, 2, 5, window_only=False)).visible


def test_the_colours_are_those_of_the_viewer(animation, viewer):
    def scale():
        return the_field(scene_from_viewer(animation, 0, 8, window_only=False)).color

    viewer.layers["Field"].contrast_limits = (3.0, 11.0)
    assert (scale().vmin, scale().vmax, scale().name) == (3.0, 11.0, "viridis")
    magma = ColorScale.from_cmap("magma", 0.0, 1.0).table.astype(int)
    viewer.layers["Field"].colormap = "magma"
    assert np.abs(scale().table - magma).max() <= 3
    assert scale().name == "magma"
    viewer.layers["Field"].gamma = 0.5
    assert np.abs(scale().table[64] - magma[128]).max() <= 4
    assert scale().vmax == 11.0


def test_the_pace_is_that_of_the_viewer(animation):
    animation.fps = 12.0
    assert scene_from_viewer(animation, 1, 4, window_only=False).timeline.fps == 12.0
    assert animation.scene.timeline.fps == 30.0


def test_the_part_is_that_of_the_window(animation, viewer):
    def part():
        return np.array(scene_from_viewer(animation, 0, 8, window_only=True).panels[0].view.bounds)

    camera = viewer.scene.camera
    whole = animation.scene.panels[0].view.bounds
    camera.zoom /= 4
    np.testing.assert_array_equal(part(), whole)
    camera.zoom *= 12
    row, column = np.asarray(camera.center)[-2:]
    camera.center = (row + 4, column - 3)
    wait_until(lambda: True)
    bounds = part()
    assert (bounds[:2] > whole[:2]).all()
    assert (bounds[2:] < whole[2:]).all()
    # The window holds nothing but the part, so that its picture is a picture of the part.
    animation.frame = 7
    viewer.layers["Trajectory"].visible = viewer.layers["Trajectory trail"].visible = False
    picture = viewer.screenshot(flash=False)
    assert picture.shape[1] / picture.shape[0] == pytest.approx(
        (bounds[2] - bounds[0]) / (bounds[3] - bounds[1]), rel=0.01
    )
    field = the_field(animation.scene)
    centers = field.geometry.layout.bin_centers
    # Near the corners of the bins, which are 10 cm wide, so that a wrong part is noticed.
    corners = centers[:, None] + 4.6 * np.array([(-1, -1), (-1, 1), (1, -1), (1, 1)])
    inside = ((corners > bounds[:2]) & (corners < bounds[2:])).all(axis=2)
    assert 8 <= inside.sum() < inside.size
    expected = field.color.table[field.color.quantise(field.values.read(7, 8)[0])].astype(int)
    seen = sample_bins(picture, corners[inside], bounds)
    assert np.abs(seen - expected[np.nonzero(inside)[0]]).max() <= 4


def test_a_window_that_shows_nothing(animation, viewer, open_dock):
    viewer.scene.camera.center = (1e6, 1e6)
    with pytest.raises(ValueError, match="shows no part of the animation") as caught:
        scene_from_viewer(animation, 0, 8, window_only=True)
    assert "HOW:" in str(caught.value)
    dock = open_dock()
    dock.file.setText("out.mp4")
    dock.part.setCurrentText("As in the viewer")
    dock.export_button.click()
    assert "shows no part of the animation" in dock.message.text()


def test_panels_have_their_own_layers_and_a_linked_scale_stays_one(two, viewer):
    viewer.layers["b: Trajectory"].visible = False
    viewer.layers["b: Field"].contrast_limits = (0.2, 0.4)
    seen = scene_from_viewer(two, 0, 4, window_only=False)
    hidden = [[x.name for x in panel.layers if not x.visible] for panel in seen.panels]
    assert hidden == [[], ["Trajectory"]]
    assert the_field(seen, 1).color.vmin == pytest.approx(0.2)
    assert the_field(seen, 0).color is the_field(seen, 1).color is seen.colorbar
    assert [panel.colorbar for panel in seen.panels] == [None, None]


def test_a_scale_that_was_unlinked_is_two_each_with_its_bar(two, viewer):
    viewer.layers.unlink_layers([viewer.layers["a: Field"], viewer.layers["b: Field"]])
    viewer.layers["b: Field"].contrast_limits = (0.2, 0.4)
    seen = scene_from_viewer(two, 0, 4, window_only=False)
    assert seen.colorbar is None
    for number, panel in enumerate(seen.panels):
        assert panel.colorbar is the_field(seen, number).color
    assert the_field(seen, 1).color.vmin == pytest.approx(0.2)
    assert the_field(seen, 0).color.vmin == pytest.approx(the_field(two.scene, 0).color.vmin)


def test_a_layer_that_was_renamed_is_still_known(two, viewer):
    layer = viewer.layers["b: Trajectory"]
    layer.name, layer.visible = "mine", False
    seen = scene_from_viewer(two, 0, 4, window_only=False)
    assert [x.name for x in seen.panels[1].layers if not x.visible] == ["Trajectory"]


def test_cells_axes_and_rows_are_kept(viewer):
    env = Environment.from_mask(np.ones((6, 5), bool), [np.arange(7.0), np.arange(6.0)])
    fields = np.random.default_rng(0).uniform(0, 1, (6, 30))
    times = np.arange(6.0)
    slow = FieldPanel(env, fields[:2], frame_times=[0.0, 4.0], title="slow")
    panels = [FieldPanel(env, fields, frame_times=times, title=name, axes=False) for name in "ab"]
    animate([[panels[0], None], [None, slow], [panels[1], None]], backend="napari", viewer=viewer)
    animation = get_animation(viewer)
    seen = scene_from_viewer(animation, 0, 3, window_only=False)
    assert seen.cells == animation.scene.cells == ((0, 0), (1, 1), (2, 0))
    assert [panel.axes for panel in seen.panels] == [(False,) * 2, (True,) * 2, (False,) * 2]
    field, before = the_field(seen, 1), the_field(animation.scene, 1)
    assert field.values.shape[0] < 3
    assert len(field.frame_index) == 3
    np.testing.assert_array_equal(field.shown.read(0, 3), before.shown.read(0, 3))
    # The middle row is out of sight: the others close ranks.
    left, bottom, right, top = animation.placements[0].box
    viewer.scene.camera.zoom = 0.9 * viewer.canvas.size[1] / (right - left)
    viewer.scene.camera.center = ((bottom + top) / 2, (left + right) / 2)
    seen = scene_from_viewer(animation, 0, 3, window_only=True)
    assert [panel.title for panel in seen.panels] == ["a"]
    assert seen.cells == ((0, 0),)


def test_panels_out_of_the_window_are_left_out(two, viewer):
    left, bottom, right, top = two.placements[1].box
    viewer.scene.camera.zoom = 3 * viewer.canvas.size[1] / (right - left)
    viewer.scene.camera.center = ((bottom + top) / 2, (left + right) / 2)
    seen = scene_from_viewer(two, 0, 4, window_only=True)
    assert [panel.title for panel in seen.panels] == ["b"]
    x_min, _, x_max, _ = seen.panels[0].view.bounds
    whole = two.scene.panels[1].view.bounds
    assert (x_min + x_max) / 2 == pytest.approx((whole[0] + whole[2]) / 2)
    assert x_max - x_min == pytest.approx((whole[2] - whole[0]) / 3, rel=0.01)
