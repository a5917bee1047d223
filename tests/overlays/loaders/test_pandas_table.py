"""Tables of pandas are read as pandas reads them, and nothing in them is ever run."""

import h5py
import numpy as np
import pandas
import pytest
import tables
from hypothesis import given, settings
from hypothesis import strategies as st

from neurospatial.errors import is_explained
from neurospatial.overlays.loaders.dlc import from_dlc
from neurospatial.overlays.loaders.pandas_table import read_pandas_table
from tests.overlays.loaders.test_dlc import SEVERAL, columns, numbers
from tests.overlays.loaders.test_plain_pickle import Command

LEVELS = ["scorer", "individuals", "bodyparts", "coords"]
LAYOUTS = ["table", "fixed"]

# PyTables writes no text that ends in NUL, and pandas reads "nan" as none.
names = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8).filter(
    lambda name: name != "nan"
)


@st.composite
def frames(draw):
    """Tables of one animal or several, of a few types of numbers."""
    levels = draw(st.sampled_from([LEVELS, LEVELS[:1] + LEVELS[2:]]))
    parts = draw(st.lists(names, min_size=1, max_size=4, unique=True))
    animals = draw(st.lists(names, min_size=1, max_size=3, unique=True))
    scorer = draw(names)
    heads = [
        (scorer, animal, part, axis)
        for animal in (animals if len(levels) == 4 else animals[:1])
        for part in parts
        for axis in ("x", "y", "likelihood")
    ]
    heads = draw(st.permutations(heads)) if draw(st.booleans()) else heads
    if len(levels) == 3:
        heads = [(head[0], *head[2:]) for head in heads]
    n_rows = draw(st.integers(1, 5))
    rng = np.random.default_rng(draw(st.integers(0, 99)))
    types = draw(st.lists(st.sampled_from(["f8", "f4", "i8", "u2"]), min_size=1, max_size=3))
    index = np.sort(rng.choice(1000, n_rows, replace=False))
    data = {
        head: np.where(rng.random(n_rows) < 0.2, np.nan, rng.uniform(0, 99, n_rows))
        if kind[0] == "f"
        else rng.integers(0, 99, n_rows)
        for head, kind in zip(heads, np.resize(types, len(heads)), strict=True)
    }
    columns = pandas.MultiIndex.from_tuples(heads, names=levels)
    table = pandas.DataFrame(dict(enumerate(data.values())), index=index)
    table = table.astype(dict(enumerate(np.resize(types, len(heads)))))
    table.columns = columns
    return table


def check_is_as_pandas_reads_it(path):
    with h5py.File(path) as file:
        table = read_pandas_table(file)
    wanted = pandas.read_hdf(path)
    assert list(table.levels) == list(wanted.columns.names)
    assert list(table.columns) == list(wanted.columns)
    np.testing.assert_array_equal(table.index, wanted.index)
    np.testing.assert_array_equal(table.values, wanted.to_numpy(np.float64))


# Each example is a file written and read by pandas.
@settings(deadline=None, max_examples=40)
@given(frames(), st.sampled_from(LAYOUTS), st.sampled_from([0, 5]))
def test_a_table_is_read_as_pandas_reads_it(tmp_path_factory, frame, layout, level):
    path = tmp_path_factory.mktemp("table") / "a.h5"
    packed = {"complib": "zlib", "complevel": level} if level else {}
    frame.to_hdf(path, key="df_with_missing", format=layout, mode="w", **packed)
    check_is_as_pandas_reads_it(path)


def write(path, layout="table", table=None, index=None, **options):
    heads = columns(SEVERAL)
    head = pandas.MultiIndex.from_tuples(heads, names=LEVELS)
    frame = pandas.DataFrame(numbers(len(heads)) if table is None else table, columns=head)
    if index is not None:
        frame.index = index
    frame.to_hdf(path, key="df_with_missing", format=layout, mode="w", **options)
    return path


def refuse(path, text):
    with pytest.raises(ValueError, match=rf"(?s)^'\S*{path.name}' {text}") as raised:
        from_dlc(path)
    assert is_explained(raised.value)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_table_as_deeplabcut_writes_it(tmp_path, layout):
    path = write(tmp_path / "a.h5", layout)
    check_is_as_pandas_reads_it(path)
    assert [pose.name for pose in from_dlc(path)] == ["Pose mouse1", "Pose mouse2", "Pose single"]


@pytest.mark.parametrize("name", ["non_index_axes", "info", "values_block_0_kind"])
def test_a_file_that_says_what_to_run_is_refused_and_runs_nothing(tmp_path, name):
    path, witness = write(tmp_path / "a.h5"), tmp_path / "witness"
    with tables.open_file(path, "r+") as file:
        node = file.root.df_with_missing
        (node.table if name.startswith("values") else node)._v_attrs[name] = Command(
            f"echo run > {witness}"
        )
    refuse(path, r"cannot be read as a table of pandas: it has the instruction GLOBAL")
    assert not witness.exists()
    with tables.open_file(path) as file:
        node = file.root.df_with_missing
        (node.table if name.startswith("values") else node)._v_attrs[name]
    assert witness.exists(), "the file would run nothing at all"


def test_attributes_that_are_not_asked_for_are_not_read(tmp_path):
    path, witness = write(tmp_path / "a.h5"), tmp_path / "witness"
    with tables.open_file(path, "r+") as file:
        for node in (file.root, file.root.df_with_missing, file.root.df_with_missing.table):
            node._v_attrs.note = Command(f"echo run > {witness}")
    assert len(from_dlc(path)) == 3
    assert not witness.exists()


def test_other_tables_are_refused(tmp_path):
    path = tmp_path / "a.h5"
    path.write_text("not so")
    refuse(path, "cannot be read as HDF5: .*file signature not found")
    pandas.DataFrame({"x": [1.0]}).to_hdf(path, key="a", mode="w")
    refuse(path, "has columns of one level")
    pandas.DataFrame({"x": [1.0]}).to_hdf(path, key="a", mode="w", format="table")
    refuse(path, "has columns of one level")
    pandas.DataFrame({"y": [1.0]}).to_hdf(path, key="b")
    refuse(path, "holds no single table of pandas: there is a, b")
    pandas.Series([1.0]).to_hdf(path, key="s", mode="w")
    refuse(path, "holds a 'series' of pandas")
    with h5py.File(path, "w") as file:
        file["tracks"], file["node_names"] = np.ones(3), [b"nose"]
    refuse(path, r"holds no single table of pandas: .*looks like a file of SLEAP: from_sleap\(")


@pytest.mark.parametrize(
    ("index", "text"),
    [
        (list("abcde"), "numbered by string"),
        (np.arange(5) / 2, "numbered by float"),
        (pandas.date_range("2020", periods=5), "numbered by datetime|GLOBAL"),
    ],
)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_rows_that_are_not_numbered_are_refused(tmp_path, layout, index, text):
    refuse(write(tmp_path / "a.h5", layout, index=index), f".*({text})")


def test_labelled_frames_are_refused(tmp_path):
    index = pandas.MultiIndex.from_tuples([("labeled-data", "a", f"{k}.png") for k in range(5)])
    refuse(write(tmp_path / "a.h5", "fixed", index=index), "has rows that are not numbered")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_cells_that_are_no_numbers_are_refused(tmp_path, layout):
    heads = columns(SEVERAL)
    table = numbers(len(heads)).astype(complex)
    refuse(write(tmp_path / "a.h5", layout, table), "has 5 rows of 15 columns, and complex128")


def test_a_compression_that_h5py_lacks_is_said(tmp_path):
    refuse(
        write(tmp_path / "a.h5", complib="blosc", complevel=5),
        "cannot be read as HDF5: .*Write it again without compression",
    )


def test_numpy_texts_are_refused(tmp_path):
    """They are pickled as calls; in the layout "fixed" they are plain."""
    heads = [(np.str_("me"), np.str_(part), axis) for part in ("a", "b") for axis in ("x", "y")]
    frame = pandas.DataFrame(np.ones((3, 4)))
    frame.columns = pandas.MultiIndex.from_tuples(heads, names=[LEVELS[0], *LEVELS[2:]])
    for layout in LAYOUTS:
        frame.to_hdf(tmp_path / f"{layout}.h5", key="a", format=layout)
    assert list(from_dlc(tmp_path / "fixed.h5")[0].data) == ["a", "b"]
    refuse(tmp_path / "table.h5", r"cannot be read as a table of pandas: .*GLOBAL.*\.csv")


def test_a_table_that_says_it_is_larger_than_it_is(tmp_path):
    path = write(tmp_path / "a.h5", "fixed")
    with h5py.File(path, "r+") as file:
        group = file["df_with_missing"]
        for name in ("axis1", "block0_values"):
            kept = group[name][()]
            attributes = dict(group[name].attrs)
            del group[name]
            shape = (10**10, *kept.shape[1:])
            group.create_dataset(name, shape, kept.dtype, chunks=True, compression="gzip")
            group[name].attrs.update(attributes)
    refuse(path, r"declares 1,200,000,000,000 bytes for 'block0_values', where at most")
