"""Numbers: arrays of real ones, and single ones that have to be positive."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain, format_indices
from neurospatial.validate.containers import to_array

Scalar: TypeAlias = float | Fraction | Decimal | np.generic | NDArray[np.generic]
"""One number, an array without an axis too; what else is handed over is refused."""

_REAL = "fiub"
"""NumPy's kinds of real numbers: floating, signed, unsigned, boolean."""


def to_real_array(values: ArrayLike, name: str) -> NDArray[np.float64]:
    """Convert values to float64, refusing what is not real numbers.

    Masked and missing values become NaN; see `to_array` for what may hold them.

    Parameters
    ----------
    values : array-like, any shape
    name : str
        What the text of an error calls them.

    Returns
    -------
    ndarray of float64
        Of the same shape; the same array where it is one already.

    Raises
    ------
    TypeError
        If the values are complex, text, dates, ragged or objects.

    Examples
    --------
    >>> to_real_array([1, 2], "speed")
    array([1., 2.])
    """
    array = to_array(values, name)
    if array.dtype.kind not in _REAL:
        raise TypeError(_explain_not_real(name, f"dtype {array.dtype}"))
    return array.astype(np.float64, copy=False)


def to_number(value: Any) -> Any:
    """Convert one number of any usual type to Python's own; what is none stays as it is.

    Parameters
    ----------
    value : number
        Of Python, NumPy (an array without an axis too), a fraction or a decimal.

    Examples
    --------
    >>> to_number(Fraction(30000, 1001)), to_number(np.float32(0.5)), to_number("0.5")
    (29.97002997002997, 0.5, '0.5')
    """
    # An error shows 0.0 rather than np.float64(0.0).
    if isinstance(value, (np.generic, np.ndarray)) and value.ndim == 0:
        value = value.item()
    if not isinstance(value, (int, float, Fraction, Decimal)):
        return value
    try:
        number = float(value)
    except OverflowError:
        return np.inf if value > 0 else -np.inf
    return value if isinstance(value, int) else number


def validate_positive(
    value: Scalar | None,
    name: str,
    *,
    unit: str = "",
    owner: str = "",
    least: float = 0.0,
    why: str = "What has no extent cannot be drawn or bridged.",
    how: Sequence[str] = (),
) -> float:
    """Check that one number is finite and greater than `least`.

    Parameters
    ----------
    value : number
        In `unit`.
    name : str
        Of the parameter.
    unit : str
        In words, such as "points"; empty for none.
    owner : str
        What has the parameter, such as the class of an overlay; empty for a function.
    least : float
        The number is greater than this.
    why : str
        Why it has to be so.
    how : sequence of str
        Ways to mend it; left out, to pass such a number or none.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If it is not a number, NaN, infinite, or not greater than `least`.

    Examples
    --------
    >>> validate_positive(10, "size", unit="points", owner="PositionOverlay")
    10.0
    """
    given = to_number(value)
    if isinstance(given, (int, float)) and not isinstance(given, bool) and least < given < np.inf:
        return float(given)
    number = f"a number of {unit}" if unit else "a number"
    raise ValueError(
        explain(
            f"{owner + ': ' if owner else ''}{name} is {given!r}{' ' + unit if unit else ''}.",
            why,
            list(how) or [f"Pass {number} above {least:g}.", f"Leave {name} out."],
        )
    )


def refuse_infinite(
    samples: NDArray[np.float64], name: str, why: str = "Nothing can be placed at infinity"
) -> None:
    """Raise if a sample holds an infinite value; NaN marks a gap.

    Parameters
    ----------
    samples : ndarray, shape (n_samples,) or (n_samples, k)
    name : str
        What the text of an error calls them.
    why : str
        Why infinity has no meaning there.

    Raises
    ------
    ValueError
        With the samples that do, and the first of them.

    Examples
    --------
    >>> refuse_infinite(np.array([0.0, np.nan]), "angles")
    """
    infinite = np.isinf(samples)
    if not infinite.any():
        return
    wrong = np.flatnonzero(infinite.reshape(len(samples), -1).any(axis=1))
    first = int(wrong[0])
    whole = "" if samples.ndim == 1 else ".all(axis=1)"
    raise ValueError(
        explain(
            f"{name}: found {len(wrong)} samples with Inf values at indices: "
            f"{format_indices(wrong)}.\n"
            f"  First invalid value at index {first}: {samples[first].tolist()}",
            f"{why}; NaN marks a gap.",
            [
                "Mask invalid values: data[~np.isfinite(data)] = np.nan",
                f"Remove invalid samples: keep = np.isfinite(data){whole}; "
                "data = data[keep]; times = times[keep]",
            ],
        )
    )


def _explain_not_real(name: str, found: str) -> str:
    last = name.split()[-1]
    given = last if last.isidentifier() else "values"
    return explain(
        f"{name}: {found}, expected real numbers.",
        "Coordinates, times and values are measured numbers.",
        [f"Convert first: np.asarray({given}, dtype=float)."],
    )
