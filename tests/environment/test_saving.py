"""Environments in files."""

import importlib.metadata
import json
import pickle
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import EntryPoint
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon, box

from neurospatial import Environment, Regions
from neurospatial.layouts import GraphTrack, HexagonalGrid, Layout, RegularGrid, TriangularMesh
from neurospatial.layouts.graph_read import track_from_graph
from neurospatial.regions import Region

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
layouts = st.one_of(grids(), hexagons(), meshes(), tracks(), strips)


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


def arena() -> Environment:
    places = Regions([Region("goal", point=(1.5, 2.5)), Region("home", polygon=box(0, 0, 1, 2))])
    grid = RegularGrid((np.arange(4.0), np.arange(5.0)), np.eye(3, 4) == 0)
    return Environment(grid, units="cm", name="arena", regions=places)


def rewritten(path: Path, change: Callable[[dict], object]) -> None:
    """Change the header of a saved environment."""
    with np.load(path) as held:
        arrays = dict(held)
    header = json.loads(arrays["header"].tobytes())
    change(header)
    arrays["header"] = np.frombuffer(json.dumps(header).encode(), np.uint8)
    np.savez(path, **arrays)


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


def test_no_pickle_is_in_it_or_read(tmp_path: Path) -> None:
    arena().save(tmp_path / "env.npz")
    with zipfile.ZipFile(tmp_path / "env.npz") as held:
        assert all(held.read(name)[:6] == b"\x93NUMPY" for name in held.namelist())
        assert all(b"'|O'" not in held.read(name)[:128] for name in held.namelist())
    (tmp_path / "bad.npz").write_bytes(pickle.dumps(arena()))
    with pytest.raises(ValueError, match="does not hold an environment"):
        Environment.load(tmp_path / "bad.npz")
    np.savez(tmp_path / "bad.npz", header=np.array([{}], dtype=object))
    with pytest.raises(ValueError, match="does not hold an environment"):
        Environment.load(tmp_path / "bad.npz")


def test_a_newer_version_is_refused_by_name(tmp_path: Path) -> None:
    arena().save(tmp_path / "env.npz")
    rewritten(tmp_path / "env.npz", lambda header: header.update(version=2, layout="unheard of"))
    found = r"env\.npz' is written in version 2 [\s\S]*up to version 1[\s\S]*pip install --upgrade"
    with pytest.raises(ValueError, match=found):
        Environment.load(tmp_path / "env.npz")


@pytest.mark.parametrize(
    "change",
    [
        lambda header: header.update(format="something else"),
        lambda header: header.update(version="1"),
        lambda header: header.update(version=0),
        lambda header: header.pop("layout"),
        lambda header: header.pop("units"),
        lambda header: header.update(units=3),
        lambda header: header.update(regions="goal"),
        lambda header: header["regions"][0].update(point=[float("nan"), 0]),
        lambda header: header["regions"][1].update(wkb="zz"),
        lambda header: header["regions"][1].update(name="goal"),
        lambda header: header["layout"].pop("fields"),
        lambda header: header["layout"]["fields"].pop("edges"),
        lambda header: header["layout"]["fields"].update(more=1),
        lambda header: header["layout"]["fields"].update(edges={"code": "1"}),
        lambda header: header["layout"]["fields"].update(edges={"array": "none"}),
        lambda header: header["layout"].update({"class": "Layout"}),
        lambda header: header["layout"].update({"class": 3}),
    ],
    ids=map(str, range(17)),
)
def test_a_header_that_makes_no_sense(tmp_path: Path, change: Callable[[dict], object]) -> None:
    arena().save(tmp_path / "env.npz")
    rewritten(tmp_path / "env.npz", change)
    with pytest.raises(ValueError, match=r"does not hold an environment[\s\S]*WHY[\s\S]*HOW"):
        Environment.load(tmp_path / "env.npz")


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"PK\x03\x04", b"\x93NUMPY\x01\x00", b"\0" * 99]
)
def test_other_files(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "env.npz").write_bytes(content)
    with pytest.raises(ValueError, match=r"does not hold an environment[\s\S]*HOW"):
        Environment.load(tmp_path / "env.npz")


def test_other_arrays(tmp_path: Path) -> None:
    np.save(tmp_path / "array.npy", np.arange(3))
    np.savez(tmp_path / "arrays.npz", header=np.arange(3), more=np.arange(2))
    for name in ("array.npy", "arrays.npz"):
        with pytest.raises(ValueError, match=f"{name}' does not hold an environment"):
            Environment.load(tmp_path / name)
    with pytest.raises(FileNotFoundError):
        Environment.load(tmp_path / "none.npz")


def test_wherever_the_file_is_cut_or_damaged_it_says_so(tmp_path: Path) -> None:
    arena().save(tmp_path / "env.npz")
    whole = (tmp_path / "env.npz").read_bytes()
    damaged = tmp_path / "damaged.npz"
    for size in range(0, len(whole), 7):
        damaged.write_bytes(whole[:size])
        with pytest.raises(ValueError, match="does not hold an environment"):
            Environment.load(damaged)
    refused = meaningless = 0
    for place in range(0, len(whole), 3):
        damaged.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            read = Environment.load(damaged)
        except ValueError as error:
            refused += "does not hold an environment" in str(error)
        else:
            meaningless += 1  # a date, say
            assert read == arena()
    assert refused + meaningless == len(range(0, len(whole), 3))
    assert refused > meaningless


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


class Delegating:
    """A stranger's layout: everything but its fields is that of a grid."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("_"):
            raise AttributeError(name)
        edges = (np.arange(4) * self.size, np.arange(3) * self.size)
        return getattr(RegularGrid(edges, np.ones((3, 2), bool)), name)


@dataclass(frozen=True)
class Plain(Delegating):
    size: float
    limits: tuple[float, ...] = (float("inf"),)
    label: str | None = None
    count: int = 3


@dataclass
class Thawed(Delegating):
    size: float = 2.0


@dataclass(frozen=True)
class Odd(Delegating):
    size: float = 2.0
    call: object = print


class Bare(Delegating):
    size = 2.0


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> list[EntryPoint]:
    """Entry points that are there while the test runs."""
    points: list[EntryPoint] = []
    found = importlib.metadata.entry_points

    def listed(**query: str) -> object:
        return points if query == {"group": "neurospatial.layouts"} else found(**query)

    monkeypatch.setattr("neurospatial.environment.saved.entry_points", listed)
    return points


def point(kind: type) -> EntryPoint:
    return EntryPoint("stranger", f"{kind.__module__}:{kind.__qualname__}", "neurospatial.layouts")


def test_a_strangers_layout_is_found_by_its_entry_point(
    tmp_path: Path, installed: list[EntryPoint]
) -> None:
    env = Environment(Plain(2.5, (1.5, -np.inf), "of mine"))
    with pytest.raises(TypeError, match=r"under which name the layout Plain[\s\S]*entry point"):
        env.save(tmp_path / "env.npz")
    installed.append(point(Plain))
    env.save(tmp_path / "env.npz")
    assert Environment.load(tmp_path / "env.npz") == env
    installed.clear()
    with pytest.raises(ValueError, match=r"layout 'stranger', which is not installed"):
        Environment.load(tmp_path / "env.npz")


def test_a_layout_of_ours_that_this_version_lacks(tmp_path: Path) -> None:
    arena().save(tmp_path / "env.npz")
    rewritten(tmp_path / "env.npz", lambda header: header["layout"].update({"class": "Sphere"}))
    with pytest.raises(ValueError, match=r"'Sphere', which is not installed[\s\S]*--upgrade"):
        Environment.load(tmp_path / "env.npz")


@pytest.mark.parametrize(
    ("layout", "found"),
    [
        (Thawed(), "Thawed is not a frozen dataclass"),
        (Bare(), "Bare is not a frozen dataclass"),
        (Odd(), r"Odd\.call is a builtin_function_or_method"),
        (Odd(call=np.array([None])), r"Odd\.call is a ndarray"),
    ],
)
def test_layouts_that_cannot_be_saved(
    tmp_path: Path, installed: list[EntryPoint], layout: Layout, found: str
) -> None:
    installed.append(point(type(layout)))
    with pytest.raises(TypeError, match=rf"{found}[\s\S]*WHY[\s\S]*frozen dataclass of arrays"):
        Environment(layout).save(tmp_path / "env.npz")
    assert list(tmp_path.iterdir()) == []


def test_a_file_cannot_name_anything_but_a_layout(
    tmp_path: Path, installed: list[EntryPoint]
) -> None:
    arena().save(tmp_path / "env.npz")
    installed.append(EntryPoint("call", "builtins:print", "neurospatial.layouts"))
    rewritten(
        tmp_path / "env.npz",
        lambda header: header.update(layout={"entry_point": "call", "fields": {}}),
    )
    with pytest.raises(ValueError, match="'call' is not a frozen dataclass"):
        Environment.load(tmp_path / "env.npz")
