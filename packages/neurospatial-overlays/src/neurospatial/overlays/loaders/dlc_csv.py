"""DeepLabCut's ``.csv``, as it writes them and as spreadsheets save them again."""

import csv
import os
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice, takewhile
from typing import TextIO

import numpy as np

from neurospatial.errors import get_first_line
from neurospatial.input import explain_damage
from neurospatial.overlays.loaders.dlc_table import (
    LEVELS,
    KeypointTable,
    make_format_error,
    make_table,
    name_columns,
)
from neurospatial.overlays.loaders.text_file import find_encoding
from neurospatial.validate import warn_user

_DELIMITERS = (",", ";", "\t")
"""Between cells: DeepLabCut's, Excel's where a comma is decimal, and that of Unicode text."""


def read_csv(path: str | os.PathLike[str]) -> KeypointTable:
    """Read the table of a file.

    Parameters
    ----------
    path : path-like

    Raises
    ------
    ValueError
        If it is no such table, or damaged.

    Warns
    -----
    UserWarning
        If names are read in a code page that the file does not say.
    """
    encoding, guessed = find_encoding(path)
    with (
        explain_damage(path, "a table of DeepLabCut", (csv.Error,)),
        open(path, encoding=encoding, newline="") as file,
    ):
        delimiter = _find_delimiter(file)
        head = _read_head(file, delimiter)
        columns = _name_columns(path, head)
        decimal_commas = delimiter != "," and _has_commas(file, len(head))
        parse = _parse_comma if decimal_commas else _parse_cell
        rows = islice(csv.reader(_rewind(file), delimiter=delimiter), len(head), None)
        lines = _iter_lines(path, enumerate(rows, len(head) + 1), len(columns) + 1, parse)
        numbers = np.fromiter(chain.from_iterable(lines), np.float64)
    numbers = numbers.reshape(-1, len(columns) + 1)
    table = make_table(path, numbers[:, 0], columns, numbers[:, 1:])
    if guessed:
        _warn_of_code_page(table, encoding)
    return table


def _rewind(file: TextIO) -> TextIO:
    file.seek(0)
    return file


def _find_delimiter(file: TextIO) -> str:
    """Find what stands between the cells of the first row, which begins with a known word."""
    for delimiter in _DELIMITERS:
        row = next(csv.reader(_rewind(file), delimiter=delimiter), [])
        if len(row) > 1 and row[0] in LEVELS:
            return delimiter
    return _DELIMITERS[0]


def _read_head(file: TextIO, delimiter: str) -> list[list[str]]:
    rows = csv.reader(_rewind(file), delimiter=delimiter)
    return list(takewhile(lambda row: row and row[0] in LEVELS, rows))


def _name_columns(path: str | os.PathLike[str], head: list[list[str]]) -> list[dict[str, str]]:
    lengths = sorted({len(row) for row in head})
    if len(lengths) > 1:
        raise make_format_error(path, f"has {lengths[0]} to {lengths[-1]} cells in its head")
    names = list(zip(*(row[1:] for row in head), strict=True))
    return name_columns(path, [row[0] for row in head], names)


def _has_commas(file: TextIO, n_head: int) -> bool:
    return any("," in line for line in islice(_rewind(file), n_head, None))


def _iter_lines(
    path: str | os.PathLike[str],
    lines: Iterable[tuple[int, list[str]]],
    n_cells: int,
    parse: Callable[[str], float],
) -> Iterator[list[float]]:
    """Yield the numbers in each numbered line that is not empty."""
    for number, row in lines:
        if not any(row):
            continue
        if len(row) != n_cells:
            found = f"line {number} has {len(row)} cells, the head {n_cells}"
            raise make_format_error(path, f"has a row that is not numbers: {found}")
        try:
            yield list(map(parse, row))
        except ValueError as error:
            found = f"line {number}: {get_first_line(error)}"
            raise make_format_error(path, f"has a row that is not numbers: {found}") from None


def _parse_cell(cell: str) -> float:
    return float(cell) if cell else np.nan  # an animal that was not found leaves cells empty


def _parse_comma(cell: str) -> float:
    """Parse a number with a decimal comma; a point beside it could stand for thousands."""
    if "." in cell:
        raise ValueError(f"{cell!r} has a point, and other numbers have a decimal comma")
    return _parse_cell(cell.replace(",", "."))


def _warn_of_code_page(table: KeypointTable, encoding: str) -> None:
    """Warn if names have letters that another code page would read otherwise."""
    names = [column[level] for column in table.columns for level in LEVELS[1:] if level in column]
    odd = [name for name in names if not name.isascii()]
    if odd:
        warn_user(
            f"{table.path!r} is not in UTF-8: its names are read in the code page {encoding}, as "
            f"{odd[0]!r}.\n  If that is not how it is spelled, save the file as CSV UTF-8."
        )
