"""Tables that pandas wrote into HDF5, in either of its two layouts, read without pandas.

The names of the columns lie in arrays in the layout "fixed", and in attributes, pickled, in the
layout "table". pandas reads both with PyTables, which unpickles every attribute that it meets
and so runs what a file tells it to.
"""

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import count, takewhile
from typing import Any

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.input import explain_damage
from neurospatial.overlays.loaders.hdf5_file import (
    get_member,
    list_names,
    read_attribute,
    read_dataset,
)
from neurospatial.overlays.loaders.hdf5_origin import suggest_reader
from neurospatial.overlays.loaders.plain_pickle import parse_plain_pickle
from neurospatial.validate import to_text

Column = tuple[str, ...]
"""A name at each level of the columns."""


_HOW = (
    "Pass the .csv of the same table, which needs nothing but numpy.",
    "Copy the file again from where it was made.",
)


@dataclass(frozen=True, eq=False)
class PandasTable:
    """A table of numbers.

    Parameters
    ----------
    index : ndarray of int, shape (n_rows,)
        The numbers of the rows.
    levels : sequence of str
        What the levels of the columns are called.
    columns : sequence of tuple of str
        The names of each column, one a level.
    values : ndarray, shape (n_rows, n_columns)
    """

    index: NDArray[np.integer]
    levels: Sequence[str]
    columns: Sequence[Column]
    values: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class _Index:
    """How rows are numbered: dates are whole numbers too, and of another kind."""

    kind: str
    numbers: NDArray[Any]


_Block = tuple[Sequence[Column], NDArray[Any]]
"""Columns of one type, and their values, shape (n_rows, n_columns)."""


def read_pandas_table(file: Any) -> PandasTable:
    """Read the one table of an open file.

    Raises
    ------
    ValueError
        If there is no table or there are several, rows are not numbered, cells are no numbers,
        columns have no levels of names, or the file is damaged.
    """
    groups = [get_member(file, name) for name in list_names(file)]
    tables = [group for group in groups if _read_text(group, "pandas_type")]
    if len(tables) != 1:
        names = list_names(file)
        found = f"holds no single table of pandas: there is {', '.join(names) or 'nothing'}"
        raise _make_table_error(file, found, suggest_reader(names))
    (group,) = tables
    layout = _read_text(group, "pandas_type")
    if layout == "frame_table":
        return _read_appendable(group)
    if layout == "frame":
        return _read_fixed(group)
    raise _make_table_error(file, f"holds a {layout!r} of pandas, no table")


def _read_fixed(group: Any) -> PandasTable:
    """Read the layout "fixed": an array of rows, of columns, and of each type of values."""
    names = set(list_names(group))
    if "axis1" not in names:
        raise _make_table_error(group, "has rows that are not numbered")
    levels, columns = _read_multi_index(group, "axis0", names)
    if not levels:
        raise _make_table_error(group, "has columns of one level")
    blocks = []
    for key in takewhile(lambda key: f"{key}_values" in names, map("block{}".format, count())):
        values = read_dataset(group, f"{key}_values")
        turned = read_attribute(get_member(group, f"{key}_values"), "transposed")
        if not (isinstance(turned, np.generic) and turned):
            values = values.T
        blocks.append((_read_multi_index(group, f"{key}_items", names)[1], values))
    kind = _read_text(get_member(group, "axis1"), "kind")
    index = _Index(kind, read_dataset(group, "axis1"))
    return _join_blocks(group, index, levels, columns, blocks)


def _read_multi_index(
    group: Any, key: str, names: Collection[str]
) -> tuple[list[str], list[Column]]:
    """Read what the levels of an axis are called, and the names of each item along it."""
    called, columns = [], []
    for level in takewhile(names.__contains__, map((key + "_level{}").format, count())):
        label = level.replace("_level", "_label")
        texts = [_to_name(group, value) for value in read_dataset(group, level).ravel().tolist()]
        codes = read_dataset(group, label)
        if codes.dtype.kind not in "iu" or not np.isin(codes, np.arange(len(texts))).all():
            raise _make_table_error(group, f"has {label!r} that name no columns")
        called.append(_read_text(get_member(group, level), "name"))
        columns.append([texts[code] for code in codes.ravel()])
    if len({len(column) for column in columns}) > 1:
        raise _make_table_error(group, f"has levels of {key!r} that differ in length")
    return called, list(zip(*columns, strict=True))


def _read_appendable(group: Any) -> PandasTable:
    """Read the layout "table": rows of a number and of each type of values."""
    axes, info = _read_pickle(group, "non_index_axes"), _read_pickle(group, "info")
    with _explain_table(group):
        ((axis, labels),) = axes
        called = info[axis]["names"]
    columns = _to_columns(group, labels)
    levels = [_to_name(group, name) for name in called]
    rows, table = read_dataset(group, "table"), get_member(group, "table")
    fields = rows.dtype.names or ()
    if "index" not in fields:
        raise _make_table_error(group, "has rows that are not numbered")
    blocks = [
        (_to_columns(group, _read_pickle(table, f"{field}_kind")), rows[field])
        for field in fields
        if field != "index"
    ]
    index = _Index(_read_text(table, "index_kind"), rows["index"])
    return _join_blocks(group, index, levels, columns, blocks)


def _join_blocks(
    group: Any,
    index: _Index,
    levels: Sequence[str],
    columns: Sequence[Column],
    blocks: Sequence[_Block],
) -> PandasTable:
    """Put the blocks beside each other, in the order of the columns."""
    rows = index.numbers
    if index.kind != "integer" or rows.dtype.kind not in "iu" or rows.ndim != 1:
        raise _make_table_error(group, f"has rows that are numbered by {index.kind or rows.dtype}")
    for items, values in blocks:
        if values.shape != (len(rows), len(items)) or values.dtype.kind not in "fiu":
            raise _make_table_error(
                group,
                f"has {len(rows)} rows of {len(items)} columns, and {values.dtype} of shape "
                f"{values.shape} in them",
            )
    items = [item for block, _ in blocks for item in block]
    if sorted(items) != sorted(columns):
        raise _make_table_error(group, f"names {len(columns)} columns, and holds {len(items)}")
    values = np.concatenate([np.asarray(values, np.float64) for _, values in blocks], axis=1)
    place = {item: number for number, item in enumerate(items)}
    return PandasTable(rows, levels, columns, values[:, [place[item] for item in columns]])


def _read_text(node: Any, name: str) -> str:
    value = read_attribute(node, name)
    return to_text(value, name) if isinstance(value, (str, bytes)) else ""


def _read_pickle(node: Any, name: str) -> Any:
    content = read_attribute(node, name)
    if not isinstance(content, bytes):
        raise _make_table_error(node, f"does not say {name!r}")
    with _explain_table(node):
        return parse_plain_pickle(content)


def _to_columns(group: Any, labels: Any) -> list[Column]:
    if not isinstance(labels, list) or not all(isinstance(label, tuple) for label in labels):
        raise _make_table_error(group, "has columns of one level")
    return [tuple(_to_name(group, name) for name in label) for label in labels]


def _to_name(group: Any, value: Any) -> str:
    if not isinstance(value, (str, bytes, int)):
        raise _make_table_error(group, f"has a column named by a {type(value).__name__}")
    return to_text(value, "column")


def _explain_table(node: Any) -> AbstractContextManager[None]:
    errors = (ValueError, LookupError, TypeError)
    return explain_damage(node.file.filename, "a table of pandas", errors, _HOW)


def _make_table_error(node: Any, found: str, how: Sequence[str] = ()) -> ValueError:
    return ValueError(
        explain(
            f"{node.file.filename!r} {found}.",
            "A table of poses has numbered rows, numbers in its cells, and names of several "
            "levels over its columns.",
            [*how, *_HOW],
        )
    )
