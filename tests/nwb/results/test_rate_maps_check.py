"""What the extension for rate maps would take, and is refused."""

import inspect
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import h5py
import numpy as np
import pandas as pd
import pytest
from hdmf.common import VectorData
from hdmf.utils import get_docval
from ndx_rate_maps import RateMapTable
from pynwb import NWBFile, TimeSeries
from pynwb.epoch import TimeIntervals

from neurospatial import Environment
from neurospatial.nwb import read_rate_maps, write_rate_maps
from neurospatial.nwb.results.rate_maps_write import _OURS
from tests.nwb.nwb_files import (
    IDS,
    add_plain_table,
    make_environment,
    make_maps,
    make_session,
    save_nwb,
)


@pytest.mark.parametrize(
    "name", ["pointy hexagons", "flat hexagons", "triangles", "strip", "part", "track"]
)
def test_what_is_no_grid_and_how_to_store_it(name: str) -> None:
    env, nwbfile = make_environment(name), make_session()
    found = rf"cut as a \w+, {env.n_bins} bins[\s\S]*write_environment[\s\S]*add_unit_column"
    with pytest.raises(TypeError, match=found):
        write_rate_maps(nwbfile, env, make_maps(env), IDS)
    assert not nwbfile.processing


def test_a_grid_of_three_dimensions() -> None:
    env = Environment.from_grid_edges([[0, 1, 2]] * 3)
    with pytest.raises(ValueError, match="The grid has 3 dimensions"):
        write_rate_maps(make_session(), env, make_maps(env), IDS)


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        (np.ones((3, 70)), r"fields has shape \(3, 70\), expected \(3, 69\)"),
        (np.ones((2, 69)), r"\(2, 69\), expected \(3, 69\)[\s\S]*There are 3 unit_ids"),
        (np.ones((3, 10, 8)), r"\(3, 10, 8\), expected \(3, 69\)"),
        (np.ones(69), r"shape \(69,\)"),
    ],
)
def test_fields_of_another_shape(fields: np.ndarray, found: str) -> None:
    env, nwbfile = make_environment("masked"), make_session()
    assert env.n_bins == 69
    with pytest.raises(ValueError, match=found):
        write_rate_maps(nwbfile, env, fields, IDS)
    assert not nwbfile.processing


def test_columns_of_another_shape() -> None:
    env, nwbfile = make_environment("masked"), make_session()
    given = (nwbfile, env, make_maps(env), IDS)
    with pytest.raises(ValueError, match=r"occupancy has shape \(68,\), expected \(69,\) or"):
        write_rate_maps(*given, occupancy=np.ones(68))
    with pytest.raises(ValueError, match=r"spike_counts has shape \(69,\), expected \(3, 69\)"):
        write_rate_maps(*given, spike_counts=np.ones(69))
    with pytest.raises(ValueError, match=r"labels is \('x',\)[\s\S]*2 dimension"):
        write_rate_maps(*given, labels=("x",))
    for width in (0, -1.0, np.nan, np.inf):
        with pytest.raises(ValueError, match=f"smoothing_width is {width}"):
            write_rate_maps(*given, smoothing_width=width)


def test_units_that_are_not_there() -> None:
    env, nwbfile = make_environment("masked"), make_session()
    maps = make_maps(env)
    with pytest.raises(
        ValueError, match=r"2 of 3 unit_ids [\s\S]*\[0, 1\][\s\S]*has 4: \[7, 3, 40"
    ):
        write_rate_maps(nwbfile, env, maps, [0, 1, 7])
    with pytest.raises(ValueError, match=r"unit_ids has \[7\] more than once"):
        write_rate_maps(nwbfile, env, maps, [7, 3, 7])
    for wrong in ([0.5, 1, 2], 7, [[7, 3, 40]], ["a", "b", "c"]):
        with pytest.raises(TypeError, match=r"unit_ids has shape \("):
            write_rate_maps(nwbfile, env, maps, wrong)
    bare = NWBFile("a session", "id", datetime(2024, 1, 1, tzinfo=UTC))
    with pytest.raises(ValueError, match=r"The file has no units[\s\S]*add_unit"):
        write_rate_maps(bare, env, maps, IDS)
    assert not nwbfile.processing


def test_a_name_that_is_taken() -> None:
    env, nwbfile = make_environment("masked"), make_session()
    write_rate_maps(nwbfile, env, make_maps(env), IDS)
    with pytest.raises(ValueError, match=r"a RateMapTable 'rate_maps'[\s\S]*name='rate_maps_2'"):
        write_rate_maps(nwbfile, env, make_maps(env), IDS)


def test_links_that_lead_out_of_the_file() -> None:
    env, nwbfile = make_environment("masked"), make_session()
    given = (nwbfile, env, make_maps(env), IDS)
    runs = TimeIntervals(name="runs", description="runs")
    with pytest.raises(ValueError, match=r"time_support 'runs' is not in the file[\s\S]*add"):
        write_rate_maps(*given, time_support=runs)
    with pytest.raises(ValueError, match="time_support 'trials' is not in the file"):
        write_rate_maps(*given, time_support=make_session().trials)
    series = TimeSeries(name="x", data=[1.0], unit="m", rate=1.0)
    with pytest.raises(ValueError, match="source_timeseries 'x' is not in the file"):
        write_rate_maps(*given, source_timeseries=series)
    assert not nwbfile.processing


def test_a_stored_table_that_contradicts_its_edges(tmp_path: Path) -> None:
    nwbfile = make_session()
    add_plain_table(nwbfile, np.ones((2, 4, 3)), bin_edges_dim0=np.arange(7.0))
    path = save_nwb(nwbfile, tmp_path / "a.nwb")
    found = r"'theirs' contradicts itself: rate_map has shape \(2, 4, 3\)[\s\S]*6 x 3 bins"
    with pytest.raises(ValueError, match=found):
        read_rate_maps(path)


@pytest.mark.parametrize(
    ("edges", "found"),
    [
        ([0.0, 1.0, 1.0, 2.0, 3.0], "bin_edges_dim0 has 5 edges; after edge 1"),
        ([0.0, 1.0, np.nan, 2.0, 3.0], "after edge 1"),
        ([4.0, 3.0, 2.0, 1.0, 0.0], "after edge 0"),
        ([1.0], "has 1 edges"),
    ],
)
def test_stored_edges_that_do_not_increase(edges: list[float], found: str) -> None:
    nwbfile = make_session()
    add_plain_table(nwbfile, np.ones((2, 4)), bin_edges_dim0=np.array(edges))
    with pytest.raises(ValueError, match=found):
        read_rate_maps(nwbfile)


def test_a_stored_occupancy_of_another_shape() -> None:
    nwbfile = make_session()
    held = VectorData(name="occupancy_map", description="s", data=np.ones((2, 5)))
    add_plain_table(nwbfile, np.ones((2, 4)), occupancy_map=held)
    with pytest.raises(ValueError, match=r"occupancy_map has shape \(2, 5\)[\s\S]*\(2, 4\)"):
        read_rate_maps(nwbfile)


def test_stored_units_that_are_no_rows(tmp_path: Path) -> None:
    nwbfile = make_session()
    add_plain_table(nwbfile, np.ones((2, 4)))
    path = save_nwb(nwbfile, tmp_path / "a.nwb")
    with h5py.File(path, "r+") as file:
        file["processing/ecephys/theirs/units"][1] = 9
    with pytest.raises(ValueError, match="the last of them in row 9 of 4"):
        read_rate_maps(path)


def test_a_file_without_such_a_table() -> None:
    with pytest.raises(ValueError, match="The file has no table of rate maps"):
        read_rate_maps(make_session())


@pytest.mark.parametrize(
    ("word", "ours"),
    [
        ("smoothing_kernel_width", "Pass smoothing_width= instead of smoothing_kernel_width="),
        ("occupancy_map", "Pass occupancy= instead"),
        ("spike_count_map", "Pass spike_counts= instead"),
        ("rate_map", "Pass fields= instead"),
        ("units", "Pass unit_ids= instead"),
        ("dim1_label", "Pass labels= instead"),
        ("bin_edges_dim0", "Pass the environment: its units and the edges"),
        ("smoothing", "See help"),
    ],
)
def test_words_of_the_extension_are_answered_by_name(word: str, ours: str) -> None:
    env = make_environment("masked")
    with pytest.raises(TypeError, match=f"no keyword '{word}'") as raised:
        write_rate_maps(make_session(), env, make_maps(env), IDS, **{word: 5.0})
    assert ours in str(raised.value)


def test_every_word_of_the_extension_is_known_or_answered() -> None:
    known = set(inspect.signature(write_rate_maps).parameters)
    own = {word["name"] for word in get_docval(RateMapTable.__init__)}
    # What a table has for itself: rows and columns are made here.
    assert own - {"id", "columns", "colnames"} <= known | set(_OURS)


def test_a_plane_is_written_as_its_axes() -> None:
    env = Environment.from_grid_edges([[0, 1, 2]] * 2, axis_names=("x", "z"))
    table = write_rate_maps(make_session(), env, make_maps(env), IDS)
    assert (table.dim0_label, table.dim1_label) == ("x_position", "z_position")


def test_whatever_holds_numbers_and_texts_is_taken() -> None:
    env = make_environment("masked")
    maps = np.ma.masked_greater(make_maps(env), 12)
    table = write_rate_maps(
        *(make_session(), env, maps, pd.Series(IDS, index=[5, 1, 3])),
        smoothing_kernel=b"gaussian",
        smoothing_width=Fraction(5, 2),
        labels=np.array([b"across", b"along"]),
    )
    assert (table.smoothing_kernel, table.smoothing_kernel_width) == ("gaussian", 2.5)
    assert (table.dim0_label, table.dim1_label) == ("across", "along")
    held = np.asarray(table["rate_map"].data)[:, env.layout.active]
    np.testing.assert_array_equal(held, maps.filled(np.nan))
