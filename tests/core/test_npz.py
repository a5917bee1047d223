"""What an npz declares is compared with what it can hold before memory is asked for."""

import re
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays, scalar_dtypes

from neurospatial.npz import open_npz


def write_member(path: Path, member: bytes, name: str = "fields.npy", method: int = 8) -> Path:
    with zipfile.ZipFile(path, "w", method) as packed:
        packed.writestr(name, member)
    return path


def make_header(shape: object, dtype: str = "<f8") -> bytes:
    text = f"{{'descr': '{dtype}', 'fortran_order': False, 'shape': {shape}, }}"
    text += " " * (118 - 1 - len(text)) + "\n"
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text.encode()


def find_fault(path: Path) -> str:
    archive = open_npz(path)
    assert "fields" not in archive
    return archive.unreadable["fields"]


@settings(deadline=None, max_examples=60)
@given(
    array=arrays(scalar_dtypes() | st.sampled_from(["U3", "S2"]), array_shapes(min_dims=0)),
    fortran=st.booleans(),
    packed=st.booleans(),
    n_bytes=st.integers(1, 100),
)
def test_every_array_is_read_as_numpy_reads_it(
    tmp_path_factory: pytest.TempPathFactory,
    array: np.ndarray,
    fortran: bool,
    packed: bool,
    n_bytes: int,
) -> None:
    path = tmp_path_factory.mktemp("arrays") / "arrays.npz"
    array = np.asfortranarray(array) if fortran else array
    (np.savez_compressed if packed else np.savez)(path, values=array, other=np.arange(3))
    archive = open_npz(path)
    read = archive["values"]
    assert list(archive) == ["values", "other"]
    assert (read.dtype, read.shape) == (array.dtype, array.shape)
    assert read.tobytes("A") == array.tobytes("A")
    header = archive.headers["values"]
    assert (header.dtype, header.shape, header.n_bytes) == (array.dtype, array.shape, array.nbytes)
    blocks = list(archive.iter_rows("values", n_bytes))
    joined = np.concatenate(blocks) if array.ndim else blocks[0]
    assert joined.astype(array.dtype).tobytes() == array.tobytes()


@pytest.mark.parametrize("shape", [(10**12,), (10**30, 10**30), (5,), (3,)])
def test_a_shape_that_is_not_there_is_refused(tmp_path: Path, shape: tuple[int, ...]) -> None:
    path = write_member(tmp_path / "a.npz", make_header(shape) + bytes(32))
    declared = 8 * int(np.prod(shape, dtype=object))
    assert find_fault(path) == f"is damaged: it declares {declared:,} bytes, and holds 32"


@pytest.mark.parametrize(
    ("member", "text"),
    [
        (make_header((-4,)) + bytes(32), r"its shape is \(-4,\)"),
        (make_header((10**12,), "<U0"), "its dtype <U0"),
        (make_header((4,), "|O") + bytes(32), "holds Python objects"),
        (make_header("((" * 50, "<f8"), "is damaged"),
        (b"\x93NUMPY\x03" + make_header((4,))[7:] + bytes(32), r"version \(3, 0\)"),
        (b"\x93NUMPY\x09" + make_header((4,))[7:] + bytes(32), r"version \(9, 0\)"),
        (make_header("(4,)", "<f8\\c") + bytes(32), "is damaged"),
        (b"text", "is damaged"),
        (b"", "is damaged"),
    ],
    ids=range(9),
)
def test_a_header_that_makes_no_sense_is_refused(tmp_path: Path, member: bytes, text: str) -> None:
    path = write_member(tmp_path / "a.npz", member)
    assert re.search(text, find_fault(path))


def patch_directory(path: Path, offset: int, value: int) -> None:
    """Set four bytes of the entry in the list of members."""
    content = bytearray(path.read_bytes())
    entry = content.rindex(b"PK\x01\x02")
    content[entry + offset : entry + offset + 4] = value.to_bytes(4, "little")
    path.write_bytes(content)


PACKED, UNPACKED = 20, 24
"""Where an entry of the list says how many bytes there are."""


def test_more_than_can_be_packed_is_refused(tmp_path: Path) -> None:
    n = 2**31
    path = write_member(tmp_path / "a.npz", make_header((n // 8,)) + bytes(32))
    patch_directory(path, UNPACKED, n + 128)
    assert "declares 2,147,483,776 bytes, packed in" in find_fault(path)


def test_more_than_the_file_has_is_refused(tmp_path: Path) -> None:
    n = 2**30
    path = write_member(tmp_path / "a.npz", make_header((n // 8,)) + bytes(32), method=0)
    for offset in (PACKED, UNPACKED):
        patch_directory(path, offset, n + 128)
    assert f"declares {n + 128:,} bytes, packed in {n + 128:,}" in find_fault(path)


@pytest.mark.parametrize("size", [2**10, 2**22])
def test_zeros_may_be_packed_as_they_are(tmp_path: Path, size: int) -> None:
    np.savez_compressed(tmp_path / "a.npz", fields=np.zeros(size))
    assert not open_npz(tmp_path / "a.npz")["fields"].any()


def test_a_large_array_packed_to_nothing_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("neurospatial.npz._LARGE", 2**22)
    np.savez_compressed(tmp_path / "a.npz", fields=np.zeros(2**20))
    assert "declares 8,388,736 bytes, packed in 8," in find_fault(tmp_path / "a.npz")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_packings_are_refused(tmp_path: Path, method: int) -> None:
    path = write_member(tmp_path / "a.npz", make_header((4,)) + bytes(32), method=method)
    assert find_fault(path) == f"is packed by method {method}, which numpy does not write"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_what_is_there_twice_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.npz", "w") as packed:
        for _ in range(3):
            packed.writestr("fields.npy", make_header((4,)) + bytes(32))
    assert find_fault(tmp_path / "a.npz") == "is there twice"


def test_a_byte_that_is_neither_true_nor_false_is_refused(tmp_path: Path) -> None:
    path = write_member(tmp_path / "a.npz", make_header((4,), "|b1") + b"\1\0\2\1")
    with pytest.raises(ValueError, match=r"a.npz' .* 'fields': it holds 2 where True is 1"):
        open_npz(path)["fields"]


def test_a_file_that_changes_is_not_read_by_halves(tmp_path: Path) -> None:
    path = write_member(tmp_path / "a.npz", make_header((4,)) + bytes(32))
    archive = open_npz(path)
    for member, name in ((make_header((2,)) + bytes(16), "fields.npy"), (b"", "other.npy")):
        write_member(path, member, name)
        with pytest.raises(ValueError, match="has been changed since it was opened"):
            archive["fields"]


def test_memory_that_is_not_there_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_member(tmp_path / "a.npz", make_header((4,)) + bytes(32))

    def fail(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("neurospatial.npz.np.empty", fail)
    with pytest.raises(MemoryError, match=r"'fields' in .*a.npz' takes 32 bytes"):
        open_npz(path)["fields"]


def test_it_is_a_mapping(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", a=1, b=[1.0, 2.0])
    archive = open_npz(tmp_path / "a.npz")
    assert (len(archive), "a" in archive, "c" in archive) == (2, True, False)
    assert archive.get("c") is None
    assert {name: array.tolist() for name, array in archive.items()} == {"a": 1, "b": [1.0, 2.0]}
    with pytest.raises(KeyError, match="'c'"):
        archive["c"]
