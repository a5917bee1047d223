"""Arrays as datasets of a file: compressed where that pays."""

from importlib import import_module
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

_LEAST = 16_384
"""Smaller arrays [bytes] gain nothing by being compressed."""


class Dataset(Protocol):
    """What is asked of a dataset: of h5py, Zarr or numpy."""

    shape: tuple[int, ...]
    dtype: np.dtype[np.generic]

    def __getitem__(self, index: object) -> NDArray[np.generic]: ...


def compressed_dataset(array: NDArray[np.generic]) -> object:
    """Wrap an array so that it is compressed when it is written.

    Examples
    --------
    >>> compressed_dataset(np.zeros(3))
    array([0., 0., 0.])
    """
    if array.nbytes < _LEAST:
        return array
    wrapped: object = import_module("hdmf.backends.hdf5.h5_utils").H5DataIO(
        data=array, compression="gzip", compression_opts=4, shuffle=True
    )
    return wrapped


def read_array(data: object) -> NDArray[np.generic]:
    """Read a dataset to its end, be it in a file or still in memory."""
    inner = getattr(data, "data", data) if type(data).__name__ == "H5DataIO" else data
    return np.asarray(inner[:] if hasattr(inner, "__getitem__") else inner)


def to_text(value: object) -> str:
    """Convert an entry of a dataset of texts, which may be bytes.

    Examples
    --------
    >>> to_text(b"nose"), to_text("tail")
    ('nose', 'tail')
    """
    return value.decode() if isinstance(value, bytes) else str(value)


def resizable_dataset(times: NDArray[np.float64]) -> object:
    """Wrap times (n_samples,) so that more can be added to them later."""
    wrapped: object = import_module("hdmf.backends.hdf5.h5_utils").H5DataIO(
        data=times, compression="gzip", compression_opts=4, shuffle=True, maxshape=(None,)
    )
    return wrapped
