"""Whole numbers and masks: which bins, which cells."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.validate.containers import to_array


def to_indices(values: Any, name: str) -> NDArray[Any]:
    """Convert whole numbers, or True and False, to an array of that kind.

    What a container hands out as floating numbers, for some might be missing, becomes
    whole again where none is. Of what is neither, the array is returned as it is, for
    the caller to refuse.

    Parameters
    ----------
    values : array-like, any shape
    name : str
        What the text of an error calls them.

    Examples
    --------
    >>> to_indices([2, 0], "bins"), to_indices([True, False], "bins")
    (array([2, 0]), array([ True, False]))
    """
    array = to_array(values, name)
    # Floating numbers of NumPy are coordinates, even where all are whole.
    if array.dtype.kind != "f" or isinstance(values, (np.ndarray, list, tuple)):
        return array
    if not (array == np.floor(array)).all():
        return array
    is_mask = "bool" in str(getattr(values, "dtype", "")).lower()
    return array.astype(np.bool_ if is_mask else np.intp)


def to_mask(values: Any, name: str) -> NDArray[np.bool_]:
    """Convert True and False, or 1 and 0, to a boolean array of its own.

    Parameters
    ----------
    values : array-like, any shape
    name : str
        What the text of an error calls them.

    Raises
    ------
    ValueError
        If a value is anything else, or missing.

    Examples
    --------
    >>> to_mask([[0, 1], [1, 1]], "mask")
    array([[False,  True],
           [ True,  True]])
    """
    array = to_indices(values, name)
    if array.dtype != bool and not np.isin(array, (0, 1)).all():
        raise ValueError(
            explain(
                f"{name} has dtype {array.dtype} and values other than 0 and 1.",
                "Each cell is a bin or is not.",
                ["Compare first: occupancy > 0.", "Rows of a picture? Use from_image."],
            )
        )
    return np.array(array, dtype=bool, order="C")
