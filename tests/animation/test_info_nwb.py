import sys
from pathlib import Path

import h5py
import numpy as np
import pytest

from neurospatial.install_hint import make_install_line
from tests.animation.commands import Command, Refused
from tests.animation.nwb_files import write_session


@pytest.fixture
def session(tmp_path: Path) -> Path:
    return write_session(tmp_path / "session.nwb")


def lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines()]


def test_everything_in_a_session_is_said(command: Command, session: Path) -> None:
    result = command("info", session)
    assert (result.code, result.err) == (0, "")
    found = lines(result.out)
    assert found[0] == str(session)
    place = "acquisition/Position: 3,000 samples at 50 Hz, 100 … 159.98 s, "
    assert f"position {place}x -0.3 … 0.3, y -0.002 … 0.002, z -0.3 … 0.3 (no unit)" in found
    assert sum(line.startswith("head direction acquisition/Compass") for line in found) == 3
    assert "units 2 (2, 5), 400 spikes, 1 in CA1, 1 in CA3" in found
    assert "epochs first 100 … 130 s, second 130 … 160 s" in found


def test_what_must_be_chosen_is_said(command: Command, session: Path) -> None:
    result = [
        line for line in lines(command("info", session).out) if line.startswith("suspicious")
    ]
    assert len(result) == 2
    assert "does not say its unit" in result[0]
    assert result[1].endswith("Pass plane='xz'")


def test_a_session_with_nothing_wrong_is_not_doubted(command: Command, tmp_path: Path) -> None:
    flat = write_session(tmp_path / "a.nwb", unit="meters", y=np.zeros(3000))
    assert "suspicious" not in command("info", flat).out


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"x": np.where(np.arange(3000) % 10 < 3, np.nan, 1.0)}, "is lost in 30.0% of the samp"),
        ({"x": np.zeros(3000), "z": np.zeros(3000)}, "is exactly 0 along each axis"),
        ({"times": np.r_[np.arange(2000), np.arange(9000, 10_000)] / 50}, "no samples for 140 s"),
        ({"times": np.r_[np.arange(2000), np.arange(1000)] / 50}, "out of order at 1 of 3000"),
    ],
)
def test_what_the_numbers_give_to_think(
    command: Command, tmp_path: Path, changed: dict[str, np.ndarray], found: str
) -> None:
    path = write_session(tmp_path / "a.nwb", **{"unit": "meters", "y": np.zeros(3000), **changed})
    result = command("info", path)
    assert result.code == 0
    assert any(found in line for line in lines(result.out) if line.startswith("suspicious"))


def test_hdf5_by_any_name_is_read_as_nwb(refused: Refused, tmp_path: Path) -> None:
    with h5py.File(tmp_path / "tracks.h5", "w") as file:
        file["tracks"] = np.zeros(3)
    line = refused("info", tmp_path / "tracks.h5")
    assert line.startswith("tracks.h5 is HDF5 but not NWB 2: it holds tracks")


def test_a_file_that_is_cut_off(refused: Refused, session: Path) -> None:
    session.write_bytes(session.read_bytes()[:20_000])
    assert refused("info", session).startswith("session.nwb is cut off after 20,000 bytes")


@pytest.mark.parametrize(
    "words", [("info",), ("animate", "--unit", "2", "--save", "a.mp4")], ids=["info", "animate"]
)
def test_without_the_distribution_it_is_said_what_to_install(
    refused: Refused, session: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    for name in [name for name in sys.modules if name.startswith("neurospatial.nwb")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "neurospatial.nwb", None)
    line = refused(words[0], session, *words[1:])
    install = make_install_line("neurospatial[nwb]")
    assert line == f"neurospatial.nwb is not installed. Install it: {install}"


ODD = "\x1b[2J\x1b]0;owned\x07\x9b31m\u202egnp.\u2066\u2028end"


def is_harmless(text: str) -> bool:
    """Whether a terminal only shows it, letter after letter."""
    return all(line.isprintable() for line in text.split("\n"))


def test_what_a_file_calls_its_parts_does_nothing_to_the_terminal(
    command: Command, tmp_path: Path
) -> None:
    path = write_session(tmp_path / "a.nwb")
    with h5py.File(path, "r+") as file:
        file["units/location"][...] = [ODD, ODD]
        file["intervals/epochs/tags"][...] = [ODD, "second"]
        file.move("acquisition/Position", "acquisition/Posi\x1b[1mtion")
        for axis in "xyz":
            file[f"acquisition/Posi\x1b[1mtion/{axis}/data"].attrs["unit"] = ODD
    result = command("info", path)
    assert result.code == 0
    assert is_harmless(result.out), repr(result.out)
    for kept in ("2 in �[2J", "[2J�]0;owned��31mgnp. end 100 … 130 s", "Posi�[1mtion: 3,000"):
        assert kept in result.out
    assert "suspicious: acquisition/Posi�[1mtion has three axes" in result.out


@pytest.mark.filterwarnings("always")  # The command writes them on a line.
def test_what_is_wrong_with_it_does_nothing_to_the_terminal_either(
    command: Command, tmp_path: Path
) -> None:
    path = write_session(tmp_path / "a.nwb")
    with h5py.File(path, "r+") as file:
        file.move("acquisition/Position", "acquisition/Posi\x1b[1mtion")
    result = command("animate", path, "--unit", "5", "--save", tmp_path / "a.html")
    assert result.code == 1
    assert is_harmless(result.err), repr(result.err)
    assert "warning: acquisition/Posi�[1mtion does not say its unit" in result.err
    assert "error: acquisition/Posi�[1mtion has three axes" in result.err
