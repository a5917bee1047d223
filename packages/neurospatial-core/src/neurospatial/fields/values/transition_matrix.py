"""The chances of going from each bin to each other one in a step."""

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse

from neurospatial.environment import Environment
from neurospatial.errors import explain
from neurospatial.validate import MaxGap


def compute_transition_matrix(
    env: Environment,
    times: ArrayLike | None = None,
    positions: ArrayLike | None = None,
    *,
    max_gap: MaxGap = "auto",
) -> sparse.csr_array:
    """Compute the chance of going from each bin (row) to each other one (column) in a step.

    Left alone, the environment says it: a random walk, to each touching bin with
    a chance in proportion to the side they share over the distance of their
    centres, so that it spreads as heat does, around walls and alike in all
    directions. With a path, it is the share of the moves counted by
    `Environment.transitions`. A step is a move: staying for a while is none.

    Parameters
    ----------
    env : Environment
        The bins.
    times : array-like, shape (n_samples,), optional
        Sample times [s], strictly increasing.
    positions : array-like, shape (n_samples, n_dims), optional
        Where the animal was; NaN where lost.
    max_gap : float, "auto" or None
        Nothing moves in a step between samples longer than this [s]: by default than
        one second or five usual intervals, whichever is longer; None allows every step.

    Returns
    -------
    scipy.sparse.csr_array of float64, shape (n_bins, n_bins)
        Each row sums to 1. A bin that nothing leaves goes to itself.

    Raises
    ------
    ValueError
        If only one of times and positions is given, they do not fit, or the
        animal never moved from bin to bin.

    Examples
    --------
    >>> env = Environment.from_mask([[True] * 3], [[0, 1], range(4)])
    >>> compute_transition_matrix(env).toarray()
    array([[0. , 1. , 0. ],
           [0.5, 0. , 0.5],
           [0. , 1. , 0. ]])
    >>> path = [[0.5, 0.5], [0.5, 1.5], [0.5, 2.5]]
    >>> compute_transition_matrix(env, [0.0, 0.1, 0.2], path).toarray()
    array([[0., 1., 0.],
           [0., 0., 1.],
           [0., 0., 1.]])
    """
    if times is None and positions is None:
        return _divide_rows(sparse.csr_array(env.layout.conductances))
    if times is None or positions is None:
        missing = "times" if times is None else "positions"
        problem, way = f"{missing} are missing.", "Pass times and positions, or neither."
    else:
        counts = env.transitions(times, positions, max_gap=max_gap)
        if counts.nnz:
            return _divide_rows(counts)
        problem = "The animal never moved from one bin to another."
        way = "Leave times and positions out for a random walk."
    why = "Moves are counted along a path through the bins."
    raise ValueError(explain(problem, why, [way, "Pass the positions of a session that moves."]))


def _divide_rows(weights: sparse.csr_array) -> sparse.csr_array:
    """Divide each row by its sum; an empty one goes to itself."""
    sums = np.asarray(weights.sum(axis=1), dtype=np.float64).ravel()
    scale = np.divide(1, sums, out=np.zeros(sums.size), where=sums > 0)
    moves = sparse.diags_array(scale) @ weights
    return sparse.csr_array(moves + sparse.diags_array((sums == 0).astype(np.float64)))
