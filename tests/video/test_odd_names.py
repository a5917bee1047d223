"""A film's name is a name, whatever FFmpeg would make of it."""

import os
from pathlib import Path

import av
import numpy as np
import pytest

from neurospatial import Environment

ENV = Environment.from_grid_edges([np.arange(4.0), np.arange(3.0)])
FIELDS = np.eye(6)

ODD = [
    "2024-05-01T12:30:00",
    "pipe:1",
    "concat:a|b",
    "file:a",
    "frame-%03d",
    "-",
    "-y",
    "a?b#c",
    "a b\nc",
    "Körper 位置",
    "100%",
    "[0:v]",
]


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("n_workers", [1, 2])
def test_a_film_is_written_under_the_name_it_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, n_workers: int
) -> None:
    monkeypatch.chdir(tmp_path)
    file = f"{name}.mp4"
    made = ENV.animate_fields(
        FIELDS, save_path=file, n_workers=n_workers, fps=2, dpi=40, progress=False
    )
    assert made == Path(file)
    assert os.listdir() == [file]
    with av.open(os.path.abspath(file)) as film:
        assert sum(1 for _ in film.decode(video=0)) == len(FIELDS)


@pytest.mark.parametrize("suffix", ["webm", "avi", "gif", "html"])
def test_so_is_every_kind_of_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("12:30", "%d"):
        ENV.animate_fields(FIELDS, save_path=f"{name}.{suffix}", dpi=40, progress=False)
    assert sorted(os.listdir()) == [f"%d.{suffix}", f"12:30.{suffix}"]


def test_a_dry_run_takes_it_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ENV.animate_fields(FIELDS, save_path="12:30.mp4", dry_run=True, dpi=40, progress=False)
    assert os.listdir() == []
