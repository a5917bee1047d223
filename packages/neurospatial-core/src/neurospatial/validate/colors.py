"""Colours, and how much of what lies below them shines through."""

from collections.abc import Sequence
from typing import TypeAlias

from neurospatial.errors import explain, suggest_name
from neurospatial.validate.numbers import Scalar, to_number

RGBA: TypeAlias = tuple[float, float, float, float]
"""Red, green, blue and opacity, each in [0, 1]."""

ColorLike: TypeAlias = str | Sequence[float] | tuple[str, float]
"""A colour that matplotlib reads: a name, hex string, or numbers in [0, 1]; with its opacity."""


def rgba(color: ColorLike, alpha: float | None = None) -> RGBA:
    """Read a matplotlib colour (a name, hex string or tuple) as four numbers in [0, 1].

    Raises
    ------
    ValueError
        If matplotlib does not know the colour.
    """
    from matplotlib.colors import CSS4_COLORS, to_rgba

    try:
        red, green, blue, opacity = to_rgba(color, alpha)  # type: ignore[arg-type]
    except ValueError:
        raise ValueError(
            explain(
                f"{color!r} is not a colour.{suggest_name(str(color), CSS4_COLORS)}",
                "Marks are drawn in colours that matplotlib can read.",
                ["Pass a name such as 'red'.", "Pass '#rrggbb' or (r, g, b) in [0, 1]."],
            )
        ) from None
    return float(red), float(green), float(blue), float(opacity)


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
