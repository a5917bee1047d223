"""What the axes are called, and which way up y is."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from neurospatial import Environment
from neurospatial.environment.header import to_header
from neurospatial.layouts import RegularGrid
from neurospatial.layouts.protocol import is_gridded, is_linear
from tests.environment.kinds import layout_of, seeds, some_kind
from tests.environment.saved_files import arena, rewritten

EDGES = (np.arange(5.0), np.arange(4.0))
TRACK = {0: (0.0, 0.0), 1: (0.0, 8.0)}
CORNERS = [(0, 0), (8, 0), (8, 6)]
SAMPLES = np.random.default_rng(0).uniform(0, 9, (200, 2))

MAKERS = {
    "from_samples": lambda **axes: Environment.from_samples(SAMPLES, 3.0, **axes),
    "from_polygon": lambda **axes: Environment.from_polygon(CORNERS, 2.0, **axes),
    "from_mask": lambda **axes: Environment.from_mask(np.ones((4, 3)), EDGES, **axes),
    "from_image": lambda **axes: Environment.from_image(np.ones((4, 3), bool), 1.0, **axes),
    "from_grid_edges": lambda **axes: Environment.from_grid_edges(EDGES, **axes),
    "from_layout": lambda **axes: Environment.from_layout(
        RegularGrid(EDGES, np.ones((4, 3), bool)), **axes
    ),
}


@pytest.mark.parametrize("maker", MAKERS)
def test_every_factory_takes_them(maker: str) -> None:
    usual = MAKERS[maker]()
    assert (usual.axis_names, usual.y_down) == (("x", "y"), False)
    given = MAKERS[maker](axis_names=["x", "z"], y_down=True)
    assert (given.axis_names, given.y_down) == (("x", "z"), True)
    assert given != usual


def test_one_axis_and_many_have_names() -> None:
    assert Environment.from_grid_edges(EDGES[:1]).axis_names == ("Distance",)
    assert Environment.from_grid_edges((*EDGES, EDGES[0])).axis_names == ("x", "y", "z")
    assert Environment.from_grid_edges(EDGES * 2).axis_names == ("x1", "x2", "x3", "x4")


def test_a_track_in_pixels_is_y_down_in_its_plane() -> None:
    env = Environment.from_graph(TRACK, [(0, 1)], 0.0, 2.0, axis_names=["arm"], y_down=True)
    assert (env.axis_names, env.y_down) == (("arm",), True)


@pytest.mark.parametrize("names", [["x"], ["x", "y", "z"], ["x", "x"], ["x", " "], []])
def test_wrong_names_are_refused(names: list[str]) -> None:
    with pytest.raises(ValueError, match=r"axis_names is .*2 dimension"):
        Environment.from_grid_edges(EDGES, axis_names=names)


def test_what_is_no_names_is_refused() -> None:
    with pytest.raises(TypeError, match="axis_names is 'xy', one label"):
        Environment.from_grid_edges(EDGES, axis_names="xy")
    with pytest.raises(TypeError, match=r"axis_names\[1\] is a NoneType, expected text"):
        Environment.from_grid_edges(EDGES, axis_names=["x", None])


@pytest.mark.parametrize("y_down", ["no", None, 1])
def test_y_down_is_true_or_false(y_down: object) -> None:
    with pytest.raises(TypeError, match="y_down is "):
        Environment.from_grid_edges(EDGES, y_down=y_down)


def test_one_axis_without_a_plane_has_no_y() -> None:
    with pytest.raises(ValueError, match="one axis and no y"):
        Environment.from_grid_edges(EDGES[:1], y_down=True)


def test_the_first_row_of_a_picture_has_the_lowest_y_when_y_grows_downward() -> None:
    image = np.array([[True, True, True], [True, False, False]])
    env = Environment.from_image(image, (2.0, 3.0), origin=(10, 20), y_down=True)
    assert env.dimension_ranges == ((10, 16), (20, 26))
    assert env.contains([[11, 21], [13, 21], [11, 25], [15, 25]]).tolist() == [1, 1, 1, 0]


@settings(deadline=None, max_examples=40)
@given(some_kind, seeds)
def test_what_is_made_of_an_environment_keeps_them(kind: str, seed: int) -> None:
    layout = layout_of(kind, seed)
    names = tuple("uvw"[: layout.n_dims])
    y_down = layout.n_dims > 1 or is_linear(layout)
    env = Environment(layout, axis_names=names, y_down=y_down)
    made = [env.copy(), env.subset([0])]
    if is_gridded(layout) and kind != "third_party":
        made.append(env.rebin(1))
    for other in made:
        assert (other.axis_names, other.y_down) == (names, y_down)


def test_files_keep_them(tmp_path: Path) -> None:
    env = Environment(arena().layout, axis_names=("x", "z"), y_down=True)
    env.save(tmp_path / "env.npz")
    read = Environment.load(tmp_path / "env.npz")
    assert (read.axis_names, read.y_down) == (("x", "z"), True)
    assert read == env


def test_what_needs_neither_is_written_for_older_versions_too() -> None:
    usual, _ = to_header(arena())
    assert usual["version"] == 1
    assert not {"axis_names", "y_down"} & set(usual)
    for axes in ({"axis_names": ("x", "z")}, {"y_down": True}):
        header, _ = to_header(Environment(arena().layout, **axes))
        assert json.loads(json.dumps(header))["version"] == 2


@pytest.mark.parametrize(
    "damage",
    [{"axis_names": "xy"}, {"axis_names": ["x"]}, {"y_down": "no"}, {"axis_names": [1, []]}],
)
def test_damaged_axes_are_told(tmp_path: Path, damage: dict[str, object]) -> None:
    arena().save(tmp_path / "env.npz")
    rewritten(tmp_path / "env.npz", lambda header: header.update(damage))
    with pytest.raises(ValueError, match="does not hold an environment that can be read"):
        Environment.load(tmp_path / "env.npz")


def test_a_plot_names_the_axes_and_stands_their_way_up() -> None:
    env = Environment.from_grid_edges(EDGES, units="px", axis_names=("u", "v"), y_down=True)
    axes = env.plot_field(np.arange(env.n_bins, dtype=float))
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("u [px]", "v [px]")
    assert axes.get_ylim() == (3, 0)
    _, top = axes.transData.transform((0.5, 0.5))
    _, bottom = axes.transData.transform((0.5, 2.5))
    assert top > bottom  # matplotlib's own pixels grow upward
    line = Environment.from_graph(TRACK, [(0, 1)], 0.0, 2.0, units="px", y_down=True)
    axes = line.plot_field(np.arange(line.n_bins, dtype=float))
    assert axes.get_xlabel() == "Distance [px]"
    assert axes.get_ylim()[0] < axes.get_ylim()[1]
