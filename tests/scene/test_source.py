import pickle
import pickletools

import dask.array
import h5py
import numpy as np
import pytest
import zarr
from hypothesis import given
from hypothesis import strategies as st

from neurospatial.scene import ArraySource, SelectedSource, SequenceSource, Source, as_source
from neurospatial.scene.source import split_frames
from neurospatial.testing import CountingSource

N_FRAMES, N_BINS = 13, 5
VALUES = np.random.default_rng(0).normal(size=(N_FRAMES, N_BINS))


class Sliced:
    """An array that remembers which slices were taken of it."""

    def __init__(self, array):
        self._array = array
        self.shape, self.dtype = array.shape, array.dtype
        self.slices = []

    def __getitem__(self, key):
        self.slices.append(key)
        return self._array[key]


def as_memmap(folder):
    stored = np.memmap(folder / "f.dat", np.float64, "w+", shape=VALUES.shape)
    stored[:] = VALUES
    return stored


def as_h5py(folder):
    file = h5py.File(folder / "f.h5", "w")
    return file.create_dataset("fields", data=VALUES, chunks=(2, 3))


def as_zarr(folder):
    stored = zarr.create_array(store=str(folder / "f.zarr"), shape=VALUES.shape, chunks=(4, 5),
                               dtype=VALUES.dtype)  # fmt: skip
    stored[:] = VALUES
    return stored


KINDS = {
    "array": lambda folder: VALUES,
    "fortran order": lambda folder: np.asfortranarray(VALUES),
    "list of arrays": lambda folder: list(VALUES),
    "list of lists": lambda folder: VALUES.tolist(),
    "tuple": lambda folder: tuple(VALUES),
    "memmap": as_memmap,
    "h5py": as_h5py,
    "zarr": as_zarr,
    "dask": lambda folder: dask.array.from_array(VALUES, chunks=(3, 5)),
    "source": lambda folder: ArraySource(VALUES),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_reads_the_same(kind, tmp_path):
    source = as_source(KINDS[kind](tmp_path))
    assert isinstance(source, Source)
    assert source.shape == VALUES.shape
    assert source.dtype == np.float64
    for start, stop in ((0, 1), (3, 9), (N_FRAMES - 1, N_FRAMES), (0, N_FRAMES), (4, 4)):
        read = source.read(start, stop)
        assert type(read) is np.ndarray
        np.testing.assert_array_equal(read, VALUES[start:stop])


def test_source_is_taken_as_it_is():
    source = CountingSource(VALUES)
    assert as_source(source) is source


@given(st.integers(0, N_FRAMES), st.integers(0, N_FRAMES))
def test_nothing_outside_the_range_is_touched(start, length):
    stop = min(start + length, N_FRAMES)
    sliced = Sliced(VALUES)
    source = as_source(sliced)
    assert source.shape == VALUES.shape
    assert sliced.slices == []
    source.read(start, stop)
    assert sliced.slices == [slice(start, stop)]


def test_dask_computes_only_the_blocks_asked_for():
    computed = []

    def block(block_info=None):
        computed.append(block_info[None]["chunk-location"][0])
        return np.zeros((3, N_BINS))

    lazy = dask.array.map_blocks(
        block, chunks=((3,) * 5, (N_BINS,)), dtype=float, meta=np.zeros((0, 0))
    )
    source = as_source(lazy)
    assert source.shape == (15, N_BINS)
    computed.clear()
    source.read(4, 8)
    assert sorted(computed) == [1, 2]


@pytest.mark.parametrize(
    "mixed",
    [
        [np.zeros(3), np.zeros(3, complex)],
        [np.zeros(3, int), np.zeros(3, object)],
        [np.zeros(3, np.float32), np.zeros(3, np.float64)],
    ],
    ids=["complex", "object", "double"],
)
def test_type_of_a_list_holds_every_frame(mixed):
    assert as_source(mixed).dtype == np.stack(mixed).dtype


@pytest.mark.parametrize("fields", [[], ()], ids=repr)
def test_no_frame_is_refused(fields):
    with pytest.raises(ValueError, match=r"(?s)fields is empty.*WHY.*HOW"):
        as_source(fields)


def test_ragged_list_is_refused():
    with pytest.raises(
        ValueError,
        match=r"(?s)All fields must have shape \(n_bins,\) matching environment: field 0 has "
        r"shape \(4,\), field 2 has shape \(3,\).*WHY.*HOW",
    ):
        as_source([np.zeros(4), np.zeros(4), np.zeros(3)])


@pytest.mark.parametrize(
    "fields",
    ["abc", b"abc", 3, None, {1, 2}, (x for x in VALUES)],
    ids=["text", "bytes", "number", "nothing", "set", "generator"],
)
def test_other_things_are_refused(fields):
    with pytest.raises(TypeError, match=r"(?s)fields is a \w+\..*WHY.*HOW.*list\(fields\)"):
        as_source(fields)


VIEWS = {
    "whole": lambda f: f,
    "later frames": lambda f: f[1000:3000],
    "every third": lambda f: f[5::3],
    "backwards": lambda f: f[::-1],
    "some bins": lambda f: f[:, 7:40:2],
    "transposed": lambda f: f.T,
    "one frame": lambda f: f[17:18],
    "no frame": lambda f: f[5:5],
}


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("offset", [0, 128, 4096, 70_003])
@pytest.mark.parametrize("mode", ["r", "r+"])
def test_memmap_travels_as_a_reference(view, offset, mode, tmp_path):
    path = tmp_path / "fields.dat"
    contents = np.random.default_rng(1).normal(size=(4000, 50)).astype("<f4")
    path.write_bytes(b"\0" * offset + contents.tobytes())
    stored = np.memmap(path, "<f4", mode, offset=offset, shape=contents.shape)
    pickled = pickle.dumps(ArraySource(VIEWS[view](stored)))
    assert len(pickled) < 800
    expected = VIEWS[view](contents)
    for _ in range(2):  # and once more from there
        source = pickle.loads(pickled)
        np.testing.assert_array_equal(source.read(0, len(expected)), expected)
        assert source.shape == expected.shape
        pickled = pickle.dumps(source)
        assert len(pickled) < 800 or view == "no frame"


def test_copy_of_memmap_travels_by_value(tmp_path):
    stored = as_memmap(tmp_path)
    chosen = stored[[3, 1, 2]]
    source = pickle.loads(pickle.dumps(ArraySource(chosen)))
    np.testing.assert_array_equal(source.read(0, 3), VALUES[[3, 1, 2]])


def test_other_sources_travel(tmp_path):
    for source in (as_source(VALUES), as_source(list(VALUES)), as_source(as_zarr(tmp_path))):
        again = pickle.loads(pickle.dumps(source))
        np.testing.assert_array_equal(again.read(2, 6), VALUES[2:6])


def test_reference_names_the_file_and_nothing_of_this_module_that_is_private_data(tmp_path):
    pickled = pickle.dumps(ArraySource(as_memmap(tmp_path)))
    texts = [arg for _, arg, _ in pickletools.genops(pickled) if isinstance(arg, str)]
    assert str(tmp_path / "f.dat") in texts


@given(st.lists(st.integers(0, N_FRAMES - 1), max_size=30).map(sorted), st.data())
def test_selected_frames(index, data):
    counting = CountingSource(VALUES)
    source = SelectedSource(counting, np.array(index, dtype=np.intp))
    assert source.shape == (len(index), N_BINS)
    assert source.dtype == VALUES.dtype
    start = data.draw(st.integers(0, len(index)))
    stop = data.draw(st.integers(start, len(index)))
    np.testing.assert_array_equal(source.read(start, stop), VALUES[index[start:stop]])
    touched = [frame for a, b in counting.reads for frame in range(a, b)]
    assert touched == sorted(set(index[start:stop]))


def test_selected_frames_travel_by_reference(tmp_path):
    path = tmp_path / "f.dat"
    stored = np.memmap(path, np.float64, "w+", shape=(10_000, 100))
    stored[:, 0] = np.arange(10_000)
    source = SelectedSource(ArraySource(stored), np.array([5, 5, 9_999]))
    pickled = pickle.dumps(source)
    assert len(pickled) < 1500
    assert pickle.loads(pickled).read(0, 3)[:, 0].tolist() == [5, 5, 9_999]


@given(st.integers(1, 200), st.integers(1, 50), st.integers(1, 5000))
def test_blocks_cover_every_frame_once_within_memory(n_frames, n_bins, memory):
    source = ArraySource(np.broadcast_to(np.float64(0), (n_frames, n_bins)))
    cut = split_frames(source, memory)
    assert [frame for start, stop in cut for frame in range(start, stop)] == list(range(n_frames))
    assert all((stop - start) * n_bins * 8 <= max(memory, n_bins * 8) for start, stop in cut)


def test_empty_read_of_a_list_has_the_shape_of_none():
    assert SequenceSource([np.zeros(4, np.float32)]).read(1, 1).shape == (0, 4)
