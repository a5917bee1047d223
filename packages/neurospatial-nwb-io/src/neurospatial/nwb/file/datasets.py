"""Arrays as datasets of a file: compressed where that pays."""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.nwb.file.damage import check_stored, explain_reading

if TYPE_CHECKING:
    from hdmf.backends.hdf5.h5_utils import H5DataIO
    from hdmf.data_utils import AbstractDataChunkIterator

_LEAST = 16_384
"""Smaller arrays [bytes] gain nothing by being compressed."""


class Dataset(Protocol):
    """What is asked of a dataset: of h5py or numpy."""

    shape: tuple[int, ...]
    dtype: np.dtype[np.generic]

    def __getitem__(self, index: object) -> NDArray[np.generic]: ...


DatasetLike: TypeAlias = "Dataset | ArrayLike | H5DataIO"
"""What an object of pynwb has as its data: in a file, in memory, or wrapped to be written."""

Entry: TypeAlias = str | bytes | float | np.generic
"""What a table has in a cell: a text, which may be bytes, or a number."""


def compressed_dataset(array: NDArray[np.generic]) -> "NDArray[np.generic] | H5DataIO":
    """Wrap an array so that it is compressed when it is written.

    Examples
    --------
    >>> compressed_dataset(np.zeros(3))
    array([0., 0., 0.])
    """
    if array.nbytes < _LEAST:
        return array
    return wrap_compressed(array)


def read_array(data: DatasetLike) -> NDArray[np.generic]:
    """Read a dataset to its end, be it in a file or still in memory.

    Raises
    ------
    ValueError
        If it is damaged, or says that it is far larger than what is stored of it.
    """
    inner: Any = getattr(data, "data", data) if type(data).__name__ == "H5DataIO" else data
    check_stored(inner)
    with explain_reading(inner):
        return np.asarray(inner[:] if hasattr(inner, "__getitem__") else inner)


def read_numbers(data: DatasetLike) -> NDArray[np.float64]:
    """Read a dataset of numbers to its end.

    Raises
    ------
    ValueError
        As `read_array`, or if it is of something else.
    """
    array = read_array(data)
    with explain_reading(data):
        return np.asarray(array, dtype=np.float64)


def to_text(value: Entry) -> str:
    """Convert an entry of a dataset of texts, which may be bytes.

    Examples
    --------
    >>> to_text(b"nose"), to_text("tail")
    ('nose', 'tail')
    """
    return value.decode() if isinstance(value, bytes) else str(value)


def resizable_dataset(times: NDArray[np.float64]) -> "H5DataIO":
    """Wrap times (n_samples,) so that more can be added to them later."""
    return wrap_compressed(times, maxshape=(None,))


def wrap_compressed(
    data: "NDArray[np.generic] | AbstractDataChunkIterator", **settings: tuple[None]
) -> "H5DataIO":
    """Wrap values so that they are compressed when they are written."""
    return import_module("hdmf.backends.hdf5.h5_utils").H5DataIO(
        data=data, compression="gzip", compression_opts=4, shuffle=True, **settings
    )
