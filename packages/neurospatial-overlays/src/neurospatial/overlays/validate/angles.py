"""Angles from angles or vectors."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.validate import refuse_infinite, to_real_array, warn_user
from neurospatial.validate.angles import find_far_angles, look_like_degrees


def to_angles(data: ArrayLike, overlay: str) -> NDArray[np.float64]:
    """Read directions as angles, or raise.

    Parameters
    ----------
    data : array-like, shape (n_samples,) or (n_samples, 2)
        Angles [rad], or vectors of any length.
    overlay : str
        What the texts call the overlay.

    Returns
    -------
    ndarray, shape (n_samples,)
        [rad]; NaN where a vector has no length or a value is NaN.

    Raises
    ------
    ValueError
        If the shape is another one, or a value is infinite.

    Warns
    -----
    UserWarning
        If angles look like degrees.

    Examples
    --------
    >>> to_angles([(0.0, 2.0), (0.0, 0.0), (-1.0, 0.0)], "HeadDirectionOverlay").round(3)
    array([1.571,   nan, 3.142])
    """
    values = to_real_array(data, f"{overlay} data")
    if values.ndim == 2 and values.shape[1] == 1:
        values = values[:, 0]
    if not len(values.shape) or not len(values) or values.shape[1:] not in ((), (2,)):
        raise ValueError(
            explain(
                f"{overlay} data has incorrect shape.\n"
                "  Expected: (n_samples,) angles [rad] or (n_samples, 2) unit vectors\n"
                f"  Got: {values.shape}",
                "A direction in the plane is one angle or a vector of two coordinates.",
                ["Project 3D vectors to 2D: data[:, :2]", "Pass angles in radians."],
            )
        )
    refuse_infinite(values, f"{overlay} data", "Infinity has no direction")
    if values.ndim == 1:
        _warn_degrees(values, overlay)
        return values
    angles = np.arctan2(values[:, 1], values[:, 0])
    angles[(values == 0).all(axis=1)] = np.nan
    return angles


def _warn_degrees(angles: NDArray[np.float64], overlay: str) -> None:
    if not look_like_degrees(angles):
        return
    n_far = int(np.count_nonzero(find_far_angles(angles)))
    n_recorded = int(np.count_nonzero(~np.isnan(angles)))
    warn_user(
        f"{overlay}: {n_far / n_recorded:.1%} of angles ({n_far} / {n_recorded}) are larger than "
        f"1.5 turns in radians.\n  Angle range: [{np.nanmin(angles):.1f}, "
        f"{np.nanmax(angles):.1f}]\n"
        "  They look like degrees; if they are, pass np.deg2rad(angles).\n"
        "  If they are radians over several turns, pass np.mod(angles, 2 * np.pi)."
    )
