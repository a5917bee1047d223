"""Scenes of what was kept in a file."""

import numpy as np
import pytest

from neurospatial import Environment
from neurospatial.backends import demo_scene, open_scene
from neurospatial.layouts import RegularGrid
from neurospatial.scene import Curve, Polygons
from tests.environment.kinds import layout_of


def save(path, **changed):
    grid = {
        "fields": np.arange(36.0).reshape(3, 12),
        "edges_x": np.linspace(0, 40, 5),
        "edges_y": np.linspace(0, 30, 4),
        "active": np.ones((4, 3), bool),
    }
    np.savez(path, **{name: x for name, x in {**grid, **changed}.items() if x is not None})
    return path


def test_fields_come_with_what_the_file_says(tmp_path):
    path = save(
        tmp_path / "rates.npz", units="cm", title="Rates", frame_times=[2, 3, 5],
        overlay_trajectory=np.full((3, 2), 5.0),
    )  # fmt: skip
    scene = open_scene(path)
    assert (scene.title, scene.timeline.label(2)) == ("Rates", "t = 5.0 s")
    (panel,) = scene.panels
    assert panel.view.units == "cm"
    assert [layer.name for layer in panel.layers] == ["Field", "Trajectory"]
    read = panel.fields[0].values.read(0, 3)
    np.testing.assert_array_equal(read, np.arange(36.0).reshape(3, 12))


@pytest.mark.parametrize("kind", ["grid", "pointy", "triangles", "track", "strip"])
def test_an_environment_shows_the_numbers_of_its_bins(tmp_path, kind):
    env = Environment(layout_of(kind, 0), name="Arena")
    env.save(tmp_path / "arena.npz")
    scene = open_scene(tmp_path / "arena.npz")
    assert scene.title == "Arena"
    (panel,) = scene.panels
    (field,) = panel.fields
    np.testing.assert_array_equal(field.values.read(0, 1), [np.arange(env.n_bins)])
    assert panel.colorbar.label == "bin"


def test_distances_without_a_place_are_a_line(tmp_path):
    Environment(RegularGrid((np.arange(5.0),), np.ones(4, bool))).save(tmp_path / "line.npz")
    (panel,) = open_scene(tmp_path / "line.npz").panels
    assert [type(layer) for layer in panel.layers] == [Curve]


def test_three_dimensions_are_refused(tmp_path):
    Environment(layout_of("solid", 0)).save(tmp_path / "solid.npz")
    with pytest.raises(ValueError, match="has 3 dimensions"):
        open_scene(tmp_path / "solid.npz")


def test_an_environment_shows_its_regions(tmp_path, env):
    env.regions.add("goal", polygon=[(0, 0), (10, 0), (10, 10)])
    env.save(tmp_path / "arena.npz")
    (panel,) = open_scene(tmp_path / "arena.npz").panels
    assert any(isinstance(layer, Polygons) for layer in panel.layers)


@pytest.mark.parametrize(
    ("changed", "text"),
    [
        ({"fields": None}, "has no array 'fields'; it holds active"),
        ({"active": None}, "does not say which space its fields live on"),
        ({"fields": np.zeros((3, 11))}, r"n_bins is 12, a field here has shape \(11,\)"),
        ({"frame_times": np.arange(4)}, r"frame_times have shape \(4,\)"),
        ({"fields": None, "header": np.zeros(3, np.uint8)}, "does not hold an environment"),
    ],
)
def test_a_mistake_is_explained(tmp_path, changed, text):
    with pytest.raises(ValueError, match=text):
        open_scene(save(tmp_path / "rates.npz", **changed))


def test_no_file_and_no_npz(tmp_path):
    with pytest.raises(FileNotFoundError):
        open_scene(tmp_path / "none.npz")
    (tmp_path / "text.npz").write_text("text")
    with pytest.raises(ValueError, match="is not an npz file"):
        open_scene(tmp_path / "text.npz")


def test_the_demonstration():
    scene = demo_scene()
    assert (scene.timeline.n_frames, len(scene.panels)) == (840, 1)
    assert {layer.name for layer in scene.panels[0].layers} == {"Field", "Trajectory"}
