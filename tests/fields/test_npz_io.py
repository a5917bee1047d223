"""Fields kept in an npz, with the space they live on."""

import tracemalloc
import zipfile
from pathlib import Path

import numpy as np
import pytest

from neurospatial import Environment
from neurospatial.fields import read_fields_file
from tests.damage import Kind
from tests.damaged_reading import read_damaged, read_damaged_apart

GRID = {
    "fields": np.arange(36.0).reshape(3, 12),
    "edges_x": np.linspace(0, 40, 5),
    "edges_y": np.linspace(0, 30, 4),
    "active": np.ones((4, 3), bool),
}


def saved(folder: Path, **changed: object) -> Path:
    """Write the grid, some of it changed or (None) left out."""
    kept = {name: x for name, x in {**GRID, **changed}.items() if x is not None}
    np.savez(folder / "rates.npz", **kept)  # type: ignore[arg-type]
    return folder / "rates.npz"


def test_what_was_saved_is_read(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        units="cm",
        title="Rates",
        frame_times=[0, 1, 2],
        frame_labels=["a", "b", "c"],
        overlay_trajectory=np.eye(3, 2),
    )
    held = read_fields_file(path)
    np.testing.assert_array_equal(held.fields(), GRID["fields"])
    assert (held.n_frames, held.missing()) == (3, "")
    keywords = held.keywords()
    assert set(keywords) == {"frame_times", "frame_labels", "overlay_trajectory", "title"}
    assert (keywords["title"], keywords["frame_labels"]) == ("Rates", ["a", "b", "c"])
    np.testing.assert_array_equal(keywords["frame_times"], [0.0, 1.0, 2.0])
    expected = Environment.from_mask(np.ones((4, 3), bool), [GRID["edges_x"], GRID["edges_y"]])
    assert held.environment().layout == expected.layout
    assert held.environment().units == "cm"


def test_positions_say_the_space_too(tmp_path: Path) -> None:
    positions = np.random.default_rng(1).uniform(0, 50, (300, 2))
    grid = {"edges_x": None, "edges_y": None, "active": None}
    path = saved(tmp_path, **grid, positions=positions, bin_size=[10.0, 5.0])
    expected = Environment.from_samples(positions, (10.0, 5.0))
    assert read_fields_file(path).environment() == expected


@pytest.mark.parametrize(
    ("changed", "text"),
    [
        ({"fields": None}, r"has no array 'fields'; it holds active, edges_x and edges_y"),
        ({"edges_x": None}, r"it lacks edges_x, or positions and bin_size\.\n\n  WHY"),
        ({"fields": np.full((3, 12), None)}, "'fields' holds Python objects, which are not read"),
        ({"frame_times": list("abc")}, "'frame_times' has dtype <U1, not numbers"),
        ({"title": ["a", "b"]}, "'title' holds 2 texts, expected one"),
        ({"title": np.full(3, None)}, "'title' holds Python objects"),
    ],
)
def test_a_mistake_is_said_with_what_the_file_holds(
    tmp_path: Path, changed: dict[str, object], text: str
) -> None:
    held = read_fields_file(saved(tmp_path, **changed))
    with pytest.raises(ValueError, match=text):
        (held.fields(), held.environment(), held.keywords())


def test_what_is_no_npz_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "some.npz"
    with pytest.raises(FileNotFoundError):
        read_fields_file(path)
    path.write_bytes(b"not a zip")
    with pytest.raises(ValueError, match=r"some.npz' is not an npz file\.\n\n  WHY"):
        read_fields_file(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("fields", "text")
    with pytest.raises(ValueError, match="'fields' is not an array"):
        read_fields_file(path).fields()


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path)
    content = bytearray(path.read_bytes())
    content[200:260] = bytes(60)
    path.write_bytes(content)
    held = read_fields_file(path)
    found = r"rates.npz: 'fields' is damaged: Bad CRC-32 [^\n]*[^.]\.\n\n  WHY"
    with pytest.raises(ValueError, match=found):
        held.fields()
    assert held.environment().n_bins == 12


def read_all(path: Path) -> None:
    held = read_fields_file(path)
    (held.n_frames, held.fields(), held.environment(), held.keywords())


def make_npz(folder: Path) -> bytes:
    more = {"frame_times": [0, 1, 2], "frame_labels": ["a", "b", "c"], "title": "Rates"}
    path = saved(folder, units="cm", overlay_trajectory=np.eye(3, 2) + 9, **more)
    return path.read_bytes()


@pytest.mark.parametrize("kind", ["binary", "zip"])
def test_any_damage_is_read_or_refused(tmp_path: Path, kind: Kind) -> None:
    assert not read_damaged(read_all, make_npz(tmp_path), tmp_path, "rates.npz", kind, 40)


@pytest.mark.long
@pytest.mark.parametrize("kind", ["binary", "zip"])
@pytest.mark.parametrize("seed", range(4))
def test_much_damage_is_read_or_refused(tmp_path: Path, kind: Kind, seed: int) -> None:
    content, read = make_npz(tmp_path), f"{__name__}:read_all"
    assert not read_damaged_apart(read, content, tmp_path, "rates.npz", kind, 300, seed)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", "is empty"),
        (
            b"version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 9\n",
            "is a Git LFS pointer",
        ),
        (b"x,y\n1,2\n", "is not an npz"),
    ],
)
def test_what_stands_for_a_file_is_named(tmp_path: Path, content: bytes, text: str) -> None:
    path = tmp_path / "rates.npz"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=f"rates.npz' {text}"):
        read_fields_file(path)


def test_only_what_is_asked_for_is_read(tmp_path: Path) -> None:
    path = saved(tmp_path, lfp=np.zeros(2**21))
    tracemalloc.start()
    try:
        read_all(path)
        assert tracemalloc.get_traced_memory()[1] < 2**22
    finally:
        tracemalloc.stop()
    assert read_fields_file(path).headers["lfp"].n_bytes == 2**24
