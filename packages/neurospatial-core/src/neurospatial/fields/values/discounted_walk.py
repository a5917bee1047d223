"""A walk whose later steps count for less, as a system of equations to solve."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from neurospatial.environment import Environment
from neurospatial.errors import explain
from neurospatial.fields.values.transition_matrix import compute_transition_matrix
from neurospatial.validate import to_number, to_real_array
from neurospatial.validate.numbers import Scalar

_ROUNDING = 1e-6
"""Above 1 that a row may sum to: chances in float32."""


def solve_walk(
    env: Environment,
    right: NDArray[np.float64],
    gamma: float,
    transitions: ArrayLike | sparse.sparray | None,
) -> NDArray[np.float64]:
    """Solve ``(1 - gamma P) x = right`` for columns (n_bins, n), P the chances of a step.

    Raises
    ------
    ValueError
        If gamma is not between 0 and 1, or the transitions are no chances between
        the bins.

    Examples
    --------
    >>> env = Environment.from_mask([[True, True]], [[0, 1], [0, 1, 2]])
    >>> solve_walk(env, np.array([[1.0], [0.0]]), 0.5, None).round(6)
    array([[1.333333],
           [0.666667]])
    """
    from scipy.sparse import linalg

    discount = _validate_gamma(gamma)
    chances = (
        compute_transition_matrix(env)
        if transitions is None
        else _validate_transitions(transitions, env.n_bins)
    )
    system = sparse.csc_array(sparse.eye_array(env.n_bins) - discount * chances)
    # No pivot vanishes: in each row the diagonal outweighs the others by 1 - gamma.
    return np.asarray(linalg.splu(system).solve(right), dtype=np.float64)


def _validate_gamma(gamma: Scalar) -> float:
    number = to_number(gamma)
    if isinstance(number, (int, float)) and 0 < number < 1:
        return float(number)
    raise ValueError(
        explain(
            f"gamma is {number!r}.",
            "It is what a step later counts, over what now counts: between 0 and 1. At 1 the "
            "sum over all steps has no end.",
            ["Pass gamma=0.95: what is 20 steps away counts about a third."],
        )
    )


def _validate_transitions(
    transitions: ArrayLike | sparse.sparray, n_bins: int
) -> sparse.csr_array:
    if isinstance(transitions, (sparse.sparray, sparse.spmatrix)):
        matrix: Any = transitions
        chances: sparse.csr_array = sparse.csr_array(matrix, dtype=np.float64)
    else:
        array = to_real_array(transitions, "transitions")
        chances = sparse.csr_array(array if array.ndim == 2 else np.atleast_2d(array))
    ways = ["Pass compute_transition_matrix(env), or with times and positions those of a path."]
    if chances.shape != (n_bins, n_bins):
        problem = f"transitions have shape {chances.shape}, expected ({n_bins}, {n_bins})."
    elif not np.isfinite(chances.data).all() or (chances.data < 0).any():
        wrong = chances.data[~(np.isfinite(chances.data) & (chances.data >= 0))][0]
        problem = f"transitions hold {wrong:g}."
    else:
        rows, columns = (np.asarray(chances.sum(axis=axis)).ravel() for axis in (1, 0))
        if (rows <= 1 + _ROUNDING).all():
            return chances
        row = int(rows.argmax())
        problem = f"Row {row} of transitions sums to {rows[row]:g}."
        if (columns <= 1 + _ROUNDING).all():
            ways.insert(0, "Columns sum to 1: pass transitions.T.")
    why = "A row holds the chances of going from its bin to each other; they sum to 1 at most."
    raise ValueError(explain(problem, why, ways))
