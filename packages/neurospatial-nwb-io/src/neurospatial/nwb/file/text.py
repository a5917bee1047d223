"""Texts that a file can hold: those of UTF-8 without NUL."""

import re

from neurospatial.errors import explain

UNWRITABLE = "\0\ud800-\udfff"
"""What ends a text in HDF5, and halves of pairs that UTF-8 cannot encode; a range of `re`."""

_UNWRITABLE = re.compile(f"[{UNWRITABLE}]")


def validate_text(text: str | bytes, what: str) -> str:
    """Validate a text that is to come back from a file as it went in, and return it.

    Bytes, as HDF5 returns texts, are read as UTF-8.

    Raises
    ------
    TypeError
        If it is no text.
    ValueError
        If it has a character that no file can hold.

    Examples
    --------
    >>> validate_text("Hz", "unit")
    'Hz'
    """
    if isinstance(text, bytes):
        text = text.decode(errors="replace")
    if not isinstance(text, str):
        raise TypeError(
            explain(
                f"{what} is a {type(text).__name__}.",
                "It is kept in the file as a text.",
                [f"Pass a str: {what}={str(text)!r}."],
            )
        )
    found = _UNWRITABLE.search(text)
    if found is None:
        return text
    raise ValueError(
        explain(
            f"{what} has {found[0]!a} at character {found.start()}: {text!a}.",
            "HDF5 keeps texts as UTF-8, and a NUL ends them: it would not come back.",
            [f"Leave the character out: {what}={_UNWRITABLE.sub('', text)!a}."],
        )
    )


def escape_text(text: str) -> str:
    r"""Escape what no file can hold, in a text that people read and nothing reads again.

    Examples
    --------
    >>> escape_text("c\0m")
    'c\\x00m'
    """
    return _UNWRITABLE.sub(lambda found: ascii(found[0])[1:-1], text)
