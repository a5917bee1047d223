"""Errors and warnings on one line."""

import re

from neurospatial.validate.text import normalize_text

_PARTS = re.compile(
    r"(?P<what>.*?)\n\n  WHY: .*?\n  HOW: [^\n]*\n +1\. (?P<how>[^\n]*)", re.DOTALL
)


def format_error(problem: Warning | BaseException | str) -> str:
    """Format what is wrong, and the first way to mend it, on one line that a terminal can show.

    Parameters
    ----------
    problem : Warning, exception or str

    Returns
    -------
    str

    Examples
    --------
    >>> from neurospatial.errors import explain
    >>> format_error(ValueError(explain("fps is 0.", "A frame would last.", ["Pass fps=30."])))
    'fps is 0. Pass fps=30.'
    >>> format_error(FileNotFoundError(2, "No such file or directory", "a.npz"))
    'a.npz: No such file or directory.'
    """
    return normalize_text(_find_line(problem))


def _find_line(problem: Warning | BaseException | str) -> str:
    if isinstance(problem, OSError) and problem.filename and problem.strerror:
        return f"{problem.filename}: {problem.strerror}."
    text = str(problem).strip() or type(problem).__name__
    parts = _PARTS.match(text)
    if parts is None:
        return text.splitlines()[0]
    what = " ".join(parts["what"].split())
    stop = "" if what.endswith((".", "?")) else "."
    return f"{what}{stop} {parts['how']}"
