"""Damaged bundles are read or refused: headers, chunks, and what is packed in them."""

import json
import zlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from io import BytesIO
from itertools import chain
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import numpy as np
import pytest
from jsonschema import Draft202012Validator, validators
from PIL import Image as Pillow

from neurospatial.html import ReadBundle, read_bundle
from neurospatial.html.arrays import decode, decompress, encode
from neurospatial.html.check_header import check_header
from neurospatial.html.pictures import decode_picture
from neurospatial.html.texts import decode_texts
from tests.damage import Kind, iter_mutants
from tests.damaged_reading import read_damaged, read_damaged_apart
from tests.html.pages import bumps, bundled, every_layer, room, scene_in, track

STORED = 3
SCHEMA = json.loads(files("neurospatial.html").joinpath("bundle.schema.json").read_text("utf-8"))


@cache
def make_chunks() -> tuple[dict[str, object], dict[str, bytes]]:
    """A header, and its chunks by name."""
    bundle, read = bundled(scene_in(room(), bumps(room(), 5), *every_layer(5)))
    return dict(read.header), {name: bundle.chunk(name) for name in bundle.names()}


def iter_entries(tree: object) -> Iterator[dict[str, object]]:
    if isinstance(tree, dict) and isinstance(tree.get("name"), str) and "z" not in tree:
        yield tree
    for part in tree.values() if isinstance(tree, dict) else tree:
        if isinstance(part, (dict, list)):
            yield from iter_entries(part)


def read_all(read: ReadBundle) -> None:
    for entry in iter_entries(read.header):
        if "dtype" in entry:
            read.array(entry)
        elif "mime" in entry:
            for number in range(min(entry["n"], 3)):
                read.picture(entry, number)
        else:
            read.texts(entry)


def read_header(path: Path) -> None:
    """Read a whole bundle by the header in a file."""
    try:
        header = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        return
    read_all(read_bundle(header, make_chunks()[1].__getitem__))


def pack_chunks() -> bytes:
    """Pack each chunk as it is before it is compressed, so that the damage lies behind that."""
    file = BytesIO()
    with ZipFile(file, "w") as packed:
        for name, chunk in make_chunks()[1].items():
            packed.writestr(name, chunk[:1] + decompress(chunk))
    return file.getvalue()


def read_chunks(path: Path) -> None:
    try:
        with ZipFile(path) as packed:
            held = {name: packed.read(name) for name in packed.namelist()}
    except (BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError):
        return
    stored = (bytes([STORED]), b"")
    chunks = {
        name: chunk if chunk[:1] in stored else chunk[:1] + zlib.compress(chunk[1:])
        for name, chunk in held.items()
    }
    read_all(read_bundle(make_chunks()[0], chunks.__getitem__))


def damaged_kinds() -> dict[str, tuple[bytes, Kind]]:
    return {
        "read_header": (json.dumps(make_chunks()[0]).encode(), "json"),
        "read_chunks": (pack_chunks(), "zip"),
    }


@pytest.mark.parametrize("read", [read_header, read_chunks])
def test_any_damage_is_read_or_refused(tmp_path: Path, read) -> None:
    read(_write(tmp_path / "sound", damaged_kinds()[read.__name__][0]))
    content, kind = damaged_kinds()[read.__name__]
    assert not read_damaged(read, content, tmp_path, "bundle", kind, 25)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("read", ["read_header", "read_chunks"])
def test_much_damage_is_read_or_refused(tmp_path: Path, read: str, seed: int) -> None:
    content, kind = damaged_kinds()[read]
    where = f"{__name__}:{read}"
    assert not read_damaged_apart(where, content, tmp_path, "bundle", kind, 300, seed)


def _write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def is_whole(_: object, value: object) -> bool:
    # By the standard 5.0 is whole too; a shape of it is none to numpy.
    return isinstance(value, int) and not isinstance(value, bool)


def is_number(_: object, value: object) -> bool:
    # JSON has no infinite numbers, Python's reader of it has.
    return is_whole(_, value) or (isinstance(value, float) and np.isfinite(value))


TYPES = Draft202012Validator.TYPE_CHECKER.redefine_many({"integer": is_whole, "number": is_number})
Validator = validators.extend(Draft202012Validator, type_checker=TYPES)


def test_the_check_finds_what_the_standard_finds() -> None:
    validator = Validator(SCHEMA)
    n_wrong = 0
    line = bundled(scene_in(track(), np.eye(20)))[0].header
    mutants = (
        iter_mutants(json.dumps(header).encode(), "json", 0, 120, seed=7)
        for header in (make_chunks()[0], line)
    )
    for mutant in chain.from_iterable(mutants):
        try:
            changed = json.loads(mutant)
        except (ValueError, RecursionError):
            continue
        found = is_taken(changed)
        assert found == validator.is_valid(changed), mutant[:2000]
        n_wrong += not found
    assert n_wrong > 50


def is_taken(header: object) -> bool:
    try:
        check_header(header)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"fps": None}, "fps is None, not number"),
        ({"fps": 0}, "fps is 0"),
        ({"n_frames": 2.5}, "n_frames is 2.5, not integer"),
        ({"n_frames": True}, "n_frames is True, not integer"),
        ({"n_frames": -(10**5000)}, "n_frames is a number of 16610 bits"),
        ({"title": ["T"]}, "title is list of 1, not string"),
        ({"panels": []}, "panels has 0 items"),
        ({"panels": [{}]}, r"panels\[0\].title is missing"),
        ({"x" * 999: 1}, "'x{60}' is not known"),
        (
            {"strips": [{"type": "Trace", "name": "Speed", "z": 0}]},
            r"strips\[0\].visible is missing",
        ),
    ],
    ids=range(10),
)
def test_the_place_of_a_fault_is_named(change: dict[str, object], text: str) -> None:
    header, chunks = make_chunks()
    found = f"The header of the bundle is damaged: {text}"
    with pytest.raises(ValueError, match=found):
        read_bundle({**header, **change}, chunks.__getitem__)


def test_a_layer_is_told_by_the_kind_that_it_is_most_like() -> None:
    header = json.loads(json.dumps(make_chunks()[0]))
    layers = header["panels"][0]["layers"]
    number = next(i for i, layer in enumerate(layers) if layer["type"] == "Field")
    layers[number]["n_bins"] = "6"
    found = rf"panels\[0\].layers\[{number}\].n_bins is '6', not integer"
    with pytest.raises(ValueError, match=found):
        check_header(header)


@pytest.mark.parametrize("shape", [[10**12, 48], [5, 10**12], [10**30, 10**30], [6, 48], [5, 49]])
@pytest.mark.parametrize("rows", [1, 5, 10**12])
def test_what_is_declared_and_not_there_takes_no_memory(shape: list[int], rows: int) -> None:
    header, chunks = make_chunks()
    field = next(layer for layer in header["panels"][0]["layers"] if layer["type"] == "Field")
    read = read_bundle(header, chunks.__getitem__)
    with pytest.raises(ValueError, match=r"is missing|are wanted|it should"):
        read.array({**field["values"], "shape": shape, "rows": rows})


@pytest.mark.parametrize("shape", [[0, 10**30], [0] * 99])
def test_a_shape_that_numpy_has_not_is_refused(shape: list[int]) -> None:
    read = read_bundle(*make_chunks()[:1], lambda name: b"")
    with pytest.raises(ValueError, match=r"Array 'a' has the shape [\s\S]*HOW"):
        read.array({"name": "a", "dtype": "uint8", "shape": shape, "rows": 1})


def test_a_chunk_that_swells_is_stopped() -> None:
    swelling = b"\0" + zlib.compress(bytes(10**7))
    with pytest.raises(ValueError, match="holds more than the 48 it should"):
        decode(swelling, "uint8", (1, 48))


def test_texts_that_swell_are_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("neurospatial.html.arrays._MOST_BYTES", 10**6)
    with pytest.raises(ValueError, match="holds more than the 1000000 it should"):
        decode_texts(b"\0" + zlib.compress(b'["' + b"a" * 10**7 + b'"]'))


@pytest.mark.parametrize("text", [b'{"a": 1}', b"[1]", b"[", b"[" * 10**5, b"\xff", b"9" * 5000])
def test_a_chunk_of_something_else_holds_no_strings(text: bytes) -> None:
    with pytest.raises(ValueError, match=r"A chunk of strings [\s\S]*HOW"):
        decode_texts(b"\0" + zlib.compress(text))


@pytest.mark.parametrize("count", [1, 3])
def test_strings_that_are_not_as_many_are_refused(count: int) -> None:
    chunk = b"\0" + zlib.compress(json.dumps(["a"] * count).encode())
    read = ReadBundle({}, lambda name: chunk)
    with pytest.raises(ValueError, match=f"'t/0' holds {count} strings, and 2 are wanted"):
        read.texts({"name": "t", "n": 2, "rows": 4})


def test_differences_are_of_bytes() -> None:
    codes = np.add.outer(np.arange(50), np.arange(40) ** 2 % 97).astype(np.uint8)
    assert encode(codes)[0] == 1
    with pytest.raises(ValueError, match="A chunk of float32 is kept as differences"):
        decode(encode(codes), "float32", (25, 20))


def picture_of(mode: str, size: tuple[int, int], form: str) -> bytes:
    file = BytesIO()
    Pillow.new(mode, size).save(file, form)
    return bytes([STORED]) + file.getvalue()


@pytest.mark.parametrize(
    ("chunk", "text"),
    [
        (picture_of("L", (4, 3), "png"), "has the mode L"),
        (picture_of("RGB", (4, 3), "gif"), "is damaged: "),
        (picture_of("RGB", (4, 3), "png")[:-30], "is damaged: "),
        (b"\3", "is damaged: "),
        (picture_of("L", (30_000, 3_500), "png"), "is damaged: Image size"),
        (picture_of("L", (60_000, 3_500), "png"), "is damaged: Image size"),
    ],
    ids=range(6),
)
def test_a_picture_that_is_none_is_refused(chunk: bytes, text: str) -> None:
    with pytest.raises(ValueError, match=rf"A picture {text}|A picture of \d+ bytes {text}"):
        decode_picture(chunk)
