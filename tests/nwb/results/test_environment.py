"""Environments in NWB files: what is read is what was written, and anyone can use the bins."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pynwb import NWBHDF5IO
from pynwb.core import DynamicTable

from neurospatial import Environment, Regions
from neurospatial.environment import header as env_header
from neurospatial.layouts import Layout, RegularGrid
from neurospatial.nwb import (
    edit_nwb,
    read_environment,
    read_rate_maps,
    write_environment,
    write_rate_maps,
)
from neurospatial.nwb.file.tree import Container
from neurospatial.nwb.results.environment import (
    _build_definition_table,
    _read_parts,
    load_environment,
)
from tests.environment.spaces import layouts, regions
from tests.nwb.nwb_files import (
    IDS,
    SPACES,
    list_criticism,
    make_environment,
    make_maps,
    make_session,
    save_nwb,
)


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(layouts, regions(), st.none() | st.text(max_size=5), st.text(max_size=5))
def test_any_environment_comes_back(
    layout: Layout, places: Regions, units: str | None, name: str
) -> None:
    env = Environment(layout, units=units, name=name, regions=places)
    nwbfile = make_session()
    write_environment(nwbfile, env)
    again = read_environment(nwbfile)
    assert again == env
    assert type(again.layout) is type(layout)
    assert list(again.regions) == list(places)
    assert (again.units, again.name) == (units, name)


@settings(deadline=None, max_examples=12, suppress_health_check=list(HealthCheck))
@given(layouts, regions(), st.none() | st.text(max_size=5))
@example(RegularGrid((np.arange(3.0),), np.ones(2, bool)), Regions(), "c\0m")
@example(RegularGrid((np.arange(3.0),) * 2, np.ones((2, 2), bool)), Regions(), "\ud800")
def test_any_environment_comes_back_from_disk(
    tmp_path: Path, layout: Layout, places: Regions, units: str | None
) -> None:
    env = Environment(layout, units=units, regions=places)
    nwbfile = make_session()
    write_environment(nwbfile, env)
    assert read_environment(save_nwb(nwbfile, tmp_path / "a.nwb")) == env


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with an environment of every kind."""
    nwbfile = make_session()
    for name in SPACES:
        write_environment(nwbfile, make_environment(name))
    return save_nwb(nwbfile, tmp_path_factory.mktemp("nwb") / "a.nwb")


def test_nobody_criticises_it(everything: Path) -> None:
    assert list_criticism(everything) == []


def test_several_in_one_file_are_told_apart(everything: Path) -> None:
    with NWBHDF5IO(everything, "r") as io:
        nwbfile = io.read()
        for name in SPACES:
            assert read_environment(nwbfile, name) == make_environment(name)
    assert read_environment(everything, "strip") == make_environment("strip")
    many = rf"{len(SPACES)} candidates for a stored environment[\s\S]*name='processing"
    with pytest.raises(ValueError, match=many):
        read_environment(everything)
    with pytest.raises(ValueError, match=r"no stored environment named 'maskd'[\s\S]*'masked'"):
        read_environment(everything, "maskd")


def test_the_bins_are_there_for_everyone(everything: Path) -> None:
    with NWBHDF5IO(everything, "r") as io:
        behavior = io.read().processing["behavior"]
        for name in SPACES:
            env, bins = make_environment(name), behavior[name]
            assert type(bins) is DynamicTable
            assert "centimeters" in bins["center"].description
            np.testing.assert_array_equal(bins["center"][:], env.bin_centers)
            np.testing.assert_array_equal(bins["measure"][:], env.layout.bin_measures)
            assert len(bins.to_dataframe()) == env.n_bins
            if env.n_dims == 2:
                for number in (0, env.n_bins - 1):
                    corners = env.layout.bin_polygons[number]
                    np.testing.assert_array_equal(bins["corners"][number], corners)


def test_a_million_bins_are_small_on_disk(tmp_path: Path) -> None:
    layout = RegularGrid((np.arange(1_000_001.0),), np.arange(1_000_000) % 7 != 3)
    nwbfile = make_session()
    write_environment(nwbfile, Environment(layout))
    path = save_nwb(nwbfile, tmp_path / "a.nwb")
    assert path.stat().st_size < 5_000_000
    assert read_environment(path).layout == layout


def test_arrays_of_every_kind_come_back() -> None:
    arrays = {
        "words": np.array([["ab", "c"], ["", "déf"]]),
        "times": np.array(["2024-05-17"], dtype="datetime64[D]"),
        "complex": np.array([1 + 2j]),
        "big": np.array([1.5, np.nan], dtype=">f4"),
        "none": np.empty((0, 3)),
        "scalar": np.array(3),
    }
    header = np.frombuffer(b"{}", np.uint8)
    again = _read_parts(_build_definition_table({"header": header, **arrays}, "odd"))
    for key, array in arrays.items():
        assert again[key].dtype == array.dtype
        assert again[key].shape == array.shape
        np.testing.assert_array_equal(again[key], array)


def test_names_that_paths_cannot_have() -> None:
    nwbfile, env = make_session(), make_environment("masked")
    assert write_environment(nwbfile, Environment(env.layout, name="a/b:c")).name == "a_b_c"
    assert write_environment(nwbfile, Environment(env.layout)).name == "environment"
    for name in ("", "a/b", "a:b", "."):
        with pytest.raises(ValueError, match=f"name '{name}' cannot be used"):
            write_environment(nwbfile, env, name=name)
    with pytest.raises(ValueError, match="There is a DynamicTable 'environment'"):
        write_environment(nwbfile, env, name="environment")
    write_environment(nwbfile, env, name="environment", module="ecephys")


def test_only_an_nwbfile_is_written_to(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match=r"nwbfile is a str[\s\S]*edit_nwb\(path\)"):
        write_environment("a.nwb", make_environment("masked"))  # type: ignore[arg-type]
    with pytest.raises(RuntimeError, match="must be fitted"):
        write_environment(make_session(), Environment())


def test_an_environment_that_cannot_be_kept_leaves_nothing() -> None:
    env = make_environment("masked")
    env.regions.add("odd", point=(0, 0), metadata={"when": (1, 2)})
    nwbfile = make_session()
    with pytest.raises(TypeError, match="metadata of region 'odd' are not JSON"):
        write_environment(nwbfile, env)
    assert not nwbfile.processing


def test_a_newer_version_is_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nwbfile = make_session()
    with monkeypatch.context() as later:
        later.setattr(env_header, "VERSION", 3)
        layout = make_environment("masked").layout
        write_environment(nwbfile, Environment(layout, name="masked", axis_names=("x", "z")))
    path = save_nwb(nwbfile, tmp_path / "a.nwb")
    with pytest.raises(ValueError, match=r"'masked' is written in version 3[\s\S]*to version 2"):
        read_environment(path)
    with edit_nwb(path, progress=False) as nwbfile:  # beside it there is room for ours
        write_rate_maps(
            nwbfile, make_environment("masked"), make_maps(make_environment("masked")), IDS
        )
    assert (
        read_rate_maps(path).env
        == read_environment(path, "masked_2")
        == make_environment("masked")
    )


def test_a_file_without_one() -> None:
    with pytest.raises(ValueError, match=r"The file has no stored environment[\s\S]*HOW"):
        read_environment(make_session())


def test_a_definition_that_is_damaged(tmp_path: Path) -> None:
    h5py = pytest.importorskip("h5py")
    nwbfile = make_session()
    write_environment(nwbfile, make_environment("masked"))
    path = save_nwb(nwbfile, tmp_path / "a.nwb")
    where = "processing/behavior/masked_definition"
    for change in ("data", "shape_index", "dtype"):
        copy = tmp_path / f"{change}.nwb"
        copy.write_bytes(path.read_bytes())
        with h5py.File(copy, "r+") as file:
            held = file[where][change]
            held[0] = "float77" if change == "dtype" else held[0] + 1
        with pytest.raises(ValueError, match="'masked' does not hold an environment"):
            read_environment(copy)
    with h5py.File(path, "r+") as file:
        del file[where]
    with pytest.raises(ValueError, match="no stored environment"):
        read_environment(path)


ODD_TYPES = (
    "",
    "(2,3",
    "(1,)f8",
    "a8",
    "|O8",
    "{",
    "<f8,<f8",
    "<f7",
    "f8",
    "\ud800",
    "<M8[3s",
    "<U2147483647",
)
ODD_CELLS = (None, -1, 2**63, 1.5, float("nan"), b"\xff", "", [], [[1], [1, 2]])


@pytest.mark.parametrize("seed", range(60))
def test_whatever_stands_in_its_columns_is_refused_as_damage(seed: int) -> None:
    rng = np.random.default_rng(seed)
    nwbfile = make_session()
    bins = write_environment(nwbfile, make_environment("masked"))
    table = nwbfile.processing["behavior"]["masked_definition"]
    columns = {name: SimpleNamespace(data=table[name].data) for name in ("part", "dtype")}
    for name in ("shape", "data"):
        target = SimpleNamespace(data=table[name].target.data)
        columns[name] = SimpleNamespace(data=table[name].data, target=target)
    name = sorted(columns)[rng.integers(4)]
    column = columns[name]
    if rng.random() < 0.3 and name in ("shape", "data"):
        column = column.target
    cells = list(column.data)
    odd = ODD_TYPES if name == "dtype" and rng.random() < 0.7 else ODD_CELLS
    cells[rng.integers(len(cells))] = odd[rng.integers(len(odd))]
    whole = (np.float64(3), np.zeros((2, 2)), [])
    column.data = whole[rng.integers(3)] if rng.random() < 0.2 else cells
    beside = SimpleNamespace(data_interfaces={"masked_definition": columns})
    damaged = SimpleNamespace(name=bins.name, parent=beside)
    with pytest.raises(ValueError, match="'masked' does not hold an environment"):
        load_environment(cast(Container, damaged))


def test_added_to_a_file_on_disk(tmp_path: Path) -> None:
    path = save_nwb(make_session(), tmp_path / "a.nwb")
    for name in ("triangles", "track"):
        with edit_nwb(path, progress=False) as nwbfile:
            write_environment(nwbfile, make_environment(name))
    assert read_environment(path, "triangles") == make_environment("triangles")
    assert read_environment(path, "track") == make_environment("track")
    assert list_criticism(path) == []


def test_the_header_is_what_env_save_keeps() -> None:
    nwbfile, env = make_session(), make_environment("pointy hexagons")
    write_environment(nwbfile, env)
    table = nwbfile.processing["behavior"]["pointy hexagons_definition"]
    assert table["part"][0] == "header"
    header, arrays = env_header.to_header(env)
    assert json.loads(bytes(table["data"][0])) == header
    assert list(table["part"][1:]) == list(arrays)


def test_axes_are_kept_and_older_files_have_the_usual_ones(tmp_path: Path) -> None:
    layout = make_environment("masked").layout
    pixels = Environment(layout, units="px", name="pixels", axis_names=("u", "v"), y_down=True)
    nwbfile = make_session()
    write_environment(nwbfile, pixels)
    write_environment(nwbfile, Environment(layout, name="usual"))
    path = save_nwb(nwbfile, tmp_path / "a.nwb")
    read = read_environment(path, "pixels")
    assert (read.axis_names, read.y_down) == (("u", "v"), True)
    assert read == pixels
    usual = read_environment(path, "usual")
    assert (usual.axis_names, usual.y_down) == (("x", "y"), False)
