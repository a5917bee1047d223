"""DeepLabCut's tables as spreadsheets save them again."""

import csv
import locale

import numpy as np
import pytest

from neurospatial.overlays.loaders import text_file
from neurospatial.overlays.loaders.dlc import from_dlc
from tests.overlays.loaders.test_dlc import SEVERAL, columns, numbers, write_csv

NAMES = columns(SEVERAL)
TABLE = numbers(len(NAMES)).round(3)


def write_again(path, encoding="utf-8", delimiter=",", decimal=".", rename=str, terminator="\r\n"):
    """Save a table again, its names renamed."""
    rows = list(csv.reader(write_csv(path, NAMES, TABLE).read_text().splitlines()))
    with open(path, "w", newline="", encoding=encoding) as file:
        writer = csv.writer(file, delimiter=delimiter, lineterminator=terminator)
        for row in rows[:4]:
            writer.writerow([row[0], *map(rename, row[1:])])
        for row in rows[4:]:
            writer.writerow([cell.replace(".", decimal) for cell in row])
    return path


def check_is_read(path, part="nose"):
    """All of it, and without a warning: those are errors here."""
    overlays = from_dlc(path, fps=50)
    assert [pose.name for pose in overlays] == ["Pose mouse1", "Pose mouse2", "Pose single"]
    np.testing.assert_allclose(overlays[0].data[part], TABLE[:, :2])
    np.testing.assert_allclose(overlays[1].data["tail"], TABLE[:, 9:11])


@pytest.mark.parametrize("terminator", ["\n", "\r\n", "\r"], ids=repr)
@pytest.mark.parametrize(
    ("delimiter", "decimal"), [(",", "."), (";", ","), (";", "."), ("\t", ",")]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_every_way_to_save_it_is_read(tmp_path, encoding, delimiter, decimal, terminator):
    path = write_again(tmp_path / "a.csv", encoding, delimiter, decimal, terminator=terminator)
    check_is_read(path)


def write_with(path, part, encoding):
    return write_again(path, encoding, rename=lambda name: part if name == "nose" else name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("part", ["Körper", "鼻", "нос"])
def test_a_file_that_says_its_encoding_needs_no_warning(tmp_path, encoding, part):
    check_is_read(write_with(tmp_path / "a.csv", part, encoding), part)


@pytest.mark.parametrize(
    ("part", "encoding"), [("Körper", "cp1252"), ("œil", "cp1252"), ("腰", "cp932")]
)
def test_a_name_in_a_code_page_is_read_and_told(tmp_path, part, encoding):
    path = write_with(tmp_path / "a.csv", part, encoding)
    text = rf"(?s)a\.csv' is not in UTF-8: .* code page {encoding}, as '{part}'\..* UTF-8"
    with pytest.warns(UserWarning, match=text):
        check_is_read(path, part)


def test_the_code_page_of_the_computer_comes_first(tmp_path, monkeypatch):
    path = write_with(tmp_path / "a.csv", "нос", "cp1251")
    monkeypatch.setattr(locale, "getencoding", lambda: "cp1251")
    with pytest.warns(UserWarning, match="code page cp1251, as 'нос'"):
        check_is_read(path, "нос")
    monkeypatch.setattr(locale, "getencoding", lambda: "UTF-8")
    with pytest.warns(UserWarning, match="code page cp1252"):
        from_dlc(path)


def test_a_scorer_in_a_code_page_is_not_told(tmp_path):
    """Names that are shown have plain letters: nothing was changed that matters."""
    rename = {NAMES[0][0]: "Jürgen"}
    path = write_again(tmp_path / "a.csv", "cp1252", rename=lambda name: rename.get(name, name))
    check_is_read(path)


def test_what_is_no_text_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    path.write_bytes(b"scorer,\x98\x81\x00\xff\xff")
    with pytest.raises(ValueError, match=r"(?s)a\.csv' is no text: .*WHY.*HOW"):
        from_dlc(path)
    monkeypatch.setattr(text_file, "_BLOCK", 1)
    with pytest.raises(ValueError, match="is no text"):
        from_dlc(path)


def test_a_point_beside_decimal_commas_is_refused(tmp_path):
    """It could stand for thousands."""
    path = write_again(tmp_path / "a.csv", delimiter=";", decimal=",")
    path.write_text(path.read_text().replace(",", ".", 1))
    with pytest.raises(ValueError, match=r"line 5: '\d+\.\d+' has a point, and other numbers"):
        from_dlc(path)


def test_empty_lines_are_left_out(tmp_path):
    path = write_again(tmp_path / "a.csv", delimiter=";", decimal=",")
    path.write_text(path.read_text() + ";" * len(NAMES) + "\n\n")
    check_is_read(path)
