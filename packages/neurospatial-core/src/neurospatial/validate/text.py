"""Text: titles, names and labels, whatever they were read from."""

import re
from typing import Any

import numpy as np

from neurospatial.errors import explain
from neurospatial.validate.containers import to_array

MOST_CHARACTERS = 500
"""Characters of a text that is shown: a line across a picture of 4K holds 460 in labels' size."""

_BREAK = re.compile(r"\r\n|[\n\v\f\r\x85\u2028\u2029]")
"""What ends a line, by Unicode's standard annex 14 (BK, CR, LF and NL)."""

_INVISIBLE = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f\ufeff]")
"""What turns the order of letters about, of its neighbours too (annex 9), and byte order marks."""

_CONTROL = re.compile(r"[\0-\x09\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
"""What no font has a glyph for; lines have ended by then at a line feed, which is left."""

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def clean_text(text: str) -> str:
    r"""Make one line that every backend shows alike: data, whatever is in it.

    A break of lines or a tab becomes a space; control characters and halves of surrogate
    pairs become U+FFFD; NUL at the end, which fills up what C wrote, and controls that
    turn the order of letters about are left out; what is longer than `MOST_CHARACTERS` ends
    in an ellipsis.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        The same where it was clean.

    Examples
    --------
    >>> clean_text("lap 1\r\nof 5\0\0"), clean_text("$5\x1b[2J")
    ('lap 1 of 5', '$5�[2J')
    """
    return text if is_clean(text) else shorten_text(normalize_text(text))


def normalize_text(text: str, line_break: str = " ") -> str:
    """Make a text of what can be shown, of any length.

    Parameters
    ----------
    text : str
    line_break : str
        What stands for the end of a line: a space, or a line feed where there is room for lines.
    """
    if is_clean(text):
        return text
    # Halves that belong together are joined; those of which one was lost are replaced.
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = _BREAK.sub(line_break, _INVISIBLE.sub("", text).rstrip("\0"))
    return _CONTROL.sub(_REPLACEMENT, text.replace("\t", " "))


def shorten_text(text: str) -> str:
    """Cut a text so that it has `MOST_CHARACTERS`, an ellipsis at its end."""
    return text if len(text) <= MOST_CHARACTERS else f"{text[: MOST_CHARACTERS - 1]}…"


def is_clean(text: Any) -> bool:
    """Tell of most texts, in no time, that nothing is to be cleaned; False of some that are."""
    return type(text) is str and len(text) <= MOST_CHARACTERS and text.isprintable()


def to_text(value: Any, name: str) -> str:
    """Convert one title, name or label to text.

    Parameters
    ----------
    value : str, bytes or number
        Bytes, as HDF5 returns text, are read as UTF-8; a number is written out.
    name : str
        Of the parameter.

    Raises
    ------
    TypeError
        If it is anything else.

    Examples
    --------
    >>> to_text(b"lap 1", "frame_labels"), to_text(5, "title")
    ('lap 1', '5')
    """
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    if isinstance(value, (str, int, float)):
        return str(value)
    raise TypeError(
        explain(
            f"{name} is a {type(value).__name__}, expected text.",
            "It is written beside the picture as it is.",
            [f"Pass a string: {name}='...'.", f"Convert first: str({name})."],
        )
    )


def to_texts(values: Any, name: str) -> tuple[str, ...]:
    """Convert labels to texts, by position whatever an index says.

    Parameters
    ----------
    values : sequence or series of str, bytes or numbers, shape (n,)
    name : str
        Of the parameter.

    Raises
    ------
    TypeError
        If they are one text, or hold what is neither text nor a number.

    Examples
    --------
    >>> to_texts(np.array([b"rest", b"run"]), "frame_labels")
    ('rest', 'run')
    """
    if isinstance(values, (str, bytes)) or not hasattr(values, "__iter__"):
        raise TypeError(
            explain(
                f"{name} is {values!r}, one label.",
                "Each has its own label.",
                ["Pass a list with a label for each."],
            )
        )
    given = values if isinstance(values, (list, tuple)) else to_array(values, name).tolist()
    return tuple(to_text(value, f"{name}[{number}]") for number, value in enumerate(given))
