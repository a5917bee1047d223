"""Whatever holds fields shows the picture that the plain array of them shows."""

from decimal import Decimal
from fractions import Fraction

import dask.array
import h5py
import numpy as np
import pandas
import polars
import pynapple
import pytest
import xarray
import zarr
from hypothesis import given
from hypothesis import strategies as st

from neurospatial import Environment
from neurospatial.scene import NOTHING, as_source, compile_scene, find_limits

N_FRAMES, N_X, N_Y = 4, 3, 2
N_BINS = N_X * N_Y
VALUES = np.random.default_rng(0).integers(-20, 100, (N_FRAMES, N_BINS)) / 8
"""Eighths, which float16 and fractions hold exactly."""


@pytest.fixture(scope="module")
def env():
    return Environment.from_mask(np.ones((N_X, N_Y), bool), [np.arange(4.0), np.arange(3.0)])


def as_h5py(values, folder):
    file = h5py.File(folder / "fields.h5", "w")
    return file.create_dataset("fields", data=values, chunks=(2, 3))


def as_zarr(values, folder):
    stored = zarr.create_array(
        store=str(folder / "fields.zarr"), shape=values.shape, chunks=(2, 3), dtype=values.dtype
    )
    stored[:] = values
    return stored


def as_fractions(values, folder):
    return [[Fraction(x) if np.isfinite(x) else float(x) for x in row] for row in values.tolist()]


TIMES = np.arange(N_FRAMES) / 10

PLAIN = {
    "list of arrays": lambda v, _: list(v),
    "list of lists": lambda v, _: v.tolist(),
    "list of series by position": lambda v, _: [pandas.Series(x, range(9, 3, -1)) for x in v],
    "table of pandas": lambda v, _: pandas.DataFrame(v, index=range(7, 3, -1)),
    "columns that may miss": lambda v, _: pandas.DataFrame(v).astype("Float64"),
    "table of polars": lambda v, _: polars.DataFrame(v),
    "TsdFrame": lambda v, _: pynapple.TsdFrame(t=TIMES, d=v),
    "DataArray": lambda v, _: xarray.DataArray(v, dims=("time", "bin")),
    "dask": lambda v, _: dask.array.from_array(v, chunks=(3, 4)),
    "zarr": as_zarr,
    "h5py": as_h5py,
    "float16": lambda v, _: v.astype(np.float16),
    "big-endian": lambda v, _: v.astype(">f8"),
    "fractions": as_fractions,
    "array of fractions": lambda v, _: np.array(as_fractions(v, _), dtype=object),
    "decimals": lambda v, _: [[Decimal(str(x)) for x in row] for row in v.tolist()],
    "masked without a mask": lambda v, _: np.ma.masked_array(v),
}
MISSING = {
    "masked": lambda v, _: np.ma.masked_array(np.nan_to_num(v, nan=999), np.isnan(v)),
    "masked, an object of NumPy's": lambda v, _: np.ma.masked_invalid(v),
    "list of masked": lambda v, _: [np.ma.masked_invalid(np.nan_to_num(x, nan=np.inf)) for x in v],
    "masked whole numbers": lambda v, _: np.ma.masked_array(
        np.nan_to_num(8 * v, nan=999).astype(int), np.isnan(v)
    ),
    "dask of masked": lambda v, _: dask.array.from_array(
        np.ma.masked_array(np.nan_to_num(v, nan=999), np.isnan(v)), chunks=(3, 4)
    ),
    "nullable": lambda v, _: pandas.DataFrame(v).astype("Float64"),
    "null of polars": lambda v, _: polars.DataFrame(v).fill_nan(None),
    "NaN": lambda v, _: v,
}


def codes(env, fields):
    (field,) = compile_scene(env, fields).panels[0].fields
    return field.color.quantise(field.values.read(0, field.values.shape[0])), field.color


@pytest.mark.parametrize("kind", PLAIN)
def test_it_is_shown_as_the_array_is(env, kind, tmp_path):
    shown, color = codes(env, PLAIN[kind](VALUES, tmp_path))
    expected, plain = codes(env, VALUES)
    np.testing.assert_array_equal(shown, expected)
    assert (color.vmin, color.vmax) == (plain.vmin, plain.vmax)


@pytest.mark.parametrize("kind", MISSING)
@given(hidden=st.lists(st.integers(0, N_FRAMES * N_BINS - 1), min_size=1, max_size=20))
def test_what_is_missing_is_nothing_and_in_no_range(env, kind, hidden):
    values = VALUES.copy()
    values.flat[hidden] = np.nan
    shown, color = codes(env, MISSING[kind](values, None))
    expected, plain = codes(env, values)
    np.testing.assert_array_equal(shown, expected)
    assert (shown.ravel()[hidden] == NOTHING).all()
    factor = 8 if "whole" in kind else 1
    assert (color.vmin, color.vmax) == (factor * plain.vmin, factor * plain.vmax)


@pytest.mark.parametrize("dtype", ["?", "i1", "u8", ">i4", "f2", ">f4"])
def test_every_type_of_number(env, dtype):
    values = np.clip(VALUES, 0, 1).astype(dtype)
    np.testing.assert_array_equal(codes(env, values)[0], codes(env, values.astype(float))[0])


def test_a_mask_is_read_a_range_of_frames_at_a_time():
    values = np.ma.masked_array(np.arange(6).reshape(3, 2), mask=False)
    values[1, 0] = np.ma.masked
    source = as_source(values)
    assert source.dtype == np.float64
    np.testing.assert_array_equal(source.read(1, 3), [[np.nan, 3], [4, 5]])
    assert find_limits(source) == (0.0, 5.0)


def test_tensor_of_pynapple_stays_in_its_file(env, tmp_path):
    stored = as_h5py(VALUES, tmp_path)
    frames = pynapple.TsdFrame(t=TIMES, d=stored, load_array=False)
    source = as_source(frames)
    assert source.array is stored
    np.testing.assert_array_equal(compile_scene(env, frames).timeline.times, TIMES)


class Series:
    """What is asked of a `FieldSeries`."""

    def __init__(self, values, names, env):
        self.values, self.names, self.env, self.times = values, names, env, TIMES
        self.shape, self.dtype, self.ndim = values.shape, values.dtype, values.ndim

    def __getitem__(self, key):
        if isinstance(key, int) and self.ndim == 3:
            return Series(self.values[key], (self.names[key],), self.env)
        return self.values[key]

    def __len__(self):
        return len(self.values)


def test_series_of_fields_bring_clock_and_names(env):
    both = np.stack([VALUES, VALUES + 1])
    scene = compile_scene(env, Series(both, ("CA1 3", "CA1 7"), env))
    assert [panel.title for panel in scene.panels] == ["CA1 3", "CA1 7"]
    np.testing.assert_array_equal(scene.timeline.times, TIMES)
    for panel, values in zip(scene.panels, both, strict=True):
        np.testing.assert_array_equal(panel.fields[0].values.read(0, N_FRAMES), values)
    one = compile_scene(env, Series(VALUES, ("CA1 3",), env))
    assert [panel.title for panel in one.panels] == ["CA1 3"]
    given = compile_scene(env, Series(VALUES, (), env), frame_times=TIMES + 5)
    np.testing.assert_array_equal(given.timeline.times, TIMES + 5)
    assert given.panels[0].title == ""


REFUSED = {
    "complex": VALUES + 1j,
    "text": VALUES.astype(str),
    "dates": VALUES.astype("datetime64[s]"),
    "objects": np.array([[object()] * N_BINS] * N_FRAMES),
    "table with text": pandas.DataFrame({"a": ["x"] * 4, "b": range(4)}),
    "generator": (row for row in VALUES),
    "sparse": __import__("scipy.sparse").sparse.csr_matrix(VALUES),
    "times alone": pynapple.Ts(TIMES),
    "number": 5.0,
    "text alone": "fields.npy",
    "unknown length": dask.array.from_array(VALUES)[dask.array.from_array(VALUES[:, 0] > 0)],
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_field_is_refused_in_words(env, kind):
    with pytest.raises((TypeError, ValueError), match=r"(?s)^fields .*WHY.*HOW"):
        env.animate_fields(REFUSED[kind], backend="html")
