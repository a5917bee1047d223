"""Angles, and a guess: those that are counted in degrees."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.validate.numbers import to_real_array
from neurospatial.validate.user_warning import warn_user

_FAR = 3 * np.pi
"""One and a half turns: seldom reached by angles in radians, often by those in degrees."""

_MANY = 0.1
"""Fraction of angles beyond that: fewer are glitches."""

_DEGREES = 400.0
"""Angles beyond this were unwrapped over many turns."""


def validate_angles(angles: ArrayLike) -> NDArray[np.float64]:
    """Validate one angle a sample, shape (n_samples,); NaN where it is not known.

    Raises
    ------
    ValueError
        If they have another shape, or one is infinite.

    Examples
    --------
    >>> validate_angles([0, 1])
    array([0., 1.])
    """
    turned = to_real_array(angles, "angles")
    if turned.ndim != 1 or np.isinf(turned).any():
        problem = f"angles have shape {turned.shape}, {int(np.isinf(turned).sum())} are infinite."
        way = "Pass one angle for each time, in radians; NaN where it is not known."
        raise ValueError(explain(problem, "The head has one direction at a time.", [way]))
    return turned


def find_far_angles(angles: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Find the angles (n,) beyond one and a half turns in radians; of NaN it is False.

    Examples
    --------
    >>> find_far_angles(np.array([3.0, -180.0, np.nan]))
    array([False,  True, False])
    """
    return np.asarray(np.abs(angles) > _FAR)


def look_like_degrees(angles: NDArray[np.float64]) -> bool:
    """Tell whether angles (n,) taken for radians look like degrees; NaN is left out.

    Radians that were unwrapped are as large, and have no jump.

    Examples
    --------
    >>> look_like_degrees(np.array([350.0, 355.0, 2.0, 8.0]))
    True
    >>> look_like_degrees(np.arange(100.0)), look_like_degrees(np.array([6.2, 0.1]))
    (False, False)
    """
    known = angles[np.isfinite(angles)]
    far = find_far_angles(known)
    if far.sum() <= _MANY * known.size or np.abs(known).max(initial=0.0) > _DEGREES:
        return False
    return bool(np.abs(np.diff(known)).max(initial=0.0) > np.pi)


def warn_of_degrees(angles: NDArray[np.float64], name: str) -> None:
    """Warn of angles (n,) that are taken for radians and look like degrees.

    Examples
    --------
    >>> warn_of_degrees(np.array([0.1, 6.2]), "angles")
    """
    if look_like_degrees(angles):
        warn_user(
            f"{name} run from {np.nanmin(angles):.4g} to {np.nanmax(angles):.4g} and jump: they "
            "look like degrees.\n  They are taken for radians. If they are degrees, pass "
            f"np.deg2rad({name})."
        )
