"""Axes are painted where they belong, whatever the canvas shows."""

from dataclasses import replace

import numpy as np
import pytest

from neurospatial import Environment, FieldPanel, animate
from neurospatial.napari import animation_of, backend
from neurospatial.testing import scene_of
from tests.napari.scenes import make_grid, make_ramps, show_scene


@pytest.fixture
def axes(viewer):
    show_scene(viewer)
    return viewer.layers["axes"]


def move_camera(viewer, center, zoom):
    viewer.scene.camera.zoom = zoom
    viewer.scene.camera.center = center


def to_canvas(viewer, x, y):
    """Column and row of the canvas where a place is seen."""
    camera = viewer.scene.camera
    rows, columns = viewer.canvas.size
    row, column = camera.center[-2:]
    return columns / 2 + (x - column) * camera.zoom, rows / 2 - (y - row) * camera.zoom


def find_ink(viewer):
    """What is light on the canvas; lines between two pixels are half as light."""
    return viewer.screenshot(flash=False)[..., :3].min(axis=-1) > 60


def find_run_middles(marked):
    """Middle of each run of marks."""
    begun = np.diff(np.concatenate([[False], marked, [False]]).astype(int))
    return (np.flatnonzero(begun == 1) + np.flatnonzero(begun == -1)) / 2


@pytest.mark.parametrize(
    ("center", "zoom"),
    [((-22.0, 118.0), 11.0), ((-23.4, 117.3), 9.7), ((-28.0, 104.0), 40.0)],
    ids=["fitted", "off the pixels", "a corner"],
)
def test_ticks_stand_at_their_numbers(viewer, axes, center, zoom):
    move_camera(viewer, center, zoom)
    view = animation_of(viewer).scene.panels[0].view
    x_min, y_min, x_max, y_max = view.bounds
    marked = find_ink(viewer)
    left, bottom = to_canvas(viewer, x_min, y_min)
    below = find_run_middles(marked[round(bottom) + 4])
    expected = [to_canvas(viewer, x, 0)[0] for x in np.arange(100, x_max, 10)]
    seen = [x for x in expected if left <= x < marked.shape[1]]
    assert len(seen) > 0
    np.testing.assert_allclose(below[below > left][: len(seen)], seen, atol=0.75)
    beside = find_run_middles(marked[:, round(left) - 4])
    expected = [to_canvas(viewer, 0, y)[1] for y in np.arange(-30, y_max, 2)][::-1]
    seen = [y for y in expected if 0 <= y <= bottom]
    assert len(seen) > 0
    np.testing.assert_allclose(beside[beside < bottom][-len(seen) :], seen, atol=0.75)


def test_no_more_is_painted_than_four_canvases(viewer, axes):
    rows, columns = viewer.canvas.size
    for zoom in (20.0, 400.0, 1e5):
        move_camera(viewer, (-30.0, 100.0), zoom)
        height, width, _ = axes.data.shape
        assert height <= 2 * rows + 1
        assert width <= 2 * columns + 1


def test_a_small_move_paints_nothing_anew(viewer, axes):
    move_camera(viewer, (-22.0, 118.0), 11.0)
    before = axes.data
    viewer.scene.camera.center = (-22.3, 118.2)
    assert axes.data is before


def test_out_of_sight_nothing_is_painted(viewer, axes):
    viewer.scene.camera.zoom = 50.0
    before = axes.data
    viewer.scene.camera.center = (1e4, 1e4)
    assert axes.data is before
    viewer.scene.camera.zoom = 60.0
    assert axes.data.size == 4


@pytest.mark.parametrize("shift", [0.0, 0.3, 0.77])
def test_the_frame_stays_outside_of_the_view(viewer, shift):
    """On the pixels that the panel begins and ends with, when it begins with a whole one."""
    layout = make_grid()
    animation = show_scene(viewer, layout, np.zeros((3, layout.n_bins)))
    viewer.scene.camera.center = (-22 + shift, 118 + shift)
    picture = animation.frame_pixels(0)
    margin = picture[[0, -1]].reshape(-1, 4), picture[:, [0, -1]].reshape(-1, 4)
    assert all((side[:, :3] == 0).all() for side in margin)


def test_titles_stand_over_their_panels(viewer):
    layout = make_grid()
    scene = scene_of(layout, {"": make_ramps(layout)})
    backend.present(scene, backend.Options(viewer=viewer))
    plain = viewer.layers["axes"].data.copy()
    scene = scene_of(layout, {"a long title": make_ramps(layout)})
    backend.present(scene, backend.Options(viewer=viewer))
    titled = viewer.layers["axes"].data
    assert titled.shape == plain.shape
    rows, columns = np.nonzero((titled != plain).any(axis=-1))
    assert rows.min() > 0.5 * len(titled)  # data goes upward
    assert abs(columns.mean() - titled.shape[1] / 2) < 3


def sample_color_bar(viewer):
    """Colours of the colour bar, from its foot up."""
    view = animation_of(viewer).scene.panels[-1].view
    right, bottom = to_canvas(viewer, view.bounds[2], view.bounds[1])
    _, top = to_canvas(viewer, view.bounds[2], view.bounds[3])
    inside = slice(round(top) + 3, round(bottom) - 3)
    return viewer.screenshot(flash=False)[inside, round(right) + 14, :3][::-1].astype(int)


def compute_expected_colors(layer, n):
    share = (np.arange(3, n + 3) + 0.5) / (n + 6)
    return layer.colormap.map(share**layer.gamma)[:, :3] * 255


def test_the_colour_bar_has_the_colours_of_the_field_as_it_is_now(viewer, axes):
    field = viewer.layers["Field"]
    for change in ({}, {"colormap": "magma"}, {"gamma": 0.4}):
        for name, value in change.items():
            setattr(field, name, value)
        seen = sample_color_bar(viewer)
        assert np.abs(seen - compute_expected_colors(field, len(seen))).max() < 30
        assert np.abs(seen - compute_expected_colors(field, len(seen))).mean() < 6


def test_numbers_beside_the_colour_bar_follow_the_limits(viewer, axes):
    before = axes.data
    viewer.layers["Field"].contrast_limits = (-3.0, 40.0)
    assert axes.data.shape == before.shape
    changed = np.nonzero((axes.data != before).any(axis=(0, 2)))[0]
    assert changed.min() > 0.8 * axes.data.shape[1]


def find_changed_columns(viewer, change):
    """Columns of the axes' picture, as shares of its width, in which a change is seen."""
    before = viewer.layers["axes"].data
    change()
    after = viewer.layers["axes"].data
    assert after.shape == before.shape
    return np.flatnonzero((after != before).any(axis=(0, 2))) / after.shape[1]


def test_linked_panels_share_a_colour_bar_and_change_together(viewer):
    layout = make_grid()
    show_scene(viewer, layout, {"one": make_ramps(layout), "two": make_ramps(layout)})
    one, two = viewer.layers["one: Field"], viewer.layers["two: Field"]
    changed = find_changed_columns(viewer, lambda: setattr(two, "contrast_limits", (0.2, 0.3)))
    assert 0.85 < changed.min() < changed.max()
    assert one.contrast_limits == [0.2, 0.3]
    changed = find_changed_columns(viewer, lambda: setattr(one, "colormap", "gray"))
    assert 0.85 < changed.min() < changed.max()
    assert two.colormap.name == "gray"


def test_panels_that_are_not_linked_have_bars_and_limits_of_their_own(viewer):
    layout = make_grid()
    env = Environment(layout, units="cm")
    animate(
        [FieldPanel(env, make_ramps(layout) * k, title=name) for k, name in ((1, "a"), (9, "b"))],
        backend="napari", viewer=viewer,
    )  # fmt: skip
    one, two = viewer.layers["a: Field"], viewer.layers["b: Field"]
    limits = two.contrast_limits
    changed = find_changed_columns(viewer, lambda: setattr(one, "contrast_limits", (0.1, 0.2)))
    assert 0.3 < changed.min() < changed.max() < 0.6
    assert two.contrast_limits == limits
    changed = find_changed_columns(viewer, lambda: setattr(two, "contrast_limits", (0.1, 0.2)))
    assert 0.85 < changed.min() < changed.max()


@pytest.mark.parametrize("zoom", [1.0, 1.9])
@pytest.mark.parametrize("linked", [None, "color"])
def test_what_is_painted_in_part_is_as_if_painted_whole(viewer, linked, zoom):
    env = Environment(make_grid(), units="cm")
    panels = [FieldPanel(env, make_ramps(make_grid()), title=f"cell {k}") for k in range(9)]
    animate(panels, backend="napari", viewer=viewer, link=linked)
    viewer.scene.camera.zoom *= zoom
    for name, limits in (("cell 0: Field", (-100.0, 3.0)), ("cell 5: Field", (0.1234, 0.2))):
        viewer.layers[name].contrast_limits = limits
        part = viewer.layers["axes"].data
        viewer.theme = "light"
        viewer.theme = "dark"
        assert viewer.layers["axes"].data is not part
        np.testing.assert_array_equal(viewer.layers["axes"].data, part)


def test_of_two_fields_in_a_panel_the_first_has_the_colour_bar(viewer):
    (field,) = scene_of(make_grid(), make_ramps(make_grid())).panels[0].layers
    above = replace(field, name="Above", z=5.0, color=replace(field.color, vmax=9.0))
    show_scene(viewer, layers=[above])
    before = viewer.layers["axes"].data
    viewer.layers["Above"].colormap = "gray"
    assert viewer.layers["axes"].data is before
    viewer.layers["Field"].colormap = "gray"
    assert viewer.layers["axes"].data is not before


def test_the_scale_bar_is_as_long_as_it_says(viewer):
    env = Environment(make_grid(), units="cm")
    env.animate_fields(make_ramps(make_grid()), backend="napari", viewer=viewer, scale_bar=10)
    view = animation_of(viewer).scene.panels[0].view
    _, bottom = to_canvas(viewer, view.bounds[2], view.bounds[1])
    below = find_ink(viewer)[round(bottom) + 12 : round(bottom) + 45]
    longest = max(int(np.max(np.diff(np.flatnonzero(~row)), initial=0)) - 1 for row in below)
    assert longest == pytest.approx(10 * viewer.scene.camera.zoom, abs=2)
    assert not viewer.canvas.overlays.scale_bar.visible


def test_where_y_grows_downward_the_numbers_and_the_status_do(viewer):
    env = Environment.from_grid_edges(
        (np.arange(0.0, 101, 10), np.arange(200.0, 281, 10)),
        units="px", axis_names=("u", "v"), y_down=True,
    )  # fmt: skip
    env.animate_fields(np.zeros((2, env.n_bins)), backend="napari", viewer=viewer)
    (placement,) = animation_of(viewer).placements
    highest = placement.to_napari(np.array([5.0, 205.0]))
    lowest = placement.to_napari(np.array([5.0, 275.0]))
    assert highest[0] > lowest[0]  # rows are shown upward
    field = viewer.layers[0]
    status = field.get_status((0, *highest), world=True)
    assert status["coords"] == "u = 5 px, v = 205 px"
    assert status["value"].startswith("bin 0:")
