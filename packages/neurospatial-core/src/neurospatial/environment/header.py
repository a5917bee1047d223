"""An environment as a JSON header and arrays, for any file format, and back."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from neurospatial import layouts
from neurospatial.environment.axis_names import resolve_axis_names
from neurospatial.environment.base import BaseEnvironment
from neurospatial.errors import explain
from neurospatial.install_hint import describe_update
from neurospatial.layouts import Layout
from neurospatial.layouts.discovery import GROUP, validate_layout
from neurospatial.regions import Regions
from neurospatial.regions.json_io import from_json, to_json
from neurospatial.validate import to_texts

FORMAT = "neurospatial environment"
VERSION = 2
"""Of the format; what is written in a newer one is refused.

Version 2 has `axis_names` and `y_down`. What needs neither is written as
version 1, which every neurospatial reads.
"""

Arrays = dict[str, NDArray[np.generic]]
Kind = TypeVar("Kind", bound=BaseEnvironment)

_EARLIER_NAMES = {"TrackStrip": "TrackRibbon"}
"""What files written up to 0.10 call a layout, and its name since."""

_WHY = "A file holds an environment as numbers and names: nothing in it is run when it is read."

HOW = (
    "Copy the file again from where it was saved.",
    "Pass a file that env.save wrote; of an NWB file, one with write_environment.",
)
"""Ways to mend it, where an environment cannot be read."""

_SENSELESS = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What layouts, ours and those of others, raise for values that make no sense."""


def to_header(env: BaseEnvironment) -> tuple[dict[str, object], Arrays]:
    """Convert an environment to a header that JSON can hold, and the arrays that it names.

    Raises
    ------
    TypeError
        If the layout is not a frozen dataclass of plain values that can be
        found again by name, or the metadata of a region is not JSON.

    Examples
    --------
    >>> from neurospatial import Environment
    >>> env = Environment.from_mask([[True, True]], [[0, 1], [0, 1, 2]], units="cm")
    >>> header, arrays = to_header(env)
    >>> header["layout"]["class"], header["units"], list(arrays)
    ('RegularGrid', 'cm', ['array 0', 'array 1', 'array 2'])
    """
    arrays: Arrays = {}
    axes = _encode_axes(env)
    header = {
        "format": FORMAT,
        "version": VERSION if axes else 1,
        "layout": _encode_layout(env.layout, arrays),
        "units": env.units,
        "name": env.name,
        "regions": [to_json(region) for region in env.regions.values()],
        **axes,
    }
    return header, arrays


def from_header(
    kind: type[Kind], header: object, arrays: Mapping[str, NDArray[np.generic]], where: str
) -> Kind:
    """Make the environment again that `to_header` described.

    Parameters
    ----------
    kind : type
        Its class.
    header : object
        As JSON gave it back.
    arrays : mapping of str to ndarray
        Those that the header names.
    where : str
        What the texts of errors call the place it was read from.

    Raises
    ------
    ValueError
        If it is damaged or something else, was written by a newer version, or
        needs a layout that is not installed.

    Examples
    --------
    >>> from neurospatial import Environment
    >>> env = Environment.from_mask([[True, True]], [[0, 1], [0, 1, 2]], units="cm")
    >>> from_header(Environment, *to_header(env), "arena") == env
    True
    """
    if not isinstance(header, dict):
        raise make_damaged_error(where, TypeError("its header is not a JSON object"))
    _check_version(header, where)
    try:
        layout = _decode_layout(header["layout"], arrays)
        regions = Regions(from_json(stored) for stored in _validate_list(header["regions"]))
        units, title = header["units"], header["name"]
        if not (isinstance(units, str | None) and isinstance(title, str)):
            raise TypeError("units and name are not text")
        names, y_down = header.get("axis_names"), header.get("y_down", False)
        axis_names = None if names is None else to_texts(_validate_list(names), "axis_names")
        return kind(
            layout, units=units, name=title, regions=regions, axis_names=axis_names, y_down=y_down
        )
    except _NotInstalledError:
        raise
    except _SENSELESS as error:
        raise make_damaged_error(where, error) from error


def make_damaged_error(where: str, error: Exception) -> ValueError:
    """Make the error for a place that holds no environment, to be raised from `error`."""
    found = " ".join(str(error).split("\n")[0].split()) or type(error).__name__
    return ValueError(
        explain(
            f"{where!r} does not hold an environment that can be read: {found}",
            f"It is damaged, or was not written by neurospatial. {_WHY}",
            HOW,
        )
    )


class _NotInstalledError(ValueError):
    """The file needs a layout that nobody here brings."""


def _check_version(header: dict[str, object], where: str) -> None:
    version = header.get("version")
    if header.get("format") != FORMAT or not isinstance(version, int) or version < 1:
        found = f"format {header.get('format')!r}, version {version!r}"
        raise make_damaged_error(where, ValueError(found))
    if version > VERSION:
        raise ValueError(
            explain(
                f"{where!r} is written in version {version} of the format {FORMAT!r}.",
                f"This neurospatial reads up to version {VERSION}.",
                [
                    describe_update(),
                    "Make the environment again from its data.",
                ],
            )
        )


def _encode_axes(env: BaseEnvironment) -> dict[str, object]:
    """Encode what the axes are, where they are not as usual."""
    if not env.y_down and env.axis_names == resolve_axis_names(None, env.n_dims):
        return {}
    return {"axis_names": list(env.axis_names), "y_down": env.y_down}


def _encode_layout(layout: object, arrays: Arrays) -> dict[str, object]:
    kind = type(layout)
    if not is_dataclass(layout) or not _is_frozen(kind):
        raise _make_not_plain_error(f"The layout {kind.__name__} is not a frozen dataclass.")
    values: dict[str, object] = {}
    for field in fields(layout):
        if not field.init:
            raise _make_not_plain_error(
                f"{kind.__name__}.{field.name} is not given when it is made."
            )
        where = f"{kind.__name__}.{field.name}"
        values[field.name] = _encode(getattr(layout, field.name), where, arrays)
    return {**_find_address(kind), "fields": values}


def _encode(value: object, where: str, arrays: Arrays) -> object:
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        # Text, because JSON has no infinity; repr gives back every double.
        return {"float": repr(float(value))}
    if isinstance(value, np.ndarray) and not value.dtype.hasobject:
        key = f"array {len(arrays)}"
        arrays[key] = value
        return {"array": key}
    if isinstance(value, tuple) and type(value) is tuple:
        return {"tuple": [_encode(item, where, arrays) for item in value]}
    if is_dataclass(value):  # a layout made of another, as a ribbon is of its track
        return {"layout": _encode_layout(value, arrays)}
    raise _make_not_plain_error(f"{where} is a {type(value).__name__}.")


def _decode_layout(stored: object, arrays: Mapping[str, NDArray[np.generic]]) -> Layout:
    if not isinstance(stored, dict) or not isinstance(stored["fields"], dict):
        raise TypeError("its layout is not described")
    kind = _find_class(stored)
    values = {name: _decode(value, arrays) for name, value in stored["fields"].items()}
    return validate_layout(kind(**values))


def _decode(stored: object, arrays: Mapping[str, NDArray[np.generic]]) -> object:
    if stored is None or isinstance(stored, (bool, int, str)):
        return stored
    if not isinstance(stored, dict) or len(stored) != 1:
        raise TypeError(f"it holds {stored!r}")
    [(kind, value)] = stored.items()
    if kind == "float":
        return float(value)
    if kind == "array":
        return arrays[value]
    if kind == "tuple":
        return tuple(_decode(item, arrays) for item in _validate_list(value))
    if kind == "layout":
        return _decode_layout(value, arrays)
    raise TypeError(f"it holds a {kind!r}")


def _validate_list(stored: object) -> list[object]:
    if not isinstance(stored, list):
        raise TypeError(f"it holds {stored!r} in place of a list")
    return stored


def _is_frozen(kind: type) -> bool:
    parameters = getattr(kind, "__dataclass_params__", None)
    return bool(getattr(parameters, "frozen", False))


def _find_address(kind: type) -> dict[str, object]:
    """Find the name under which a layout's class is found again: ours, or an entry point."""
    if getattr(layouts, kind.__name__, None) is kind:
        return {"class": kind.__name__}
    # Only the distribution that the class is from is asked: no other is imported.
    package = kind.__module__.partition(".")[0]
    for point in entry_points(group=GROUP):
        if point.module.partition(".")[0] == package and point.load() is kind:
            return {"entry_point": point.name}
    raise _make_not_plain_error(
        f"Nothing says under which name the layout {kind.__name__} is found again."
    )


def _find_class(stored: dict[str, object]) -> type:
    name = stored.get("class")
    name = _EARLIER_NAMES.get(name, name) if isinstance(name, str) else name
    if isinstance(name, str) and name in layouts.__all__:
        return _validate_frozen(getattr(layouts, name), name)
    wanted = stored.get("entry_point", name)
    if not isinstance(wanted, str):
        raise TypeError("its layout has no name")
    points: dict[str, EntryPoint] = {point.name: point for point in entry_points(group=GROUP)}
    if "entry_point" not in stored or wanted not in points:
        raise _NotInstalledError(
            explain(
                f"The file needs the layout {wanted!r}, which is not installed.",
                f"Layouts that are not ours are found by their entry point in {GROUP!r}.",
                [
                    "Install the distribution that brings it.",
                    describe_update(),
                ],
            )
        )
    return _validate_frozen(points[wanted].load(), wanted)


def _validate_frozen(found: object, name: str) -> type:
    if not (isinstance(found, type) and is_dataclass(found) and _is_frozen(found)):
        raise TypeError(f"its layout {name!r} is not a frozen dataclass")
    return cast(type, found)


def _make_not_plain_error(problem: str) -> TypeError:
    return TypeError(
        explain(
            f"The environment cannot be saved. {problem}",
            _WHY,
            [
                "Make the layout a frozen dataclass of arrays, numbers, text, layouts and tuples "
                f"of these, named by an entry point in {GROUP!r}.",
                "Save the data and the call that makes the environment.",
            ],
        )
    )
