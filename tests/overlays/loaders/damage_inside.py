"""Damage inside an HDF5 file that is sound as such: values, types, names and attributes."""

from pathlib import Path
from shutil import copyfile

import h5py
import numpy as np

from tests.damage import Kind, mutate

_OTHERS = (
    np.array(b"text"),
    np.array([b"text"] * 3),
    np.array(np.nan),
    np.zeros(0),
    np.zeros((3, 2, 2)),
    np.array([2**64 - 1], np.uint64),
    np.array([(1, 2.0)], [("a", "i4"), ("x", "f8")]),
    np.array([True, False]),
    np.array([1 + 2j]),
)
"""Values in place of those that belong there."""


def damage_inside(sound: Path, path: Path, rng: np.random.Generator) -> Path:
    """Write a copy of a file with one to three things in it changed."""
    copyfile(sound, path)
    with h5py.File(path, "r+") as file:
        for _ in range(int(rng.integers(1, 4))):
            nodes = [file, *_list_nodes(file)]
            node = nodes[int(rng.integers(len(nodes)))]
            names = sorted(node.attrs)
            if names and rng.random() < 0.5:
                _change_attribute(node, names[int(rng.integers(len(names)))], rng)
            elif isinstance(node, h5py.Dataset):
                _change_dataset(node, rng)
    return path


def _list_nodes(file: h5py.File) -> list[h5py.Group | h5py.Dataset]:
    names: list[str] = []
    file.visit(names.append)
    return [file[name] for name in names]


def _change_attribute(node: h5py.Group, name: str, rng: np.random.Generator) -> None:
    value = node.attrs[name]
    if rng.random() < 0.2:
        del node.attrs[name]
    elif isinstance(value, bytes) and rng.random() < 0.8:
        kind: Kind = "json" if value[:1] in b"[{" and rng.random() < 0.8 else "binary"
        # A string of no bytes cannot be written, nor can an attribute above 64 KiB.
        node.attrs[name] = np.bytes_(mutate(value, rng, kind)[:60_000] or b"?")
    else:
        node.attrs[name] = _OTHERS[int(rng.integers(len(_OTHERS)))]


def _change_dataset(node: h5py.Dataset, rng: np.random.Generator) -> None:
    way = rng.random()
    parent, name, dtype = node.parent, node.name, node.dtype
    if way < 0.6 and node.size and not dtype.hasobject:
        _change_values(node, rng)
        return
    kept = node[()]
    attributes = dict(node.attrs)
    del parent[name]
    if way < 0.7:
        return
    if way < 0.8 and np.ndim(kept):
        parent[name] = kept[: int(rng.integers(len(kept) + 1))]
    elif way < 0.9 and dtype.names:
        parent[name] = kept[list(dtype.names[: int(rng.integers(1, len(dtype.names)))])]
    else:
        parent[name] = _OTHERS[int(rng.integers(len(_OTHERS)))]
    parent[name].attrs.update(attributes)


def _change_values(node: h5py.Dataset, rng: np.random.Generator) -> None:
    """Put other bytes in place of some, as if they were of this type."""
    values = np.ascontiguousarray(node[()])
    content = values.tobytes()
    changed = mutate(content, rng)[: len(content)].ljust(len(content), b"\0")
    # Truth has one bit, whatever is written.
    flags = [name for name in values.dtype.names or () if values.dtype[name].kind == "b"]
    damaged = np.frombuffer(changed, values.dtype).reshape(values.shape).copy()
    for name in flags:
        damaged[name] = damaged[name].view(np.uint8) & 1
    node[...] = damaged
