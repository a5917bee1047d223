"""Coordinates: one row per sample, one column per dimension."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.validate.numbers import refuse_infinite, to_real_array

_MOST_DIMS = 3
"""Dimensions: more are no space, and a few times as many are samples."""


def validate_points(
    points: ArrayLike, n_dims: int | None = None, name: str = "positions", *, least: int = 0
) -> NDArray[np.float64]:
    """Check the shape of points, which may lie anywhere.

    Parameters
    ----------
    points : array-like, shape (n_points, n_dims) or (n_points,)
        A 1-D array is taken as points along one dimension.
    n_dims : int, optional
        Number of dimensions required.
    name : str
        What the text of an error calls them.
    least : int
        The fewest there may be.

    Returns
    -------
    ndarray of float64, shape (n_points, n_dims)

    Raises
    ------
    TypeError
        If the values are not real numbers.
    ValueError
        If the shape is wrong.

    Examples
    --------
    >>> validate_points([1, 2, 3]).shape
    (3, 1)
    """
    array = to_real_array(points, name)
    if array.ndim == 1 and n_dims in (None, 1):
        array = array[:, np.newaxis]
    turned = _is_transposed(array.shape, n_dims)
    fits = array.ndim == 2 and array.shape[1] > 0 and n_dims in (None, array.shape[1])
    if fits and len(array) >= least and not turned:
        return array
    wanted = "n_dims)" if n_dims is None else f"{n_dims}) for {n_dims}D environment"
    raise ValueError(
        explain(
            f"{name} has incorrect shape.\n  Expected: (n_samples, {wanted}\n  Got: {array.shape}",
            "Each row is one sample, each column one dimension."
            if n_dims is None
            else f"Coordinate dimensionality must match environment.n_dims = {n_dims}.",
            [f"Exchange rows and columns: {name.split()[-1]}.T"] * turned
            + [
                "Pass one row of coordinates per sample."
                + (" One point alone: np.atleast_2d(point)" if array.ndim == 1 else ""),
                "Project 3D data to 2D: data[:, :2]",
                "Recreate the environment with matching dimensions.",
            ],
        )
    )


def validate_one_or_more(
    points: ArrayLike, n_dims: int, name: str = "points"
) -> tuple[NDArray[np.float64], bool]:
    """Check points as `validate_points` does, of which one may come without a row of its own.

    Parameters
    ----------
    points : array-like, shape (n_points, n_dims) or (n_dims,)
        Along one dimension (n_points,), or one number.
    n_dims : int
        Number of dimensions required.
    name : str
        What the text of an error calls them.

    Returns
    -------
    points : ndarray of float64, shape (n_points, n_dims)
    is_one : bool
        Whether it is one without a row: the answer then has none either.

    Raises
    ------
    TypeError
        If the values are not real numbers.
    ValueError
        If the shape is wrong.

    Examples
    --------
    >>> validate_one_or_more([1, 2], 2), validate_one_or_more([1, 2], 1)
    ((array([[1., 2.]]), True), (array([[1.],
           [2.]]), False))
    """
    array = to_real_array(points, name)
    is_one = array.shape == ((n_dims,) if n_dims > 1 else ())
    return validate_points(array[np.newaxis] if is_one else array, n_dims, name), is_one


def validate_positions(
    positions: ArrayLike, n_dims: int | None = None, name: str = "positions", *, least: int = 0
) -> NDArray[np.float64]:
    """Check positions as `validate_points` does; NaN marks a gap, infinity is refused.

    Parameters
    ----------
    positions : array-like, shape (n_samples, n_dims) or (n_samples,)
    n_dims : int, optional
        Number of dimensions required.
    name : str
        What the text of an error calls them.
    least : int
        The fewest there may be.

    Returns
    -------
    ndarray of float64, shape (n_samples, n_dims)

    Raises
    ------
    TypeError
        If the values are not real numbers.
    ValueError
        If the shape is wrong or a coordinate is infinite.

    Examples
    --------
    >>> validate_positions([[1, 2], [np.nan, 3]], n_dims=2).shape
    (2, 2)
    """
    array = validate_points(positions, n_dims, name, least=least)
    if _may_be_infinite(array):
        refuse_infinite(array, name)
    return array


def _is_transposed(shape: tuple[int, ...], n_dims: int | None) -> bool:
    """Tell whether samples are columns: few rows, and more columns than any space has."""
    if len(shape) != 2 or shape[1] == n_dims:
        return False
    if n_dims is None:
        return shape[0] <= _MOST_DIMS < shape[1] / _MOST_DIMS
    return shape[0] == n_dims


def _may_be_infinite(array: NDArray[np.float64]) -> bool:
    # A sum is finite only if every term is: one fast pass spares the mask in the usual case.
    with np.errstate(invalid="ignore", over="ignore"):
        return not np.isfinite(array.sum(axis=0)).all()
