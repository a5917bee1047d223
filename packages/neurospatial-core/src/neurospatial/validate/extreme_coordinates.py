"""Coordinates so large, or bins so small, that areas and distances are no numbers."""

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain

LARGEST = 1e60
"""Coordinate: products of four of them, as in a triangulation, are still doubles."""

SMALLEST = 1e-60
"""Side of a bin: products of four of them are still doubles."""

_RESOLVED = 16.0
"""Distances between neighbouring doubles: in a bin of fewer, rounding shows."""


def refuse_extreme(coordinates: NDArray[np.float64], name: str) -> None:
    """Raise where a coordinate is too large for areas and distances to be numbers.

    Parameters
    ----------
    coordinates : ndarray, any shape
        NaN passes.
    name : str
        What the text of an error calls them.

    Raises
    ------
    ValueError

    Examples
    --------
    >>> refuse_extreme(np.array([0.0, 1e9]), "positions")
    """
    low, high = (
        (float(coordinates.min()), float(coordinates.max())) if coordinates.size else (0, 0)
    )
    if max(-low, high) <= LARGEST or np.isnan(low + high):
        return
    raise ValueError(
        explain(
            f"{name} run from {low:g} to {high:g}.",
            f"Beyond {LARGEST:g} areas and distances are no numbers.",
            [f"Pass {name} in a larger unit; what is no place is NaN."],
        )
    )


def refuse_too_fine(
    sizes: NDArray[np.float64], low: NDArray[np.float64], high: NDArray[np.float64], name: str
) -> None:
    """Raise where bins are smaller than what numbers as large as the coordinates can tell apart.

    Parameters
    ----------
    sizes : ndarray, shape (n_dims,)
        Sides of a bin.
    low, high : ndarray, shape (n_dims,)
        Lowest and highest coordinates.
    name : str
        What the text of an error calls the coordinates.

    Raises
    ------
    ValueError

    Examples
    --------
    >>> refuse_too_fine(np.array([0.1]), np.array([5e5]), np.array([5e5 + 9]), "positions")
    """
    apart = np.spacing(np.maximum(np.abs(low), np.abs(high)))
    if not (sizes >= SMALLEST).all():
        problem, why = f"bin_size is {sizes.min():g}.", f"Below {SMALLEST:g} areas are no numbers."
        raise ValueError(explain(problem, why, [f"Pass {name} in a smaller unit."]))
    if (sizes > _RESOLVED * apart).all():
        return
    raise ValueError(
        explain(
            f"bin_size is {float(sizes.min()):g} and {name} reach "
            f"{float(np.maximum(np.abs(low), np.abs(high)).max()):g}.",
            f"Numbers so large are {float(apart.max()):.2g} apart, and a bin has to be wider.",
            [
                f"Count from an origin near by: {name} - {name}.min(axis=0), as whole numbers "
                "where they are.",
                "Pass them in a unit that suits them.",
            ],
        )
    )
