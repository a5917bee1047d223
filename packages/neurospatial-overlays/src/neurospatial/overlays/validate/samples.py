"""Samples as they were handed over: numbers, and the times that they bring."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.validate import is_pynapple, to_real_array


def read_samples(
    data: ArrayLike, times: ArrayLike | None, name: str
) -> tuple[NDArray[np.float64], ArrayLike | None]:
    """Read samples as real numbers; those of pynapple bring their times where none are given.

    Parameters
    ----------
    data : array-like, shape (n_samples, ...), or Tsd or TsdFrame of pynapple
        Masked and missing values become NaN.
    times : array-like, shape (n_samples,), or None
        As the overlay was given them.
    name : str
        What the texts call the samples.

    Returns
    -------
    samples : ndarray of float64
        Of the same shape.
    times : array-like or None
        As given, or those of the samples.

    Raises
    ------
    TypeError
        If the values are not real numbers.
    ValueError
        If they are times without values, as a Ts of pynapple is.

    Examples
    --------
    >>> read_samples(np.ma.masked_equal([1, 0, 3], 0), None, "SpeedOverlay data")
    (array([ 1., nan,  3.]), None)
    """
    if is_pynapple(data):
        if not hasattr(data, "values"):
            raise ValueError(_explain_no_values(data, name))
        times = data.t if times is None else times  # type: ignore[union-attr]
    return to_real_array(data, name), times


def _explain_no_values(data: object, name: str) -> str:
    return explain(
        f"{name} are a {type(data).__name__} of pynapple: times, and no value at any of them.",
        "Each sample has a time and a value.",
        [
            "Pass a Tsd or a TsdFrame: its times are read with it.",
            "Show what only has times as events: EventOverlay(ts)",
        ],
    )
