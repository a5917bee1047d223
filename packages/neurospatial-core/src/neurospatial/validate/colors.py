"""Colours, and how much of what lies below them shines through."""

import re
from collections.abc import Sequence
from typing import TypeAlias

from neurospatial.errors import explain, suggest_name
from neurospatial.validate.color_names import LETTERS, NAMED
from neurospatial.validate.numbers import Scalar, to_number

RGBA: TypeAlias = tuple[float, float, float, float]
"""Red, green, blue and opacity, each in [0, 1]."""

ColorLike: TypeAlias = str | Sequence[float] | tuple[str, float]
"""A colour that matplotlib reads: a name, hex string, or numbers in [0, 1]; with its opacity."""


_HEX = re.compile("#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", re.I)
"""Three or four digits, or twice as many."""


def rgba(color: ColorLike, alpha: float | None = None) -> RGBA:
    """Read a matplotlib colour (a name, hex string or tuple) as four numbers in [0, 1].

    Usual ones are read without matplotlib, which takes longer to import than all else here.

    Parameters
    ----------
    color : str, sequence of float, or tuple of str and float
    alpha : float or None
        Opacity, in place of the colour's own.

    Raises
    ------
    ValueError
        If matplotlib does not know the colour.

    Examples
    --------
    >>> rgba("red"), rgba("#0000ff80", 1.0)
    ((1.0, 0.0, 0.0, 1.0), (0.0, 0.0, 1.0, 1.0))
    """
    usual = _read_usual(color) if isinstance(color, str) else None
    if usual is not None and (alpha is None or (type(alpha) is float and 0 <= alpha <= 1)):
        return usual if alpha is None else (*usual[:3], alpha)
    from matplotlib.colors import to_rgba

    try:
        red, green, blue, opacity = to_rgba(color, alpha)  # type: ignore[arg-type]
    except ValueError:
        raise ValueError(
            explain(
                f"{color!r} is not a colour.{suggest_name(str(color), NAMED)}",
                "Marks are drawn in colours that matplotlib can read.",
                ["Pass a name such as 'red'.", "Pass '#rrggbb' or (r, g, b) in [0, 1]."],
            )
        ) from None
    return float(red), float(green), float(blue), float(opacity)


def _read_usual(color: str) -> RGBA | None:
    """Read a letter, a name of CSS or a hex string; None for what else there is."""
    if color in LETTERS:
        return (*LETTERS[color], 1.0)
    digits = NAMED.get(color.lower(), color)
    if not _HEX.fullmatch(digits):
        return None
    digits = digits[1:] if len(digits) > 5 else "".join(2 * digit for digit in digits[1:])
    red, green, blue, *rest = (
        int(digits[at : at + 2], 16) / 255 for at in range(0, len(digits), 2)
    )
    return red, green, blue, rest[0] if rest else 1.0


def validate_opacity(value: Scalar | None, name: str, *, default: float) -> float:
    """Check that an opacity lies in [0, 1].

    Parameters
    ----------
    value : number
    name : str
        Of the parameter, with what has it.
    default : float
        What it is when left out, for the text of an error.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If it is not a number in [0, 1].

    Examples
    --------
    >>> validate_opacity(1, "region_alpha", default=0.3)
    1.0
    """
    given = to_number(value)
    if isinstance(given, (int, float)) and 0 <= given <= 1:
        return float(given)
    raise ValueError(
        explain(
            f"{name} is {value!r}.",
            "Opacity runs from 0 (invisible) to 1 (opaque).",
            [f"Pass a number in [0, 1]; the default is {default:g}."],
        )
    )
