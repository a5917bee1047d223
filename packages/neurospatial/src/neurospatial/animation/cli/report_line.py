"""A line about a file, for a terminal that does what control characters say."""

from neurospatial.validate import clean_text


def print_line(line: str) -> None:
    r"""Print a line of a report; what a file calls its parts moves no cursor and turns no text.

    Examples
    --------
    >>> print_line("  epochs  \x1b[2Jlap 1\nlap 2")
      epochs  �[2Jlap 1 lap 2
    """
    print(clean_text(line))
