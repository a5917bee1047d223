"""The successor representation: where a walk from each place will be."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from neurospatial.environment import Environment
from neurospatial.fields.values.discounted_walk import solve_walk


def compute_successor_representation(
    env: Environment,
    gamma: float,
    *,
    transitions: ArrayLike | sparse.sparray | None = None,
) -> NDArray[np.float64]:
    """Compute how often a walk from each bin will be in each other, later visits counting less.

    ``M = Σ gamma^t P^t``, the inverse of ``1 - gamma P`` with P the chances of a
    step (Dayan, Neural Comput. 5:613, 1993). A column is the field of a bin's
    cell in Stachenfeld, Botvinick & Gershman, Nat. Neurosci. 20:1643 (2017);
    ``M @ reward`` is `compute_value_function`.

    Parameters
    ----------
    env : Environment
        The bins.
    gamma : float
        A visit a step later counts this much; between 0 and 1.
    transitions : array or scipy.sparse array, shape (n_bins, n_bins), optional
        Chances of going from a bin (row) to another: `compute_transition_matrix`.
        Left out, a random walk.

    Returns
    -------
    ndarray of float64, shape (n_bins, n_bins)
        From a bin (row) to another (column); a row sums to 1 / (1 - gamma).
        10,000 bins take 800 MB.

    Raises
    ------
    ValueError
        If gamma is not between 0 and 1, or the transitions are no chances between
        the bins.

    Examples
    --------
    >>> env = Environment.from_mask([[True] * 3], [[0, 1], range(4)])
    >>> compute_successor_representation(env, 0.5).round(3)
    array([[1.167, 0.667, 0.167],
           [0.333, 1.333, 0.333],
           [0.167, 0.667, 1.167]])
    """
    return solve_walk(env, np.eye(env.n_bins), gamma, transitions)
