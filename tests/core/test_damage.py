"""The damage that readers are tried with: the same every time, of every kind, and noticed."""

import ctypes
import json
import time
import warnings
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from neurospatial.errors import explain
from tests.damage import Kind, iter_mutants
from tests.damaged_reading import read_damaged, read_damaged_apart

TEXT = b"frame,x,y\n0,1.5,2\n1,1.6,2.1\n"
JSON = json.dumps({"a": [1, {"b": "text"}], "c": {"d": None}}).encode()
ROUNDS = 12


def pack() -> bytes:
    file = BytesIO()
    np.savez(file, fields=np.eye(3), title=np.array("a"))
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [(bytes(range(256)), "binary"), (TEXT, "text"), (JSON, "json"), (pack(), "zip")],
)
def test_a_seed_and_a_number_give_a_mutant_again(content: bytes, kind: Kind) -> None:
    mutants = list(iter_mutants(content, kind, 0, 60, seed=3))
    assert mutants[40:50] == list(iter_mutants(content, kind, 40, 50, seed=3))
    assert len(set(mutants)) > 45
    assert mutants != list(iter_mutants(content, kind, 0, 60, seed=4))


@pytest.mark.parametrize("kind", ["binary", "text"])
def test_an_empty_file_can_be_damaged(kind: Kind) -> None:
    assert len(list(iter_mutants(b"", kind, 0, 60, seed=0))) == 60


def test_json_is_damaged_where_it_can_still_be_read() -> None:
    mutants = list(iter_mutants(JSON, "json", 0, 300, seed=0))
    assert any(b"[" * 100_000 in mutant for mutant in mutants)
    assert any(b"9" * 5_000 in mutant for mutant in mutants)
    assert any(mutant.count(b'"a"') > 1 for mutant in mutants)
    readable = 0
    for mutant in mutants:
        try:
            json.loads(mutant)
        except (ValueError, RecursionError):
            continue
        readable += 1
    assert readable > 60


def refuse(path: Path) -> None:
    raise ValueError(explain(f"{path} is damaged.", "It is.", ["Copy it again."]))


def miss(path: Path) -> None:
    raise FileNotFoundError(2, "No such file", str(path))


def warn(path: Path) -> None:
    warnings.warn("It looks odd.", stacklevel=2)


@pytest.mark.parametrize("read", [Path.read_bytes, refuse, miss, warn])
def test_what_may_come_of_damage(tmp_path: Path, read) -> None:
    assert not read_damaged(read, TEXT, tmp_path, "rat.csv", "text", ROUNDS)


def fail(path: Path) -> None:
    {}[path.name]


def deprecate(path: Path) -> None:
    warnings.warn("It goes.", DeprecationWarning, stacklevel=2)


def say_less(path: Path) -> None:
    raise OSError("bad object header")


@pytest.mark.parametrize(
    ("read", "text"),
    [(fail, "KeyError"), (deprecate, "DeprecationWarning"), (say_less, "OSError: bad object")],
)
def test_what_may_not_come_of_damage(tmp_path: Path, read, text: str) -> None:
    failures = read_damaged(read, TEXT, tmp_path, "rat.csv", "text", ROUNDS, seed=5)
    assert len(failures) == ROUNDS
    assert failures[3].startswith("rat.csv, seed 5, mutant 3: ")
    assert text in failures[3]


def read_badly(path: Path) -> None:
    content = path.read_bytes()
    if len(content) % 7 == 1:
        ctypes.string_at(0)
    if len(content) % 7 == 2:
        np.ones(10**9)
    if len(content) % 7 == 3:
        fail(path)


def test_a_child_that_dies_is_told_and_the_next_goes_on(tmp_path: Path) -> None:
    read = f"{__name__}:read_badly"
    failures = read_damaged_apart(read, TEXT, tmp_path, "rat.csv", "text", ROUNDS)
    sizes = [len(mutant) % 7 for mutant in iter_mutants(TEXT, "text", 0, ROUNDS, 0)]
    assert {1, 2, 3} <= set(sizes)
    texts = {1: "the child ended with", 2: "MemoryError", 3: "KeyError"}
    expected = [(i, texts[size]) for i, size in enumerate(sizes) if size in texts]
    assert len(failures) == len(expected)
    for failure, (number, text) in zip(failures, expected, strict=True):
        assert f"mutant {number}: {text}" in failure


def sleep(path: Path) -> None:
    time.sleep(60)


def test_a_child_that_hangs_is_told(tmp_path: Path) -> None:
    read = f"{__name__}:sleep"
    [failure] = read_damaged_apart(read, TEXT, tmp_path, "a.csv", "text", 1, longest=1)
    assert "Timeout" in failure


def test_a_child_that_never_starts_is_no_damage(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match=r"does not start: .*no_such_module"):
        read_damaged_apart("tests.no_such_module:read", TEXT, tmp_path, "a.csv", "text", 1)
