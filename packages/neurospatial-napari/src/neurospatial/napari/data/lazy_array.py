"""What napari slices: arrays that make one frame at a time."""

from collections.abc import Callable

import numpy as np
from numpy.typing import DTypeLike, NDArray

Key = int | slice | tuple[int | slice, ...]


class LazyFrames:
    """An array whose first axis is frames, each made when it is asked for.

    Parameters
    ----------
    n_frames : int
    make : callable
        Gives one frame.
    shape : tuple of int
        Of one frame.
    dtype : dtype-like
    """

    def __init__(
        self,
        n_frames: int,
        make: Callable[[int], NDArray[np.generic]],
        shape: tuple[int, ...],
        dtype: DTypeLike,
    ) -> None:
        self._make = make
        self.shape: tuple[int, ...] = (n_frames, *shape)
        self.dtype: np.dtype[np.generic] = np.dtype(dtype)

    def release(self) -> None:
        """Let go of what frames are made from: all are empty from now on."""
        shape, dtype = self.shape[1:], self.dtype
        self._make = lambda number: np.zeros(shape, dtype)

    @property
    def ndim(self) -> int:
        """Number of axes."""
        return len(self.shape)

    @property
    def size(self) -> int:
        """Number of elements."""
        return int(np.prod(self.shape, dtype=np.int64))

    def __len__(self) -> int:
        return self.shape[0]

    def __getitem__(self, key: Key) -> NDArray[np.generic]:
        first, *rest = key if isinstance(key, tuple) else (key,)
        within = tuple(rest)
        if isinstance(first, slice):
            numbers = range(*first.indices(len(self)))
            if not numbers:
                return np.empty((0, *self.shape[1:]), self.dtype)[(slice(None), *within)]
            return np.stack([self._make(number)[within] for number in numbers])
        number = int(first)
        if not -len(self) <= number < len(self):
            raise IndexError(f"frame {number} of {len(self)}")
        return np.asarray(self._make(number % len(self))[within])
