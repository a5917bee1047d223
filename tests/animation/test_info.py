import tracemalloc
from argparse import Namespace
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import numpy as np
import pytest

from neurospatial.animation.cli.info import run
from tests.animation.commands import Command, Save
from tests.damage import Kind
from tests.damaged_reading import read_damaged, read_damaged_apart


def test_everything_in_a_good_file_is_said(command: Command, saved: Save) -> None:
    path = saved(frame_times=np.arange(5) * 2.0, units="cm", extra=np.zeros(3))
    result = command("info", path)
    assert (result.code, result.err) == (0, "")
    lines = [" ".join(line.split()) for line in result.out.splitlines()]
    assert lines[0] == str(path)
    assert "fields float64 5 × 12" in lines
    assert "active bool 4 × 4" in lines
    assert "extra float64 3 (not used)" in lines
    assert "frames: 5 of 12 bins, recorded from 0 s to 8 s (8 s), 0.2 s long at 30 fps" in lines
    assert any("12 bins of 10 × 10 cm" in line for line in lines)
    assert lines[-1] == "missing: nothing that render needs"
    assert "suspicious" not in result.out


def test_the_range_and_the_share_of_nan(command: Command, saved: Save) -> None:
    fields = np.arange(60.0).reshape(5, 12)
    fields[0, :6] = np.nan
    assert "values: 6 … 59, 10.0% NaN" in command("info", saved(fields=fields)).out


@pytest.mark.parametrize(
    ("changed", "missing"),
    [
        ({"fields": None}, "missing: fields"),
        ({"edges_y": None}, "missing: edges_y, or positions and bin_size"),
        (
            {"fields": None, "active": None, "edges_x": None, "edges_y": None, "bin_size": 2.0},
            "missing: fields; positions, or edges_x, edges_y and active",
        ),
    ],
)
def test_what_render_would_need(
    command: Command, saved: Save, changed: dict[str, object], missing: str
) -> None:
    result = command("info", saved(**changed))
    assert result.code == 0
    assert result.out.splitlines()[-1].strip() == missing


def frames_with(*rows: object) -> np.ndarray:
    fields = np.ones((5, 12))
    fields[: len(rows)] = np.reshape(rows, (-1, 1))
    return fields


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"fields": frames_with(np.nan)}, "1 of 5 frames hold no finite value"),
        ({"fields": frames_with(*[np.nan] * 5)}, "no value is finite"),
        ({"fields": frames_with(np.inf, 1)}, "12 values are infinite"),
        ({"fields": np.zeros((5, 11))}, "n_bins is 12"),
        ({"fields": np.zeros(12)}, "n_bins is 12"),
        ({"fields": np.float64(1)}, "n_bins is 12"),
        ({"fields": np.zeros((5, 12), complex)}, "complex128"),
        ({"frame_times": [0, 1, 1, 2, 3]}, "times[1] = 1 >= times[2] = 1"),
        ({"frame_times": np.arange(4)}, "frame_times have shape (4,)"),
        ({"frame_labels": ["a", "b"]}, "frame_labels has 2 labels"),
        ({"overlay_trajectory": np.zeros((5, 1))}, "overlay_trajectory has incorrect shape"),
        ({"active": np.zeros((4, 4), bool)}, "None of the 16 cells is active"),
        ({"title": np.full(3, None)}, "'title' holds Python objects"),
    ],
)
def test_what_is_suspicious(
    command: Command, saved: Save, changed: dict[str, object], found: str
) -> None:
    result = command("info", saved(**changed))
    assert (result.code, result.err) == (0, "")
    suspicious = [line for line in result.out.splitlines() if "suspicious:" in line]
    assert sum(found in line for line in suspicious) == 1


def print_info(path: Path) -> None:
    with redirect_stdout(StringIO()):
        run(Namespace(file=str(path)))


@pytest.mark.parametrize("kind", ["binary", "zip"])
def test_a_damaged_file_is_told_or_refused(saved: Save, tmp_path: Path, kind: Kind) -> None:
    content = saved(units="cm", frame_times=np.arange(5)).read_bytes()
    assert not read_damaged(print_info, content, tmp_path, "damaged.npz", kind, 40)


@pytest.mark.long
@pytest.mark.parametrize("kind", ["binary", "zip"])
def test_much_damage_is_told_or_refused(saved: Save, tmp_path: Path, kind: Kind) -> None:
    content, read = saved(units="cm").read_bytes(), f"{__name__}:print_info"
    assert not read_damaged_apart(read, content, tmp_path, "damaged.npz", kind, 300)


def test_large_fields_are_looked_at_a_block_at_a_time(command: Command, saved: Save) -> None:
    fields = np.ones((2**18, 12))
    fields[-1] = np.nan
    fields[0, 0] = -5
    path = saved(fields=fields, lfp=np.zeros(2**21))
    tracemalloc.start()
    try:
        result = command("info", path)
        assert tracemalloc.get_traced_memory()[1] < 2.8 * 2**24
    finally:
        tracemalloc.stop()
    assert "values: -5 … 1, 0.0% NaN" in result.out
    assert f"1 of {2**18} frames hold no finite value" in result.out


@pytest.mark.parametrize("name", ["fields.npz", "session.nwb", "other"])
@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "is a Git LFS pointer"),
        (b"", "is empty"),
        (None, "There is no file"),
    ],
)
def test_what_stands_for_a_file_is_named_in_one_line(
    command: Command, tmp_path: Path, name: str, content: bytes | None, text: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    result = command("info", tmp_path / name)
    assert result.code == 1
    assert text in result.err
    assert name in result.err
    assert len(result.err.splitlines()) == 1
