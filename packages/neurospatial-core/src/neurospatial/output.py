"""Output files that are whole or not there at all."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from neurospatial.errors import explain
from neurospatial.validate.numbers import Scalar, to_number


@contextmanager
def replace_when_whole(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Write to a temporary name beside `path`, renamed to it only when the block succeeds.

    Whatever ends the block early (an error, a cancel) leaves the old file, or
    none, and never half a one.

    Parameters
    ----------
    path : path-like
        Where the finished file belongs.

    Yields
    ------
    pathlib.Path
        The temporary name, in the same folder and with the same suffix.

    Raises
    ------
    FileNotFoundError
        If the folder does not exist.
    PermissionError
        If the folder cannot be written to.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     with replace_when_whole(f"{folder}/answer.txt") as draft:
    ...         _ = draft.write_text("42")
    ...     Path(f"{folder}/answer.txt").read_text()
    '42'
    """
    target = Path(path)
    check_writable(target)
    draft = target.with_name(f".{target.stem}.{uuid4().hex[:8]}{target.suffix}")
    try:
        yield draft
        os.replace(draft, target)
    finally:
        with suppress(FileNotFoundError):
            draft.unlink()


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


def check_writable(path: str | os.PathLike[str]) -> None:
    """Raise at once if a file could not be written at `path`.

    Raises
    ------
    FileNotFoundError
        If the folder does not exist.
    IsADirectoryError
        If `path` is a folder.
    PermissionError
        If the folder cannot be written to.
    """
    target = Path(path)
    folder = target.parent
    why = "The file is written beside its final place and renamed when whole."
    if not folder.is_dir():
        raise FileNotFoundError(
            explain(
                f"The folder {str(folder)!r} does not exist.",
                why,
                [f"Create it: mkdir -p {folder}", "Pass a save_path in an existing folder."],
            )
        )
    if target.is_dir():
        raise IsADirectoryError(
            explain(f"{str(target)!r} is a folder.", why, ["Pass a save_path that names a file."])
        )
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(
            explain(
                f"The folder {str(folder)!r} cannot be written to.",
                why,
                ["Pass a save_path in a folder of yours.", "Ask for write permission there."],
            )
        )
