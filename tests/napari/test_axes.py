"""Axes are painted where they belong, whatever the canvas shows."""

import numpy as np
import pytest

from neurospatial.napari import animation_of, backend
from neurospatial.testing import scene_of
from tests.napari.shows import grid, ramps, shown


@pytest.fixture
def axes(viewer):
    shown(viewer)
    return viewer.layers["axes"]


def look(viewer, center, zoom):
    viewer.scene.camera.zoom = zoom
    viewer.scene.camera.center = center


def on_canvas(viewer, x, y):
    """Column and row of the canvas where a place is seen."""
    camera = viewer.scene.camera
    rows, columns = viewer.canvas.size
    row, column = camera.center[-2:]
    return columns / 2 + (x - column) * camera.zoom, rows / 2 - (y - row) * camera.zoom


def ink(viewer):
    """What is light on the canvas; lines between two pixels are half as light."""
    return viewer.screenshot(flash=False)[..., :3].min(axis=-1) > 60


def runs(marked):
    """Middle of each run of marks."""
    begun = np.diff(np.concatenate([[False], marked, [False]]).astype(int))
    return (np.flatnonzero(begun == 1) + np.flatnonzero(begun == -1)) / 2


@pytest.mark.parametrize(
    ("center", "zoom"),
    [((-22.0, 118.0), 11.0), ((-23.4, 117.3), 9.7), ((-28.0, 104.0), 40.0)],
    ids=["fitted", "off the pixels", "a corner"],
)
def test_ticks_stand_at_their_numbers(viewer, axes, center, zoom):
    look(viewer, center, zoom)
    view = animation_of(viewer).scene.panels[0].view
    x_min, y_min, x_max, y_max = view.bounds
    marked = ink(viewer)
    left, bottom = on_canvas(viewer, x_min, y_min)
    below = runs(marked[round(bottom) + 4])
    expected = [on_canvas(viewer, x, 0)[0] for x in np.arange(100, x_max, 10)]
    seen = [x for x in expected if left <= x < marked.shape[1]]
    assert len(seen) > 0
    np.testing.assert_allclose(below[below > left][: len(seen)], seen, atol=0.75)
    beside = runs(marked[:, round(left) - 4])
    expected = [on_canvas(viewer, 0, y)[1] for y in np.arange(-30, y_max, 2)][::-1]
    seen = [y for y in expected if 0 <= y <= bottom]
    assert len(seen) > 0
    np.testing.assert_allclose(beside[beside < bottom][-len(seen) :], seen, atol=0.75)


def test_no_more_is_painted_than_four_canvases(viewer, axes):
    rows, columns = viewer.canvas.size
    for zoom in (20.0, 400.0, 1e5):
        look(viewer, (-30.0, 100.0), zoom)
        height, width, _ = axes.data.shape
        assert height <= 2 * rows + 1
        assert width <= 2 * columns + 1


def test_a_small_move_paints_nothing_anew(viewer, axes):
    look(viewer, (-22.0, 118.0), 11.0)
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
    layout = grid()
    animation = shown(viewer, layout, np.zeros((3, layout.n_bins)))
    viewer.scene.camera.center = (-22 + shift, 118 + shift)
    picture = animation.frame_pixels(0)
    margin = picture[[0, -1]].reshape(-1, 4), picture[:, [0, -1]].reshape(-1, 4)
    assert all((side[:, :3] == 0).all() for side in margin)


def test_titles_stand_over_their_panels(viewer):
    layout = grid()
    scene = scene_of(layout, {"": ramps(layout)})
    backend.present(scene, backend.Options(viewer=viewer))
    plain = viewer.layers["axes"].data.copy()
    scene = scene_of(layout, {"a long title": ramps(layout)})
    backend.present(scene, backend.Options(viewer=viewer))
    titled = viewer.layers["axes"].data
    assert titled.shape == plain.shape
    rows, columns = np.nonzero((titled != plain).any(axis=-1))
    assert rows.min() > 0.5 * len(titled)  # data goes upward
    assert abs(columns.mean() - titled.shape[1] / 2) < 3
