"""Damaged files: what the libraries raise for them, said with the name of the file."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from neurospatial.input import check_declared_size, explain_damage

DAMAGE: tuple[type[Exception], ...] = (
    OSError,
    RuntimeError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    OverflowError,
    MemoryError,
)
"""What h5py, hdmf and pynwb raise for bytes that are not what they should be."""

_MOST_PACKED = 1_100
"""How many times smaller gzip makes what is all alike (1,032), and a little more."""

_HARMLESS = 2**30
"""Bytes that may be read whatever is stored of them: values that were never written are not."""


@contextmanager
def explain_reading(thing: Any) -> Iterator[None]:
    """Raise what the libraries raise while something is read as an error about its file.

    Parameters
    ----------
    thing : container of pynwb, or dataset of h5py
        What is read; of what is in no file, errors pass as they are.

    Raises
    ------
    ValueError
        If it cannot be read.
    """
    source = _find_source(thing)
    if source is None:
        yield
        return
    name = str(getattr(thing, "name", "")).rpartition("/")[2]
    with explain_damage(source, f"NWB, at {name!r}", DAMAGE):
        yield


def check_stored(data: Any) -> None:
    """Raise if a dataset of a file says that it is far larger than what is stored of it.

    Raises
    ------
    ValueError
        With both numbers.
    """
    dataset: Any = getattr(data, "dataset", data)
    source = _find_source(dataset)
    if source is None or not hasattr(dataset, "id") or not hasattr(dataset, "nbytes"):
        return
    with explain_reading(dataset):
        declared, stored = int(dataset.nbytes), int(dataset.id.get_storage_size())
        part = f"dataset {dataset.name!r}"
        check_declared_size(source, part, declared, max(stored * _MOST_PACKED, _HARMLESS))


def _find_source(thing: Any) -> str | None:
    """Find the file that something lies in; None where it is in none."""
    file = getattr(getattr(thing, "dataset", thing), "file", None)
    source = getattr(file, "filename", None) or getattr(thing, "container_source", None)
    return None if source is None else str(source)
