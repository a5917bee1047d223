"""Scenes of 1-D environments: a line over distance, or a ribbon in the plane."""

import pickle

import numpy as np
import pytest
from numpy.typing import NDArray

from neurospatial import Environment
from neurospatial.layouts import TrackRibbon
from neurospatial.scene import (
    Curve,
    Field,
    Layer,
    Points,
    Polygons,
    Scene,
    Segments,
    TrackForm,
    compile_scene,
)

NODES = {0: (0.0, 0.0), 1: (0.0, 60.0), 2: (-50.0, 60.0), 3: (50.0, 60.0)}
ARMS = [(0, 1), (1, 2), (1, 3)]


@pytest.fixture
def env() -> Environment:
    return Environment.from_graph(NODES, ARMS, 20.0, 5.0, units="cm")


def fields_of(env: Environment, n_frames: int = 7) -> NDArray[np.float64]:
    return np.random.default_rng(0).uniform(0, 10, (n_frames, env.n_bins))


def layer(scene: Scene, name: str) -> Layer:
    (found,) = (x for x in scene.panels[0].layers if x.name == name)
    return found


def test_a_track_is_a_line_unless_a_ribbon_is_asked_for(env: Environment) -> None:
    fields = fields_of(env)
    (panel,) = compile_scene(env, fields, vmin=0, vmax=10, colorbar_label="rate [Hz]").panels
    (curve,) = panel.layers
    assert isinstance(curve, Curve)
    np.testing.assert_array_equal(curve.x, env.bin_centers[:, 0])
    np.testing.assert_array_equal(curve.values.read(2, 4), fields[2:4])
    assert [len(run) for run in curve.runs] == [12, 10, 10]
    assert panel.view.axis_labels == ("Distance [cm]", "rate [Hz]")
    assert not panel.view.equal
    assert panel.colorbar is None
    x_min, y_min, x_max, y_max = panel.view.bounds
    assert -10 < x_min < 0 < 200 < x_max < 210
    assert -1 < y_min < 0 < 10 < y_max < 11


def test_a_track_in_pixels_is_y_down_in_its_plane_only() -> None:
    env = Environment.from_graph(
        NODES, ARMS, 20.0, 5.0, units="px", axis_names=["Way"], y_down=True
    )
    (line,) = compile_scene(env, fields_of(env)).panels
    assert (line.view.axis_labels, line.view.y_down) == (("Way [px]", "Value"), False)
    (ribbon,) = compile_scene(env, fields_of(env), track="ribbon").panels
    assert (ribbon.view.axis_labels, ribbon.view.y_down) == (("x [px]", "y [px]"), True)


def test_a_ribbon_is_a_field_in_the_plane(env: Environment) -> None:
    fields = fields_of(env)
    (panel,) = compile_scene(env, fields, track="ribbon").panels
    (field,) = panel.layers
    assert isinstance(field, Field)
    assert isinstance(field.geometry.layout, TrackRibbon)
    np.testing.assert_array_equal(field.values.read(0, 7), fields)
    assert panel.view.equal
    assert panel.view.axis_labels == ("x [cm]", "y [cm]")
    assert panel.colorbar is field.color
    x_min, y_min, x_max, y_max = panel.view.bounds
    assert x_min < -50 < 50 < x_max
    assert y_min < 0 < 60 < y_max


def test_a_one_dimensional_grid_is_a_line() -> None:
    env = Environment.from_samples(np.r_[np.arange(0.0, 20), np.arange(40.0, 60)], bin_size=2.0)
    (panel,) = compile_scene(env, fields_of(env)).panels
    (curve,) = panel.layers
    assert isinstance(curve, Curve)
    assert len(curve.runs) == 2
    assert panel.view.axis_labels == ("Distance", "Value")
    with pytest.raises(ValueError, match="Nothing says where in the plane"):
        compile_scene(env, fields_of(env), track="ribbon")


def test_several_fields_are_several_lines_on_one_scale(env: Environment) -> None:
    scene = compile_scene(env, {"low": np.zeros((2, 32)), "high": np.full((2, 32), 9.0)})
    assert [panel.title for panel in scene.panels] == ["low", "high"]
    assert scene.panels[0].view == scene.panels[1].view


def test_a_plane_is_drawn_as_before_whatever_the_track() -> None:
    env = Environment.from_mask(np.ones((4, 3), bool), [np.arange(5), np.arange(4)])
    forms: list[TrackForm] = ["line", "ribbon"]
    for form in forms:
        (panel,) = compile_scene(env, fields_of(env), track=form).panels
        assert isinstance(panel.layers[0], Field)
        assert panel.view.bounds == (-0.1, -0.1, 4.1, 3.1)


def test_the_older_word_for_a_ribbon_is_taken(env: Environment) -> None:
    layouts = [
        compile_scene(env, fields_of(env), track=form).panels[0].fields[0].geometry.layout
        for form in ("ribbon", "strip")
    ]
    assert layouts[0] == layouts[1] == env.layout.ribbon()


def test_a_mistyped_form_is_refused(env: Environment) -> None:
    with pytest.raises(ValueError, match="Did you mean 'ribbon'"):
        compile_scene(env, fields_of(env), track="ribon")  # type: ignore[arg-type]


def test_three_dimensions_are_refused_and_a_slice_advised() -> None:
    cube = Environment.from_mask(np.ones((2, 2, 2), bool), [[0, 1, 2]] * 3)
    with pytest.raises(ValueError, match=r"3 dimensions.*\n(.*\n)*.*slice"):
        compile_scene(cube, np.zeros((1, 8)))


@pytest.mark.parametrize("n", [7, 30])
def test_a_path_of_distances_is_led_into_the_plane(env: Environment, n: int) -> None:
    linear = np.linspace(0, 200, n)
    linear[3] = np.nan
    path = layer(
        compile_scene(env, fields_of(env), track="ribbon", overlay_trajectory=linear), "Trajectory"
    )
    expected = env.to_2d(linear).astype(np.float32)
    if n == 7:
        assert isinstance(path, Points)
        np.testing.assert_array_equal(path.xy[:, 0], expected)
    else:
        assert isinstance(path, Segments)
        np.testing.assert_array_equal(path.start[0], expected[:-1])
    places = compile_scene(
        env, fields_of(env), track="ribbon", overlay_trajectory=env.to_2d(linear)
    )
    twin = layer(places, "Trajectory")
    assert type(twin) is type(path)


def test_a_path_over_a_line_is_an_upright_that_moves(env: Environment) -> None:
    linear = np.array([0.0, 30.0, 60.0, np.nan, 100.0, 170.0, 200.0])
    for given in (linear, linear[:, None], env.to_2d(linear)):
        scene = compile_scene(env, fields_of(env), vmin=0, vmax=10, overlay_trajectory=given)
        mark = layer(scene, "Trajectory")
        assert isinstance(mark, Segments)
        assert mark.start.shape == (7, 1, 2)
        on_track = env.linearize(env.to_2d(linear)) if given.shape == (7, 2) else linear
        np.testing.assert_allclose(mark.start[:, 0, 0], on_track)
        np.testing.assert_allclose(mark.stop[:, 0, 0], on_track)
        assert set(mark.start[:, 0, 1].tolist()) == {0.0}
        assert set(mark.stop[:, 0, 1].tolist()) == {10.0}


def test_a_whole_path_over_a_line_is_marks_on_its_foot(env: Environment) -> None:
    scene = compile_scene(env, fields_of(env), vmin=1, vmax=9, overlay_trajectory=[5.0, 120.0])
    marks = layer(scene, "Trajectory")
    assert isinstance(marks, Points)
    np.testing.assert_array_equal(marks.xy, [[[5, 1], [120, 1]]])


@pytest.mark.parametrize("form", ["line", "ribbon"])
def test_a_path_in_space_is_seen_from_above(env: Environment, form: TrackForm) -> None:
    flat = np.stack([np.zeros(9), np.linspace(5, 60, 9)], axis=1)
    space = np.insert(flat, 2, 1000.0, axis=1)
    one, other = (
        layer(
            compile_scene(env, fields_of(env), track=form, overlay_trajectory=path), "Trajectory"
        )
        for path in (flat, space)
    )
    assert isinstance(other, Points)
    places = one.xy[0] if isinstance(one, Points) else np.append(one.start[0], one.stop[0, -1:], 0)
    np.testing.assert_array_equal(other.xy[0], places)


@pytest.mark.parametrize("form", ["line", "ribbon"])
@pytest.mark.parametrize("path", [np.zeros((7, 2, 1)), np.zeros((0, 1)), np.full(7, np.inf)])
def test_a_path_that_fits_nothing_is_refused(
    env: Environment, form: TrackForm, path: NDArray[np.float64]
) -> None:
    with pytest.raises(ValueError, match="overlay_trajectory"):
        compile_scene(env, fields_of(env), track=form, overlay_trajectory=path)


def test_regions_on_a_line_are_the_stretches_they_hold(env: Environment) -> None:
    env.regions.add("fork", polygon=[(-12, 45), (7, 45), (7, 70), (-12, 70)])
    env.regions.add("well", point=(-50.0, 62.0))
    env.regions.add("elsewhere", polygon=[(20, 0), (30, 0), (30, 9)])
    scene = compile_scene(env, fields_of(env), vmin=0, vmax=10, show_regions=True)
    names = {x.name for x in scene.panels[0].layers}
    assert names == {"Field", "Region fork", "Region fork name", "Region well", "Region well name"}
    area, well = layer(scene, "Region fork"), layer(scene, "Region well")
    assert isinstance(area, Polygons)
    assert isinstance(well, Points)
    spans = sorted((float(r[:, 0].min()), float(r[:, 0].max())) for (r,) in area.polygons)
    np.testing.assert_allclose(spans, [(45, 60), (80, 92), (150, 157)])
    assert {float(y) for (r,) in area.polygons for y in r[:, 1]} == {0.0, 10.0}
    assert well.xy[0, 0, 0] == 130.0
    only = compile_scene(env, fields_of(env), show_regions=["well"])
    assert {x.name for x in only.panels[0].layers} == {"Field", "Region well", "Region well name"}


def test_regions_on_a_ribbon_lie_in_the_plane(env: Environment) -> None:
    env.regions.add("well", point=(-50.0, 62.0))
    scene = compile_scene(env, fields_of(env), track="ribbon", show_regions=True)
    well = layer(scene, "Region well")
    assert isinstance(well, Points)
    np.testing.assert_array_equal(well.xy, [[[-50, 62]]])


def test_regions_that_a_line_cannot_have_are_refused(env: Environment) -> None:
    env.regions.add("well", point=(0.0, 0.0))
    with pytest.raises(ValueError, match="no region 'wel'"):
        compile_scene(env, fields_of(env), show_regions=["wel"])
    grid = Environment.from_mask([True, True], [[0, 1, 2]])
    grid.regions.add("mark", point=(0.5,))
    compile_scene(grid, np.eye(2), show_regions=True)
    grid.regions.add("area", polygon=[(0, 0), (1, 0), (1, 1)])
    with pytest.raises(ValueError, match="Region 'area' lies in the plane"):
        compile_scene(grid, np.eye(2), show_regions=True)


@pytest.mark.parametrize("form", ["line", "ribbon"])
def test_a_scene_travels(env: Environment, form: TrackForm) -> None:
    scene = compile_scene(env, fields_of(env), track=form)
    twin = pickle.loads(pickle.dumps(scene))
    assert twin.panels[0].view == scene.panels[0].view


def test_nothing_is_read_where_the_limits_are_given(env: Environment) -> None:
    class Counting:
        shape = (5, 32)
        dtype = np.dtype(float)
        reads = 0

        def __getitem__(self, key: slice) -> NDArray[np.float64]:
            self.reads += 1
            return np.zeros(self.shape)[key]

    counting = Counting()
    compile_scene(env, counting, vmin=0, vmax=1)
    assert counting.reads == 0
