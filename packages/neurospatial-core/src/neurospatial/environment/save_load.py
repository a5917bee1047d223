"""Environments in files: written whole, read without running anything in them."""

import json
import os
import zipfile
from typing import IO, Self

import numpy as np

from neurospatial.environment.base import BaseEnvironment
from neurospatial.environment.header import Arrays, from_header, make_damaged_error, to_header
from neurospatial.output import written_whole

_HEADER = "header"
_COMPRESSED = zipfile.ZIP_DEFLATED


class Saved(BaseEnvironment):
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
        header, arrays = to_header(self)
        text = json.dumps(header, allow_nan=False).encode()
        arrays[_HEADER] = np.frombuffer(text, dtype=np.uint8)
        with written_whole(path) as draft, zipfile.ZipFile(draft, "w", _COMPRESSED) as held:
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
            header, arrays = _read_archive(file, name)
        return from_header(cls, header, arrays, name)


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
