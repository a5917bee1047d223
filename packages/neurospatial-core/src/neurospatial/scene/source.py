"""Frames of values that are read only where they are shown."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from mmap import ALLOCATIONGRANULARITY
from typing import Any, Protocol, TypeAlias, cast, runtime_checkable

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.validate import is_pynapple, refuse_unknown_length, to_array


@runtime_checkable
class Source(Protocol):
    """Something whose first axis is frames and that can be read a range at a time."""

    @property
    def shape(self) -> tuple[int, ...]:
        """``(n_frames, n_bins)`` for fields; pictures have more axes."""

    @property
    def dtype(self) -> np.dtype[np.generic]:
        """Type of the values."""

    def read(self, start: int, stop: int) -> NDArray[np.generic]:
        """Values of the frames in ``[start, stop)``; nothing outside it is touched."""


class Sliceable(Protocol):
    """Something that is sliced like an array: NumPy, memmap, h5py, zarr, dask, xarray."""

    @property
    def shape(self) -> tuple[int, ...]:
        """Length of each axis, the first of them frames."""

    @property
    def dtype(self) -> np.dtype[Any]:
        """Type of the values."""

    def __getitem__(self, key: slice, /) -> Any:
        """Return a range of frames, of anything that `numpy.asarray` takes."""


FramesLike: TypeAlias = Source | Sliceable | ArrayLike
"""Values of one panel: something sliced or read, shape (n_frames, n_bins), or a list of frames."""

FieldsLike: TypeAlias = FramesLike | Sequence[FramesLike] | Mapping[Any, FramesLike]
"""Values to show: those of one panel, or of several, in order or by name."""


@dataclass(frozen=True, eq=False)
class ArraySource:
    """Frames of anything that is sliced like an array: NumPy, memmap, h5py, zarr, dask, xarray.

    What is masked is read as NaN, a range of frames at a time. A memory-mapped array is
    pickled as a reference to its file, never as its contents.

    Parameters
    ----------
    array : Sliceable
        Has ``shape``, ``dtype`` and slices along its first axis.

    Examples
    --------
    >>> ArraySource(np.arange(6.0).reshape(3, 2)).read(1, 2)
    array([[2., 3.]])
    """

    array: Sliceable

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the array."""
        return tuple(int(n) for n in self.array.shape)

    @property
    def dtype(self) -> np.dtype[np.generic]:
        """Type of the values: floating where whole numbers may be masked, as NaN is none."""
        dtype = np.dtype(self.array.dtype)
        return np.dtype(np.float64) if dtype.kind in "iub" and self._may_be_masked else dtype

    @cached_property
    def _may_be_masked(self) -> bool:
        # An array of dask says by its empty "meta" what its blocks are.
        return isinstance(getattr(self.array, "_meta", self.array), np.ma.MaskedArray)

    def read(self, start: int, stop: int) -> NDArray[np.generic]:
        """Values of the frames in ``[start, stop)``."""
        block = self.array[start:stop]
        if self._may_be_masked:
            return to_array(block, "fields").astype(self.dtype, copy=False)
        return np.asarray(block)

    def __reduce__(self) -> tuple[Callable[..., "ArraySource"], tuple[object, ...]]:
        """Pickle a memmap by reference, whatever view of the file it is."""
        array = self.array
        if not isinstance(array, np.memmap) or array.filename is None:
            return ArraySource, (array,)
        whole = np.frombuffer(array._mmap, dtype=np.uint8)  # type: ignore[attr-defined]
        mapped_from = array.offset - array.offset % ALLOCATIONGRANULARITY
        offset = mapped_from + array.ctypes.data - whole.ctypes.data
        return _reopen, (str(array.filename), array.dtype, array.shape, array.strides, offset)


@dataclass(frozen=True, eq=False)
class SequenceSource:
    """Frames kept one by one in a sequence.

    Parameters
    ----------
    frames : sequence of array-like
        Each of the same shape.

    Examples
    --------
    >>> SequenceSource([np.zeros(4), np.ones(4)]).shape
    (2, 4)
    """

    frames: Sequence[NDArray[np.generic]]

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of frames, then the shape of one."""
        return (len(self.frames), *np.shape(self.frames[0]))

    @property
    def dtype(self) -> np.dtype[np.generic]:
        """Type that holds the values of every frame."""
        return np.result_type(*{np.asarray(frame).dtype for frame in self.frames})

    def read(self, start: int, stop: int) -> NDArray[np.generic]:
        """Values of the frames in ``[start, stop)``."""
        frames = self.frames[start:stop]
        return np.stack(frames) if len(frames) else np.empty((0, *self.shape[1:]), self.dtype)


@dataclass(frozen=True, eq=False)
class SelectedSource:
    """Frames of another source in a chosen order, some perhaps repeated or left empty.

    Parameters
    ----------
    source : Source
    index : ndarray of int, shape (n_frames,)
        Frame of `source` shown in each frame; -1 for one of NaN.

    Examples
    --------
    >>> whole = ArraySource(np.arange(3.0)[:, None])
    >>> SelectedSource(whole, np.array([0, 0, -1, 2])).read(0, 4).ravel()
    array([ 0.,  0., nan,  2.])
    """

    source: Source
    index: NDArray[np.intp]

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of chosen frames, then the shape of one."""
        return (len(self.index), *self.source.shape[1:])

    @cached_property
    def dtype(self) -> np.dtype[np.generic]:
        """Type of the values: floating where some frames are empty, as NaN is none."""
        dtype = self.source.dtype
        is_whole = bool(len(self.index)) and int(self.index.min()) >= 0
        return dtype if is_whole or dtype.kind == "f" else np.dtype(np.float64)

    def read(self, start: int, stop: int) -> NDArray[np.generic]:
        """Values of the frames in ``[start, stop)``; each run is read once."""
        wanted = self.index[start:stop]
        distinct, place = np.unique(wanted, return_inverse=True)
        n_empty = int(np.count_nonzero(distinct < 0))
        rows = distinct[n_empty:]
        runs = np.split(rows, np.flatnonzero(np.diff(rows) != 1) + 1)
        empty = np.full((n_empty, *self.shape[1:]), np.nan if n_empty else 0, self.dtype)
        read = [self.source.read(int(run[0]), int(run[-1]) + 1) for run in runs if len(run)]
        return np.concatenate([empty, *read])[place].astype(self.dtype, copy=False)


def select_rows(source: Source, index: NDArray[np.intp] | None) -> Source:
    """Select a row of a source for each frame; None takes them as they are."""
    return source if index is None else SelectedSource(source, index)


def drop_unused_rows(
    source: Source, index: NDArray[np.intp]
) -> tuple[Source, NDArray[np.intp] | None]:
    """Keep the rows that some frame shows, each of them once.

    Parameters
    ----------
    source : Source
        Shape (n_rows, n_values).
    index : ndarray of int, shape (n_frames,)
        The row of each frame; -1 for none.

    Returns
    -------
    source : Source
    index : ndarray of int, shape (n_frames,), or None
        None where every frame has a row of its own, in this order.

    Examples
    --------
    >>> whole = ArraySource(np.arange(5.0)[:, None])
    >>> part, index = drop_unused_rows(whole, np.array([1, 1, 3, -1]))
    >>> part.read(0, 2).ravel(), index
    (array([1., 3.]), array([ 0,  0,  1, -1]))
    """
    used = np.unique(index[index >= 0])
    used = used if len(used) else np.zeros(1, np.intp)  # What is never shown still has a shape.
    kept = source if len(used) == source.shape[0] else SelectedSource(source, used)
    if len(used) == len(index) and bool(np.all(np.diff(index) > 0)):
        return kept, None
    return kept, np.where(index < 0, -1, np.searchsorted(used, index))


def as_source(fields: FramesLike) -> Source:
    """Make a source of whatever holds the fields.

    Parameters
    ----------
    fields : Source, array, table, series or sequence
        Anything with ``read``, ``shape`` and ``dtype``; anything sliced like an
        array, of which nothing is read; a table of pandas or polars, by position;
        a TsdFrame or TsdTensor of pynapple; or a list of arrays.

    Returns
    -------
    Source
        Masked and missing values are NaN.

    Raises
    ------
    TypeError
        If it is none of these.
    ValueError
        If it is empty, its frames differ in shape, or their number is not known.
    """
    if isinstance(fields, Source):
        return fields
    if is_field_series(fields) or (is_pynapple(fields) and hasattr(fields, "values")):
        # The values may lie in a file, and stay there.
        return as_source(cast(Any, fields).values)
    refuse_unknown_length(fields, "fields")
    if _is_lazily_sliced(fields):
        return ArraySource(cast(Sliceable, fields))
    if hasattr(fields, "__array__") or hasattr(fields, "dask"):
        return ArraySource(to_array(fields, "fields"))
    if isinstance(fields, (str, bytes)) or not isinstance(fields, Sequence):
        raise TypeError(
            explain(
                f"fields is a {type(fields).__name__}.",
                "Fields are read a range of frames at a time.",
                [
                    "Pass an array of shape (n_frames, n_bins).",
                    "Pass a list of arrays of shape (n_bins,).",
                    "Turn a generator into a list: list(fields)",
                    "Turn a sparse matrix into an array: fields.toarray()",
                ],
            )
        )
    if len(fields) == 0:
        raise ValueError(
            explain(
                "fields is empty: there is no frame to show.",
                "An animation has at least one frame.",
                ["Pass at least one field of shape (n_bins,)."],
            )
        )
    frames = [to_array(frame, f"fields[{number}]") for number, frame in enumerate(fields)]
    _check_same_shape(frames)
    return SequenceSource(frames)


def is_field_series(fields: Any) -> bool:
    """Tell whether fields are a `FieldSeries`, which carries its clock and its names."""
    # Values last: to ask an array of xarray for them is to compute it whole.
    return all(hasattr(fields, name) for name in ("times", "names", "env", "values"))


def _is_lazily_sliced(fields: Any) -> bool:
    """Tell whether slices of the fields are arrays of a type that NumPy has."""
    if not all(hasattr(fields, name) for name in ("shape", "dtype", "__getitem__")):
        return False
    if hasattr(fields, "iloc") or hasattr(fields, "toarray"):
        return False
    # Exact numbers and missing ones in an array of objects are read with it.
    if isinstance(fields, np.ndarray) and fields.dtype == object:
        return False
    try:
        np.dtype(fields.dtype)
    except TypeError:
        return False
    return True


def split_frames(source: Source, memory: int = 8_000_000) -> list[tuple[int, int]]:
    """Cut a source into ranges of frames that each take about `memory` bytes.

    Examples
    --------
    >>> split_frames(ArraySource(np.zeros((5, 10))), memory=160)
    [(0, 2), (2, 4), (4, 5)]
    """
    n_frames, *rest = source.shape
    frame_bytes = int(np.prod(rest, dtype=np.int64)) * source.dtype.itemsize
    length = max(1, memory // max(1, frame_bytes))
    return [(start, min(start + length, n_frames)) for start in range(0, n_frames, length)]


def _check_same_shape(frames: list[NDArray[np.generic]]) -> None:
    for number, frame in enumerate(frames):
        if frame.shape != frames[0].shape:
            raise ValueError(
                explain(
                    f"All fields must have shape (n_bins,) matching environment: field 0 has "
                    f"shape {frames[0].shape}, field {number} has shape {frame.shape}.",
                    "Every frame has one value for each bin of the same environment.",
                    [f"Check how field {number} was computed.", "Use one environment for all."],
                )
            )


def _reopen(
    filename: str,
    dtype: np.dtype[np.generic],
    shape: tuple[int, ...],
    strides: tuple[int, ...],
    offset: int,
) -> ArraySource:
    whole = np.memmap(filename, dtype=np.uint8, mode="r")
    first = whole[offset : offset + dtype.itemsize].view(dtype)
    # Still a memmap, so that it can be pickled by reference again.
    view = as_strided(first, shape, strides, subok=True, writeable=False)
    return ArraySource(view)
