"""The value of each place: the reward that a walk from there comes by."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from neurospatial.environment import Environment
from neurospatial.errors import explain
from neurospatial.fields.metrics.field_stack import to_field_stack
from neurospatial.fields.values.discounted_walk import solve_walk
from neurospatial.validate import to_real_array, warn_user


def compute_value_function(
    env: Environment,
    reward: ArrayLike,
    gamma: float,
    *,
    transitions: ArrayLike | sparse.sparray | None = None,
) -> NDArray[np.float64]:
    """Compute what a walk from each bin is worth: its rewards, later ones counting less.

    ``V = R + gamma P V``, the reward R where it stands and gamma times what the
    next bin is worth, P the chances of a step (Bellman; see Sutton & Barto,
    Reinforcement Learning, 2018, ch. 3). It is solved at once, not by iteration.

    Parameters
    ----------
    env : Environment
        The bins.
    reward : array-like, shape (n_bins,) or (…, n_bins)
        Of being in each bin; of a region, ``1.0 * env.region_mask("goal")``.
    gamma : float
        What is a step away counts this much of what is here; between 0 and 1.
    transitions : array or scipy.sparse array, shape (n_bins, n_bins), optional
        Chances of going from a bin (row) to another: `compute_transition_matrix`.
        A row that sums to less than 1 may end there. Left out, a random walk.

    Returns
    -------
    ndarray of float64, shape of `reward`

    Raises
    ------
    ValueError
        If gamma is not between 0 and 1, the reward does not fit or is not finite,
        or the transitions are no chances between the bins.

    Examples
    --------
    >>> env = Environment.from_mask([[True] * 4], [[0, 1], range(5)])
    >>> compute_value_function(env, [0.0, 0.0, 0.0, 1.0], 0.9).round(2)
    array([1.2 , 1.34, 1.77, 2.59])
    """
    given = to_real_array(reward, "reward")
    if not np.isfinite(given).all():
        n_wrong = int(np.count_nonzero(~np.isfinite(given)))
        problem = f"reward holds {n_wrong} values that are NaN or infinite."
        ways = ["Set them to 0: np.nan_to_num(reward, posinf=0, neginf=0)."]
        raise ValueError(explain(problem, "A bin without a reward has the reward 0.", ways))
    stack, leading = to_field_stack(env, given, "reward")
    _warn_of_pieces(env, stack)
    values = solve_walk(env, stack.T, gamma, transitions).T
    return values.reshape(*leading, env.n_bins)


def _warn_of_pieces(env: Environment, rewards: NDArray[np.float64]) -> None:
    """Warn of bins that no way joins to a reward."""
    piece = env.components
    paid = np.zeros(int(piece.max()) + 1, dtype=bool)
    paid[piece[(rewards != 0).any(axis=0)]] = True
    n_without = int(np.count_nonzero(~paid[piece]))
    if n_without:
        warn_user(
            f"{n_without} of {env.n_bins} bins are in a piece of the environment without a "
            "reward: their value is 0.\n  No way leads from one piece to another: see "
            "env.components."
        )
