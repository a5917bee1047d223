"""Positions and times as the user gives them, checked at the door."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain


def validate_points(points: ArrayLike, n_dims: int | None = None) -> NDArray[np.float64]:
    """Validate points, as (n_points, n_dims) float64.

    Parameters
    ----------
    points : array-like, shape (n_points, n_dims) or (n_points,)
        A 1-D array is taken as points along one dimension.
    n_dims : int, optional
        Number of dimensions required.

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
    array = validate_numbers(points, "positions")
    if array.ndim == 1 and n_dims in (None, 1):
        array = array[:, np.newaxis]
    if array.ndim != 2 or array.shape[1] == 0 or n_dims not in (None, array.shape[1]):
        wanted = "n_dims" if n_dims is None else str(n_dims)
        raise ValueError(
            explain(
                f"positions have shape {array.shape}, expected (n_samples, {wanted}).",
                "Each row is one sample, each column one spatial dimension.",
                [
                    "Stack the coordinates: np.column_stack([x, y]).",
                    "Keep only the dimensions of the environment: positions[:, :2].",
                    "Make rows of a single point: np.atleast_2d(point).",
                ],
            )
        )
    return array


def validate_positions(positions: ArrayLike, n_dims: int | None = None) -> NDArray[np.float64]:
    """Validate positions as `validate_points` does; NaN is allowed, infinity is not.

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
    array = validate_points(positions, n_dims)
    n_infinite = sum(np.count_nonzero(np.isinf(column)) for column in _find_suspect_columns(array))
    if n_infinite:
        raise ValueError(
            explain(
                f"{n_infinite} coordinates in positions are infinite.",
                "An infinite position lies in no bin and would stretch the grid without end.",
                ["Mark lost samples as NaN: positions[np.isinf(positions)] = np.nan."],
            )
        )
    return array


def _find_suspect_columns(array: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    # A sum is finite only if every term is: one fast pass spares the mask in the usual case.
    with np.errstate(invalid="ignore", over="ignore"):
        return [column for column in array.T if not np.isfinite(column.sum())]


def validate_times(times: ArrayLike, n_samples: int) -> NDArray[np.float64]:
    """Validate sample times [s], as (n_samples,) float64, strictly increasing.

    Raises
    ------
    ValueError
        If there is not one time per sample, or times do not increase.

    Examples
    --------
    >>> validate_times([0, 1], 2)
    array([0., 1.])
    """
    array = validate_numbers(times, "times")
    if array.shape != (n_samples,):
        raise ValueError(
            explain(
                f"times have shape {array.shape}, positions have {n_samples} samples.",
                "Each position needs the time at which it was sampled.",
                ["Pass times of shape (n_samples,).", "Cut both arrays to the same samples."],
            )
        )
    steps = np.diff(array)
    if not (np.all(steps > 0) and np.isfinite(array[:1]).all() and np.isfinite(array[-1:]).all()):
        bad = int(np.argmin(steps > 0)) if not np.all(steps > 0) else 0
        found = " then ".join(f"{time:g}" for time in array[bad : bad + 2])
        raise ValueError(
            explain(
                f"times do not increase: around sample {bad} they are {found} s.",
                "A position holds from its time to the next one.",
                [
                    "Sort both arrays: order = np.argsort(times).",
                    "Drop repeated samples: keep = np.r_[True, np.diff(times) > 0].",
                ],
            )
        )
    return array


def validate_numbers(values: ArrayLike, name: str) -> NDArray[np.float64]:
    """Validate real numbers, as float64.

    Raises
    ------
    TypeError
        If the values are complex, text, ragged or objects.

    Examples
    --------
    >>> validate_numbers([1, 2], "speed")
    array([1., 2.])
    """
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise TypeError(_format_not_real(name, "rows of unequal length")) from error
    if array.dtype.kind not in "fiub":
        raise TypeError(_format_not_real(name, f"dtype {array.dtype}"))
    return array.astype(np.float64, copy=False)


def _format_not_real(name: str, found: str) -> str:
    return explain(
        f"{name}: {found}, expected real numbers.",
        "Coordinates and times are measured numbers.",
        [f"Convert first: np.asarray({name}, dtype=float)."],
    )
