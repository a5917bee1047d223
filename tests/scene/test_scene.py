import pickle

import numpy as np
import pytest

from neurospatial import Environment
from neurospatial.layouts import RegularGrid
from neurospatial.scene import Field, Points, Polygons, Segments, Text, compile_scene
from neurospatial.testing.scenes import FixedOverlay

RED = (1.0, 0.0, 0.0, 1.0)
POINTS = Points(name="P", xy=np.zeros((1, 1, 2), np.float32), color=RED)
TEXT = Text(name="T", anchor=np.zeros((1, 2), np.float32), strings=("a",), color=RED)


def test_restricted_scene_keeps_the_rest(env, fields):
    scene = compile_scene(env, fields, overlays=[FixedOverlay((POINTS,))])
    fewer = scene.restricted_to(frozenset({Field}))
    assert fewer.layer_types == {Field}
    assert scene.layer_types == {Field, Points}
    assert fewer.timeline is scene.timeline


def test_panels_have_the_axes_of_the_environment(fields):
    edges = (np.arange(4.0), np.arange(3.0))
    plain = Environment.from_grid_edges(edges, units="cm")
    pixels = Environment.from_grid_edges(edges, units="px", axis_names=("u", "v"), y_down=True)
    values = {"one": np.zeros((2, 6)), "two": np.zeros((2, 6))}
    for panel in compile_scene(plain, values).panels:
        assert (panel.view.axis_labels, panel.view.y_down) == (("x [cm]", "y [cm]"), False)
    for panel in compile_scene(pixels, values).panels:
        assert (panel.view.axis_labels, panel.view.y_down) == (("u [px]", "v [px]"), True)


def test_overlays_are_told_which_way_y_grows():
    told = []

    class Asks:
        def layers(self, context):
            told.append(context.y_down)
            return ()

    for y_down in (False, True):
        env = Environment.from_grid_edges((np.arange(4.0), np.arange(3.0)), y_down=y_down)
        compile_scene(env, np.zeros((2, 6)), overlays=[Asks()])
    assert told == [False, True]


def reachable(thing):
    """Every object that can be reached from one, through attributes, items and elements."""
    reached, todo = {}, [thing]
    while todo:
        thing = todo.pop()
        if id(thing) in reached or isinstance(thing, (str, bytes, int, float, type, np.dtype)):
            continue
        reached[id(thing)] = thing
        if isinstance(thing, dict):
            todo += [*thing.keys(), *thing.values()]
        elif isinstance(thing, (list, tuple, set, frozenset)):
            todo += list(thing)
        else:
            todo += vars(thing).values() if hasattr(thing, "__dict__") else []
            names = [n for c in type(thing).__mro__ for n in getattr(c, "__slots__", ())]
            todo += [getattr(thing, name) for name in names if hasattr(thing, name)]
    return list(reached.values())


def full_scene(env, fields):
    env.regions.add("goal", point=(10, 10))
    env.regions.add("start", polygon=[(0, 0), (10, 0), (10, 10)])
    env.cached("kernels", "unpicklable", lambda: lambda: None)
    overlay = FixedOverlay((POINTS, TEXT))
    return overlay, compile_scene(
        env, {"a": fields, "b": list(fields)}, overlays=[overlay], show_regions=True,
        frame_times=np.arange(6.0), speed=0.5, overlay_trajectory=np.zeros((9, 2)),
    )  # fmt: skip


def test_scene_holds_no_environment_and_no_overlay(env, fields):
    overlay, scene = full_scene(env, fields)
    held = reachable(scene)
    assert any(isinstance(thing, RegularGrid) for thing in held)
    assert not [thing for thing in held if isinstance(thing, (Environment, FixedOverlay))]
    assert not [thing for thing in held if thing is env.regions or thing is overlay]


def test_scene_travels(env, fields):
    _, scene = full_scene(env, fields)
    again = pickle.loads(pickle.dumps(scene))
    assert again.layer_types == scene.layer_types == {Field, Points, Polygons, Segments, Text}
    assert again.panels[0].view == scene.panels[0].view
    n_frames = scene.timeline.n_frames
    assert [again.timeline.label(i) for i in range(n_frames)] == [
        scene.timeline.label(i) for i in range(n_frames)
    ]
    for one, other in zip(again.panels, scene.panels, strict=True):
        for a, b in zip(one.fields, other.fields, strict=True):
            np.testing.assert_array_equal(a.values.read(0, n_frames), b.values.read(0, n_frames))
            np.testing.assert_array_equal(a.color.table, b.color.table)


def test_scene_cannot_be_changed(env, fields):
    scene = compile_scene(env, fields)
    for thing, name in ((scene, "title"), (scene.panels[0], "layers"), (scene.timeline, "fps")):
        with pytest.raises(AttributeError):
            setattr(thing, name, None)
