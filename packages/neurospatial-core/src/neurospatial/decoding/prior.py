"""Where the animal is taken to be before a spike is heard."""

from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.environment import Environment
from neurospatial.environment.trajectory import BinnedTrajectory
from neurospatial.errors import explain
from neurospatial.validate import to_real_array, validate_choice

Prior: TypeAlias = Literal["uniform", "occupancy"] | ArrayLike
"""By name, or a weight for each bin, shape (n_bins,)."""

_WHY = "The prior says how likely each bin is before a spike is heard."


def make_prior(
    env: Environment, prior: Prior, trajectory: BinnedTrajectory | None
) -> NDArray[np.float64]:
    """Compute the probability of each bin before a spike is heard, shape (n_bins,).

    "uniform" gives bins the same probability, whatever their size; "occupancy" is the time
    that the animal spent in each.

    Raises
    ------
    ValueError
        If weights have another shape, are negative, NaN or infinite, or sum to 0; or the
        occupancy is asked for and nothing says where the animal was.

    Examples
    --------
    >>> env = Environment.from_mask([True, True], [[0, 2, 4]])
    >>> make_prior(env, [3, 1], None)
    array([0.75, 0.25])
    """
    if isinstance(prior, str):
        validate_choice(prior, ("uniform", "occupancy"), "prior", _WHY)
        if prior == "uniform":
            return np.full(env.n_bins, 1 / env.n_bins)
        weights = _compute_occupancy(trajectory)
    else:
        weights = to_real_array(prior, "prior")
    n_bad = int(np.count_nonzero(~(weights >= 0) | np.isinf(weights)))
    total = float(weights.sum()) if not n_bad else 0.0
    if weights.shape != (env.n_bins,):
        problem = f"prior has shape {weights.shape}, expected ({env.n_bins},)."
    elif n_bad:
        problem = f"prior has {n_bad} values that are negative, NaN or infinite."
    elif not total > 0:
        problem = f"prior sums to {total:g}."
    else:
        return np.asarray(weights / total)
    ways = ["Pass a weight for each bin, 0 or more: env.occupancy(times, positions).",
            'Pass prior="uniform".']  # fmt: skip
    raise ValueError(explain(problem, _WHY, ways))


def _compute_occupancy(trajectory: BinnedTrajectory | None) -> NDArray[np.float64]:
    if trajectory is not None:
        return trajectory.compute_occupancy()
    raise ValueError(
        explain(
            "prior is 'occupancy', and nothing says where the animal was.",
            "Fields do not tell how long they were sampled.",
            ["Pass times and positions as well.",
             "Pass the occupancy itself: prior=env.occupancy(times, positions)."],
        )
    )  # fmt: skip
