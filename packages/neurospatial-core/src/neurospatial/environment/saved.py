"""Environments in files: written whole, read without running anything in them."""

import json
import os
import zipfile
from dataclasses import fields, is_dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import IO, Self, cast

import numpy as np
from numpy.typing import NDArray

from neurospatial import layouts
from neurospatial.environment.space import Space
from neurospatial.errors import explain
from neurospatial.layouts import Layout
from neurospatial.layouts.discovery import GROUP, checked_layout
from neurospatial.output import written_whole
from neurospatial.regions import Regions
from neurospatial.regions.stored import region_from_json, region_to_json

FORMAT = "neurospatial environment"
VERSION = 1

Arrays = dict[str, NDArray[np.generic]]

_HEADER = "header"
_SQUEEZED = zipfile.ZIP_DEFLATED
_WHY = "A file holds an environment as numbers and names: nothing in it is run when it is read."


class Saved(Space):
    """An environment written to a file and read again."""

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the environment to one file, to be read by `load` on any machine.

        The file is a numpy ``.npz``: a JSON header and the arrays of the
        layout, without pickles. It appears when it is whole.

        Parameters
        ----------
        path : path-like
            Where to write, usually ``*.npz``; an existing file is replaced.

        Raises
        ------
        TypeError
            If the layout is not a frozen dataclass of plain values that can be
            found again by name, or the metadata of a region is not JSON.
        FileNotFoundError
            If the folder does not exist.

        Examples
        --------
        >>> from tempfile import TemporaryDirectory
        >>> from neurospatial import Environment
        >>> env = Environment.from_mask([[True, True]], [[0, 1], [0, 1, 2]], units="cm")
        >>> with TemporaryDirectory() as folder:
        ...     env.save(f"{folder}/arena.npz")
        ...     Environment.load(f"{folder}/arena.npz") == env
        True
        """
        arrays: Arrays = {}
        header = {
            "format": FORMAT,
            "version": VERSION,
            "layout": _encoded_layout(self.layout, arrays),
            "units": self.units,
            "name": self.name,
            "regions": [region_to_json(region) for region in self.regions.values()],
        }
        text = json.dumps(header, allow_nan=False).encode()
        arrays[_HEADER] = np.frombuffer(text, dtype=np.uint8)
        with written_whole(path) as draft, zipfile.ZipFile(draft, "w", _SQUEEZED) as held:
            for key, array in arrays.items():
                with held.open(f"{key}.npy", "w", force_zip64=True) as member:
                    np.lib.format.write_array(member, array, allow_pickle=False)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Self:
        """Read an environment that `save` wrote.

        Raises
        ------
        FileNotFoundError
            If there is no such file.
        ValueError
            If the file is damaged, holds something else, was written by a newer
            version, or needs a layout that is not installed.
        """
        name = os.fspath(path)
        with open(path, "rb") as file:
            header, arrays = _read(file, name)
        _check_version(header, name)
        try:
            layout = _decoded_layout(header["layout"], arrays)
            regions = Regions(region_from_json(stored) for stored in _listed(header["regions"]))
            units, title = header["units"], header["name"]
            if not (isinstance(units, str | None) and isinstance(title, str)):
                raise TypeError("units and name are not text")
        except _NotInstalledError:
            raise
        except Exception as error:
            raise _damaged(name, error) from error
        return cls(layout, units=units, name=title, regions=regions)


class _NotInstalledError(ValueError):
    """The file needs a layout that nobody here brings."""


def _read(file: IO[bytes], name: str) -> tuple[dict[str, object], Arrays]:
    # Whatever numpy and zipfile raise on damaged bytes means one thing to the caller.
    try:
        held = np.load(file, allow_pickle=False)
        if not isinstance(held, np.lib.npyio.NpzFile):
            raise TypeError("it is a single array")
        arrays: Arrays = {key: held[key] for key in held.files}
        header = json.loads(arrays[_HEADER].tobytes().decode())
        if not isinstance(header, dict):
            raise TypeError("its header is not a JSON object")
    except Exception as error:
        raise _damaged(name, error) from error
    return header, arrays


def _check_version(header: dict[str, object], name: str) -> None:
    version = header.get("version")
    if header.get("format") != FORMAT or not isinstance(version, int) or version < 1:
        found = f"format {header.get('format')!r}, version {version!r}"
        raise _damaged(name, ValueError(found))
    if version > VERSION:
        raise ValueError(
            explain(
                f"{name!r} is written in version {version} of the format {FORMAT!r}.",
                f"This neurospatial reads up to version {VERSION}.",
                [
                    "Update: pip install --upgrade neurospatial-core.",
                    "Make the environment again from its data.",
                ],
            )
        )


def _encoded_layout(layout: object, arrays: Arrays) -> dict[str, object]:
    kind = type(layout)
    if not is_dataclass(layout) or not _is_frozen(kind):
        raise _not_plain(f"The layout {kind.__name__} is not a frozen dataclass.")
    values: dict[str, object] = {}
    for field in fields(layout):
        if not field.init:
            raise _not_plain(f"{kind.__name__}.{field.name} is not given when it is made.")
        where = f"{kind.__name__}.{field.name}"
        values[field.name] = _encoded(getattr(layout, field.name), where, arrays)
    return {**_address(kind), "fields": values}


def _encoded(value: object, where: str, arrays: Arrays) -> object:
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
        return {"tuple": [_encoded(item, where, arrays) for item in value]}
    if is_dataclass(value):  # a layout made of another, as a strip is of its track
        return {"layout": _encoded_layout(value, arrays)}
    raise _not_plain(f"{where} is a {type(value).__name__}.")


def _decoded_layout(stored: object, arrays: Arrays) -> Layout:
    if not isinstance(stored, dict) or not isinstance(stored["fields"], dict):
        raise TypeError("its layout is not described")
    kind = _found(stored)
    values = {name: _decoded(value, arrays) for name, value in stored["fields"].items()}
    return checked_layout(kind(**values))


def _decoded(stored: object, arrays: Arrays) -> object:
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
        return tuple(_decoded(item, arrays) for item in _listed(value))
    if kind == "layout":
        return _decoded_layout(value, arrays)
    raise TypeError(f"it holds a {kind!r}")


def _listed(stored: object) -> list[object]:
    if not isinstance(stored, list):
        raise TypeError(f"it holds {stored!r} in place of a list")
    return stored


def _is_frozen(kind: type) -> bool:
    parameters = getattr(kind, "__dataclass_params__", None)
    return bool(getattr(parameters, "frozen", False))


def _address(kind: type) -> dict[str, object]:
    """Under which name a layout's class is found again: ours, or an entry point."""
    if getattr(layouts, kind.__name__, None) is kind:
        return {"class": kind.__name__}
    # Only the distribution that the class is from is asked: no other is imported.
    package = kind.__module__.partition(".")[0]
    for point in entry_points(group=GROUP):
        if point.module.partition(".")[0] == package and point.load() is kind:
            return {"entry_point": point.name}
    raise _not_plain(f"Nothing says under which name the layout {kind.__name__} is found again.")


def _found(stored: dict[str, object]) -> type:
    name = stored.get("class")
    if isinstance(name, str) and name in layouts.__all__:
        return _frozen(getattr(layouts, name), name)
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
                    "Update: pip install --upgrade neurospatial-core.",
                ],
            )
        )
    return _frozen(points[wanted].load(), wanted)


def _frozen(found: object, name: str) -> type:
    if not (isinstance(found, type) and is_dataclass(found) and _is_frozen(found)):
        raise TypeError(f"its layout {name!r} is not a frozen dataclass")
    return cast(type, found)


def _not_plain(problem: str) -> TypeError:
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


def _damaged(name: str, error: Exception) -> ValueError:
    found = " ".join(str(error).split("\n")[0].split()) or type(error).__name__
    return ValueError(
        explain(
            f"{name!r} does not hold an environment that can be read: {found}",
            f"It is damaged, or was not written by env.save. {_WHY}",
            ["Copy the file again from where it was saved.", "Pass a file that env.save wrote."],
        )
    )
