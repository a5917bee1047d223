"""Fields over time that know their clock, their names and their bins."""

import operator
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar, Union, cast

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin
from numpy.typing import DTypeLike, NDArray

from neurospatial.environment import Environment
from neurospatial.errors import explain
from neurospatial.validate import to_array, to_real_array, to_seconds, to_texts, validate_known

if TYPE_CHECKING:
    from neurospatial.scene.source import Source

ValuesT_co = TypeVar("ValuesT_co", bound=Union[NDArray[Any], "Source"], covariant=True)


@dataclass(frozen=True, eq=False, repr=False)
class FieldSeries(NDArrayOperatorsMixin, Generic[ValuesT_co]):
    """Fields over time, of one unit or of several by name, with the clock they share.

    It is taken where an array is: ``np.asarray(series)``, arithmetic, comparison and
    indexing are those of its values. Of several units, ``series[0]`` and
    ``series["name"]`` are the series of one, on the same clock.

    Parameters
    ----------
    values : ndarray or Source, shape (n_frames, n_bins) or (n_units, n_frames, n_bins)
        A `Source` is read where it is asked for values, and not before.
    times : array-like, shape (n_frames,)
        When each field was [s]; the middle of its window.
    env : Environment
        The bins.
    names : sequence of str
        One per unit, numbered where left out; of values of two axes, one or none.
    windows : array-like, shape (n_frames, 2), optional
        Begin and end of the time that each field is made of [s].
    unit : str
        Of the values, such as "Hz".
    description : str
        What the values are.

    Raises
    ------
    TypeError
        If times are neither numbers nor times, or names are no texts.
    ValueError
        If shapes do not fit each other or the environment, or a time is not finite.

    Examples
    --------
    >>> env = Environment.from_mask([True, True], [[0, 2, 4]])
    >>> rates = [[[4.0, 0.0], [2.0, 1.0], [0.0, 3.0]]]
    >>> series = FieldSeries(np.array(rates), [10, 20, 30], env, ["cell 7"], unit="Hz")
    >>> series["cell 7"].times, np.max(series)
    (array([10., 20., 30.]), np.float64(4.0))
    """

    values: ValuesT_co
    times: NDArray[np.float64]
    env: Environment
    names: tuple[str, ...] = ()
    windows: NDArray[np.float64] | None = None
    unit: str = ""
    description: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "times", to_seconds(self.times, "times"))
        object.__setattr__(self, "names", to_texts(self.names, "names"))
        if self.windows is not None:
            object.__setattr__(self, "windows", to_seconds(self.windows, "windows"))
        if not hasattr(self.values, "read"):
            object.__setattr__(self, "values", _to_values(self.values))
        if self.ndim == 3 and not self.names:
            numbered = tuple(f"unit {number}" for number in range(len(self)))
            object.__setattr__(self, "names", numbered)
        _validate_shapes(self)

    @property
    def shape(self) -> tuple[int, ...]:
        """``(n_frames, n_bins)``, or ``(n_units, n_frames, n_bins)``."""
        return tuple(self.values.shape)

    @property
    def ndim(self) -> int:
        """Number of axes: 2, or 3 where there is one for units."""
        return len(self.shape)

    @property
    def dtype(self) -> np.dtype[Any]:
        """Type of the values."""
        return np.dtype(self.values.dtype)

    def __len__(self) -> int:
        return self.shape[0]

    def __iter__(self) -> Iterator[Any]:
        return (self[number] for number in range(len(self)))

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, str):
            return self._select_unit(self._find_unit(key))
        if self.ndim == 3 and _is_whole_number(key):
            return self._select_unit(operator.index(key))
        if isinstance(key, slice) and key.step in (None, 1):
            first, last, _ = key.indices(len(self))
            return self._read(first, max(first, last))
        return np.asarray(self)[key]

    def __array__(self, dtype: DTypeLike | None = None, copy: bool | None = None) -> NDArray[Any]:
        values = self._read(0, len(self))
        if dtype is not None and values.dtype != dtype:
            if copy is False:
                raise ValueError(f"Values of {values.dtype} become {dtype} by a copy only.")
            return values.astype(dtype)
        return values.copy() if copy else values

    def __array_ufunc__(
        self, ufunc: np.ufunc, method: str, *inputs: Any, out: Any = None, **keywords: Any
    ) -> Any:
        given = [np.asarray(one) if isinstance(one, FieldSeries) else one for one in inputs]
        if out is None:
            return getattr(ufunc, method)(*given, **keywords)
        into = tuple(one.values if isinstance(one, FieldSeries) else one for one in out)
        getattr(ufunc, method)(*given, out=into, **keywords)
        return out[0] if len(out) == 1 else out

    def __repr__(self) -> str:
        lengths = dict(zip(("bins", "frames", "units"), reversed(self.shape), strict=False))
        sizes = " × ".join(f"{n} {what}" for what, n in reversed(lengths.items()))
        span = f", {self.times.min():g} … {self.times.max():g} s" if self.times.size else ""
        unit = f", in {self.unit}" if self.unit else ""
        return f"{type(self).__name__}({sizes}{span}{unit})"

    def _read(self, start: int, stop: int) -> NDArray[Any]:
        """Read a range along the first axis."""
        if isinstance(self.values, np.ndarray):
            return np.asarray(self.values[start:stop])
        return np.asarray(self.values.read(start, stop))

    def _find_unit(self, name: str) -> int:
        why = "A series of several units has the name of each."
        validate_known(name, self.names, "unit", why, error=KeyError)
        if self.names.count(name) > 1:
            problem = f"{self.names.count(name)} units are called {name!r}."
            first = self.names.index(name)
            raise KeyError(explain(problem, why, [f"Pass its number: series[{first}]."]))
        return self.names.index(name)

    def _select_unit(self, number: int) -> "FieldSeries[NDArray[Any]]":
        if self.ndim == 2:
            return cast("FieldSeries[NDArray[Any]]", self)
        unit = range(len(self))[number]
        return FieldSeries(
            self._read(unit, unit + 1)[0],
            self.times,
            self.env,
            self.names[unit : unit + 1],
            self.windows,
            self.unit,
            self.description,
        )


def _is_whole_number(key: Any) -> bool:
    return hasattr(key, "__index__") and not isinstance(key, (bool, np.bool_, np.ndarray))


def _to_values(values: Any) -> NDArray[Any]:
    """Take an array as it is, a memory map as well, and read what else holds values."""
    if isinstance(values, np.ndarray) and not isinstance(values, np.ma.MaskedArray):
        array = values
    else:
        array = to_array(values, "values")
    return array if array.dtype.kind in "fiub" else to_real_array(array, "values")


def _validate_shapes(series: FieldSeries[Any]) -> None:
    n_bins, shape, clock = series.env.n_bins, series.shape, series.times
    if len(shape) not in (2, 3) or shape[-1] != n_bins:
        problem = f"values have shape {shape}, expected (n_frames, {n_bins})."
        way = "Pass values of this environment, a row per frame; of several units, unit by unit."
    elif clock.shape != shape[-2:-1] or not np.isfinite(clock).all():
        problem = (
            f"times have shape {clock.shape}, finite or not, and there are {shape[-2]} frames."
        )
        way = "Pass one finite time [s] for each frame."
    elif series.windows is not None and series.windows.shape != (clock.size, 2):
        problem = f"windows have shape {series.windows.shape}, expected ({clock.size}, 2)."
        way = "Pass the begin and the end of each frame's window."
    elif len(series.names) not in ((shape[0],) if len(shape) == 3 else (0, 1)):
        n_units = shape[0] if len(shape) == 3 else 1
        problem = f"There are {len(series.names)} names for {n_units} units."
        way = "Pass one name for each unit, in their order."
    else:
        return
    raise ValueError(explain(problem, "Each frame has a time, and a value in each bin.", [way]))
