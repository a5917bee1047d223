"""Limits: one number, zero or more."""

from collections.abc import Sequence

from neurospatial.errors import explain
from neurospatial.validate.numbers import Scalar, to_number


def validate_limit(value: Scalar, name: str, why: str, how: Sequence[str]) -> float:
    """Check that one number is zero or more; it may be infinite.

    Parameters
    ----------
    value : number
    name : str
        Of the parameter.
    why : str
        What it limits.
    how : sequence of str
        Ways to mend it.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If it is not a number, NaN, or below zero.

    Examples
    --------
    >>> validate_limit(2, "min_speed", "Slower samples are left out.", [])
    2.0
    """
    given = to_number(value)
    if isinstance(given, (int, float)) and given >= 0:
        return float(given)
    raise ValueError(explain(f"{name} is {given!r}.", why, list(how)))
