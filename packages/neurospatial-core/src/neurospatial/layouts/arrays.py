"""What every layout does with its arrays."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", bound=np.generic)


def make_read_only(array: NDArray[Number]) -> NDArray[Number]:
    """Forbid writing into an array, and return it.

    Examples
    --------
    >>> make_read_only(np.zeros(3)).flags.writeable
    False
    """
    array.setflags(write=False)
    return array


def keep_active(active: NDArray[np.bool_], bins: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Leave only some of the bins active, of cells that are bins where `active` is True.

    Examples
    --------
    >>> keep_active(np.array([True, False, True, True]), np.array([0, 2]))
    array([ True, False, False,  True])
    """
    fewer = np.zeros(active.size, dtype=bool)
    fewer[np.flatnonzero(active)[bins]] = True
    return fewer.reshape(active.shape)
