"""Text: titles, names and labels, whatever they were read from."""

from typing import Any

import numpy as np

from neurospatial.errors import explain
from neurospatial.validate.containers import to_array


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
