"""Files that cannot be what they are called are refused before anything reads them."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from neurospatial.errors import explain, is_explained
from neurospatial.input import check_declared_size, check_input_file, explain_damage

POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"


def make_pointer(path: Path) -> None:
    path.write_text(POINTER)


@pytest.mark.parametrize(
    ("make", "raised", "text"),
    [
        (lambda path: None, FileNotFoundError, "There is no file"),
        (Path.mkdir, IsADirectoryError, "is a folder"),
        (Path.touch, ValueError, "is empty"),
        (os.mkfifo, ValueError, "is a pipe"),
        (make_pointer, ValueError, "Git LFS pointer"),
    ],
)
def test_what_is_no_file_to_read_is_refused(
    tmp_path: Path, make: Callable[[Path], None], raised: type[Exception], text: str
) -> None:
    path = tmp_path / "rat.csv"
    make(path)
    with pytest.raises(raised, match=text) as caught:
        check_input_file(path, "Poses are read from a file.")
    assert is_explained(caught.value)
    assert "rat.csv" in str(caught.value)


def test_a_file_is_let_through(tmp_path: Path) -> None:
    path = tmp_path / "rat.csv"
    path.write_text("v")
    assert check_input_file(path, "") == path


def test_only_what_was_named_is_damage() -> None:
    with pytest.raises(ZeroDivisionError), explain_damage("a.csv", "a table", (ValueError,)):
        1 / 0  # noqa: B018 - it raises


@pytest.mark.parametrize(
    "error",
    [
        ValueError(explain("It is 5.", "It must not be.", ["Pass 4."])),
        PermissionError(13, "Permission denied", "a.csv"),
    ],
)
def test_what_explains_itself_passes_as_it_is(error: Exception) -> None:
    with (
        pytest.raises(type(error)) as caught,
        explain_damage("a.csv", "a table", (ValueError, OSError)),
    ):
        raise error
    assert caught.value is error


def test_an_error_of_hdf5_names_the_file() -> None:
    with (
        pytest.raises(ValueError, match=r"^'a.h5' cannot be read as a table: bad object header\."),
        explain_damage("a.h5", "a table", (OSError,)),
    ):
        raise OSError("bad object header.")


@pytest.mark.parametrize("declared", [10, 11])
def test_as_much_as_there_can_be_is_allowed(declared: int) -> None:
    if declared <= 10:
        check_declared_size("a.npz", "'fields'", declared, 10)
    else:
        with pytest.raises(ValueError, match="declares 11 bytes for 'fields', where at most 10"):
            check_declared_size("a.npz", "'fields'", declared, 10)
