"""Whether an environment is one of directions."""

import numpy as np
from numpy.typing import NDArray

from neurospatial.environment import Environment
from neurospatial.errors import explain
from neurospatial.layouts import is_periodic


def require_circle(env: Environment) -> None:
    """Refuse what has no directions.

    Raises
    ------
    ValueError
        If the axis of the environment does not begin again where it ends.

    Examples
    --------
    >>> require_circle(Environment.from_circle(0.1))
    """
    if not is_periodic(env.layout):
        raise ValueError(
            explain(
                f"The environment is on a {type(env.layout).__name__}, which has no directions.",
                "Angles begin again after a turn, and so must the bins they are counted in.",
                ["Pass Environment.from_circle(np.deg2rad(6))."],
            )
        )


def compute_phasors(env: Environment) -> NDArray[np.complex128]:
    """Compute the unit vector of each bin's direction as a complex number, shape (n_bins,).

    Raises
    ------
    ValueError
        If the environment has no directions.

    Examples
    --------
    >>> compute_phasors(Environment.from_circle(np.pi / 2)).round(3)
    array([ 0.707+0.707j, -0.707+0.707j, -0.707-0.707j,  0.707-0.707j])
    """
    require_circle(env)
    low, high = env.dimension_ranges[0]
    return np.asarray(np.exp(2j * np.pi * env.bin_centers[:, 0] / (high - low)))
