"""Environments in files: written whole, read without running anything in them."""

import json
import os
import zipfile
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from neurospatial.environment.base import BaseEnvironment
from neurospatial.environment.header import (
    HOW,
    Kind,
    from_header,
    make_damaged_error,
    to_header,
)
from neurospatial.npz import open_npz
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
    arrays = open_npz(path, "An environment is read from one npz.", HOW)
    for key, fault in arrays.unreadable.items():
        raise make_damaged_error(name, ValueError(f"its part {key!r} {fault}"))
    return from_header(kind, _read_header(arrays, name), arrays, name)


def _read_header(arrays: Mapping[str, NDArray[np.generic]], name: str) -> object:
    if _HEADER not in arrays:
        found = f"it holds {', '.join(arrays) or 'nothing'}"
        raise make_damaged_error(name, ValueError(found))
    text = arrays[_HEADER].tobytes()
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise make_damaged_error(name, error) from error
