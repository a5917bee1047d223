"""Text files in the encodings that spreadsheets write."""

import codecs
import locale
import os
from functools import partial

from neurospatial.errors import explain

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
"""How a file begins that says its encoding; of two that fit, the longer comes first."""

_CODE_PAGES = ("cp1252", "cp932", "cp936", "cp1251")
"""Western, Japanese, Chinese, Cyrillic: the first that has all the characters is taken."""

_BLOCK = 2**20
"""Characters that are decoded at once: a file need not fit into memory."""


def find_encoding(path: str | os.PathLike[str]) -> tuple[str, bool]:
    """Find in which encoding a text file can be read.

    Parameters
    ----------
    path : path-like

    Returns
    -------
    encoding : str
        As the file says it, else UTF-8, else the code page of this computer's Windows or the
        first of a few others in which each byte means something.
    guessed : bool
        Whether it is one of several that could be meant.

    Raises
    ------
    ValueError
        If it is in none of them.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "poses.csv"
    ...     _ = path.write_bytes("Körper".encode("cp1252"))
    ...     find_encoding(path)
    ('cp1252', True)
    """
    with open(path, "rb") as file:
        head = file.read(4)
    said = next((name for mark, name in _MARKS.items() if head.startswith(mark)), "utf-8")
    if _is_in(path, said):
        return said, False
    for page in [*_find_own_code_page(), *_CODE_PAGES]:
        if _is_in(path, page):
            return page, True
    raise ValueError(
        explain(
            f"{os.fspath(path)!r} is no text: it is neither in UTF-8 nor in a code page of "
            "Windows.",
            "Names and numbers are read from the characters of its lines.",
            ["Save it again as CSV UTF-8.", "Copy the file again from where it was made."],
        )
    )


def _find_own_code_page() -> list[str]:
    own = locale.getencoding()
    return [own] if own.lower().startswith("cp") else []


def _is_in(path: str | os.PathLike[str], encoding: str) -> bool:
    """Tell whether each byte of a file means something in an encoding."""
    try:
        with open(path, encoding=encoding) as file:
            for _ in iter(partial(file.read, _BLOCK), ""):
                pass
    except UnicodeError:
        return False
    return True
