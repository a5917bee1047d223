"""Environments in files: what is read is what was written."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely import Polygon

from neurospatial import Environment, Regions
from neurospatial.layouts import Layout, RegularGrid
from tests.environment.saved_files import arena, rewritten
from tests.environment.spaces import layouts, regions


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


def test_a_ribbon_saved_under_its_earlier_name_is_read(tmp_path: Path) -> None:
    track = Environment.from_graph({0: (0, 0), 1: (9, 0)}, [(0, 1)], 0.0, 3.0).layout
    env = Environment(track.ribbon(2.0))
    env.save(tmp_path / "env.npz")
    rewritten(
        tmp_path / "env.npz", lambda header: header["layout"].update({"class": "TrackStrip"})
    )
    assert Environment.load(tmp_path / "env.npz") == env
