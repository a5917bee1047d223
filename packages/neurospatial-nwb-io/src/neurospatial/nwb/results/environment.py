"""Environments in NWB files: a table of bins for everyone, and beside it all that makes them."""

import json
import re
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from neurospatial import Environment
from neurospatial.environment.header import (
    FORMAT,
    from_header,
    make_damaged_error,
    to_header,
)
from neurospatial.errors import explain
from neurospatial.nwb.file.datasets import compressed_dataset, read_array, to_text
from neurospatial.nwb.file.length_units import to_nwb_unit
from neurospatial.nwb.file.modules import (
    MODULE,
    check_name_free,
    choose_item,
    get_or_create_module,
    sanitize_name,
    validate_nwbfile,
)
from neurospatial.nwb.file.open import NWBInput, open_nwb
from neurospatial.nwb.file.tree import Container, Item, as_container, walk
from neurospatial.validate import to_text as to_label

if TYPE_CHECKING:
    from hdmf.common import VectorData, VectorIndex
    from pynwb import NWBFile
    from pynwb.core import DynamicTable

DEFINITION = "_definition"
"""What the name of the second table ends in."""

_PARTS = {
    "part": "Which part of the definition: the header, or an array that it names.",
    "dtype": "How the bytes are read: 'json' (UTF-8), or a type of NumPy.",
    "shape": "Length of the array along each axis.",
    "data": "Its bytes, in C order.",
}

_DAMAGE = (
    AttributeError,
    LookupError,
    OverflowError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What hdmf, numpy and json raise for a table that is another, or has lost something."""

_DTYPE = re.compile(r"[<>|=][biufcmMSUV]\d+(\[\w+\])?")
"""Types as NumPy writes them: what else it reads, such as tuples and "a4", nobody wrote."""


def write_environment(
    nwbfile: "NWBFile", env: Environment, *, name: str | None = None, module: str = MODULE
) -> "DynamicTable":
    """Put an environment into an NWB file, of any layout and without loss.

    Two standard tables are added to a processing module. The one called `name` has a row
    per bin, for anyone to use: its `center`, its `measure` (length, area or volume) and in
    the plane the `corners` of its outline. The one called `name` with "_definition" holds
    what `read_environment` makes the environment from again.

    Parameters
    ----------
    nwbfile : pynwb.NWBFile
        Made or read with pynwb, or given by `edit_nwb`.
    env : Environment
        With its regions, units and name.
    name : str, optional
        Of the table; left out, that of the environment, or "environment".
    module : str
        The processing module, made where there is none.

    Returns
    -------
    pynwb.core.DynamicTable
        The table of bins.

    Raises
    ------
    TypeError
        If the layout, or the metadata of a region, cannot be written.
    ValueError
        If the name is taken or cannot be used.
    RuntimeError
        If the environment is not fitted.

    Examples
    --------
    >>> from datetime import datetime, timezone
    >>> from pynwb import NWBFile
    >>> nwbfile = NWBFile("a session", "id", datetime.now(timezone.utc))
    >>> env = Environment.from_mask([[True, True]], [[0, 1], [0, 1, 2]], units="cm", name="box")
    >>> write_environment(nwbfile, env)["center"][1]
    array([0.5, 1.5])
    >>> read_environment(nwbfile) == env
    True
    """
    nwbfile = validate_nwbfile(nwbfile)
    header, arrays = to_header(env)
    called = sanitize_name(env.name, "environment") if name is None else to_label(name, "name")
    for taken in (called, called + DEFINITION):
        check_name_free(nwbfile, module, taken)
    bins = _build_bin_table(env, called)
    text = json.dumps(header, allow_nan=False).encode()
    parts = {"header": np.frombuffer(text, dtype=np.uint8), **arrays}
    held = get_or_create_module(nwbfile, module)
    held.add(bins)
    held.add(_build_definition_table(parts, called))
    return bins


def read_environment(nwb: NWBInput, name: str | None = None) -> Environment:
    """Read an environment that `write_environment` put into a file.

    Parameters
    ----------
    nwb : path-like, binary file-like or pynwb.NWBFile
    name : str, optional
        Of its table; left out, there is one environment.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If the file is not NWB, has no such environment or several, or the one
        meant is damaged or was written by a newer version.
    """
    with open_nwb(nwb) as file:
        item = choose_item(find_environment_tables(file.root), name, "stored environment")
        return load_environment(item.thing)


def find_environment_tables(root: Container) -> list[Item]:
    """List the tables of bins in a file that have a definition beside them."""
    tables = [item for item in walk(root) if item.is_a("DynamicTable")]
    paths = {item.path for item in tables}
    return [item for item in tables if item.path + DEFINITION in paths]


def load_environment(bins: Container) -> Environment:
    """Load the environment of a table of bins from the definition beside it.

    Raises
    ------
    ValueError
        If its definition is not there, damaged, or of a newer version.
    """
    beside = getattr(bins.parent, "data_interfaces", {})
    table = beside.get(bins.name + DEFINITION)
    if table is None:
        raise ValueError(
            explain(
                f"Beside the table of bins {bins.name!r} there is no {bins.name + DEFINITION!r}.",
                "The one holds the bins for everyone, the other what makes them an environment.",
                ["Copy both tables.", "Write the environment again: write_environment(...)."],
            )
        )
    try:
        parts = _read_parts(table)
        header = json.loads(parts.pop("header").tobytes().decode())
    except _DAMAGE as error:
        raise make_damaged_error(bins.name, error) from error
    return from_header(Environment, header, parts, bins.name)


def get_or_create_environment(nwbfile: "NWBFile", env: Environment, module: str) -> "DynamicTable":
    """Get the table of an environment: the one that is there, else written now.

    Raises
    ------
    TypeError, ValueError, RuntimeError
        As `write_environment`.
    """
    tables = find_environment_tables(as_container(nwbfile))
    for item in tables:
        with suppress(ValueError):  # one that cannot be read, as of a newer version, is another
            if load_environment(item.thing) == env:
                return item.thing
    base = sanitize_name(env.name, "environment")
    taken = nwbfile.processing[module].data_interfaces if module in nwbfile.processing else {}
    names = (base if number == 1 else f"{base}_{number}" for number in range(1, len(taken) + 2))
    free = next(x for x in names if x not in taken and x + DEFINITION not in taken)
    return write_environment(nwbfile, env, name=free, module=module)


def _build_bin_table(env: Environment, name: str) -> "DynamicTable":
    common = import_module("hdmf.common")
    unit = to_nwb_unit(env.units or "")
    columns = [
        common.VectorData(
            name="center",
            description=f"Centre of each bin [{unit}].",
            data=compressed_dataset(env.bin_centers),
        ),
        common.VectorData(
            name="measure",
            description=f"Length, area or volume of each bin [{unit} to the power of "
            f"{env.n_dims}].",
            data=compressed_dataset(env.layout.bin_measures),
        ),
    ]
    if env.n_dims == 2:
        outline = "Corners of each bin, counter-clockwise, where they lie in the plane"
        columns += _build_ragged_column(
            "corners", f"{outline} [{unit}].", list(env.layout.bin_polygons)
        )
    kind = type(env.layout).__name__
    return common.DynamicTable(
        name=name,
        description=f"Bins of a space that is cut as a {kind}, in {unit}; one row per bin, in "
        "the order of the values of fields.",
        id=compressed_dataset(np.arange(env.n_bins)),
        columns=columns,
    )


def _build_definition_table(parts: dict[str, NDArray[np.generic]], name: str) -> "DynamicTable":
    common = import_module("hdmf.common")
    arrays = [np.ascontiguousarray(array) for array in parts.values()]
    kinds = ["json" if part == "header" else array.dtype.str for part, array in parts.items()]
    shapes = [np.array(np.shape(part), dtype=np.int64) for part in parts.values()]
    columns = [
        common.VectorData(name="part", description=_PARTS["part"], data=list(parts)),
        common.VectorData(name="dtype", description=_PARTS["dtype"], data=kinds),
        *_build_ragged_column("shape", _PARTS["shape"], shapes),
        *_build_ragged_column(
            "data", _PARTS["data"], [np.frombuffer(a.tobytes(), np.uint8) for a in arrays]
        ),
    ]
    return common.DynamicTable(
        name=name + DEFINITION,
        description=f"What {name!r} is made from: the format {FORMAT!r}, which "
        "neurospatial.nwb.read_environment reads.",
        columns=columns,
    )


def _build_ragged_column(
    name: str, description: str, rows: Sequence[NDArray[np.generic]]
) -> "list[VectorData | VectorIndex]":
    """Build a column of arrays of unequal length, and its index."""
    common = import_module("hdmf.common")
    data = common.VectorData(
        name=name, description=description, data=compressed_dataset(np.concatenate(rows))
    )
    ends = np.cumsum([len(row) for row in rows]).astype(np.uint64)
    return [
        data,
        common.VectorIndex(name=f"{name}_index", data=compressed_dataset(ends), target=data),
    ]


def _read_parts(table: "DynamicTable") -> dict[str, NDArray[np.generic]]:
    shapes, data = _split_rows(table, "shape"), _split_rows(table, "data")
    names, kinds = read_array(table["part"].data), read_array(table["dtype"].data)
    parts: dict[str, NDArray[np.generic]] = {}
    for name, kind, shape, held in zip(names, kinds, shapes, data, strict=True):
        dtype = _read_dtype(to_text(kind))
        array = np.frombuffer(held.tobytes(), dtype)
        parts[to_text(name)] = array.reshape(_check_integers(shape, "shape"))
    return parts


def _read_dtype(text: str) -> np.dtype[np.generic]:
    if text == "json":
        return np.dtype(np.uint8)
    if not _DTYPE.fullmatch(text):
        raise ValueError(f"{text[:40]!r} is no type of NumPy")
    return np.dtype(text)


def _split_rows(table: "DynamicTable", name: str) -> list[NDArray[np.generic]]:
    index = table[name]
    ends = _check_integers(read_array(index.data), f"{name}_index")
    data = read_array(index.target.data)
    if ends[-1] != len(data) or np.any(np.diff(ends, prepend=0) < 0):
        raise ValueError(f"the rows of {name!r} do not end where its {len(data):,} values do")
    return np.split(data, ends[:-1])


def _check_integers(array: NDArray[np.generic], name: str) -> NDArray[np.int64]:
    if array.dtype.kind not in "iu":
        raise TypeError(f"{name!r} holds {array.dtype}, not integers")
    return array.astype(np.int64)
