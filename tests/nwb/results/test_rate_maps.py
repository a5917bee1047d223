"""Rate maps beside their units: what is read is what was written, by us or by others."""

from pathlib import Path

import numpy as np
import pytest
from hdmf.common import VectorData
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ndx_rate_maps import RateMapTable
from pynwb import NWBHDF5IO
from pynwb.epoch import TimeIntervals

from neurospatial import Environment
from neurospatial.layouts import RegularGrid
from neurospatial.nwb import edit_nwb, read_rate_maps, write_environment, write_rate_maps
from tests.environment.spaces import grids, regions
from tests.nwb.nwb_files import (
    IDS,
    UNIT_IDS,
    add_plain_table,
    list_criticism,
    make_environment,
    make_maps,
    make_session,
    save_nwb,
)


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(grids().filter(lambda grid: grid.n_dims < 3), regions(), st.sampled_from(["cm", "m", None]))
def test_maps_and_environment_come_back(grid: RegularGrid, places: object, units: str) -> None:
    env = Environment(grid, units=units, name="box", regions=places)  # type: ignore[arg-type]
    rates, seconds = make_maps(env), np.arange(env.n_bins) / 7
    nwbfile = make_session()
    write_rate_maps(nwbfile, env, rates, IDS, occupancy=seconds, spike_counts=np.rint(rates))
    maps = read_rate_maps(nwbfile)
    assert maps.env == env
    np.testing.assert_array_equal(maps.fields, rates)
    np.testing.assert_array_equal(maps.unit_ids, IDS)
    np.testing.assert_array_equal(maps.occupancy, np.tile(seconds, (len(IDS), 1)))
    np.testing.assert_array_equal(maps.spike_counts, np.rint(rates))


@pytest.mark.parametrize("name", ["masked", "line"])
def test_from_disk_and_uncriticised(tmp_path: Path, name: str) -> None:
    env, nwbfile = make_environment(name), make_session()
    rates, seconds = make_maps(env), np.linspace(0, 9, env.n_bins)
    distance = nwbfile.acquisition["walked"]
    write_rate_maps(
        nwbfile,
        env,
        rates,
        np.array(IDS, dtype=np.uint16),
        name="place_fields",
        description="Place fields of the trials.",
        occupancy=seconds,
        spike_counts=np.rint(rates),
        smoothing_kernel="gaussian",
        smoothing_width=5,
        time_support=nwbfile.trials,
        source_timeseries=distance,
    )
    path = save_nwb(nwbfile, tmp_path / "a.nwb")
    assert list_criticism(path) == []
    maps = read_rate_maps(path)
    assert maps.env == env
    np.testing.assert_array_equal(maps.fields, rates)
    assert (maps.name, maps.description) == ("place_fields", "Place fields of the trials.")
    assert (maps.smoothing_kernel, maps.smoothing_width) == ("gaussian", 5.0)
    np.testing.assert_array_equal(maps.time_support, [[0, 15], [20, 35]])
    with NWBHDF5IO(path, "r") as io:
        table = io.read().processing["behavior"]["place_fields"]
        assert isinstance(table, RateMapTable)
        assert table.source_timeseries.name == "walked"
        assert table.time_support.name == "trials"
        assert table.dim0_unit == "centimeters"
        assert table["rate_map"].data.dtype == np.float64


def test_the_maps_are_unit_x_y_and_nan_where_no_bin_is(tmp_path: Path) -> None:
    env, nwbfile = make_environment("masked"), make_session()
    rates = make_maps(env)
    write_rate_maps(nwbfile, env, rates, IDS, occupancy=np.ones(env.n_bins))
    with NWBHDF5IO(save_nwb(nwbfile, tmp_path / "a.nwb"), "r") as io:
        nwbfile = io.read()
        table = nwbfile.processing["behavior"]["rate_maps"]
        held, seconds = table["rate_map"][:], table["occupancy_map"][:]
        assert isinstance(env.layout, RegularGrid)
        assert held.shape == (3, *env.layout.grid_shape) == (3, 10, 8)
        assert np.isnan(held[:, ~env.layout.active]).all()
        assert np.isnan(seconds[:, ~env.layout.active]).all()
        for number, (x, y) in enumerate(env.bin_centers):
            cell = np.searchsorted(table.bin_edges_dim0[:], x) - 1
            row = np.searchsorted(table.bin_edges_dim1[:], y) - 1
            np.testing.assert_array_equal(held[:, cell, row], rates[:, number])
        assert table["units"].table is nwbfile.units
        assert [nwbfile.units.id[row] for row in table["units"].data[:]] == IDS


def test_a_table_per_condition_and_one_environment() -> None:
    env, nwbfile = make_environment("masked"), make_session()
    left, right = make_maps(env), make_maps(env) + 1
    write_environment(nwbfile, env)
    write_rate_maps(nwbfile, env, left, IDS, name="left")
    write_rate_maps(nwbfile, env, right, IDS, name="right")
    np.testing.assert_array_equal(read_rate_maps(nwbfile, "right").fields, right)
    held = set(nwbfile.processing["behavior"].data_interfaces)
    assert held == {"left", "right", "masked", "masked_definition"}
    with pytest.raises(ValueError, match=r"2 candidates[\s\S]*name='processing/behavior/left'"):
        read_rate_maps(nwbfile)
    other = Environment(env.layout, units="m", name="masked")
    write_rate_maps(nwbfile, other, left, IDS, name="metres")
    assert read_rate_maps(nwbfile, "metres").env == other
    assert read_rate_maps(nwbfile, "left").env == env


def test_added_to_a_file_on_disk_with_links_into_it(tmp_path: Path) -> None:
    env, path = make_environment("regular"), save_nwb(make_session(), tmp_path / "a.nwb")
    with edit_nwb(path, progress=False) as nwbfile:
        runs = TimeIntervals(name="runs", description="When it ran.")
        runs.add_interval(start_time=1.0, stop_time=2.0)
        runs.add_interval(start_time=3.0, stop_time=4.0)
        nwbfile.add_time_intervals(runs)
        write_rate_maps(
            nwbfile,
            env,
            make_maps(env),
            IDS,
            time_support=runs,
            source_timeseries=nwbfile.acquisition["walked"],
        )
    maps = read_rate_maps(path)
    assert maps.env == env
    np.testing.assert_array_equal(maps.time_support, [[1, 2], [3, 4]])
    assert list_criticism(path) == []


def test_the_environment_is_found_when_it_was_renamed_or_given_a_new_id(tmp_path: Path) -> None:
    env, nwbfile = make_environment("masked"), make_session()
    write_rate_maps(nwbfile, env, make_maps(env), IDS)
    path, copy = save_nwb(nwbfile, tmp_path / "a.nwb"), tmp_path / "copy.nwb"
    with NWBHDF5IO(path, "r") as io:
        again = io.read()
        again.generate_new_id()
        with NWBHDF5IO(copy, "w") as out:
            out.export(src_io=io, nwbfile=again)
    assert read_rate_maps(copy).env == env
    import h5py

    with h5py.File(path, "r+") as file:
        behavior = file["processing/behavior"]
        for ending in ("", "_definition"):
            behavior.move(f"masked{ending}", f"box{ending}")
    assert read_rate_maps(path).env == env


def test_tables_of_others(tmp_path: Path) -> None:
    nwbfile, rates = make_session(), np.random.default_rng(0).uniform(0, 9, (2, 4, 3))
    rates[:, 0, 0] = np.nan
    add_plain_table(nwbfile, rates)
    maps = read_rate_maps(save_nwb(nwbfile, tmp_path / "a.nwb"))
    assert isinstance(maps.env.layout, RegularGrid)
    assert maps.env.layout.grid_shape == (4, 3)
    assert maps.env.n_bins == 11
    assert maps.env.units == "cm"
    assert maps.env.dimension_ranges == ((0.0, 8.0), (0.0, 6.0))
    np.testing.assert_array_equal(maps.fields, rates.reshape(2, 12)[:, 1:])
    np.testing.assert_array_equal(maps.unit_ids, [UNIT_IDS[0], UNIT_IDS[2]])
    assert maps.occupancy is maps.smoothing_width is maps.time_support is None


def test_of_others_the_occupancy_says_which_cells_are_bins() -> None:
    nwbfile, rates = make_session(), np.full((2, 5), np.nan)
    seconds = np.array([[np.nan, 0, 1, 2, np.nan]] * 2)
    held = VectorData(name="occupancy_map", description="s", data=seconds)
    add_plain_table(nwbfile, rates, occupancy_map=held, dim0_unit="radians")
    maps = read_rate_maps(nwbfile)
    assert maps.env.n_bins == 3
    assert maps.env.units == "radians"
    np.testing.assert_array_equal(maps.occupancy, seconds[:, 1:4])


def test_maps_of_others_that_are_all_nan_have_every_cell() -> None:
    nwbfile = make_session()
    add_plain_table(nwbfile, np.full((2, 5), np.nan))
    assert read_rate_maps(nwbfile).env.n_bins == 5
