"""Files that hold no environment, or one that this version cannot read."""

import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from neurospatial import Environment
from tests.environment.saved_files import arena, rewritten


def test_no_pickle_is_in_it_or_read(tmp_path: Path) -> None:
    arena().save(tmp_path / "env.npz")
    with zipfile.ZipFile(tmp_path / "env.npz") as held:
        assert all(held.read(name)[:6] == b"\x93NUMPY" for name in held.namelist())
        assert all(b"'|O'" not in held.read(name)[:128] for name in held.namelist())
    (tmp_path / "bad.npz").write_bytes(pickle.dumps(arena()))
    with pytest.raises(ValueError, match="does not hold an environment"):
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
    "content", [b"", b"hello", b"PK\x03\x04", b"\x93NUMPY\x01\x00", b"\0" * 99]
)
def test_other_files(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "env.npz").write_bytes(content)
    with pytest.raises(ValueError, match=r"does not hold an environment[\s\S]*HOW"):
        Environment.load(tmp_path / "env.npz")


def test_other_arrays(tmp_path: Path) -> None:
    np.save(tmp_path / "array.npy", np.arange(3))
    np.savez(tmp_path / "arrays.npz", header=np.arange(3), more=np.arange(2))
    for name in ("array.npy", "arrays.npz"):
        with pytest.raises(ValueError, match=f"{name}' does not hold an environment"):
            Environment.load(tmp_path / name)
    with pytest.raises(FileNotFoundError):
        Environment.load(tmp_path / "none.npz")


def test_wherever_the_file_is_cut_or_damaged_it_says_so(tmp_path: Path) -> None:
    arena().save(tmp_path / "env.npz")
    whole = (tmp_path / "env.npz").read_bytes()
    damaged = tmp_path / "damaged.npz"
    for size in range(0, len(whole), 7):
        damaged.write_bytes(whole[:size])
        with pytest.raises(ValueError, match="does not hold an environment"):
            Environment.load(damaged)
    refused = meaningless = 0
    for place in range(0, len(whole), 3):
        damaged.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            read = Environment.load(damaged)
        except ValueError as error:
            refused += "does not hold an environment" in str(error)
        else:
            meaningless += 1  # a date, say
            assert read == arena()
    assert refused + meaningless == len(range(0, len(whole), 3))
    assert refused > meaningless
