"""Firing rates, validated, over the highest of each curve."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.environment import Environment
from neurospatial.errors import explain
from neurospatial.fields.metrics.field_stack import to_field_stack


def to_rate_stack(
    env: Environment, curves: ArrayLike
) -> tuple[NDArray[np.float64], tuple[int, ...]]:
    """Validate tuning curves (…, n_bins), and lay them in rows.

    Returns
    -------
    rates : ndarray, shape (n_curves, n_bins)
        Over the highest of each; 0 where there is none.
    leading : tuple of int
        Lengths of the axes before that of the bins.

    Raises
    ------
    ValueError
        If there is another number of bins, or a rate is negative or infinite.

    Examples
    --------
    >>> to_rate_stack(Environment.from_circle(2.0), [[1.0, np.nan, 4.0, 2.0]])
    (array([[0.25, 0.  , 1.  , 0.5 ]]), (1,))
    """
    stack, leading = to_field_stack(env, curves, "curves")
    if (stack < 0).any():
        raise ValueError(
            explain(
                f"curves: found rates down to {np.nanmin(stack):g}.",
                "They weigh the directions, and no weight is below zero.",
                ["Pass firing rates [Hz], as compute_tuning_curves gives them."],
            )
        )
    rates = np.nan_to_num(stack)
    # Over the highest, neither sums nor squares leave the range of a double.
    highest = rates.max(axis=1, keepdims=True, initial=0.0)
    return np.divide(rates, highest, out=np.zeros(rates.shape), where=highest > 0), leading
