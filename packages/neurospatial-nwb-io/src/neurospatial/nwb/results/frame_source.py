"""Frames in a file, read where they are shown."""

import os
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import cast

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.nwb.file.damage import explain_reading
from neurospatial.nwb.file.datasets import Dataset, DatasetLike
from neurospatial.nwb.file.hdf5_state import check_hdf5_usable
from neurospatial.scene import Source, as_source


@dataclass(frozen=True, eq=False)
class FrameSource:
    """Frames in an HDF5 file; a `Source` that is pickled as the file's name.

    The file is opened when something is read, and stays open for reading as
    long as this object lives.

    Parameters
    ----------
    path : str
        Of the file.
    address : str
        Of the dataset in it.
    open_dataset : h5py.Dataset, optional
        The dataset itself, where the caller has the file open.
    """

    path: str
    address: str
    open_dataset: Dataset | None = None

    @cached_property
    def _dataset(self) -> Dataset:
        if self.open_dataset is not None:
            return self.open_dataset
        check_hdf5_usable()
        file = import_module("h5py").File(self.path, "r")
        return cast("Dataset", file[self.address])

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of frames, then the shape of one."""
        return tuple(int(n) for n in self._dataset.shape)

    @property
    def dtype(self) -> np.dtype[np.generic]:
        """Type of the values."""
        return self._dataset.dtype

    def read(self, start: int, stop: int) -> NDArray[np.generic]:
        """Read the values of the frames in ``[start, stop)``."""
        with explain_reading(self._dataset):
            return self._dataset[start:stop]

    def __reduce__(self) -> tuple[type["FrameSource"], tuple[str, str]]:
        return FrameSource, (self.path, self.address)


def as_frame_source(data: DatasetLike, keep_open: bool) -> Source:
    """Turn what a TimeSeries has as its data into a Source of frames.

    Parameters
    ----------
    data : h5py.Dataset, array or H5DataIO
        In a file, or still in memory.
    keep_open : bool
        Whether the file that it lies in stays open.

    Raises
    ------
    TypeError
        If they are still to come, in pieces.
    """
    if isinstance(data, import_module("h5py").Dataset):
        name = str(data.file.filename)
        if os.path.isfile(name):
            return FrameSource(os.path.abspath(name), data.name, data if keep_open else None)
    inner = getattr(data, "data", data) if type(data).__name__ == "H5DataIO" else data
    source = getattr(inner, "source", inner)
    if source is None:
        raise TypeError(
            explain(
                "The fields are not in the file yet: they come in pieces, when it is written.",
                "A piece is used once.",
                ["Write the file first, and read the fields from it."],
            )
        )
    return as_source(source)
