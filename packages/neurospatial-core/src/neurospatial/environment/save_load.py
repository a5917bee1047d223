"""Environments in files: written whole, read without running anything in them."""

import json
import os
import zipfile
from typing import IO

import numpy as np

from neurospatial.environment.base import BaseEnvironment
from neurospatial.environment.header import (
    Arrays,
    Kind,
    from_header,
    make_damaged_error,
    to_header,
)
from neurospatial.output import replace_when_whole

_HEADER = "header"
_COMPRESSED = zipfile.ZIP_DEFLATED


def save_environment(env: BaseEnvironment, path: str | os.PathLike[str]) -> None:
    """Write an environment to one npz: `Environment.save`."""
    header, arrays = to_header(env)
    text = json.dumps(header, allow_nan=False).encode()
    arrays[_HEADER] = np.frombuffer(text, dtype=np.uint8)
    with replace_when_whole(path) as draft, zipfile.ZipFile(draft, "w", _COMPRESSED) as held:
        for key, array in arrays.items():
            with held.open(f"{key}.npy", "w", force_zip64=True) as member:
                np.lib.format.write_array(member, array, allow_pickle=False)


def load_environment(kind: type[Kind], path: str | os.PathLike[str]) -> Kind:
    """Read an environment that `save_environment` wrote: `Environment.load`."""
    name = os.fspath(path)
    with open(path, "rb") as file:
        header, arrays = _read_archive(file, name)
    return from_header(kind, header, arrays, name)


def _read_archive(file: IO[bytes], name: str) -> tuple[object, Arrays]:
    # Whatever numpy and zipfile raise on damaged bytes means one thing to the caller.
    try:
        held = np.load(file, allow_pickle=False)
        if not isinstance(held, np.lib.npyio.NpzFile):
            raise TypeError("it is a single array")
        arrays: Arrays = {key: held[key] for key in held.files}
        return json.loads(arrays[_HEADER].tobytes().decode()), arrays
    except Exception as error:
        raise make_damaged_error(name, error) from error
