from contextlib import redirect_stderr, redirect_stdout
from io import StringIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neurospatial.animation.cli import main
from tests.animation.commands import Command, Save


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


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused_with_one_line(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("damaged") / "fields.npz"
    np.savez(path, fields=np.ones((2, 4)), positions=np.eye(2), bin_size=0.5)
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content[: data.draw(st.integers(1, len(content)))])
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()) as result:
        code = main(["info", str(path)])
    assert code in (0, 1)
    assert len(result.getvalue().splitlines()) == code
