"""Whatever holds an array, by what it can do: no library of these is ever imported."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain

_PLAIN = (int, float, bool, complex, str, bytes, np.generic)
"""What a list may hold that NumPy reads by itself, and without looking at each entry."""


def to_array(values: Any, name: str) -> NDArray[Any]:
    """Convert whatever holds values to an array of NumPy's own, by position.

    Masked and missing values (of NumPy's masked arrays, pandas' nullable columns,
    polars) become NaN. Series, tables, arrays of xarray, polars, dask, zarr and h5py,
    and series of pynapple are read whole, whatever their index or their labels say;
    of times alone (a ``Ts`` of pynapple) the times are read.

    Parameters
    ----------
    values : array-like, any shape
        Or one of these, or a list of them.
    name : str
        What the text of an error calls them.

    Returns
    -------
    ndarray
        Of any dtype; the same array where it is one already.

    Raises
    ------
    TypeError
        If rows are of unequal length.
    ValueError
        If the length is not known before all of it is computed.

    Examples
    --------
    >>> to_array(np.ma.masked_equal([1, 0, 3], 0), "rates")
    array([ 1., nan,  3.])
    """
    if type(values) is np.ndarray:
        return _read_fractions(values)
    if isinstance(values, np.ma.MaskedArray):
        return _fill_masked(values)
    if isinstance(values, (list, tuple)):
        return _stack(values, name)
    if hasattr(values, "dask"):
        refuse_unknown_length(values, name)
        return to_array(values.compute(), name)
    return _read_fractions(_read_container(values))


def refuse_unknown_length(values: Any, name: str) -> None:
    """Refuse an array of dask whose length is only known once it is computed.

    Parameters
    ----------
    values : array
        Anything else passes.
    name : str
        What the text of an error calls them.

    Raises
    ------
    ValueError
        If the length of an axis is NaN.
    """
    shape = getattr(values, "shape", ())
    if not isinstance(shape, tuple) or not any(n != n for n in shape):
        return
    raise ValueError(
        explain(
            f"{name} have shape {shape}: a length that is not known before all is computed.",
            "What is shown has a frame or a sample for each time, and these are counted first.",
            [
                "Let dask count them: array.compute_chunk_sizes()",
                "Compute what fits in memory: array.compute()",
            ],
        )
    )


def _fill_masked(values: Any) -> NDArray[Any]:
    """Put NaN (of dates, NaT) where values are masked."""
    if not np.ma.is_masked(values):
        return np.asarray(values.data)
    dates = values.dtype.kind in "mM"
    if not dates and values.dtype.kind in "iub":
        values = values.astype(np.float64)
    if not dates and values.dtype.kind not in "fc":
        return np.asarray(values.data)
    return np.asarray(values.filled(values.dtype.type("NaT" if dates else "nan")))


def _stack(values: Sequence[Any], name: str) -> NDArray[Any]:
    kinds = set(map(type, values))
    if not all(issubclass(kind, _PLAIN) for kind in kinds) and not _is_nested_plain(values, kinds):
        values = [_read_entry(value, name) for value in values]
    try:
        return _read_fractions(np.asarray(values))
    except ValueError as error:
        raise TypeError(
            explain(
                f"{name}: rows of unequal length, expected real numbers.",
                "Coordinates, times and values are measured numbers.",
                ["Convert first: np.asarray(values, dtype=float).", "Pass each row apart."],
            )
        ) from error


def _is_nested_plain(values: Sequence[Any], kinds: set[type]) -> bool:
    """Tell whether lists in a list hold numbers; the first of them is asked for all."""
    if not kinds <= {list, tuple} or not values[0]:
        return False
    return isinstance(values[0][0], _PLAIN)


def _read_entry(value: Any, name: str) -> Any:
    """Read one entry of a list that NumPy might misread."""
    if value is np.ma.masked:
        return np.nan
    if isinstance(value, np.ndarray | list | tuple) or hasattr(value, "__array__"):
        return to_array(value, name)
    return value


def _read_container(values: Any) -> NDArray[Any]:
    if is_pynapple(values) and not hasattr(values, "values"):
        return np.asarray(values.t)
    if _is_nullable(values):
        return np.asarray(values.to_numpy(dtype=np.float64, na_value=np.nan))
    if _has_time_zone(values):
        return np.asarray(values.to_numpy(dtype="datetime64[ns]"))  # In UTC.
    if type(values).__module__.startswith("polars"):  # Its arrays of missing numbers are objects.
        return np.asarray(values.to_numpy())
    return np.asarray(values)


def is_pynapple(values: Any) -> bool:
    """Tell whether values are a series of pynapple, which carries its own times."""
    return hasattr(values, "time_support") and hasattr(values, "t")


def _is_nullable(values: Any) -> bool:
    """Tell whether numbers of pandas may be missing, for which NumPy has no type."""
    if not type(values).__module__.startswith("pandas"):
        return False
    dtypes = getattr(values, "dtypes", getattr(values, "dtype", None))
    kinds = [str(kind) for kind in np.atleast_1d(np.asarray(dtypes, dtype=object))]
    numbers = ("Int", "UInt", "Float", "boolean", "int", "uint", "float", "double", "bool")
    own = [kind[:1].isupper() or kind == "boolean" or "pyarrow" in kind for kind in kinds]
    return any(own) and all(kind.startswith(numbers) for kind in kinds)


def _has_time_zone(values: Any) -> bool:
    """Tell whether values are dates of pandas in a time zone, for which NumPy has no type."""
    return type(values).__module__.startswith("pandas") and hasattr(
        getattr(values, "dtype", None), "tz"
    )


def _read_fractions(array: NDArray[Any]) -> NDArray[Any]:
    """Read exact numbers, which NumPy keeps as objects, as floating ones."""
    if array.dtype != object or not array.size:
        return array
    kinds = set(map(type, array.ravel()))
    if kinds & {Fraction, Decimal} and kinds <= {Fraction, Decimal, int, float}:
        return array.astype(np.float64)
    return array
