"""Warnings that point at the line of the user, however deep they were found."""

import sys
import warnings


def warn_user(text: str) -> None:
    """Warn of what looks wrong and could be meant, at the line that called into us.

    Parameters
    ----------
    text : str
        Who and what with numbers, then a guess and what to do.

    Examples
    --------
    >>> with warnings.catch_warnings(record=True, action="always") as caught:
    ...     warn_user("times tick every 40 s.")
    >>> caught[0].category
    <class 'UserWarning'>
    """
    frame, depth = sys._getframe(1), 2
    while frame.f_back and f"{frame.f_globals.get('__name__')}.".startswith("neurospatial."):
        frame, depth = frame.f_back, depth + 1
    warnings.warn(text, UserWarning, stacklevel=depth)
