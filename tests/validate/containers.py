"""What labs hold numbers and times in, each made of a plain array of NumPy."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import cache

import dask.array
import h5py
import numpy as np
import pandas
import polars
import pynapple
import xarray
import zarr
from numpy.typing import NDArray

Array = NDArray[np.float64]


def mask_one(array: Array) -> object:
    """Mask the second row; what lies below the mask is nowhere."""
    masked = np.ma.masked_array(np.array(array), mask=False)
    masked[1] = np.ma.masked
    masked.data[1] = 999
    return masked


def lose_one(array: Array) -> Array:
    """Put NaN where `mask_one` and its like lose a row."""
    lost = np.array(array)
    lost[1] = np.nan
    return lost


def to_pandas(array: Array, dtype: str = "float64") -> object:
    """Hold rows under an index that would put them in another order."""
    index = range(len(array))[::-1]
    if array.ndim == 1:
        return pandas.Series(array, index=index).astype(dtype)
    return pandas.DataFrame(array, index=index).astype(dtype)


def to_polars(array: Array) -> object:
    return polars.Series(array) if array.ndim == 1 else polars.DataFrame(array)


def to_polars_with_a_gap(array: Array) -> object:
    rows = [None if number == 1 else row for number, row in enumerate(array.tolist())]
    if array.ndim == 1:
        return polars.Series(rows)
    columns = zip(*(row or [None] * array.shape[1] for row in rows), strict=True)
    return polars.DataFrame({f"c{k}": list(column) for k, column in enumerate(columns)})


def to_dataset(array: Array) -> object:
    return open_memory().create_dataset(None, data=array)


@cache
def open_memory() -> h5py.File:
    return h5py.File("memory.h5", "w", driver="core", backing_store=False)


def to_pynapple(array: Array) -> object:
    clock = np.arange(float(len(array)))
    kinds = {1: pynapple.Tsd, 2: pynapple.TsdFrame}
    return kinds[array.ndim](clock, array)


def to_exact(kind: type) -> Callable[[Array], object]:
    def hold(array: Array) -> object:
        if array.ndim > 1:
            return [hold(row) for row in array]
        return [kind(value) for value in array.tolist()]

    return hold


def to_big_endian(array: Array) -> object:
    return array.astype(">f8")


HOLDERS: dict[str, Callable[[Array], object]] = {
    "list": np.ndarray.tolist,
    "tuple of arrays": tuple,
    "masked array, nothing masked": np.ma.masked_array,
    "pandas": to_pandas,
    "pandas, nullable": lambda array: to_pandas(array, "Float64"),
    "polars": to_polars,
    "xarray": xarray.DataArray,
    "dask": dask.array.from_array,
    "zarr": zarr.array,
    "h5py": to_dataset,
    "pynapple": to_pynapple,
    "fractions": to_exact(Fraction),
    "decimals": to_exact(Decimal),
    "big-endian": to_big_endian,
    "single precision": lambda array: array.astype(np.float32),
    "half precision": lambda array: array.astype(np.float16),
    "Fortran order": np.asfortranarray,
}
"""Ways to hold an array that are all the same to whoever takes it."""

HOLDERS_WITH_A_GAP: dict[str, Callable[[Array], object]] = {
    "masked array": mask_one,
    "list of masked arrays": lambda array: list(mask_one(array)),  # type: ignore[call-overload]
    "pandas, nullable": lambda array: to_pandas(lose_one(array), "Float64"),
    "polars": to_polars_with_a_gap,
}
"""Ways to hold an array of which the second row is missing, as NaN would say."""

NUMBERS: dict[str, Callable[[float], object]] = {
    "fraction": Fraction,
    "decimal": Decimal,
    "int": int,
    "float32": np.float32,
    "int64": np.int64,
    "array without an axis": np.array,
}
"""Ways to hold one number."""

DURATIONS: dict[str, Callable[[Array], object]] = {
    "timedelta64": lambda array: (array * 1e9).astype("timedelta64[ns]"),
    "pandas": lambda array: pandas.to_timedelta(array, unit="s"),
    "datetime.timedelta": lambda array: list(
        pandas.to_timedelta(array, unit="s").to_pytimedelta()
    ),
    "pynapple": pynapple.Ts,
}
"""Ways to hold times counted from zero."""


def make_unknown_length(array: Array) -> object:
    held = dask.array.from_array(array)
    return held[dask.array.from_array(np.ones(len(array), bool))]
