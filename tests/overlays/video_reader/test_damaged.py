"""Damaged films end in pictures or in an error of ours."""

from pathlib import Path

import pytest

from neurospatial.overlays.video_reader.reader import VideoReader
from tests.damaged_reading import read_damaged_apart
from tests.overlays.video_reader.clips import make_clip

KINDS = ["h264 with B-frames", "h264 of varying rate", "motion jpeg"]
N_SHORT, N_LONG = 20, 300
"""Mutants of each film in every run, and in the long one."""


def read_film(path: Path) -> None:
    with VideoReader(path) as video:
        last = len(video.times) - 1
        for number in (0, last // 2, last):
            video.frame(number)


def find_failures(folder: Path, name: str, n: int) -> list[str]:
    path = make_clip(folder, name, 30)
    read = f"{__name__}:{read_film.__name__}"
    return read_damaged_apart(read, path.read_bytes(), folder, f"film{path.suffix}", "binary", n)


@pytest.mark.parametrize("name", KINDS)
def test_a_damaged_film_is_read_or_refused(tmp_path: Path, name: str) -> None:
    assert find_failures(tmp_path, name, N_SHORT) == []


@pytest.mark.long
@pytest.mark.parametrize("name", KINDS)
def test_many_damaged_films_are_read_or_refused(tmp_path: Path, name: str) -> None:
    assert find_failures(tmp_path, name, N_LONG) == []
