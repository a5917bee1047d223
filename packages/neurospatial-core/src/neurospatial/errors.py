"""The one way a mistake is explained: what was found, why it matters, how to mend it."""

from collections.abc import Iterable
from difflib import get_close_matches
from itertools import islice
from typing import SupportsInt

_LISTED = 3
"""Indices that are listed: enough to find the first mistakes, on one line."""


def explain(what: str, why: str, how: Iterable[str]) -> str:
    """Build the text of an error in the WHAT / WHY / HOW form.

    Parameters
    ----------
    what : str
        What was found, with its numbers.
    why : str
        Why that cannot work.
    how : iterable of str
        Ways to mend it; they are numbered in the order given.

    Returns
    -------
    str
        The text to raise with.

    Examples
    --------
    >>> print(explain("fps is 0.", "A frame would last forever.", ["Pass fps=30."]))
    fps is 0.
    <BLANKLINE>
      WHY: A frame would last forever.
    <BLANKLINE>
      HOW: Choose one of these solutions:
        1. Pass fps=30.
    """
    steps = "\n".join(f"    {number}. {step}" for number, step in enumerate(how, 1))
    return f"{what}\n\n  WHY: {why}\n\n  HOW: Choose one of these solutions:\n{steps}"


def is_explained(error: BaseException) -> bool:
    """Return whether an error has the WHAT / WHY / HOW form.

    Examples
    --------
    >>> is_explained(ValueError(explain("a", "b", ["c"]))), is_explained(ValueError("a"))
    (True, False)
    """
    return "\n\n  WHY: " in str(error)


def get_first_line(error: BaseException) -> str:
    """Return what an error of a library says first, named if it says no sentence.

    Examples
    --------
    >>> get_first_line(OSError("Unable to open file.")), get_first_line(EOFError())
    ('Unable to open file', 'EOFError')
    """
    lines = str(error).strip().splitlines()
    name = type(error).__name__
    if not lines:
        return name
    first = lines[0].rstrip(".")
    return first if " " in first else f"{name}: {first}"


def format_indices(indices: Iterable[SupportsInt]) -> str:
    """List the first few indices of what is wrong.

    Examples
    --------
    >>> format_indices([5, 8, 23, 40])
    '[5, 8, 23, ...]'
    """
    first = [str(int(index)) for index in islice(indices, _LISTED + 1)]
    if len(first) > _LISTED:
        first[_LISTED] = "..."
    return f"[{', '.join(first)}]"


def suggest_name(name: str, candidates: Iterable[str]) -> str:
    """Say which known name is closest to a mistyped one, or nothing.

    Examples
    --------
    >>> suggest_name("virdis", ["viridis", "magma"])
    " Did you mean 'viridis'?"
    >>> suggest_name("zzz", ["viridis", "magma"])
    ''
    """
    matches = get_close_matches(name, list(candidates), n=1, cutoff=0.6)
    return f" Did you mean {matches[0]!r}?" if matches else ""
