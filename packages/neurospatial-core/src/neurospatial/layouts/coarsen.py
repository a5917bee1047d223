"""How many times as large bins become."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain

Factor = int | Sequence[int]
"""How many times as long and wide bins become; for a grid also one number per dimension."""


def validate_factor(factor: Factor, kind: str) -> int:
    """Validate the one factor by which bins become longer along every direction.

    Parameters
    ----------
    factor : int
    kind : str
        What the text of an error calls the layout.

    Raises
    ------
    ValueError
        If it is no whole number above 0.

    Examples
    --------
    >>> validate_factor(2, "HexagonalGrid")
    2
    """
    number = np.asarray(factor)
    if number.dtype.kind in "iu" and number.ndim == 0 and number >= 1:
        return int(number)
    raise ValueError(
        explain(
            f"factor is {factor!r}.",
            f"The bins of a {kind} become so many times as large along every direction.",
            ["Pass one whole number above 0: env.rebin(2)."],
        )
    )


def validate_grid_factors(factor: Factor, shape: tuple[int, ...]) -> NDArray[np.intp]:
    """Validate how many cells of a grid become one, along each dimension.

    Parameters
    ----------
    factor : int or sequence of int
        For every dimension, or one per dimension.
    shape : tuple of int
        Number of cells along each dimension.

    Returns
    -------
    ndarray of int, shape (n_dims,)

    Raises
    ------
    ValueError
        If a factor is no whole number above 0, or larger than the number of cells.

    Examples
    --------
    >>> validate_grid_factors(2, (4, 6))
    array([2, 2])
    """
    steps = np.asarray(factor)
    if steps.dtype.kind not in "iu" or steps.shape not in ((), (len(shape),)):
        problem = f"factor is {factor!r}, the grid has {len(shape)} dimension(s)."
    elif (steps < 1).any():
        problem = f"factor is {factor!r}."
    elif (np.array(shape) < steps).any():
        problem = f"factor is {factor!r}, and the grid has {' × '.join(map(str, shape))} cells."
    else:
        return np.broadcast_to(steps, (len(shape),)).astype(np.intp)
    fits = find_common_divisors(shape)
    raise ValueError(
        explain(
            problem,
            "That many cells become one along each dimension.",
            [
                f"Pass one of {', '.join(map(str, fits))}."
                if fits
                else "Pass one factor per dimension.",
                "Build the environment again with a larger bin_size.",
            ],
        )
    )


def find_common_divisors(shape: tuple[int, ...]) -> list[int]:
    """Find the factors above 1 that leave no cell of a grid over.

    Examples
    --------
    >>> find_common_divisors((12, 18))
    [2, 3, 6]
    """
    common = int(np.gcd.reduce(shape))
    return [step for step in range(2, common + 1) if common % step == 0]
