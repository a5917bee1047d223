"""Whatever labs hold numbers and times in, each made of a plain array with NaN for gaps."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from typing import Any

import dask.array
import h5py
import numpy as np
import pandas
import polars
import pynapple
import xarray
import zarr


def make_masked(array: np.ndarray) -> Any:
    """What is masked has a number below the mask that must not come through."""
    gaps = np.isnan(array)
    return np.ma.masked_array(np.where(gaps, 999.0, array), gaps)


def make_nullable(array: np.ndarray) -> Any:
    """A table or a column of pandas with missing values, its labels shuffled."""
    kind = pandas.Series if array.ndim == 1 else pandas.DataFrame
    return kind(array, index=np.arange(len(array))[::-1]).astype("Float64")


def make_pandas(array: np.ndarray) -> Any:
    kind = pandas.Series if array.ndim == 1 else pandas.DataFrame
    return kind(array, index=np.arange(len(array))[::-1])


def make_polars(array: np.ndarray) -> Any:
    if array.ndim == 1:
        return polars.Series(array, nan_to_null=True)
    return polars.DataFrame(array, nan_to_null=True)


def make_hdf5(array: np.ndarray) -> Any:
    return h5py.File(BytesIO(), "w").create_dataset("numbers", data=array)


def make_dask(array: np.ndarray) -> Any:
    return dask.array.from_array(array, chunks=2)


def make_decimals(array: np.ndarray) -> Any:
    return np.vectorize(lambda number: Decimal(float(number)), otypes=[object])(array)


def make_fractions(array: np.ndarray) -> Any:
    """Of numbers that are none, as there is no fraction of NaN, floats."""
    exact = np.vectorize(lambda x: x if np.isnan(x) else Fraction(float(x)), otypes=[object])
    return exact(array)


def make_tsd(array: np.ndarray) -> Any:
    kind = pynapple.Tsd if array.ndim == 1 else pynapple.TsdFrame
    return kind(t=np.arange(len(array)) * 7.0, d=array)


CONTAINERS: dict[str, Callable[[np.ndarray], Any]] = {
    "masked": make_masked,
    "nullable of pandas": make_nullable,
    "pandas": make_pandas,
    "polars": make_polars,
    "xarray": xarray.DataArray,
    "dask": make_dask,
    "zarr": zarr.array,
    "h5py": make_hdf5,
    "decimals": make_decimals,
    "fractions": make_fractions,
    "pynapple": make_tsd,
    "big-endian": lambda array: array.astype(">f8"),
    "list": lambda array: array.tolist(),
    "list of rows": lambda array: [make_masked(row) for row in np.atleast_1d(array)],
}
"""By what a test is called: the same numbers in something else."""

CLOCKS: dict[str, Callable[[np.ndarray], Any]] = {
    **{name: make for name, make in CONTAINERS.items() if name != "pynapple"},
    "pynapple": lambda times: pynapple.Ts(t=times),
    "durations": lambda times: (times * 1e9).astype("timedelta64[ns]"),
    "durations of pandas": lambda times: pandas.to_timedelta(times, unit="s"),
}
"""The same of times, which are of no values."""
