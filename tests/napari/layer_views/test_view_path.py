"""Views that move show each frame's part of their world, each in its own rectangle."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from qtpy.QtWidgets import QCheckBox

from neurospatial import Environment, FieldPanel, animate
from neurospatial.napari import animation_of, backend
from neurospatial.napari.layers.panel_place import PanelPlace
from neurospatial.napari.layers.placement import Placement
from neurospatial.napari.plugin.scene_from_viewer import scene_from_viewer
from neurospatial.overlays import PositionOverlay
from neurospatial.scene import Affine2D, ArraySource, Image, View, ViewPath
from tests.napari.layer_views.test_axes import find_ink, to_canvas

N_FRAMES = 5
TIMES = np.arange(float(N_FRAMES))
EDGE = 3
"""Pixels by which lines are wider than what they are cut off at."""
WAY = np.linspace((20.0, 20.0), (80.0, 60.0), N_FRAMES)


def make_env():
    env = Environment.from_grid_edges((np.linspace(0, 100, 11), np.linspace(0, 80, 9)), units="cm")
    env.regions.add("all", polygon=[(1, 1), (99, 1), (99, 79), (1, 79)])
    return env


def make_panel(title="", number=0, **more):
    env, animal = make_env(), PositionOverlay(WAY, TIMES, trail_length=3)
    values = np.linspace(0, 1, env.n_bins)[None] + np.zeros((N_FRAMES, 1))
    more.setdefault("follow", animal)
    path = np.repeat(WAY[:, ::-1], 3, axis=0)[:-2] if number else None
    return FieldPanel(
        env, values, title=title, overlays=[animal], overlay_trajectory=path, frame_times=TIMES,
        show_regions=True, **more,
    )  # fmt: skip


def measure_colored(viewer):
    pixels = viewer.screenshot(flash=False)[..., :3].astype(int)
    return np.ptp(pixels, axis=-1) > 40


@pytest.mark.parametrize("zoom", [1.0, 1.6])
def test_nothing_is_seen_beyond_the_panels(viewer, zoom):
    panels = [make_panel(name, number, zoom=4, colorbar=False) for number, name in enumerate("ab")]
    animate(panels, backend="napari", viewer=viewer, link=None)
    animation = animation_of(viewer)
    viewer.scene.camera.zoom *= zoom
    height, width = viewer.canvas.size
    inside = np.zeros((height, width), dtype=bool)
    for place in animation.places:
        left, bottom, right, top = place.home.box
        low, high = to_canvas(viewer, left, bottom), to_canvas(viewer, right, top)
        rows, columns = (high[1], low[1]), (low[0], high[0])
        inside[
            tuple(
                slice(max(0, round(a) - EDGE), max(0, round(b) + EDGE)) for a, b in (rows, columns)
            )
        ] = True
    for frame in range(N_FRAMES):
        animation.frame = frame
        colored = measure_colored(viewer)
        assert colored[inside].mean() > 0.5
        assert not (colored & ~inside).any()


def test_a_film_ends_where_the_view_does_to_a_pixel_of_it(viewer):
    (panel,) = make_scene().panels
    pictures = np.full((1, 80, 100, 3), (250, 20, 20), dtype=np.uint8)
    to_world = Affine2D.translation(0, 80) @ Affine2D.scaling(1, -1)
    film = Image(name="Film", frames=ArraySource(pictures), px_to_world=to_world,
                 frame_index=np.zeros(N_FRAMES, dtype=int), z=0.5)  # fmt: skip
    scene = replace(make_scene(), panels=(replace(panel, layers=(film,)),))
    backend.present(scene, backend.Options(viewer=viewer))
    animation = animation_of(viewer)
    for frame in range(N_FRAMES):
        animation.frame = frame
        bounds = panel.view.get_bounds_on(frame)
        picture = viewer.layers["Film"].data[frame]
        rows, columns = np.nonzero(picture[..., 3])
        seen = columns.min(), 80 - rows.max() - 1, columns.max() + 1, 80 - rows.min()
        wanted = np.clip(bounds, 0, (100, 80, 100, 80))
        assert np.abs(np.subtract(seen, wanted)).max() <= 1.0 + 1e-9


def make_scene(**more):
    from neurospatial.scene import compile_panels

    return compile_panels([make_panel(zoom={0: 1, 4: 4}, **more)])


def test_the_scale_bar_is_as_long_as_it_says_in_each_frame(viewer):
    animate([make_panel(zoom={0: 1, 4: 4})], backend="napari", viewer=viewer)
    animation = animation_of(viewer)
    length, path = animation.scene.panels[0].scale_bar, animation.scene.panels[0].view.path
    _, bottom = to_canvas(viewer, 0, animation.places[0].home.box[1])
    for frame in (0, 2, 4, 1):
        animation.frame = frame
        below = find_ink(viewer)[round(bottom) + 3 : round(bottom) + 30]
        longest = max(int(np.max(np.diff(np.flatnonzero(~row)), initial=0)) - 1 for row in below)
        wanted = length * path.zoom[frame] * viewer.scene.camera.zoom
        assert longest == pytest.approx(wanted, abs=2)


def test_the_status_bar_says_what_lies_there_in_this_frame(viewer):
    animate([make_panel(zoom=4)], backend="napari", viewer=viewer)
    animation = animation_of(viewer)
    left, bottom, right, top = animation.places[0].home.box
    middle = (bottom + top) / 2, (left + right) / 2
    for frame, (x, y) in enumerate(WAY):
        animation.frame = frame
        said = viewer.layers["Field"].get_status((frame, *middle), world=True)
        assert said["coords"] == f"x = {x:g} cm, y = {y:g} cm"


def test_where_it_does_not_follow_everything_is_shown(viewer):
    animate([make_panel(zoom=4)], backend="napari", viewer=viewer)
    animation = animation_of(viewer)
    assert animation.following
    moved = [show(animation, frame) for frame in (1, 3)]
    (check,) = [
        box for box in viewer.window._qt_window.findChildren(QCheckBox) if box.text() == "follow"
    ]
    check.setChecked(False)
    assert not animation.following
    whole = [show(animation, frame) for frame in (1, 3)]
    kept = scene_from_viewer(animation, 0, N_FRAMES, window_only=False)
    assert kept.panels[0].view.path is None
    animation.following = True
    assert check.isChecked()
    again = [show(animation, frame) for frame in (1, 3)]
    np.testing.assert_array_equal(again, moved)
    assert np.abs(np.subtract(whole, moved, dtype=int)).max() > 100
    animation.remove()
    animate([make_panel(follow=None)], backend="napari", viewer=viewer)
    still = [show(animation_of(viewer), frame) for frame in (1, 3)]
    assert np.abs(np.subtract(whole, still, dtype=int)).mean() < 1
    boxes = viewer.window._qt_window.findChildren(QCheckBox)
    assert "follow" not in [box.text() for box in boxes if box is not check]


def show(animation, frame):
    animation.frame = frame
    return animation.frame_pixels(0, 200)[..., :3]


@pytest.mark.parametrize("window_only", [True, False])
def test_what_is_exported_moves_too(viewer, window_only):
    animate([make_panel(zoom={0: 1, 4: 4})], backend="napari", viewer=viewer)
    animation = animation_of(viewer)
    animation.frame = 2
    (seen,) = scene_from_viewer(animation, 1, 4, window_only=window_only).panels
    before = animation.scene.panels[0].view
    assert seen.view.bounds == before.bounds
    np.testing.assert_array_equal(seen.view.path.zoom, before.path.zoom[1:4])


@given(
    st.tuples(*[st.floats(-100, 100)] * 2),
    st.tuples(*[st.floats(1, 50)] * 2),
    st.tuples(*[st.floats(0, 1)] * 2),
    st.floats(1, 20), st.booleans(), st.floats(0.1, 10),
)  # fmt: skip
def test_layers_are_carried_to_where_the_view_has_them(corner, sides, center, zoom, down, scale):
    bounds = (*corner, *np.add(corner, sides).tolist())
    path = ViewPath(np.add(corner, np.multiply(sides, center))[None], np.array([zoom]))
    home = Placement(bounds, (3.0, -7.0), scale, 1.0, down)
    place = PanelPlace(home, View(bounds, "cm", y_down=down, path=path))
    place.move_to(0)
    size = max(sides) * scale * zoom
    np.testing.assert_allclose(place.now.box, home.box, atol=1e-9 * size)
    xy = np.add(corner, np.multiply(sides, [(0.2, 0.3), (1.0, 0.0), (0.5, 0.9)]))
    rows = np.column_stack([home.to_napari(xy), np.ones(3)])
    carried = rows @ place.make_affine(2).T
    np.testing.assert_allclose(carried[:, :2], place.now.to_napari(xy), atol=1e-9 * size)
