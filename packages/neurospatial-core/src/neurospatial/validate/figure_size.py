"""The size of a figure, and how many pixels it makes."""

from collections.abc import Sequence

from neurospatial.errors import explain
from neurospatial.validate.numbers import Scalar, to_number


def validate_figure(
    figsize: Sequence[Scalar],
    dpi: Scalar,
    least: tuple[int, int],
    most: int,
    why: str,
) -> tuple[tuple[float, float], float]:
    """Check that a figure has a usable number of pixels.

    Parameters
    ----------
    figsize : sequence of two numbers
        Width and height [inches].
    dpi : number
        Pixels per inch.
    least : tuple of int
        Fewest pixels across and upward.
    most : int
        Most pixels along either.
    why : str
        Why there are limits.

    Returns
    -------
    figsize : tuple of float
    dpi : float
        Whole where it was given so.

    Raises
    ------
    ValueError
        If there are too few or too many, or these are not three numbers.

    Examples
    --------
    >>> validate_figure([8, 6], 100, (160, 120), 8192, "Encoders end there.")
    ((8, 6), 100)
    """
    how = ["Change dpi (the default is 100).", "Change figsize [inches] (default (8, 6))."]
    edges = _to_numbers(figsize)
    if len(edges) != 2:
        raise ValueError(
            explain(
                f"figsize is {figsize!r}.", "It is a width and a height [inches].",
                ["Pass two numbers, such as figsize=(8, 6).", "Leave figsize out."],
            )
        )  # fmt: skip
    dots = validate_dpi(dpi)
    width, height = (edge * dots for edge in edges)
    if not (least[0] <= width <= most and least[1] <= height <= most):
        size = f"{width:.0f} x {height:.0f} px"
        raise ValueError(explain(f"figsize {(*edges,)} at dpi {dots} is {size}.", why, how))
    return (edges[0], edges[1]), dots


def validate_dpi(dpi: Scalar) -> float:
    """Check that pixels per inch are a number, of any type.

    Raises
    ------
    ValueError
        If they are none.

    Examples
    --------
    >>> from fractions import Fraction
    >>> validate_dpi(Fraction(145, 2))
    72.5
    """
    dots = to_number(dpi)
    if isinstance(dots, (int, float)) and not isinstance(dots, bool):
        return dots
    raise ValueError(
        explain(
            f"dpi is {dpi!r}.",
            "It counts pixels per inch, by which sizes in points are drawn.",
            ["Pass a number such as dpi=100."],
        )
    )


def _to_numbers(values: object) -> list[float]:
    """Read numbers of any type; nothing where there are none, or something else."""
    if isinstance(values, str) or not hasattr(values, "__iter__"):
        return []
    numbers = [to_number(value) for value in values]
    plain = [x for x in numbers if isinstance(x, (int, float)) and not isinstance(x, bool)]
    return plain if len(plain) == len(numbers) else []
