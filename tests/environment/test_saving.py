"""Environments in files: what is read is what was written."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon, box

from neurospatial import Environment, Regions
from neurospatial.layouts import GraphTrack, HexagonalGrid, Layout, RegularGrid, TriangularMesh
from neurospatial.layouts.graph_read import track_from_graph
from tests.environment.stored import arena

finite = st.floats(-1e6, 1e6, allow_subnormal=False)


@st.composite
def masks(draw: Callable[..., object], n_dims: int) -> np.ndarray:
    shape = draw(st.tuples(*[st.integers(1, 5)] * n_dims))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    mask = rng.uniform(size=shape) < draw(st.floats(0.1, 1))
    mask.flat[0] = True
    return mask


@st.composite
def grids(draw: Callable[..., object]) -> RegularGrid:
    mask = draw(masks(draw(st.integers(1, 3))))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    edges = tuple(draw(finite) + np.cumsum(rng.uniform(0.1, 3, n + 1)) for n in mask.shape)
    return RegularGrid(edges, mask, draw(st.booleans()))


@st.composite
def hexagons(draw: Callable[..., object]) -> HexagonalGrid:
    origin = draw(st.tuples(finite, finite))
    side = draw(st.sampled_from(["pointy", "flat"]))
    return HexagonalGrid(origin, draw(st.floats(0.1, 50)), draw(masks(2)), side)


@st.composite
def meshes(draw: Callable[..., object]) -> TriangularMesh:
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    n = draw(st.integers(1, 6))
    heights = np.stack([rng.uniform(0, 1, n + 1), rng.uniform(2, 3, n + 1)], axis=1)
    vertices = np.stack([np.repeat(np.arange(n + 1.0), 2), heights.ravel()], axis=1)
    strip = np.arange(2 * n)[:, np.newaxis] + np.arange(3)
    return TriangularMesh(vertices / 3, strip)


@st.composite
def tracks(draw: Callable[..., object]) -> GraphTrack:
    spot = st.tuples(st.integers(-50, 50), st.integers(-50, 50))
    spots = draw(st.lists(spot, min_size=2, max_size=6, unique=True))
    nodes = {number: (x / 7, y / 7) for number, (x, y) in enumerate(spots)}
    order = [(number, number + 1) for number in range(len(nodes) - 1)]
    return track_from_graph(nodes, order, draw(st.floats(0, 20)), draw(st.floats(0.5, 9)))


strips = st.builds(lambda track, width: track.strip(width), tracks(), st.floats(0.01, 9))
parts = tracks().map(lambda track: replace(track, active=np.arange(track.n_bins) % 3 != 1))
layouts = st.one_of(grids(), hexagons(), meshes(), tracks(), strips, parts)


@st.composite
def areas(draw: Callable[..., object]) -> Polygon | MultiPolygon:
    x, y, size = draw(finite), draw(finite), draw(st.floats(3, 100))
    outer = box(x, y, x + size, y + size)
    holed = outer - box(x + 1, y + 1, x + 2, y + 2)
    parts = MultiPolygon([outer, box(x - 5, y, x - 1, y + 1)])
    return draw(st.sampled_from([outer, holed, parts]))


metadata = st.dictionaries(
    st.text(max_size=4),
    st.one_of(st.text(max_size=4), finite, st.lists(st.booleans())),
    max_size=3,
)


@st.composite
def regions(draw: Callable[..., object]) -> Regions:
    names = draw(st.lists(st.text(min_size=1, max_size=6), max_size=3, unique=True))
    made = Regions()
    for name in names:
        if draw(st.booleans()):
            made.add(name, point=draw(st.tuples(finite, finite)), metadata=draw(metadata))
        else:
            made.add(name, polygon=draw(areas()), metadata=draw(metadata))
    return made


@settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
@given(layouts, regions(), st.none() | st.text(max_size=5), st.text(max_size=5))
def test_what_is_loaded_is_what_was_saved(
    tmp_path: Path, layout: Layout, places: Regions, units: str | None, name: str
) -> None:
    env = Environment(layout, units=units, name=name, regions=places)
    env.save(tmp_path / "env.npz")
    again = Environment.load(tmp_path / "env.npz")
    assert again == env
    assert type(again.layout) is type(layout)
    assert list(again.regions) == list(places)
    assert again.units == units
    assert again.name == name
    np.testing.assert_array_equal(again.bin_centers, env.bin_centers)
    assert (again.connectivity != env.connectivity).nnz == 0


def test_a_changed_environment_is_not_equal(tmp_path: Path) -> None:
    """The comparison above can fail."""
    env = arena()
    env.save(tmp_path / "env.npz")
    env.regions.add("late", point=(0, 0))
    assert Environment.load(tmp_path / "env.npz") != env


def test_the_file_keeps_its_name_and_replaces_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "arena.env"
    target.write_bytes(b"old")
    arena().save(str(target))
    assert [path.name for path in tmp_path.iterdir()] == ["arena.env"]
    assert Environment.load(str(target)) == arena()


def test_the_same_environment_makes_the_same_file(tmp_path: Path) -> None:
    arena().save(tmp_path / "a.npz")
    arena().save(tmp_path / "b.npz")
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


def test_a_million_bins_are_small_on_disk(tmp_path: Path) -> None:
    layout = RegularGrid((np.arange(1001.0),) * 2, np.ones((1000, 1000), bool))
    Environment(layout).save(tmp_path / "env.npz")
    assert (tmp_path / "env.npz").stat().st_size < 20_000
    assert Environment.load(tmp_path / "env.npz").layout == layout


def test_an_unwritable_place_leaves_the_old_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="does not exist"):
        arena().save(tmp_path / "none" / "env.npz")
    arena().save(tmp_path / "env.npz")
    env = arena()
    env.regions.add("odd", point=(0, 0), metadata={"when": (1, 2)})
    with pytest.raises(TypeError, match=r"metadata of region 'odd'[\s\S]*list\(value\)"):
        env.save(tmp_path / "env.npz")
    assert Environment.load(tmp_path / "env.npz") == arena()


@pytest.mark.parametrize("value", [(1, 2), np.arange(2), {1: 2}, float("nan"), {1, 2}])
def test_metadata_that_json_would_change_are_refused(tmp_path: Path, value: object) -> None:
    env = arena()
    env.regions.add("odd", polygon=Polygon([(0, 0), (1, 0), (0, 1)]), metadata={"k": value})
    with pytest.raises(TypeError, match="metadata of region 'odd' are not JSON"):
        env.save(tmp_path / "env.npz")


def test_without_bins_there_is_nothing_to_save(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="must be fitted"):
        Environment().save(tmp_path / "env.npz")
