"""Whether a header is as the schema of bundles says.

Of the standard (JSON schema, draft 2020-12) this knows what that one schema makes use of, as
the player's tests do in JavaScript; a library that knows all of it would be a dependency of
every page for the sake of reading one back.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from math import isfinite
from typing import Any

from neurospatial.html.arrays import make_damaged_error

Schema = Mapping[str, Any]

_LONGEST = 60
"""Letters of a value that is named: more is not read, and a damaged one can be endless."""


def check_header(header: Mapping[str, object]) -> None:
    """Raise unless a header is as the schema says, which every player relies on.

    Raises
    ------
    ValueError
        With the first place where it is not.

    Examples
    --------
    >>> check_header({"format": "neurospatial-bundle", "version": 3})
    Traceback (most recent call last):
    ValueError: The header of the bundle is damaged: title is missing.
    ...
    """
    schema = _read_schema()
    fault = next(_iter_faults(schema, header, schema, ""), None)
    if fault is not None:
        raise make_damaged_error(f"The header of the bundle is damaged: {fault}.")


@cache
def _read_schema() -> Schema:
    text = files("neurospatial.html").joinpath("bundle.schema.json").read_text("utf-8")
    schema: Schema = json.loads(text)
    return schema


def _iter_faults(schema: Schema, value: object, root: Schema, place: str) -> Iterator[str]:
    """Name where a value departs from a schema; what contains a fault is not looked at further."""
    where = place or "it"
    if "$ref" in schema:
        part: Any = root
        for step in schema["$ref"].split("/")[1:]:
            part = part[step]
        yield from _iter_faults(part, value, root, place)
        return
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(_is_kind(value, kind) for kind in kinds):
        yield f"{where} is {_format_value(value)}, not {' or '.join(kinds)}"
        return
    if "const" in schema and value != schema["const"]:
        yield f"{where} is {_format_value(value)}, not {schema['const']!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{where} is {_format_value(value)}, not one of {', '.join(schema['enum'])}"
    if isinstance(value, int | float) and _is_out_of_range(schema, value):
        yield f"{where} is {_format_value(value)}"
    yield from _iter_faults_of_kinds(schema, value, root, place)
    if isinstance(value, list):
        yield from _iter_faults_of_items(schema, value, root, place)
    elif isinstance(value, Mapping):
        yield from _iter_faults_of_entries(schema, value, root, place)


def _iter_faults_of_kinds(
    schema: Schema, value: object, root: Schema, place: str
) -> Iterator[str]:
    """Name what is wrong by the kind that fits best, of those of which one has to fit."""
    if "oneOf" not in schema:
        return
    found = [list(_iter_faults(kind, value, root, place)) for kind in schema["oneOf"]]
    if sum(not faults for faults in found) != 1:
        yield from min(found, key=len) or [f"{place or 'it'} is of several kinds"]


def _iter_faults_of_items(
    schema: Schema, items: list[object], root: Schema, place: str
) -> Iterator[str]:
    least, most = schema.get("minItems", 0), schema.get("maxItems", len(items))
    if not least <= len(items) <= most:
        yield f"{place} has {len(items)} items"
    if "items" in schema:
        for number, item in enumerate(items):
            yield from _iter_faults(schema["items"], item, root, f"{place}[{number}]")


def _iter_faults_of_entries(
    schema: Schema, entries: Mapping[str, object], root: Schema, place: str
) -> Iterator[str]:
    known = schema.get("properties", {})
    of = f"{place}." if place else ""
    for name in schema.get("required", ()):
        if name not in entries:
            yield f"{of}{name} is missing"
    for name, value in entries.items():
        if name in known:
            yield from _iter_faults(known[name], value, root, f"{of}{name}")
        elif schema.get("additionalProperties") is False:
            yield f"{of}{_format_value(name)} is not known"


def _is_kind(value: object, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    if kind == "integer":
        return isinstance(value, int)
    if kind == "number":
        return isinstance(value, int) or (isinstance(value, float) and isfinite(value))
    if kind == "object":
        return isinstance(value, Mapping)
    kinds: dict[str, type] = {"array": list, "string": str, "null": type(None)}
    return kind in kinds and isinstance(value, kinds[kind])


def _is_out_of_range(schema: Schema, value: float) -> bool:
    low, high = schema.get("minimum"), schema.get("maximum")
    above = schema.get("exclusiveMinimum")
    return bool(
        (low is not None and value < low)
        or (high is not None and value > high)
        or (above is not None and value <= above)
    )


def _format_value(value: object) -> str:
    if isinstance(value, list | Mapping):
        return f"{type(value).__name__} of {len(value)}"
    if isinstance(value, int) and value.bit_length() > _LONGEST * 3:
        return f"a number of {value.bit_length()} bits"
    return repr(value[:_LONGEST] if isinstance(value, str) else value)
