"""What the viewer holds and says."""

import re
from dataclasses import replace

import numpy as np
import pytest

from neurospatial import Environment
from neurospatial.napari import animation_of, backend
from neurospatial.scene import Points, Scene
from neurospatial.testing import LAYOUTS, CountingSource, scene_of
from tests.napari.scenes import N_FRAMES, make_grid, make_marks, make_ramps, make_walk, show_scene


def test_layers_are_named_and_the_slider_has_a_step_a_frame(viewer):
    animation = show_scene(viewer, layers=make_marks(make_grid()))
    names = [layer.name for layer in viewer.layers]
    assert names == ["axes", "Field", "Heading", "Position trail", "Position"]
    assert viewer.dims.nsteps[0] == N_FRAMES == animation.n_frames
    assert viewer.dims.axis_labels == ("frame", "y [cm]", "x [cm]")
    assert viewer.layers.selection.active.name == "Field"


def test_field_is_floats_on_napari_s_own_limits_and_colours(viewer):
    layout = make_grid()
    fields = make_ramps(layout)
    fields[:, 5] = np.nan
    show_scene(viewer, layout, fields)
    field = viewer.layers["Field"]
    picture = field.data[7]
    assert picture.dtype == np.float32
    assert picture.shape == (6, 9)
    # Rows go upward: bin (ix, iy) is at [iy, ix].
    for bin_, (ix, iy) in enumerate(np.argwhere(layout.active)):
        np.testing.assert_array_equal(picture[iy, ix], np.float32(fields[7, bin_]))
    assert np.isnan(picture[4, 8])
    assert field.contrast_limits == [0.0, 1.0]
    assert field.colormap.name.startswith("viridis")
    assert len(field.colormap.colors) == 255


@pytest.mark.parametrize("bin_", [0, 17, 40])
def test_bins_lie_where_the_environment_has_them(viewer, bin_):
    layout = make_grid()
    show_scene(viewer, layout)
    x, y = layout.bin_centers[bin_]
    ix, iy = np.argwhere(layout.active)[bin_]
    at = viewer.layers["Field"].world_to_data((0, y, x))
    np.testing.assert_allclose(at, (0, iy, ix), atol=1e-9)
    assert tuple(map(str, viewer.scene.camera.orientation2d)) == ("up", "right")


def test_marks_are_those_of_the_frame_and_no_more(viewer):
    layout = make_grid()
    animation = show_scene(viewer, layout, layers=make_marks(layout))
    xy = make_walk(layout)
    for frame in (0, 3, 25, N_FRAMES - 1):
        animation.frame = frame
        assert animation.frame == viewer.dims.current_step[0] == frame
        np.testing.assert_allclose(viewer.layers["Position"].data, xy[frame][:, ::-1], rtol=1e-6)
        trail = viewer.layers["Position trail"]
        assert type(trail).__name__ == "Tracks"
        if frame > 0:
            steps = np.arange(max(0, frame - 5), frame + 1)
            assert {*trail.data[:, 0]} == {0.0}
            np.testing.assert_array_equal(trail.data[:, 1], steps)
            np.testing.assert_allclose(trail.data[:, 2:], xy[steps, 0, ::-1], rtol=1e-6)


def test_a_gap_in_a_trail_begins_another_track_and_colours_are_those_of_the_marks(viewer):
    layout = make_grid()
    xy = np.concatenate([make_walk(layout), make_walk(layout) + np.float32(2)], axis=1)
    xy[7, 1] = np.nan
    colors = np.array([[1.0, 0, 0, 1], [0, 1.0, 1.0, 0.5]])
    points = Points(name="Two", xy=xy, color=colors, trail=5, z=3.0)
    animation = show_scene(viewer, layout, layers=[points])
    animation.frame = 10
    trail = viewer.layers["Two trail"]
    mark = trail.data[:, 0] % 2
    np.testing.assert_array_equal(trail.data[mark == 0, 1], np.arange(5, 11))
    assert len({*trail.data[mark == 0, 0]}) == 1
    np.testing.assert_array_equal(trail.data[mark == 1, 1], [5, 6, 8, 9, 10])
    of_track = trail.data[mark == 1, 0]
    assert len({*of_track[:2]}) == len({*of_track[2:]}) == 1
    assert of_track[0] != of_track[2]
    np.testing.assert_array_equal(trail.track_colors, colors[mark.astype(int)])


@pytest.fixture
def with_path(viewer):
    """Show a path with a gap over fields of zeros, more of them than it has places."""

    def show(*z):
        path = np.column_stack([make_walk(make_grid())[:, 0], *z])
        path[20] = np.nan
        env, fields = Environment(make_grid()), np.zeros((60, make_grid().n_bins))
        env.animate_fields(fields, backend="napari", viewer=viewer, overlay_trajectory=path)
        return path, viewer.layers["Trajectory"]

    return show


def test_a_whole_path_is_one_of_tracks_and_stays(viewer, with_path):
    path, layer = with_path()
    assert type(layer).__name__ == "Tracks"
    np.testing.assert_allclose(layer.data[:, 2:], np.delete(path, 20, axis=0)[:, ::-1], rtol=1e-6)
    np.testing.assert_array_equal(np.unique(layer.data[:, 0], return_counts=True)[1], [20, 19])
    assert viewer.dims.nsteps[0] == 60
    animation, pictures = animation_of(viewer), []
    for frame in (0, 59):
        animation.frame = frame
        pictures.append(animation.frame_pixels(0, 300).astype(int))
    np.testing.assert_allclose(*pictures, atol=1)
    layer.visible = False
    assert np.abs(animation.frame_pixels(0, 300) - pictures[0]).max() > 100


def test_a_whole_path_in_space_is_points(with_path):
    path, layer = with_path(np.arange(N_FRAMES))
    assert type(layer).__name__ == "Points"
    kept = np.delete(np.arange(N_FRAMES), 20)
    np.testing.assert_allclose(layer.data[kept], path[kept, 1::-1], rtol=1e-6)


@pytest.mark.parametrize("name", LAYOUTS)
def test_status_bar_says_bin_and_value_under_the_cursor(viewer, name):
    layout = LAYOUTS[name]()
    fields = make_ramps(layout)
    animation = show_scene(viewer, layout, fields)
    animation.frame = 11
    for bin_ in (0, layout.n_bins // 2, layout.n_bins - 1):
        x, y = layout.bin_centers[bin_]
        viewer.cursor.position = (11, *animation.placements[0].to_napari(np.array([x, y])))
        viewer.mouse_over_canvas = True
        viewer.update_status_from_cursor()
        said = viewer.status["coordinates"]
        assert f"bin {bin_}: {np.float32(fields[11, bin_]):.4g}" in said
        # As many digits as tell places apart, however far from zero.
        (low, high), _ = layout.bounds
        assert float(re.search(r"x = (\S+) cm", said)[1]) == pytest.approx(
            x, abs=(high - low) / 1000
        )


def test_status_bar_says_where_there_is_no_bin(viewer):
    show_scene(viewer)
    viewer.cursor.position = (0, -30 + 4.5 * 2.5, 100 + 8.5 * 4)
    viewer.mouse_over_canvas = True
    viewer.update_status_from_cursor()
    assert "no bin" in viewer.status["coordinates"]


def test_what_is_hidden_stays_hidden_and_what_is_chosen_stays_chosen(viewer):
    animation = show_scene(viewer, layers=make_marks(make_grid()))
    viewer.layers["Position trail"].visible = False
    viewer.layers["Heading"].visible = False
    viewer.layers["Field"].contrast_limits = (0.2, 0.4)
    for frame in (4, 9, 20):
        animation.frame = frame
    assert not viewer.layers["Position trail"].visible
    assert not viewer.layers["Heading"].visible
    assert viewer.layers["Field"].contrast_limits == [0.2, 0.4]
    viewer.layers["Position trail"].visible = True
    np.testing.assert_array_equal(viewer.layers["Position trail"].data[:, 1], np.arange(15, 21))


def test_nothing_is_read_but_the_frames_shown_and_their_pieces(viewer):
    layout = make_grid()
    source = CountingSource(np.tile(make_ramps(layout), (100, 1)))
    scene = scene_of(layout, source)
    source.reads.clear()
    from neurospatial.napari import backend

    backend.present(scene, backend.Options(viewer=viewer, chunk_size=50, max_chunks=4))
    animation = animation_of(viewer)
    for frame in (0, 3000, 3001):
        animation.frame = frame
    animation.close()
    allowed = {(frame, frame + 1) for frame in (0, 3000, 3001)} | {(0, 50), (3000, 3050)}
    assert set(source.reads) <= allowed
    assert (3000, 3001) in source.reads


@pytest.mark.parametrize("name", ["masked", "pointy hexagons", "strip"])
def test_a_slow_field_is_read_by_its_rows(viewer, name):
    layout = LAYOUTS[name]()
    index = np.repeat([-1, 0, 1, -1, 1], 20)
    source = CountingSource(make_ramps(layout, 2))
    (panel,) = scene_of(layout, make_ramps(layout, 100)).panels
    timeline = scene_of(layout, make_ramps(layout, 100)).timeline
    layer = replace(panel.layers[0], values=source, frame_index=index)
    backend.present(
        Scene((replace(panel, layers=(layer,)),), timeline), backend.Options(viewer=viewer)
    )
    animation = animation_of(viewer)
    assert animation.n_frames == viewer.dims.nsteps[0] == 100
    shown = replace(layer, values=CountingSource(make_ramps(layout, 2))).shown
    view = next(one for one in animation.layer_views if hasattr(one, "cache"))
    for frame in range(100):
        animation.frame = frame
        expected = shown.read(frame, frame + 1)[0].astype(np.float32)
        np.testing.assert_array_equal(view.cache.read_frame(frame), expected)
    animation.close()
    assert set(source.reads) <= {(0, 1), (1, 2), (0, 2)}
    assert len(source.reads) <= 3


def test_panels_stand_beside_each_other_with_one_slider(viewer):
    layout = make_grid()
    fields = make_ramps(layout)
    animation = show_scene(viewer, layout, {"one": fields, "two": 1 - fields})
    assert [layer.name for layer in viewer.layers] == ["axes", "one: Field", "two: Field"]
    animation.frame = 9
    one, two = viewer.layers["one: Field"], viewer.layers["two: Field"]
    np.testing.assert_allclose(one.data[9] + two.data[9], np.where(layout.active.T, 1, np.nan))
    first, second = one.extent.world[:, 2], two.extent.world[:, 2]
    assert second[0] > first[1]
    assert animation.frame_pixels(0, 100).shape == animation.frame_pixels(1, 100).shape
