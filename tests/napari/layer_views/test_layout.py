"""Panels of any worlds fill cells that are alike, and nothing lies on anything else."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurospatial import Environment, FieldPanel, animate
from neurospatial.napari import animation_of
from neurospatial.napari.layers.layout import compute_layout
from neurospatial.scene import ColorScale, Panel, Scene, Timeline, View, choose_origin

SCALE = ColorScale.from_cmap("gray", 0.0, 1.0, "rate [Hz]")


@st.composite
def views(draw):
    numbers, sides = st.floats(-1e4, 1e4), st.floats(0.01, 1e4)
    x, y, shape = draw(numbers), draw(numbers), draw(st.floats(0.3, 3))
    width = draw(sides)
    return View((x, y, x + width, y + width * shape), "cm", draw(st.booleans()))


@st.composite
def scenes(draw):
    n = draw(st.integers(1, 12))
    axes, bar = st.tuples(st.booleans(), st.booleans()), st.sampled_from([None, SCALE])
    panels = [Panel(draw(views()), (), f"cell {k}", draw(bar), axes=draw(axes)) for k in range(n)]
    return Scene(tuple(panels), Timeline(1, 30.0), colorbar=draw(bar))


@given(scenes())
def test_the_first_keeps_its_place_and_each_fills_its_cell(scene):
    layout = compute_layout(scene, 100 / 72)
    first, view = layout.placements[0], scene.panels[0].view
    corner = first.to_napari(np.array(view.bounds[:2]))
    assert first.scale == 1.0
    assert corner[1] == pytest.approx(view.bounds[0] - choose_origin(view.bounds)[0], abs=1e-6)
    sides = np.array([[p.box[2] - p.box[0], p.box[3] - p.box[1]] for p in layout.placements])
    cell = sides.max(axis=0)
    for panel, (width, height), placement in zip(
        scene.panels, sides, layout.placements, strict=True
    ):
        if panel.view.equal:
            x_min, y_min, x_max, y_max = panel.view.bounds
            assert width / height == pytest.approx((x_max - x_min) / (y_max - y_min), rel=1e-6)
            assert placement.stretch == 1.0
        # As large as it can be: one side is that of the cell, which holds every panel.
        assert max(width / cell[0], height / cell[1]) > 0.28


@given(scenes())
def test_panels_and_rooms_lie_beside_each_other(scene):
    layout = compute_layout(scene, 100 / 72)
    boxes = []
    for placement, rooms in zip(layout.placements, layout.rooms, strict=True):
        left, bottom, right, top = placement.box
        assert min(rooms.left, rooms.below, rooms.right, rooms.above) >= 0
        boxes.append(
            (left - rooms.left, bottom - rooms.below, right + rooms.right, top + rooms.above)
        )
        assert layout.box[0] <= left + 1e-6 * (right - left)
        assert right <= layout.box[2] + 1e-6 * (right - left)
    for one, (row, column) in zip(boxes, scene.cells, strict=True):
        for other, (its_row, its_column) in zip(boxes, scene.cells, strict=True):
            slack = 1e-6 * (layout.box[2] - layout.box[0] + layout.box[3] - layout.box[1])
            if column < its_column:
                assert one[2] <= other[0] + slack
            if row < its_row:
                assert one[1] >= other[3] - slack


def make_arena(width, height, units="cm", corner=0.0):
    edges = [np.linspace(corner, corner + side, 11) for side in (width, height)]
    return Environment.from_grid_edges(edges, units=units)


def measure_colored(viewer):
    pixels = viewer.screenshot(flash=False)[..., :3].astype(int)
    return (np.ptp(pixels, axis=-1) > 40).mean()


@pytest.mark.parametrize("linked", [None, ("color", "view")], ids=["own", "linked"])
@pytest.mark.parametrize("n", [1, 4, 30])
def test_a_quarter_of_the_canvas_is_fields(viewer, qapp, n, linked):
    env = make_arena(100, 80)
    fields = np.linspace(0, 1, 3 * env.n_bins).reshape(3, -1)
    panels = [FieldPanel(env, fields, title=f"cell {k + 1}") for k in range(n)]
    animate(panels, backend="napari", viewer=viewer, link=linked)
    qapp.processEvents()
    assert measure_colored(viewer) > 0.25


def test_worlds_of_other_sizes_say_their_own_coordinates(viewer):
    arena, view = make_arena(100, 80), make_arena(2000, 2000, "µm", 500.0)
    fields = np.arange(100.0)[None] + np.zeros((2, 1))
    animate(
        [FieldPanel(arena, fields, title="arena", scale_bar=20),
         FieldPanel(view, fields, title="view", scale_bar=500)],
        backend="napari", viewer=viewer,
    )  # fmt: skip
    animation = animation_of(viewer)
    sides = [p.box[3] - p.box[1] for p in animation.placements]
    assert min(sides) > 0.7 * max(sides)
    assert [str(unit) for unit in viewer.layers["arena: Field"].units[-2:]] == ["pixel"] * 2
    for name, env, placement, unit in zip(
        ("arena", "view"), (arena, view), animation.placements, ("cm", "µm"), strict=True
    ):
        field = viewer.layers[f"{name}: Field"]
        for bin_ in (0, 37, 99):
            x, y = env.bin_centers[bin_]
            at = placement.to_napari(np.array([x, y]))
            said = field.get_status((0, *at), world=True)
            assert said["coords"] == f"x = {x:g} {unit}, y = {y:g} {unit}"
            assert said["value"] == f"bin {bin_}: {bin_}"
            pixel = np.round(field.world_to_data((0, *at))).astype(int)
            assert field.data[0][tuple(pixel[1:])] == bin_
