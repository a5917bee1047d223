"""Whole numbers, and choices between yes and no."""

from collections.abc import Sequence

import numpy as np

from neurospatial.errors import explain
from neurospatial.validate.numbers import Scalar, to_number


def validate_count(
    value: Scalar,
    name: str,
    *,
    least: int,
    most: int | None = None,
    why: str,
    how: Sequence[str] = (),
) -> int:
    """Check that a number is whole, and within limits.

    Parameters
    ----------
    value : number
        Of any type, such as 2.0; True and False are none.
    name : str
        Of the parameter.
    least : int
        The lowest it may be.
    most : int or None
        The highest; None for no limit.
    why : str
        What it counts.
    how : sequence of str
        Ways to mend it; left out, to pass such a number.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If it is no number, not whole, or outside the limits.

    Examples
    --------
    >>> validate_count(np.int64(4), "n_workers", least=1, why="Parts are encoded at a time.")
    4
    """
    given = to_number(value)
    if isinstance(given, (int, float)) and not isinstance(given, bool):
        whole = np.isfinite(given) and given == int(given)
        if whole and given >= least and (most is None or given <= most):
            return int(given)
    limits = f"{least} or more" if most is None else f"{least} … {most}"
    raise ValueError(
        explain(f"{name} is {given!r}.", why, list(how) or [f"Pass a whole number, {limits}."])
    )


def validate_flag(value: Scalar | None, name: str, why: str) -> bool:
    """Check that a choice is True or False: a word such as "no" would count as yes.

    Parameters
    ----------
    value : bool
        Of Python or NumPy.
    name : str
        Of the parameter.
    why : str
        What is chosen.

    Raises
    ------
    ValueError
        If it is anything else.

    Examples
    --------
    >>> validate_flag(np.False_, "embed_video", "Camera videos go into the page, or do not.")
    False
    """
    given = to_number(value)
    if isinstance(given, bool):
        return given
    raise ValueError(
        explain(f"{name} is {value!r}.", why, [f"Pass {name}=True.", f"Pass {name}=False."])
    )
