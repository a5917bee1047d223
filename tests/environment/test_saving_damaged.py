"""Files that hold no environment, or one that this version cannot read."""

import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from neurospatial import Environment
from neurospatial.errors import is_explained
from neurospatial.npz import open_npz
from tests.damaged_reading import read_damaged, read_damaged_apart
from tests.environment.kinds import KINDS, layout_of
from tests.environment.saved_files import arena, rewritten


def test_no_pickle_is_in_it_or_read(tmp_path: Path) -> None:
    arena().save(tmp_path / "env.npz")
    with zipfile.ZipFile(tmp_path / "env.npz") as held:
        assert all(held.read(name)[:6] == b"\x93NUMPY" for name in held.namelist())
        assert all(b"'|O'" not in held.read(name)[:128] for name in held.namelist())
    (tmp_path / "bad.npz").write_bytes(pickle.dumps(arena()))
    with pytest.raises(ValueError, match="is not an npz file"):
        Environment.load(tmp_path / "bad.npz")
    np.savez(tmp_path / "bad.npz", header=np.array([{}], dtype=object))
    with pytest.raises(ValueError, match="does not hold an environment"):
        Environment.load(tmp_path / "bad.npz")


def test_a_newer_version_is_refused_by_name(tmp_path: Path) -> None:
    arena().save(tmp_path / "env.npz")
    rewritten(tmp_path / "env.npz", lambda header: header.update(version=3, layout="unheard of"))
    found = r"env\.npz' is written in version 3 [\s\S]*up to version 2[\s\S]*Update all "
    with pytest.raises(ValueError, match=found):
        Environment.load(tmp_path / "env.npz")


@pytest.mark.parametrize(
    "change",
    [
        lambda header: header.update(format="something else"),
        lambda header: header.update(version="1"),
        lambda header: header.update(version=0),
        lambda header: header.pop("layout"),
        lambda header: header.pop("units"),
        lambda header: header.update(units=3),
        lambda header: header.update(regions="goal"),
        lambda header: header["regions"][0].update(point=[float("nan"), 0]),
        lambda header: header["regions"][1].update(wkb="zz"),
        lambda header: header["regions"][1].update(name="goal"),
        lambda header: header["layout"].pop("fields"),
        lambda header: header["layout"]["fields"].pop("edges"),
        lambda header: header["layout"]["fields"].update(more=1),
        lambda header: header["layout"]["fields"].update(edges={"code": "1"}),
        lambda header: header["layout"]["fields"].update(edges={"array": "none"}),
        lambda header: header["layout"].update({"class": "Layout"}),
        lambda header: header["layout"].update({"class": 3}),
    ],
    ids=map(str, range(17)),
)
def test_a_header_that_makes_no_sense(tmp_path: Path, change: Callable[[dict], object]) -> None:
    arena().save(tmp_path / "env.npz")
    rewritten(tmp_path / "env.npz", change)
    with pytest.raises(ValueError, match=r"does not hold an environment[\s\S]*WHY[\s\S]*HOW"):
        Environment.load(tmp_path / "env.npz")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", "is empty"),
        (b"hello", "is not an npz file"),
        (b"PK\x03\x04", "is not an npz file"),
        (b"\x93NUMPY\x01\x00", "is not an npz file"),
        (b"version https://git-lfs.github.com/spec/v1\nsize 9\n", "is a Git LFS pointer"),
    ],
    ids=range(5),
)
def test_other_files(tmp_path: Path, content: bytes, text: str) -> None:
    (tmp_path / "env.npz").write_bytes(content)
    with pytest.raises(ValueError, match=rf"env.npz' {text}[\s\S]*HOW"):
        Environment.load(tmp_path / "env.npz")


def test_other_arrays(tmp_path: Path) -> None:
    np.save(tmp_path / "array.npy", np.arange(3))
    np.savez(tmp_path / "arrays.npz", header=np.arange(3), more=np.arange(2))
    np.savez(tmp_path / "fields.npz", fields=np.arange(3))
    found = {
        "array": "npy' is not an npz file",
        "arrays": "npz' does not hold an environment",
        "fields": "npz' does not hold an environment that can be read: it holds fields",
    }
    for name, text in found.items():
        path = tmp_path / f"{name}.{text[:3]}"
        with pytest.raises(ValueError, match=rf"{name}\.{text}"):
            Environment.load(path)
    with pytest.raises(FileNotFoundError):
        Environment.load(tmp_path / "none.npz")


def make_saved(folder: Path, kind: str) -> bytes:
    env = arena() if kind == "arena" else Environment(layout_of(kind, 3), units="cm")
    env.save(folder / "env.npz")
    return (folder / "env.npz").read_bytes()


def load(path: Path) -> None:
    Environment.load(path)


def load_header(path: Path) -> None:
    """Load the environment that lies beside, with the header in this file."""
    with np.load(path.with_name("env.npz")) as held:
        arrays = dict(held)
    arrays["header"] = np.frombuffer(path.read_bytes(), np.uint8)
    changed = path.with_name("changed.npz")
    np.savez(changed, **arrays)
    Environment.load(changed)


OURS = ["arena", *(kind for kind in KINDS if kind != "third_party")]


@pytest.mark.parametrize("kind", OURS)
def test_any_damage_is_read_or_refused(tmp_path: Path, kind: str) -> None:
    content = make_saved(tmp_path, kind)
    for damage in ("binary", "zip"):
        assert not read_damaged(load, content, tmp_path, "damaged.npz", damage, 15)
    header = bytes(open_npz(tmp_path / "env.npz")["header"])
    assert not read_damaged(load_header, header, tmp_path, "header.json", "json", 15)


@pytest.mark.long
@pytest.mark.parametrize("kind", OURS)
def test_much_damage_is_read_or_refused(tmp_path: Path, kind: str) -> None:
    content, where = make_saved(tmp_path, kind), f"{__name__}:load"
    for damage in ("binary", "zip"):
        assert not read_damaged_apart(where, content, tmp_path, "damaged.npz", damage, 300)
    header = bytes(open_npz(tmp_path / "env.npz")["header"])
    where = f"{where}_header"
    assert not read_damaged_apart(where, header, tmp_path, "header.json", "json", 300)


def test_wherever_the_file_is_cut_or_damaged_it_says_so(tmp_path: Path) -> None:
    arena().save(tmp_path / "env.npz")
    whole = (tmp_path / "env.npz").read_bytes()
    damaged = tmp_path / "damaged.npz"
    for size in range(0, len(whole), 7):
        damaged.write_bytes(whole[:size])
        with pytest.raises(ValueError, match=r"is empty|is not an npz file"):
            Environment.load(damaged)
    refused = meaningless = 0
    for place in range(0, len(whole), 3):
        damaged.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            read = Environment.load(damaged)
        except ValueError as error:
            refused += is_explained(error) and "damaged.npz" in str(error)
        else:
            meaningless += 1  # a date, say
            assert read == arena()
    assert refused + meaningless == len(range(0, len(whole), 3))
    assert refused > meaningless
